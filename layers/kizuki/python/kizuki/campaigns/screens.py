"""What the tag saw go wrong with a campaign on somebody's screen."""

from typing import Any, Literal, get_args

import msgspec

from kizuki.events import Event
from kizuki.events.model import lookup
from kizuki.events.times import iso

EVENT = "Campaign Problem"
MAX_TEXT = 500
MAX_URL = 2000
Kind = Literal[
    "not_rendered",
    "outside_viewport",
    "covered",
    "covers_control",
    "overlaps_campaign",
    "selector_missing",
    "low_contrast",
    "script_error",
]
KINDS: frozenset[str] = frozenset(get_args(Kind))


class Box(msgspec.Struct):
    """CSS pixels."""

    x: float
    y: float
    width: float
    height: float


class Viewport(msgspec.Struct):
    width: float
    height: float


class ScreenProblem(msgspec.Struct, omit_defaults=True):
    """One thing that a visitor's screen showed wrong; `at` is ISO 8601."""

    message_id: str
    campaign: str
    problem: str
    at: str
    person: str
    variant: str | None = None
    box: Box | None = None
    viewport: Viewport | None = None
    other: str | None = None
    """What covers it or is covered, as a selector; the other campaign's id."""
    ratio: float | None = None
    url: str | None = None
    device: str | None = None
    replay_id: str | None = None
    replay_offset: int | None = None


def screen_problem(event: Event, person: str) -> ScreenProblem | None:
    """Read a problem from the tag's event; None for one that is not of the tag's making."""
    told, campaign = event.properties.get("problem"), event.properties.get("campaign_id")
    if event.name != EVENT or not isinstance(told, str) or told not in KINDS or not isinstance(campaign, str):
        return None
    offset = lookup(event.context, "replay.offset")
    return ScreenProblem(
        message_id=event.message_id,
        campaign=campaign,
        problem=told,
        at=iso(event.occurred_at),
        person=person,
        variant=_text(event.properties.get("variant")),
        box=_converted(event.properties.get("box"), Box),
        viewport=_converted(event.properties.get("viewport"), Viewport),
        other=_text(event.properties.get("other")),
        ratio=_converted(event.properties.get("ratio"), float),
        url=_text(lookup(event.context, "page.url"), MAX_URL),
        device=_text(lookup(event.context, "device.type")),
        replay_id=_text(lookup(event.context, "replay.id")),
        replay_offset=offset if type(offset) is int else None,
    )


def _text(value: Any, most: int = MAX_TEXT) -> str | None:
    return value[:most] if isinstance(value, str) else None


def _converted(value: Any, kind: Any) -> Any:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return None
