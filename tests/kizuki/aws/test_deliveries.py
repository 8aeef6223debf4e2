import msgspec
import pytest

from kizuki.aws.clients import client
from kizuki.aws.deliveries import Delivery, DeliveryLog, Named, To, Try, key_of
from kizuki.aws.outbox import Entry, Outbox, Settled
from kizuki.errors import ConflictError, MalformedError, NotFoundError
from kizuki.notifications.model import Manner
from tests.kizuki.aws.tables import create_table
from tests.kizuki.aws.test_queue import notification

NOW = 1_795_255_200_000


def delivery(n=1, **changes):
    fields = {
        "id": f"rule:m{n}",
        "at": f"2026-11-21T10:00:{n:02d}.000Z",
        "rule": Named("rule", "Rule"),
        "destination": To("cs", "CSチーム", "slack"),
        "person": "a:1",
        "event": "Ping",
        "status": "waiting",
        "attempts": 0,
    }
    return Delivery(**(fields | changes))


def entry(n=1, due=NOW, manner=None, **changes):
    told = msgspec.structs.replace(notification(n), manner=manner or Manner(), id=changes.get("id", f"rule:m{n}"))
    return Entry(told, delivery(n, **changes), due)


@pytest.fixture
def dynamodb(aws):
    dynamodb = client("dynamodb")
    create_table(dynamodb, "metrics")
    return dynamodb


@pytest.fixture
def log(dynamodb):
    return DeliveryLog(dynamodb, "metrics")


@pytest.fixture
def outbox(dynamodb):
    return Outbox(dynamodb, "metrics")


def put(outbox, *entries):
    return [outbox.put(each, occurred_at=NOW) for each in entries]


def test_a_notification_has_one_line_that_tells_its_attempts(log, outbox):
    first = entry()
    assert put(outbox, first, first) == ["put", "known"]
    failed = first.line.tried(Try("2026-11-21T10:00:02.000Z", 500, 9, "http_500"), status="retrying")
    outbox.settle([Settled(first, failed, NOW + 5000)])
    [again] = outbox.due("shop", "cs", NOW + 5000)
    outbox.settle([Settled(again, again.line.tried(Try("2026-11-21T10:00:07.000Z", 200, 12), status="delivered"))])

    [line], following = log.list("shop", limit=10)
    assert following is None
    assert msgspec.to_builtins(line) == {
        "id": "rule:m1",
        "at": "2026-11-21T10:00:01.000Z",
        "rule": {"id": "rule", "name": "Rule"},
        "destination": {"id": "cs", "name": "CSチーム", "type": "slack"},
        "person": "a:1",
        "event": "Ping",
        "status": "delivered",
        "attempts": 2,
        "response_code": 200,
        "error": None,
        "next_attempt": None,
        "duration_ms": 12,
        "tries": [
            {"at": "2026-11-21T10:00:02.000Z", "response_code": 500, "duration_ms": 9, "error": "http_500"},
            {"at": "2026-11-21T10:00:07.000Z", "response_code": 200, "duration_ms": 12, "error": None},
        ],
        "message": None,
        "together": 1,
    }
    assert outbox.first_due("shop", "cs") is None


def test_the_log_is_read_newest_first_page_by_page(log, outbox):
    put(outbox, *(entry(n) for n in (2, 5, 1, 4, 3)))

    first, cursor = log.list("shop", limit=3)
    second, end = log.list("shop", limit=3, cursor=cursor)

    assert [line.id for line in first + second] == [f"rule:m{n}" for n in (5, 4, 3, 2, 1)]
    assert end is None


def test_lines_expire_after_thirty_days(outbox, dynamodb, monkeypatch):
    monkeypatch.setattr("time.time", lambda: 1_000_000.0)
    put(outbox, entry())

    ends = [item["expires_at"] for item in dynamodb.scan(TableName="metrics")["Items"] if "expires_at" in item]
    assert ends == [{"N": str(1_000_000 + 30 * 86_400)}]


def test_an_id_that_no_key_can_hold_is_sent_and_logged_too(log, outbox):
    long = "rule:" + "日" * 400
    put(outbox, entry(id=long))

    [waiting] = outbox.due("shop", "cs", NOW)
    outbox.settle([Settled(waiting, delivery(id=long, status="delivered"))])

    [line] = log.list("shop", limit=1)[0]
    assert (line.id, line.status) == (long, "delivered")
    assert log.read("shop", key_of(line))[1].id == long


@pytest.mark.parametrize("key", ["", "x", "!!", "4pyT", "MjAyNi0xMS0yMVQxMDowMDowMC4wMDBa"])
def test_a_key_that_was_not_given_is_refused(log, key):
    with pytest.raises(MalformedError):
        log.read("shop", key)


def test_a_line_of_another_site_is_not_found(log, outbox):
    put(outbox, entry())
    key = key_of(log.list("shop", limit=1)[0][0])

    with pytest.raises(NotFoundError):
        log.read("other", key)


def test_what_is_due_comes_in_its_order_and_what_is_not_does_not(outbox):
    put(outbox, entry(1, NOW + 2), entry(2, NOW + 1), entry(3, NOW + 3))

    assert [each.notification.id for each in outbox.due("shop", "cs", NOW + 2)] == ["rule:m2", "rule:m1"]
    assert [each.notification.id for each in outbox.due("shop", "cs", NOW + 9, limit=1)] == ["rule:m2"]
    assert outbox.first_due("shop", "cs") == NOW + 1


def test_what_another_has_settled_stays_settled_and_the_others_are_settled_too(log, outbox):
    entries = [entry(n) for n in range(1, 41)]
    put(outbox, *entries)
    outbox.settle([Settled(entries[4], delivery(5, status="delivered"))])

    outbox.settle([Settled(each, delivery(n, status="retrying"), NOW + 9) for n, each in enumerate(entries, 1)])

    lines = {line.id: line.status for line in log.list("shop", limit=100)[0]}
    assert lines.pop("rule:m5") == "delivered"
    assert set(lines.values()) == {"retrying"}
    assert len(outbox.due("shop", "cs", NOW + 9)) == 39


def test_quiet_is_claimed_together_with_the_notification_that_begins_it(outbox):
    both = Manner(quiet={"": 60, "g:acme": 600})
    company = Manner(quiet={"g:acme": 600})

    assert put(outbox, entry(1, manner=both), entry(2, manner=company)) == ["put", "quiet"]
    assert outbox.put(entry(3, manner=both), occurred_at=NOW + 61_000) == "quiet"
    # Refused for its company, it began no quiet of its rule.
    assert outbox.put(entry(4, manner=Manner(quiet={"": 60})), occurred_at=NOW + 62_000) == "put"


def test_only_what_is_done_with_is_sent_again(log, outbox):
    first = entry()
    put(outbox, first)
    line, told = log.read("shop", key_of(first.line))
    with pytest.raises(ConflictError):
        outbox.redrive(line, told, NOW)
    failed = delivery(status="failed", attempts=3)
    outbox.settle([Settled(first, failed)])

    outbox.redrive(failed, told, NOW + 5)

    [again] = outbox.due("shop", "cs", NOW + 5)
    assert (again.line.status, again.line.attempts, again.due) == ("waiting", 0, NOW + 5)
    with pytest.raises(ConflictError):
        outbox.redrive(failed, told, NOW + 6)
