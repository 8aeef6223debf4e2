"""What the team is told of an event: the notification with its links, and the line of the live feed."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

import msgspec

from kizuki.aws.metrics import FeedEvent
from kizuki.campaigns.advance import Change
from kizuki.campaigns.decide import Sending
from kizuki.events import Event
from kizuki.events.model import lookup
from kizuki.events.times import iso
from kizuki.notifications.model import Manner, Notification, notification_id
from kizuki.replay.facts import recorded
from kizuki.rules import Facts
from kizuki.rules.engine import Engine
from kizuki.rules.ruleset import GOAL_REACHED, SUPPRESSED, NotificationSpec
from kizuki.visitors import State

REPLAY_LEAD_MS = 800
"""The player stands this long before the moment, which is just about to happen."""
SECOND_MS = 1000
DIGEST_AT = "10:00"
FEED_NAME = 200
FEED_TEXT = 2000
"""What a line of the feed holds at most of an address, and of properties: fifty lines are one item."""


def notifications(
    console_url: str, site: str, engine: Engine, rules: Iterable[NotificationSpec], facts: Facts, *, moment: str = ""
) -> Iterator[Notification]:
    """Tell every destination of these rules what happened to whom, unless it is told about this person too soon.

    Notes with the person that it was told. `moment` tells apart what one event was beside itself.
    """
    event, state = facts.event, facts.state
    for rule in rules:
        if rule.quiet_seconds and rule.group_by != "company":
            last = state.notified.get(rule.id)
            if last is not None and event.occurred_at < last + rule.quiet_seconds * SECOND_MS:
                continue
        state.notified[rule.id] = event.occurred_at
        told = _told(console_url, site, event, state) | {
            "rule": {"id": rule.id, "name": rule.name},
            "manner": _manner(engine, rule, facts),
        }
        for n, destination in enumerate(rule.destinations or [rule.destination]):
            further = destination if n else None
            id_ = notification_id(rule.id, event.message_id, destination=further, moment=moment)
            yield msgspec.convert(told | {"id": id_, "destination": destination}, Notification)


def moments(engine: Engine, change: Change) -> Iterator[tuple[str, list[NotificationSpec], Facts]]:
    """Yield what an event came to for campaigns that a rule asks for by name: a name, the rules that hold, their facts.

    These are no events of the stream: they are told of, and counted with the campaign, but not kept.
    """
    facts = change.facts
    for name, told in _moments(engine, change):
        rules = engine.moments.get(name)
        if rules is None:
            continue
        event = msgspec.structs.replace(facts.event, name=name, type="track", properties=told)
        about = msgspec.structs.replace(facts, event=event)
        if holding := rules.holding(about):
            subject = told.get("goal_id") or told.get("step") or ""
            yield f"~{name}~{told['campaign_id']}~{subject}", holding, about


def _moments(engine: Engine, change: Change) -> Iterator[tuple[str, dict[str, Any]]]:
    for reached in change.goals:
        exposure = change.facts.state.exposures.get(reached.campaign.id)
        # Nothing was on the screens of a control group: their goals are for the statistics alone.
        if exposure is None or not exposure.held_back:
            campaign = {"campaign_id": reached.campaign.id, "campaign_name": reached.campaign.name}
            yield GOAL_REACHED, campaign | {"goal_id": reached.goal.id, "goal_name": reached.goal.name}
    for decision in [*change.facts.event.decisions, *(sending.decision for sending in change.sendings)]:
        if decision.outcome == "suppressed":
            spec = engine.campaign.get(decision.campaign)
            campaign = {"campaign_id": decision.campaign, "campaign_name": spec.name if spec else decision.campaign}
            yield SUPPRESSED, campaign | {"step": decision.step, "reason": decision.reason}


def _manner(engine: Engine, rule: NotificationSpec, facts: Facts) -> Manner:
    state, mention = facts.state, rule.mention
    company = f"g:{state.group_id}" if rule.group_by == "company" and state.group_id is not None else None
    quiet = {"": rule.rule_quiet_seconds} if rule.rule_quiet_seconds else {}
    if rule.quiet_seconds and rule.group_by == "company":
        # Without a company they stand for themselves.
        quiet[company or state.person] = rule.quiet_seconds
    mentions = engine.mentions.get(rule.id)
    called = mention is not None and (mentions is None or mentions(facts))
    return Manner(
        timezone=engine.ruleset.timezone,
        every=rule.every,
        at=rule.at or DIGEST_AT,
        hours=rule.hours,
        quiet=quiet,
        group=company or state.person,
        mention=mention.who if mention is not None and called else [],
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
            "manner": Manner(group=state.person),
        },
        Notification,
    )


def _told(console_url: str, site: str, event: Event, state: State) -> dict[str, Any]:
    story = f"{console_url}/sites/{site}/people/{quote(state.person, safe=':')}?event={quote(event.message_id)}"
    moment = None
    if (place := recorded(event)) is not None:
        replay, offset = place
        moment = f"{console_url}/sites/{site}/replays/{replay}?t={max(0, offset - REPLAY_LEAD_MS)}"
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
