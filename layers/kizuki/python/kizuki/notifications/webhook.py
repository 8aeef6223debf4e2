"""A notification as a webhook: Standard Webhooks 1.0 (https://www.standardwebhooks.com)."""

from datetime import UTC, datetime
from hashlib import sha256

import msgspec
from standardwebhooks import Webhook

from kizuki.notifications.model import Notification

TYPE = "notification.created"


def payload(notification: Notification) -> bytes:
    """Write `{type, timestamp, data}`; `timestamp` is when the event occurred, data the notification itself."""
    document = {"type": TYPE, "timestamp": notification.occurred_at, "data": notification}
    return msgspec.json.encode(document)


def webhook_id(notification: Notification) -> str:
    """Name the message: the same on every attempt, and safe in a header, which a client's messageId need not be."""
    return "msg_" + sha256(f"{notification.site}:{notification.id}".encode()).hexdigest()[:32]


def headers(id: str, body: bytes, secrets: list[str], *, at: datetime) -> dict[str, str]:
    """Sign one attempt. `id` is the same on every retry, `at` is this attempt's; each secret adds a signature."""
    fixed = {"webhook-id": id, "webhook-timestamp": str(int(at.timestamp()))}
    signatures = [Webhook(secret).sign(id, at.astimezone(UTC), body.decode()) for secret in secrets]
    return fixed | ({"webhook-signature": " ".join(signatures)} if signatures else {})
