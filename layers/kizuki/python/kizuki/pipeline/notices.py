"""What the team is told of an event: the notification with its links, and the line of the live feed."""

from typing import Any
from urllib.parse import quote

import msgspec

from kizuki.aws.metrics import FeedEvent
from kizuki.campaigns.decide import Sending
from kizuki.events import Event
from kizuki.events.model import lookup
from kizuki.events.times import iso
from kizuki.notifications.model import Notification, notification_id
from kizuki.rules.ruleset import NotificationSpec
from kizuki.visitors import State

REPLAY_LEAD_MS = 5_000
FEED_NAME = 200
FEED_TEXT = 2000
"""What a line of the feed holds at most of an address, and of properties: fifty lines are one item."""


def notification(console_url: str, site: str, rule: NotificationSpec, event: Event, state: State) -> Notification:
    """Tell what happened to whom, with links to the story and to the second of the replay."""
    return msgspec.convert(
        _told(console_url, site, event, state)
        | {
            "id": notification_id(rule.id, event.message_id),
            "rule": {"id": rule.id, "name": rule.name},
            "destination": rule.destination,
        },
        Notification,
    )


def campaign_notification(console_url: str, site: str, sending: Sending, event: Event, state: State) -> Notification:
    """Tell what a campaign says to a destination about this person."""
    campaign = sending.campaign
    return msgspec.convert(
        _told(console_url, site, event, state)
        | {
            # No rule's id has a dot.
            "id": notification_id(f"campaign.{campaign.id}", event.message_id),
            "rule": {"id": campaign.id, "name": campaign.name},
            "destination": sending.destination,
            "text": sending.text,
        },
        Notification,
    )


def _told(console_url: str, site: str, event: Event, state: State) -> dict[str, Any]:
    story = f"{console_url}/sites/{site}/people/{quote(state.person, safe=':')}?event={quote(event.message_id)}"
    replay, offset = lookup(event.context, "replay.id"), lookup(event.context, "replay.offset")
    moment = None
    if isinstance(replay, str) and isinstance(offset, int):
        moment = f"{console_url}/sites/{site}/replays/{quote(replay, safe='')}?t={max(0, offset - REPLAY_LEAD_MS)}"
    return {
        "site": site,
        "occurred_at": iso(event.occurred_at),
        "person": {
            "id": state.person,
            "name": text(state.traits, "name"),
            "email": text(state.traits, "email"),
            "traits": state.traits,
        },
        "session": {"id": event.session_id, "n": event.session_n} if event.session_id and event.session_n else None,
        "event": {
            "name": event.name,
            "type": event.type,
            "message_id": event.message_id,
            "properties": event.properties,
            "url": text(event.context, "page.url"),
            "title": text(event.context, "page.title"),
            "device": _device(event),
        },
        "links": {"story": story, "replay": moment},
    }


def feed_event(event: Event, state: State) -> FeedEvent:
    return FeedEvent(
        message_id=event.message_id,
        event=event.name,
        type=event.type,
        occurred_at=iso(event.occurred_at),
        person=state.person,
        name=(text(state.traits, "name") or "")[:FEED_NAME] or None,
        url=(text(event.context, "page.url") or "")[:FEED_TEXT] or None,
        properties=event.properties if len(msgspec.json.encode(event.properties)) <= FEED_TEXT else {},
    )


def text(document: dict[str, Any], path: str) -> str | None:
    value = lookup(document, path)
    return value if isinstance(value, str) else None


def _device(event: Event) -> dict[str, str] | None:
    """Say what the visitor holds, where the user agent told; Segment's mobile clients put other things there."""
    device = {name: text(event.context, f"device.{name}") for name in ("type", "browser", "os")}
    return {name: value for name, value in device.items() if value} if all(device.values()) else None
