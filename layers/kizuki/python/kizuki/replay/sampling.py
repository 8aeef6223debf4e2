"""Whether the page of a visitor records: what the answer to an event says to the tag's recorder."""

from hashlib import blake2b
from typing import Any, Literal

from kizuki.events import Event
from kizuki.replay.facts import recorded
from kizuki.rules.engine import Engine

Mode = Literal["record", "buffer", "off"]
WHOLE = 100
BEGINNING_MS = 10_000
"""How long before its answer an event may have happened that is of the recording's beginning."""


def recording_mode(engine: Engine, session: str, *, begun: bool) -> Mode:
    """Decide for a visit: sampled by its id, so alike in every tab; `begun`: its events now are a reason to record."""
    spec = engine.ruleset.recording
    if not sampled(session, spec.sample_percent):
        return "off"
    if spec.when is None:
        return "record"
    if engine.recorded is None:
        return "off"  # it disabled itself
    if begun:
        return "record"
    return "buffer" if spec.tag.get("buffer_seconds") else "off"


def recording_answer(engine: Engine, session: str | None, *, begun: bool) -> dict[str, Any]:
    """Return `recording` of the answer (docs/api.md)."""
    mode = "off" if session is None else recording_mode(engine, session, begun=begun)
    return {"mode": mode} if mode == "off" else {"mode": mode} | engine.ruleset.recording.tag


def place_at_beginning(events: list[Event], answer: dict[str, Any] | None, *, now: int) -> None:
    """Settle `context.replay` of events that a page sent before it recorded: `answer` is what begins the recording.

    They are of its beginning, so that a link in the first notification of a visit leads somewhere, too. Where nothing
    is recorded, and where it names nothing that could be, an event has no `replay`.
    """
    session = events[-1].session_id if answer is not None and answer["mode"] == "record" else None
    for event in events:
        if "replay" not in event.context or recorded(event) is not None:
            continue
        sent = event.context["replay"]
        event.context = {name: value for name, value in event.context.items() if name != "replay"}
        if session is not None and sent == {"id": session} and now - event.occurred_at <= BEGINNING_MS:
            event.context["replay"] = {"id": session, "offset": 0}


def sampled(session: str, percent: int) -> bool:
    """Tell whether a visit is among so many percent of all; among more percent it always is, too."""
    number = int.from_bytes(blake2b(session.encode(), digest_size=8, person=b"recording").digest())
    return number % (WHOLE * WHOLE) < percent * WHOLE
