"""What is posted to a destination."""

from datetime import datetime
from typing import NamedTuple

import msgspec

from kizuki.notifications import slack, webhook
from kizuki.notifications.definition import Destination, Secret
from kizuki.notifications.model import Notification


class Request(NamedTuple):
    body: bytes
    headers: dict[str, str]


def render(notification: Notification, destination: Destination, secret: Secret, *, at: datetime) -> Request:
    """Write the notification as its destination understands it; `at` is the moment of this attempt."""
    content = {"content-type": "application/json; charset=utf-8", "user-agent": "Kizuki"}
    if destination.type == "slack":
        return Request(msgspec.json.encode(slack.message(notification, destination.locale)), content)
    body = webhook.payload(notification)
    signed = webhook.headers(webhook.webhook_id(notification), body, secret.signing_secrets, at=at)
    return Request(body, content | signed)
