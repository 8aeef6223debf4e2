"""Web pages in their bucket."""

import json

import boto3
import pytest

from local import pages

SETTINGS = {"console": {"api_url": "http://x"}}


@pytest.fixture
def bucket(aws, tmp_path, monkeypatch):
    monkeypatch.setattr(pages, "WEB", tmp_path)
    built = tmp_path / "console" / "dist"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("<!doctype html>")
    (built / "assets" / "index-0a1b.js").write_text("0")
    (built / "types.d.ts").write_text("export {}")
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="web", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-1"})
    return s3


def keys(s3):
    return {item["Key"] for item in s3.list_objects_v2(Bucket="web")["Contents"]}


def test_pages_arrive_with_their_settings_types_and_lifetimes(bucket):
    pages.upload(bucket, "web", SETTINGS)

    page, script, settings = (
        bucket.get_object(Bucket="web", Key=f"console/{key}")
        for key in ("index.html", "assets/index-0a1b.js", "config.json")
    )
    assert keys(bucket) == {"console/index.html", "console/assets/index-0a1b.js", "console/config.json"}
    assert (page["ContentType"], page["CacheControl"]) == ("text/html; charset=utf-8", "no-cache")
    assert (script["ContentType"], script["CacheControl"]) == (
        "text/javascript; charset=utf-8",
        "public, max-age=31536000, immutable",
    )
    assert json.load(settings["Body"]) == SETTINGS["console"]


def test_only_what_changed_is_uploaded_and_leftovers_go(bucket, tmp_path):
    pages.upload(bucket, "web", SETTINGS)
    assert pages.upload(bucket, "web", SETTINGS) == 0

    (tmp_path / "console" / "dist" / "assets" / "index-0a1b.js").rename(
        tmp_path / "console" / "dist" / "assets" / "index-2c3d.js"
    )

    assert pages.upload(bucket, "web", SETTINGS) == 2
    assert keys(bucket) == {"console/index.html", "console/assets/index-2c3d.js", "console/config.json"}
