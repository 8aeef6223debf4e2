"""What one event changes for one person, the same in ingest (foreseeing), evaluate (writing) and the time machine."""

from collections import Counter
from hashlib import blake2b

import msgspec
from msgspec.structs import replace

from kizuki.campaigns.decide import Sending, decide_off_page
from kizuki.campaigns.goals import note_goal, reached_goals
from kizuki.campaigns.outcomes import counted, difference
from kizuki.events import Event
from kizuki.events.model import lookup
from kizuki.rules import Facts
from kizuki.rules.engine import CampaignGoal, Engine, Moves
from kizuki.visitors import EXPOSURE_EVENTS, Move, State, fold, note_decisions
from kizuki.visitors.statistics import OWN_EVENTS

SURROUNDINGS = ("page", "device", "locale", "session", "replay")
MAX_FIELD_BYTES = 2048
"""One event may set off many of ours: what is larger is told of the cause alone."""
ID_BYTES = 16
SENT = "Campaign Sent"
STALE_MS = 60 * 60 * 1000
"""An event told later than this, from an import say, notifies nobody."""

_encode = msgspec.json.Encoder().encode


class Change(msgspec.Struct):
    facts: Facts
    moves: Moves
    goals: list[CampaignGoal] = []
    sendings: list[Sending] = []
    """What is sent off the page, and what was not, with the reason."""
    people: dict[str, Counter[str]] = {}
    """By campaign, what this person adds to its counters of people."""


def identities(state: State, events: list[Event]) -> list[str]:
    """Name whom these events of one person prove to be that person: devices signed in on, and aliases.

    A member is another's alias only where the secret key says so: with the public key and one's own token, anybody may.
    """
    found: dict[str, None] = {}
    for event in events:
        if event.user_id and event.anonymous_id and event.anonymous_id not in state.devices:
            found[f"a:{event.anonymous_id}"] = None
        if event.type == "alias" and event.user_id and event.previous_id:
            if event.previous_id not in state.devices:
                found[f"a:{event.previous_id}"] = None
            if event.verified and event.previous_id not in state.aliases:
                found[f"u:{event.previous_id}"] = None
    found.pop(state.person, None)
    return list(found)


def advance(engine: Engine, state: State, event: Event) -> Change | None:
    """Fold an event, bring segments up to date, note goals and decisions; None for an event folded before.

    What we added to the stream ourselves moves nobody in or out: rules could set each other off for ever.
    """
    before = {campaign: counted(state.exposures.get(campaign)) for campaign in _met(event)}
    if not fold(state, event, engine.needs):
        return None
    facts = Facts(event, state, engine.calendar)
    own = event.name in OWN_EVENTS
    change = Change(facts, Moves() if own else engine.update_segments(facts), reached_goals(engine, facts))
    for reached in change.goals:
        before.setdefault(reached.campaign.id, counted(state.exposures[reached.campaign.id]))
        note_goal(reached, facts)
    if event.name != SENT and not is_stale(event) and (sendings := decide_off_page(engine, facts)):
        change.sendings = sendings
        for sending in sendings:
            id_ = sending.campaign.id
            before.setdefault(id_, counted(state.exposures.get(id_)))
        sent = replace(event, decisions=[sending.decision for sending in sendings])
        note_decisions(state, sent, engine.calendar, on_page=False)
    note_decisions(state, event, engine.calendar)
    if before:
        change.people = {
            id_: added
            for id_, earlier in before.items()
            if (added := difference(counted(state.exposures.get(id_)), earlier))
        }
    return change


def is_stale(event: Event) -> bool:
    return event.received_at - event.occurred_at > STALE_MS


def moved(engine: Engine, change: Change, cause: int = 0) -> list[Move]:
    """Tell what the event, which stands at `cause` in its record, made happen: segments entered and left, sendings."""
    moves = [Move("Segment Entered", id_, engine.segment[id_].name, cause) for id_ in change.moves.entered]
    moves += [Move("Segment Left", id_, engine.segment[id_].name, cause) for id_ in change.moves.left]
    sent = [sending.campaign for sending in change.sendings if sending.text is not None]
    return moves + [Move(SENT, campaign.id, campaign.name, cause) for campaign in sent]


def own_event(cause: Event, person: str, move: Move) -> Event:
    """Say a move as an event. Its id follows from the cause: said again, it is the same."""
    told = f"{move.event}\n{move.subject}\n{cause.message_id}"
    around = {field: cause.context[field] for field in SURROUNDINGS if field in cause.context}
    noun = "campaign" if move.event == SENT else "segment"
    return Event(
        message_id=blake2b(told.encode(), digest_size=ID_BYTES).hexdigest(),
        type="track",
        name=move.event,
        person=person,
        occurred_at=cause.occurred_at,
        received_at=cause.received_at,
        anonymous_id=cause.anonymous_id,
        user_id=cause.user_id,
        verified=cause.verified,
        position=cause.position,
        session_id=cause.session_id,
        session_n=cause.session_n,
        properties={f"{noun}_id": move.subject, f"{noun}_name": move.name},
        context={field: value for field, value in around.items() if len(_encode(value)) <= MAX_FIELD_BYTES},
    )


def _met(event: Event) -> set[str]:
    """Name the campaigns that the event itself speaks of."""
    met = {decision.campaign for decision in event.decisions}
    if event.name in EXPOSURE_EVENTS and isinstance(id_ := lookup(event.properties, "campaign_id"), str):
        met.add(id_)
    return met
