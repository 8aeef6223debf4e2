"""What the customer-success team is told: the notification, its destinations, and how it looks there."""

from kizuki.notifications.definition import Destination, NotificationRule, Secret
from kizuki.notifications.model import (
    Device,
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
from kizuki.notifications.request import Request, render

__all__ = [
    "Destination",
    "Device",
    "Happening",
    "Links",
    "Notification",
    "NotificationRule",
    "Person",
    "Request",
    "Rule",
    "Secret",
    "Session",
    "decode",
    "encode",
    "notification_id",
    "render",
]
