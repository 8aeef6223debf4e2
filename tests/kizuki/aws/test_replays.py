import gzip
import json
from urllib.parse import parse_qs, urlsplit

import pytest

from kizuki.aws.clients import client
from kizuki.aws.replays import ReplayStore
from kizuki.errors import TryAgainError
from tests.kizuki.aws.faults import refuse
from tests.kizuki.replay.samples import META, MOVE, SNAPSHOT, chunk, moves


@pytest.fixture
def s3(aws):
    s3 = client("s3")
    s3.create_bucket(Bucket="replays", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-1"})
    return s3


def test_a_chunk_is_stored_as_the_browser_wants_it(s3):
    ReplayStore(s3, "replays").put(chunk(), days=30)

    stored = s3.get_object(Bucket="replays", Key="replays/shop/s1/t1/000000.json.gz")
    assert (stored["ContentType"], stored["ContentEncoding"]) == ("application/json", "gzip")
    assert json.loads(gzip.decompress(stored["Body"].read())) == [META, SNAPSHOT, MOVE]


def test_nobody_replaces_a_chunk_that_is_there(s3):
    store = ReplayStore(s3, "replays")
    store.put(chunk(), days=30)
    store.put(chunk(events=moves(1)), days=30)

    assert s3.get_object(Bucket="replays", Key=chunk().key)["Body"].read() == chunk().body


def test_a_short_failure_of_s3_is_got_over(s3):
    refused = refuse(s3, "s3.PutObject", "SlowDown", times=2, status=503)

    ReplayStore(s3, "replays").put(chunk(), days=30)

    assert refused() == 2
    assert s3.get_object(Bucket="replays", Key=chunk().key)["ContentLength"] == len(chunk().body)


def test_a_lasting_failure_of_s3_says_try_again(s3):
    refuse(s3, "s3.PutObject", "InternalError", status=500)

    with pytest.raises(TryAgainError):
        ReplayStore(s3, "replays").put(chunk(), days=30)


def test_a_chunk_is_read_by_a_link_that_ends_after_a_quarter_of_an_hour(s3):
    url = urlsplit(ReplayStore(s3, "replays").url(chunk().key))

    assert url.netloc == "replays.s3.ap-northeast-1.amazonaws.com"
    assert url.path == "/replays/shop/s1/t1/000000.json.gz"
    query = parse_qs(url.query)
    assert (query["X-Amz-Algorithm"], query["X-Amz-Expires"]) == (["AWS4-HMAC-SHA256"], ["900"])
