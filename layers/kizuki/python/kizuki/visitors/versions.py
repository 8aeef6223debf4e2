"""Earlier forms of the state, and what each becomes. Statistics are not carried over: the timeline has them."""

from hashlib import blake2b
from typing import Any

(PERSON, FIRST_SEEN, LAST_SEEN, EVENTS, VISITS, TRAITS, DEVICES, SESSION, PREVIOUS, TALLIES, VALUES, EXPOSURES,
 SEGMENTS, NOTIFIED, SEEN, CURSORS, MERGED_INTO, GROUP_ID, GROUP_TRAITS) = range(19)  # fmt: skip


def from_1(state: list[Any]) -> list[Any]:
    """Version 1 kept counts by day of every event name, and the last value of every property."""
    visits = [visit for visit in (state[SESSION], state[PREVIOUS]) if visit is not None]
    seen = state[LAST_SEEN]
    group = {state[GROUP_ID]: [seen, _at(state[GROUP_TRAITS], seen)]} if state[GROUP_ID] is not None else {}
    cart = {path[5:]: value for path, (value, _) in state[VALUES].items() if path.startswith("cart.")}
    return [
        state[PERSON],
        state[FIRST_SEEN],
        seen,
        state[EVENTS],
        state[VISITS],
        b"".join(blake2b(visit[0].encode(), digest_size=4).digest() for visit in reversed(visits)),
        [visit[:4] for visit in visits],
        _at(state[TRAITS], seen),
        group,
        state[DEVICES],
        [],
        False,
        {name: tally[0] for name, tally in state[TALLIES].items()},
        {},
        0,
        [cart, seen] if cart else None,
        *state[EXPOSURES : MERGED_INTO + 1],
    ]


def _at(traits: dict[str, Any], moment: int) -> dict[str, Any]:
    return {name: [value, moment] for name, value in traits.items()}
