import json
from datetime import UTC, datetime

import msgspec
import pytest
from pydantic import ValidationError
from standardwebhooks import Webhook, WebhookVerificationError

from kizuki.errors import MalformedError
from kizuki.notifications.definition import NotificationRule
from kizuki.notifications.destinations import Destination, Secret
from kizuki.notifications.model import (
    Happening,
    Links,
    Notification,
    Person,
    Rule,
    Session,
    decode,
    encode,
    notification_id,
)
from kizuki.notifications.request import Parcel, render

OLD = "whsec_" + "b2xk" * 8
NEW = "whsec_" + "bmV3" * 8


@pytest.fixture
def notification():
    return Notification(
        id=notification_id("big-cart", "m1\r\nX-Evil: 1"),
        site="shop",
        rule=Rule("big-cart", "高額カート"),
        destination="crm",
        occurred_at="2026-11-21T10:00:00.000Z",
        person=Person("u:42", "山田 太郎", "taro@example.com", {"plan": "pro"}),
        session=Session("s1", 3),
        event=Happening("Product Added", "track", "m1", {"price": 4000}),
        links=Links("https://console.example/story"),
    )


@pytest.fixture
def destination():
    return Destination(id="crm", name="CRM", type="webhook", secret="kizuki/test/destinations/shop/crm")


def test_a_notification_comes_off_the_queue_as_it_went_on(notification):
    assert decode(encode(notification)) == notification


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"\xff", b'{"id": 1}', "{"])
def test_what_is_no_notification_is_refused(body):
    with pytest.raises(MalformedError):
        decode(body)


def test_a_webhook_carries_the_notification(notification, destination):
    request = render(Parcel([notification]), destination, Secret(url="https://crm.example"), at=datetime.now(UTC))

    assert json.loads(request.body) == {
        "type": "notification.created",
        "timestamp": "2026-11-21T10:00:00.000Z",
        "data": {
            name: value for name, value in msgspec.to_builtins(notification).items() if name not in {"manner", "alert"}
        },
    }
    assert "webhook-signature" not in request.headers


def test_a_receiver_verifies_the_signature(notification, destination):
    secret = Secret(url="https://crm.example", signing_secret=NEW)

    request = render(Parcel([notification]), destination, secret, at=datetime.now(UTC))

    assert Webhook(NEW).verify(request.body, request.headers)["data"]["id"] == notification.id
    with pytest.raises(WebhookVerificationError):
        Webhook(NEW).verify(request.body + b" ", request.headers)


def test_both_signatures_verify_while_a_secret_is_rotated(notification, destination):
    secret = Secret(url="https://crm.example", signing_secret=NEW, previous_signing_secret=OLD)

    request = render(Parcel([notification]), destination, secret, at=datetime.now(UTC))

    assert Webhook(NEW).verify(request.body, request.headers)
    assert Webhook(OLD).verify(request.body, request.headers)


def test_attempts_share_their_id_and_differ_in_their_timestamp(notification, destination):
    secret = Secret(url="https://crm.example", signing_secret=NEW)

    first = render(Parcel([notification]), destination, secret, at=datetime(2026, 11, 21, 10, 0, tzinfo=UTC)).headers
    second = render(Parcel([notification]), destination, secret, at=datetime(2026, 11, 21, 10, 5, tzinfo=UTC)).headers

    assert first["webhook-id"] == second["webhook-id"]
    assert first["webhook-id"].isascii()
    assert first["webhook-id"].isprintable()
    assert (first["webhook-timestamp"], second["webhook-timestamp"]) == ("1795255200", "1795255500")
    assert first["webhook-signature"] != second["webhook-signature"]


@pytest.mark.parametrize("value", ["", "secret", "whsec_", "whsec_c2hvcnQ=", "whsec_!!!!", "whsec_" + "YWJj" * 30])
def test_a_weak_signing_secret_is_refused_without_quoting_it(value):
    with pytest.raises(ValidationError) as refusal:
        Secret.model_validate_json(json.dumps({"url": "https://hooks.example/s3cret", "signing_secret": value}))

    assert "s3cret" not in str(refusal.value)
    assert not value or f"'{value}'" not in str(refusal.value)


def test_a_secret_does_not_print_itself():
    assert "s3cret" not in repr(Secret(url="https://hooks.example/s3cret", signing_secret=NEW))
    assert "bmV3" not in repr(Secret(url="https://hooks.example/s3cret", signing_secret=NEW))


def test_a_rule_is_a_document():
    rule = NotificationRule.model_validate(
        {
            "id": "big-cart",
            "name": "高額カート",
            "when": {"type": "event", "name": "Product Added"},
            "destination": "cs",
        }
    )

    assert (rule.enabled, rule.quiet_seconds) == (True, 0)
    with pytest.raises(ValidationError):
        NotificationRule.model_validate(rule.model_dump() | {"expression": "1 + 1"})
