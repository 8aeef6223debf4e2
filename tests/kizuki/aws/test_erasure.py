"""A recording is erased whole, wherever the erasure was cut off before."""

import pytest

from kizuki.aws.clients import client
from kizuki.aws.erasure import RecordingEraser
from kizuki.aws.session_index import SessionIndex
from kizuki.aws.sessions import SessionStore
from kizuki.errors import TryAgainError
from kizuki.replay.facts import FactEvent, SessionFacts
from tests.kizuki.aws.faults import refuse
from tests.kizuki.aws.tables import create_table
from tests.kizuki.replay.samples import START, chunk

FACTS = SessionFacts(
    session="s1",
    started_at=START,
    person="a:anon-1",
    events=[FactEvent("Product Viewed", 5, "/a", {}, "m-1"), FactEvent("Error", 6, "/b", {}, "m-2")],
)
GUARDS = {("shop#s1", "~index"), ("shop#s1", "~session")}


@pytest.fixture
def clients(aws):
    return client("dynamodb"), client("s3")


@pytest.fixture
def rows(clients):
    dynamodb, s3 = clients
    create_table(dynamodb, "sessions")
    s3.create_bucket(Bucket="replays", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-1"})
    s3.put_object(Bucket="replays", Key="replays/shop/s1/t1/000000.json.gz", Body=b"x")
    SessionStore(dynamodb, "sessions").add(chunk(), None, user_agent=None)
    SessionIndex(dynamodb, "sessions").note("shop", [FACTS])
    return lambda: {(row["pk"]["S"], row["sk"]["S"]) for row in dynamodb.scan(TableName="sessions")["Items"]}


@pytest.mark.parametrize(
    "operation",
    ["dynamodb.UpdateItem", "s3.ListObjectsV2", "s3.DeleteObjects", "dynamodb.DeleteItem", "dynamodb.BatchWriteItem"],
)
def test_an_erasure_that_was_cut_off_is_finished_by_the_next(clients, rows, operation):
    dynamodb, s3 = clients
    failing = client("dynamodb"), client("s3")
    refuse(failing[operation.startswith("s3")], operation, "InternalServerError", status=500)
    with pytest.raises(TryAgainError):
        RecordingEraser(failing[0], "sessions", failing[1], "replays").erase("shop", "s1")

    RecordingEraser(dynamodb, "sessions", s3, "replays").erase("shop", "s1")

    assert rows() == GUARDS
    assert "Contents" not in s3.list_objects_v2(Bucket="replays")


def test_nothing_is_noted_of_what_was_erased_by_one_that_knew_it_before(clients, rows):
    dynamodb, s3 = clients
    index = SessionIndex(dynamodb, "sessions")
    index.note("shop", [FACTS])
    RecordingEraser(dynamodb, "sessions", s3, "replays").erase("shop", "s1")

    index.note("shop", [FACTS])

    assert rows() == GUARDS
