"""An accepted event, as every part of Kizuki sees it."""

from collections.abc import Callable
from typing import Any, Literal

import msgspec

Kind = Literal["track", "page", "screen", "identify", "group", "alias"]
Outcome = Literal["shown", "control", "suppressed"]


class Decision(msgspec.Struct, omit_defaults=True):
    """What one campaign decided on one event, and for a suppression the first step that failed and why."""

    campaign: str
    outcome: Outcome
    variant: str | None = None
    step: str | None = None
    reason: str | None = None
    split: str | None = None
    """How the campaign split people then, for those who were split."""


class Event(msgspec.Struct, kw_only=True):
    """One thing a visitor did. Times are milliseconds since the epoch, UTC; `occurred_at` is free of clock skew."""

    message_id: str
    type: Kind
    name: str
    """What conditions call it: a track call's own name, else its type."""
    person: str
    """`u:<userId>` once known, else `a:<anonymousId>`."""
    occurred_at: int
    received_at: int
    anonymous_id: str | None = None
    user_id: str | None = None
    group_id: str | None = None
    previous_id: str | None = None
    verified: bool = False
    """Whether a token or the secret key proved the `user_id`; of an alias, the secret key both ids."""
    position: int = 0
    """Where it stood in its request: of events of one moment, the later one is the last."""
    session_id: str | None = None
    session_n: int | None = None
    properties: dict[str, Any] = {}
    traits: dict[str, Any] = {}
    context: dict[str, Any] = {}
    decisions: list[Decision] = []


def person_of(user_id: str | None, anonymous_id: str | None) -> str:
    """Name the person an event belongs to. One of the two ids must be given."""
    return f"u:{user_id}" if user_id else f"a:{anonymous_id}"


def lookup_all(document: Any, path: str) -> list[Any]:
    """Follow a path whose `[]` goes through lists; return what it leads to, without what is not there."""
    head, *rest = path.split("[]")
    found = [lookup(document, head)]
    for keys in rest:
        elements = [element for each in found if isinstance(each, list) for element in each]
        found = [lookup(element, keys.lstrip(".")) if keys else element for element in elements]
    return [each for each in found if each is not None]


def path_reader(path: str) -> Callable[[Any], Any]:
    """Compile `lookup`, or for a path with `[]` `lookup_all`, for a path that is followed often."""
    if "[]" in path:
        return lambda document: lookup_all(document, path)
    first, *rest = path.split(".")
    if not rest:
        return lambda document: document.get(first) if type(document) is dict else None
    if len(rest) == 1:
        [second] = rest

        def two(document: Any) -> Any:
            inner = document.get(first) if type(document) is dict else None
            return inner.get(second) if type(inner) is dict else None

        return two
    return lambda document: lookup(document, path)


def lookup(document: Any, path: str) -> Any:
    """Follow a dotted path through nested objects; None where it leads nowhere."""
    for key in path.split("."):
        if not isinstance(document, dict):
            return None
        document = document.get(key)
    return document
