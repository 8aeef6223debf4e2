import msgspec
import pytest

from kizuki.aws.clients import client
from kizuki.aws.deliveries import Delivery, DeliveryLog, Named, To
from tests.kizuki.aws.tables import create_table


def delivery(n=1, **changes):
    fields = {
        "id": f"big-cart:m{n}",
        "at": f"2026-11-21T10:00:{n:02d}.000Z",
        "rule": Named("big-cart", "高額カート"),
        "destination": To("cs", "CSチーム", "slack"),
        "person": "a:1",
        "event": "Product Added",
        "status": "retrying",
        "attempts": 1,
    }
    return Delivery(**(fields | changes))


@pytest.fixture
def dynamodb(aws):
    dynamodb = client("dynamodb")
    create_table(dynamodb, "metrics")
    return dynamodb


@pytest.fixture
def log(dynamodb):
    return DeliveryLog(dynamodb, "metrics")


def test_a_notification_has_one_line_that_tells_its_last_attempt(log):
    log.put("shop", delivery(error="timeout: no answer", next_attempt="2026-11-21T10:00:30.000Z"))
    log.put("shop", delivery(status="delivered", attempts=2, response_code=200, duration_ms=12))

    [line], following = log.list("shop", limit=10)
    assert following is None
    assert msgspec.to_builtins(line) == {
        "id": "big-cart:m1",
        "at": "2026-11-21T10:00:01.000Z",
        "rule": {"id": "big-cart", "name": "高額カート"},
        "destination": {"id": "cs", "name": "CSチーム", "type": "slack"},
        "person": "a:1",
        "event": "Product Added",
        "status": "delivered",
        "attempts": 2,
        "response_code": 200,
        "error": None,
        "next_attempt": None,
        "duration_ms": 12,
    }


def test_the_log_is_read_newest_first_page_by_page(log):
    for n in (2, 5, 1, 4, 3):
        log.put("shop", delivery(n))
    log.put("other", delivery(9))

    first, cursor = log.list("shop", limit=3)
    second, end = log.list("shop", limit=3, cursor=cursor)

    assert [line.id for line in first + second] == [f"big-cart:m{n}" for n in (5, 4, 3, 2, 1)]
    assert end is None


def test_lines_expire_after_thirty_days(log, dynamodb, monkeypatch):
    monkeypatch.setattr("time.time", lambda: 1_000_000.0)
    log.put("shop", delivery())

    [item] = dynamodb.scan(TableName="metrics")["Items"]
    assert item["expires_at"] == {"N": str(1_000_000 + 30 * 86_400)}


def test_an_id_that_no_key_can_hold_is_logged_too(log):
    long = "big-cart:" + "日" * 400
    log.put("shop", delivery(id=long))

    assert [line.id for line in log.list("shop", limit=1)[0]] == [long]
