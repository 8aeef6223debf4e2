"""What one event changes for one person, the same in ingest (foreseeing), evaluate (writing) and the time machine."""

from hashlib import blake2b

import msgspec

from kizuki.campaigns.goals import reached_goals
from kizuki.events import Event
from kizuki.rules import Facts
from kizuki.rules.ruleset import Engine, Moves
from kizuki.visitors import Move, State, fold
from kizuki.visitors.statistics import OWN_EVENTS

SURROUNDINGS = ("page", "device", "locale", "session", "replay")
MAX_FIELD_BYTES = 2048
"""One event may set off many of ours: what is larger is told of the cause alone."""
ID_BYTES = 16

_encode = msgspec.json.Encoder().encode


class Change(msgspec.Struct):
    facts: Facts
    moves: Moves
    goals: list[str]


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
    """Fold an event, bring segments up to date, note goals; None for an event folded before.

    What we added to the stream ourselves moves nobody in or out: segments could set each other off for ever.
    """
    if not fold(state, event, engine.needs):
        return None
    facts = Facts(event, state, engine.calendar)
    moves = Moves() if event.name in OWN_EVENTS else engine.update_segments(facts)
    return Change(facts, moves, reached_goals(engine, facts))


def moved(engine: Engine, change: Change, cause: int = 0) -> list[Move]:
    """Tell which segments the event, which stands at `cause` in its record, made the person enter and leave."""
    moves = [("Segment Entered", id_) for id_ in change.moves.entered]
    moves += [("Segment Left", id_) for id_ in change.moves.left]
    return [Move(name, id_, engine.segment[id_].name, cause) for name, id_ in moves]


def segment_event(cause: Event, person: str, move: Move) -> Event:
    """Say a move as an event. Its id follows from the cause: said again, it is the same."""
    told = f"{move.event}\n{move.segment}\n{cause.message_id}"
    around = {field: cause.context[field] for field in SURROUNDINGS if field in cause.context}
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
        properties={"segment_id": move.segment, "segment_name": move.name},
        context={field: value for field, value in around.items() if len(_encode(value)) <= MAX_FIELD_BYTES},
    )
