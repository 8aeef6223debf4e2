import random

import pytest

from kizuki.aws.clients import client
from kizuki.aws.sessions import SessionStore
from kizuki.errors import ForbiddenError, MalformedError, NotFoundError, TryAgainError
from kizuki.replay.recording import Recording, StoredChunk, Summary, Tab
from tests.kizuki.aws.faults import refuse
from tests.kizuki.aws.tables import create_table
from tests.kizuki.replay.samples import META, SNAPSHOT, START, chunk, moves

NOW = START / 1000


@pytest.fixture
def dynamodb(aws):
    dynamodb = client("dynamodb")
    create_table(dynamodb, "sessions")
    return dynamodb


@pytest.fixture
def store(dynamodb):
    return SessionStore(dynamodb, "sessions", clock=lambda: NOW)


def add(store, one):
    return store.add(one, store.claim(one), user_agent="Mozilla/5.0")


def item(dynamodb, session="s1"):
    key = {"pk": {"S": f"shop#{session}"}, "sk": {"S": "~session"}}
    found = dynamodb.get_item(TableName="sessions", Key=key)["Item"]
    return {name: next(iter(value.values())) for name, value in found.items()}


def test_the_first_chunk_opens_the_session(store, dynamodb):
    assert add(store, chunk()) is True

    assert item(dynamodb) == {
        "pk": "shop#s1",
        "sk": "~session",
        "site": "shop",
        "anonymous_id": "anon-1",
        "person_key": "shop#a:anon-1",
        "started_at": str(START),
        "ended_at": str(START + 5000),
        "active_at": str(START),
        "chunks": "1",
        "bytes": str(len(chunk().body)),
        "full_snapshot": True,
        "url": "https://shop.example/cart?x=1",
        "user_agent": "Mozilla/5.0",
        "expires_at": str(int(NOW) + 30 * 86_400),
    }


def test_chunks_count_once_in_any_order_with_any_repeats(store, dynamodb):
    chunks = [chunk(0, [META, SNAPSHOT])] + [chunk(n, moves(n * 5000, n * 5000 + 4999)) for n in range(1, 8)]
    chunks += [chunk(n, moves(20_000 + n * 5000), tab="t2") for n in range(4)]
    arriving = chunks * 2
    random.Random(7).shuffle(arriving)

    added = [add(store, one) for one in arriving]

    assert sum(added) == len(chunks)
    session = item(dynamodb)
    assert (session["chunks"], session["bytes"]) == (str(len(chunks)), str(sum(len(one.body) for one in chunks)))
    assert (session["started_at"], session["ended_at"]) == (str(START), str(START + 39_999))


@pytest.mark.parametrize("seed", range(5))
def test_chunks_that_come_at_the_same_time_know_nothing_of_each_other_and_count_once(store, dynamodb, seed):
    arriving = [chunk(n, moves(n * 1000, n * 1000 + 500)) for n in range(6)] * 2
    random.Random(seed).shuffle(arriving)
    known = [store.claim(one) for one in arriving]

    added = [store.add(one, bounds, user_agent=None) for one, bounds in zip(arriving, known, strict=True)]

    assert sum(added) == 6
    session = item(dynamodb)
    assert (session["chunks"], session["started_at"], session["ended_at"]) == ("6", str(START), str(START + 5500))


def test_a_repeat_completes_what_a_crash_left_undone(store, dynamodb):
    add(store, chunk(1, moves(5000)))
    late = chunk(2, moves(9000))
    refuse(dynamodb, "dynamodb.UpdateItem", "InternalServerError", status=500, times=3)
    with pytest.raises(TryAgainError):
        add(store, late)
    assert item(dynamodb)["ended_at"] == str(START + 5000)

    assert add(store, late) is False

    assert (item(dynamodb)["ended_at"], item(dynamodb)["chunks"]) == (str(START + 9000), "2")


def test_a_lost_answer_counts_once(store, dynamodb):
    refuse(dynamodb, "dynamodb.TransactWriteItems", "InternalServerError", status=500, times=1, executed=True)

    add(store, chunk())

    assert item(dynamodb)["chunks"] == "1"


def test_a_session_belongs_to_the_visitor_who_opened_it(store):
    add(store, chunk())
    other = chunk(1, anonymous_id="anon-2")

    with pytest.raises(ForbiddenError):
        store.claim(other)
    with pytest.raises(ForbiddenError):
        store.add(other, None, user_agent=None)

    assert store.session("shop", "s1").summary.chunks == 1


def test_meeting_another_writer_starts_the_transaction_again(store, dynamodb):
    conflict = {"CancellationReasons": [{"Code": "None"}, {"Code": "TransactionConflict"}]}
    refused = refuse(dynamodb, "dynamodb.TransactWriteItems", "TransactionCanceledException", times=2, **conflict)

    assert add(store, chunk()) is True
    assert refused() == 2


def test_meeting_a_transaction_while_widening_tries_again(store, dynamodb):
    add(store, chunk(0, moves(0)))
    refuse(dynamodb, "dynamodb.UpdateItem", "TransactionConflictException", times=2)

    add(store, chunk(1, moves(7000)))

    assert item(dynamodb)["ended_at"] == str(START + 7000)


@pytest.mark.parametrize(
    ("operation", "code"),
    [
        ("dynamodb.TransactWriteItems", "TransactionCanceledException"),
        ("dynamodb.TransactWriteItems", "ProvisionedThroughputExceededException"),
        ("dynamodb.UpdateItem", "TransactionConflictException"),
        ("dynamodb.GetItem", "InternalServerError"),
    ],
)
def test_a_lasting_failure_says_try_again(store, dynamodb, operation, code):
    refuse(dynamodb, operation, code, status=400 if "Transaction" in code else 500)

    with pytest.raises(TryAgainError):
        add(store, chunk())


def test_a_recording_has_its_tabs_and_what_is_missing(store):
    add(store, chunk(0))
    add(store, chunk(2, moves(9000)))
    add(store, chunk(0, moves(8000), tab="t2"))

    assert store.session("shop", "s1") == Recording(
        Summary(
            session="s1",
            person="a:anon-1",
            started_at="2026-11-21T10:00:00.000Z",
            ended_at="2026-11-21T10:00:09.000Z",
            active_at="2026-11-21T10:00:00.000Z",
            duration_ms=9000,
            url="https://shop.example/cart?x=1",
            chunks=3,
            playable=True,
            reason=None,
        ),
        [
            Tab(
                "t1",
                [
                    StoredChunk("t1", 0, "replays/shop/s1/t1/000000.json.gz", START, START + 5000, full_snapshot=True),
                    StoredChunk(
                        "t1", 2, "replays/shop/s1/t1/000002.json.gz", START + 9000, START + 9000, full_snapshot=False
                    ),
                ],
                [1],
            ),
            Tab(
                "t2",
                [
                    StoredChunk(
                        "t2", 0, "replays/shop/s1/t2/000000.json.gz", START + 8000, START + 8000, full_snapshot=False
                    )
                ],
                [],
            ),
        ],
    )


def test_a_recording_without_its_snapshot_says_so_until_it_arrives(store):
    add(store, chunk(1, moves(5000)))
    assert store.session("shop", "s1").summary.reason == "no_full_snapshot"

    add(store, chunk(0))
    assert store.session("shop", "s1").summary.playable


def test_a_recording_that_outlived_its_retention_has_expired(dynamodb, store):
    add(store, chunk())

    later = SessionStore(dynamodb, "sessions", clock=lambda: NOW + 30 * 86_400)
    assert later.session("shop", "s1").summary.reason == "expired"


def test_sites_see_only_themselves(store):
    add(store, chunk())

    with pytest.raises(NotFoundError):
        store.session("other", "s1")
    assert store.by_site("other", limit=10) == ([], None)
    assert store.by_person("other", "anon-1") == []


def test_recordings_are_listed_newest_first_page_by_page(store):
    for n in range(5):
        add(store, chunk(0, moves(n * 1000), session=f"s{n}", anonymous_id=f"anon-{n % 2}"))

    pages, cursor = [], None
    while True:
        page, cursor = store.by_site("shop", limit=2, cursor=cursor)
        pages.append([summary.session for summary in page])
        if cursor is None:
            break
    assert [session for page in pages for session in page] == ["s4", "s3", "s2", "s1", "s0"]
    assert [summary.session for summary in store.by_person("shop", "anon-0")] == ["s4", "s2", "s0"]


@pytest.mark.parametrize("cursor", ["x", "12", "12#", "#s1"])
def test_a_cursor_that_no_list_gave_is_refused(store, cursor):
    with pytest.raises(MalformedError):
        store.by_site("shop", limit=2, cursor=cursor)
