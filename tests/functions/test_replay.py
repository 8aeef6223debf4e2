import base64
import gzip
import json
import time
from datetime import UTC, datetime

import pytest

from kizuki.aws.clients import client
from kizuki.aws.config import ConfigStore, Site
from kizuki.aws.reviews import ReviewStore
from kizuki.aws.sessions import SessionStore
from tests.functions.conftest import load
from tests.kizuki.aws.faults import refuse
from tests.kizuki.aws.tables import create_table
from tests.kizuki.replay.samples import META, MOVE, SNAPSHOT, packed

ORIGIN = "https://shop.example.com"


class Recorder:
    """The replay function, and the stores behind it."""

    def __init__(self, chunk, context):
        self.chunk = chunk
        self.context = context
        self.dynamodb, self.s3 = client("dynamodb"), client("s3")
        for table in ("config", "sessions"):
            create_table(self.dynamodb, table)
        self.s3.create_bucket(Bucket="replays", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-1"})
        config = ConfigStore(self.dynamodb, "config")
        config.put_site(Site("shop", "Shop", origins=[ORIGIN]))
        config.put_key("wk_shop", site="shop", kind="write", created_at="2026-11-21T00:00:00.000Z")
        config.put_key("sk_shop", site="shop", kind="secret", created_at="2026-11-21T00:00:00.000Z")
        self.module = load("replay")

    def send(self, body=None, *, session="s1", headers=None, method="POST", **query):
        event = json.loads(json.dumps(self.chunk))
        event["pathParameters"]["session"] = session
        event["queryStringParameters"] |= query
        event["headers"] |= headers or {}
        event["requestContext"]["http"]["method"] = method
        if body is not None:
            event["body"] = base64.b64encode(body).decode()
        return self.module.handler(event, self.context)

    def keys(self):
        return [stored["Key"] for stored in self.s3.list_objects_v2(Bucket="replays").get("Contents", [])]

    def recording(self, site="shop", session="s1"):
        return SessionStore(self.dynamodb, "sessions").session(site, session)


@pytest.fixture
def recorder(aws, sample, lambda_context, monkeypatch):
    # The samples were recorded then.
    monkeypatch.setattr("time.time", lambda: 1_795_255_210.0)
    settings = {
        "CONFIG_TABLE": "config",
        "SESSIONS_TABLE": "sessions",
        "REPLAY_BUCKET": "replays",
        "REPLAY_RETENTION_DAYS": "30",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return Recorder(sample("replay/chunk"), lambda_context)


def error(response):
    return response["statusCode"], json.loads(response["body"])["error"]


def test_a_chunk_is_stored_and_can_be_found(recorder):
    response = recorder.send()

    assert (response["statusCode"], json.loads(response["body"])) == (201, {"stored": True, "live": False})
    assert response["headers"]["Access-Control-Allow-Origin"] == ORIGIN
    assert recorder.keys() == ["replays/shop/s1/t1/000000.json.gz"]
    stored = recorder.s3.get_object(Bucket="replays", Key=recorder.keys()[0])["Body"].read()
    assert json.loads(gzip.decompress(stored)) == [META, SNAPSHOT, MOVE]
    assert recorder.recording().summary.playable


def test_a_repeat_is_answered_200_and_changes_nothing(recorder):
    recorder.send()
    first = recorder.recording()

    response = recorder.send(packed([MOVE]))

    assert (response["statusCode"], json.loads(response["body"])) == (200, {"stored": True, "live": False})
    assert recorder.recording() == first


def test_older_tags_number_their_chunks_in_the_query(recorder):
    for name in ("x-kizuki-tab", "x-kizuki-seq"):
        del recorder.chunk["headers"][name]

    assert recorder.send(tab="t2", seq="3")["statusCode"] == 201
    assert recorder.keys() == ["replays/shop/s1/t2/000003.json.gz"]


def test_chunks_in_any_order_make_the_same_recording(recorder):
    for seq in ("2", "0", "1"):
        recorder.send(packed([MOVE | {"timestamp": MOVE["timestamp"] + int(seq) * 1000}, SNAPSHOT]), seq=seq)

    recording = recorder.recording()
    assert [chunk.sequence for chunk in recording.tabs[0].chunks] == [0, 1, 2]
    assert (recording.tabs[0].missing, recording.summary.chunks, recording.summary.duration_ms) == ([], 3, 6964)


@pytest.mark.parametrize(
    ("changes", "status", "code", "path"),
    [
        ({"writeKey": ""}, 401, "missing_key", None),
        ({"writeKey": "wk_other"}, 401, "unknown_key", None),
        ({"writeKey": "sk_shop"}, 403, "secret_key_in_browser", None),
        ({"headers": {"origin": "https://evil.example"}}, 403, "origin_not_allowed", None),
        ({"method": "GET"}, 405, "wrong_method", None),
        ({"session": "a/b"}, 400, "invalid_parameter", "session"),
        ({"headers": {"x-kizuki-tab": ""}}, 400, "invalid_parameter", "tab"),
        ({"headers": {"x-kizuki-seq": "x"}}, 400, "invalid_parameter", "seq"),
        ({"anonymousId": ""}, 400, "invalid_parameter", "anonymousId"),
        ({"body": b"[]"}, 400, "broken_gzip", None),
        ({"body": packed([])}, 400, "empty_chunk", "$"),
        ({"body": packed([{"type": 9}])}, 400, "invalid_event", "[0].type"),
        ({"body": gzip.compress(bytes(300_000_000), 9)}, 413, "body_too_large", None),
        ({"body": bytes(1024 * 1024 + 1)}, 413, "chunk_too_large", None),
    ],
)
def test_what_is_refused_says_what_and_where_and_leaves_nothing(recorder, changes, status, code, path):
    answered, document = error(recorder.send(**changes))

    assert (answered, document["code"], document.get("path")) == (status, code, path)
    assert document["message"]
    assert recorder.keys() == []


def test_a_body_that_is_no_base64_is_refused(recorder):
    recorder.chunk["body"] = "%%%"

    assert error(recorder.send())[1]["code"] == "malformed_body"


def test_an_error_can_be_read_by_the_page_that_caused_it(recorder):
    assert recorder.send(b"x")["headers"]["Access-Control-Allow-Origin"] == ORIGIN


def test_another_visitor_cannot_write_to_a_session_whose_id_he_knows(recorder):
    recorder.send()

    assert error(recorder.send(packed([MOVE]), seq="1", anonymousId="anon-2"))[1]["code"] == "foreign_session"
    assert recorder.keys() == ["replays/shop/s1/t1/000000.json.gz"]


def test_the_preflight_is_answered_for_the_sites_origins_for_two_hours(recorder, sample):
    response = recorder.module.handler(sample("replay/preflight"), recorder.context)

    assert response["statusCode"] == 204
    assert response["headers"]["Access-Control-Allow-Origin"] == ORIGIN
    assert response["headers"]["Access-Control-Max-Age"] == "7200"
    assert "POST" in response["headers"]["Access-Control-Allow-Methods"]
    asked = sample("replay/preflight")["headers"]["access-control-request-headers"].split(",")
    assert set(asked) <= set(response["headers"]["Access-Control-Allow-Headers"].split(", "))


def test_the_preflight_of_another_origin_fails(recorder, sample):
    event = sample("replay/preflight")
    event["headers"]["origin"] = "https://evil.example"

    assert recorder.module.handler(event, recorder.context)["statusCode"] == 403


@pytest.fixture
def _no_backoff(monkeypatch):
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)


@pytest.mark.parametrize(
    ("service", "operation", "code", "status"),
    [
        ("s3", "s3.PutObject", "SlowDown", 503),
        ("dynamodb", "dynamodb.TransactWriteItems", "ThrottlingException", 400),
        ("dynamodb", "dynamodb.GetItem", "ProvisionedThroughputExceededException", 400),
    ],
)
@pytest.mark.usefixtures("_no_backoff")
def test_short_faults_are_got_over_and_lasting_ones_say_when_to_try_again(recorder, service, operation, code, status):
    aws_client = {"s3": recorder.module.chunks._client, "dynamodb": recorder.module.dynamodb}[service]
    refused = refuse(aws_client, operation, code, status=status, times=2)
    assert recorder.send()["statusCode"] == 201
    assert refused() == 2

    refuse(aws_client, operation, code, status=status)
    response = recorder.send(seq="1")

    assert response["statusCode"] == 503
    assert int(response["headers"]["retry-after"]) > 0
    assert recorder.recording().summary.chunks == 1


def test_a_lost_answer_and_the_repeat_after_it_store_once(recorder):
    refuse(
        recorder.module.dynamodb,
        "dynamodb.TransactWriteItems",
        "InternalServerError",
        status=500,
        times=1,
        executed=True,
    )

    assert recorder.send()["statusCode"] == 200
    assert recorder.recording().summary.chunks == 1


def test_a_chunk_of_a_megabyte_of_noise_is_taken(recorder):
    # What cannot be compressed: a canvas, a data URL.
    noise = base64.b64encode(bytes((i * 7919 + i * i * 31) % 256 for i in range(700_000))).decode()
    body = packed([SNAPSHOT | {"data": {"text": noise}, "timestamp": round(time.time() * 1000)}])

    assert recorder.send(body)["statusCode"] == 201


def test_a_session_that_somebody_watches_is_asked_to_send_at_once(recorder, monkeypatch):
    reviews = ReviewStore(recorder.dynamodb, "sessions", clock=lambda: time.time())  # noqa: PLW0108 - as it is now
    recorder.send()
    reviews.watch("shop", "s1")

    assert json.loads(recorder.send(seq="1")["body"])["live"] is True

    later = time.time() + 31
    monkeypatch.setattr("time.time", lambda: later)
    assert json.loads(recorder.send(seq="2")["body"])["live"] is False


def test_a_recording_of_many_bytes_is_full(recorder, monkeypatch):
    monkeypatch.setattr("kizuki.aws.sessions.MAX_SESSION_BYTES", 10)
    assert recorder.send()["statusCode"] == 201

    status, told = error(recorder.send(seq="1"))

    assert (status, told["code"], told["limit"]) == (413, "session_full", 10)
    assert len(recorder.keys()) == 1


@pytest.mark.parametrize(("wanted", "days", "tag"), [(5, 5, "7"), (90, 30, "30"), (None, 30, "30")])
def test_a_site_keeps_recordings_for_as_long_as_it_wants_and_no_longer_than_the_deployment(recorder, wanted, days, tag):
    site = Site("shop", "Shop", origins=[ORIGIN], recording={} if wanted is None else {"retention_days": wanted})
    ConfigStore(recorder.dynamodb, "config").put_site(site)

    recorder.send()

    item = recorder.dynamodb.get_item(TableName="sessions", Key={"pk": {"S": "shop#s1"}, "sk": {"S": "~session"}})[
        "Item"
    ]
    remaining = int(item["expires_at"]["N"]) - datetime.now(UTC).timestamp()
    assert round(remaining / 86_400) == days
    tags = recorder.s3.get_object_tagging(Bucket="replays", Key=recorder.keys()[0])["TagSet"]
    assert tags == [{"Key": "keep", "Value": tag}]
