"""A notification as a webhook: Standard Webhooks 1.0 (https://www.standardwebhooks.com)."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec
from standardwebhooks import Webhook

from kizuki.notifications.model import Notification

TYPE = "notification.created"
DIGEST = "notification.digest"
ALERT = "alert.created"


def payload(notification: Notification) -> bytes:
    """Write `{type, timestamp, data}`; `timestamp` is when the event occurred, data the notification itself."""
    kind = TYPE if notification.alert is None else ALERT
    document = {"type": kind, "timestamp": notification.occurred_at, "data": data(notification)}
    return msgspec.json.encode(document)


def digest(notifications: list[Notification]) -> bytes:
    """Write a digest: data holds the notifications, `timestamp` is that of the newest."""
    newest = max(notification.occurred_at for notification in notifications)
    told = {"notifications": [data(notification) for notification in notifications]}
    return msgspec.json.encode({"type": DIGEST, "timestamp": newest, "data": told})


def data(notification: Notification) -> dict[str, Any]:
    """Return what receivers see of a notification."""
    document: dict[str, Any] = msgspec.to_builtins(notification)
    del document["manner"]
    if document["alert"] is None:
        del document["alert"]
    return document


def webhook_id(*notifications: Notification) -> str:
    """Name the message: the same on every attempt, and safe in a header, which a client's messageId need not be."""
    told = "\n".join(f"{notification.site}:{notification.id}" for notification in notifications)
    return "msg_" + sha256(told.encode()).hexdigest()[:32]


def headers(id: str, body: bytes, secrets: list[str], *, at: datetime) -> dict[str, str]:
    """Sign one attempt. `id` is the same on every retry, `at` is this attempt's; each secret adds a signature."""
    fixed = {"webhook-id": id, "webhook-timestamp": str(int(at.timestamp()))}
    signatures = [Webhook(secret).sign(id, at.astimezone(UTC), body.decode()) for secret in secrets]
    return fixed | ({"webhook-signature": " ".join(signatures)} if signatures else {})
