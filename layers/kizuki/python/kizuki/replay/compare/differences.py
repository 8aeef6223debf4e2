"""What differs between groups, the largest effect first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from statistics import mean, median
from typing import Literal, NamedTuple

import msgspec

from kizuki.replay.compare import effects
from kizuki.replay.compare.features import NUMBERS, Seen

Kind = Literal["next_page", "page", "event", "number"]
Size = Literal["small", "medium", "large"]
MIN_PEOPLE = 10
"""In each of two groups compared, of whom the feature is known."""
MIN_WITH = 5
"""People with a page or an event, in all groups together."""
MAX_SHARES = 60
"""Pages and events that are looked at: those that tell most people apart."""
FALSE_DISCOVERIES = 0.05
MAX_FOUND = 20
TIMES = frozenset({"first_action", "next_page", "pause", "length"})
SIZES: dict[str, tuple[float, float, float]] = {"share": (0.2, 0.5, 0.8), "number": (0.147, 0.33, 0.474)}
"""From where an effect is small, medium and large: Cohen (1988) for h, Romano et al. (2006) for Cliff's delta."""


class Value(msgspec.Struct, frozen=True):
    """Of one group: people of whom it is known, and the share of them, the median of times (ms), or else the mean."""

    people: int
    value: float


class Difference(msgspec.Struct, frozen=True):
    """`feature` is a path, an event, or the name of a number; `between` are the two groups that differ most.

    `effect` is Cohen's h of shares and Cliff's delta of numbers, positive where the first group has more; `q` the share
    of false ones among all differences no less sure.
    """

    kind: Kind
    feature: str
    between: tuple[str, str]
    groups: dict[str, Value]
    effect: float
    size: Size
    p: float
    q: float

    @property
    def test(self) -> Literal["mann_whitney", "fisher"]:
        return "mann_whitney" if self.kind == "number" else "fisher"


class _Feature(NamedTuple):
    kind: Kind
    name: str


def differences(
    groups: Mapping[str, Sequence[Seen]], *, goal_events: frozenset[str] = frozenset(), goal_group: str = "clicked_goal"
) -> list[Difference]:
    """Return what surely differs between any two groups, the strongest pair of each feature, the largest first.

    `goal_events` made `goal_group` what it is, so that they say nothing of it.
    """
    pairs = [pair for pair in combinations(groups, 2) if all(len(groups[each]) >= MIN_PEOPLE for each in pair)]
    asked: list[tuple[_Feature, tuple[str, str], effects.Tested]] = []
    for feature in _features(groups):
        for first, second in pairs:
            if feature.kind == "event" and feature.name in goal_events and goal_group in {first, second}:
                continue
            if (tested := _tested(feature, groups[first], groups[second])) is not None:
                asked.append((feature, (first, second), tested))
    found: dict[_Feature, Difference] = {}
    sure = effects.false_discovery([tested.p for *_, tested in asked])
    for (feature, between, tested), q in zip(asked, sure, strict=True):
        size = _size(feature, tested.effect)
        if q > FALSE_DISCOVERIES or size is None:
            continue
        known = found.get(feature)
        if known is None or abs(tested.effect) > abs(known.effect):
            values = {name: value for name, people in groups.items() if (value := _value(feature, people)) is not None}
            kind, name = feature
            found[feature] = Difference(kind, name, between, values, tested.effect, size, tested.p, q)
    return sorted(found.values(), key=lambda each: (-_strength(each), each.kind, each.feature))[:MAX_FOUND]


def _features(groups: Mapping[str, Sequence[Seen]]) -> list[_Feature]:
    people = [each for group in groups.values() for each in group]
    counts: Counter[_Feature] = Counter()
    for each in people:
        counts.update(_Feature("page", path) for path in each.pages)
        counts.update(_Feature("event", name) for name in each.events)
        if each.next_page is not None:
            counts[_Feature("next_page", each.next_page)] += 1
    often = [feature for feature, n in counts.items() if MIN_WITH <= n <= len(people) - MIN_WITH]
    often.sort(key=lambda feature: (abs(counts[feature] - len(people) / 2), feature))
    return [*(_Feature("number", name) for name in NUMBERS), *often[:MAX_SHARES]]


def _has(feature: _Feature, seen: Seen) -> bool:
    match feature.kind:
        case "next_page":
            return seen.next_page == feature.name
        case "page":
            return feature.name in seen.pages
        case _:
            return feature.name in seen.events


def _known(feature: _Feature, people: Sequence[Seen]) -> list[float]:
    return [value for each in people if (value := each.numbers[feature.name]) is not None]


def _tested(feature: _Feature, first: Sequence[Seen], second: Sequence[Seen]) -> effects.Tested | None:
    if feature.kind != "number":
        some, others = (sum(_has(feature, each) for each in people) for people in (first, second))
        return effects.shares(some, len(first), others, len(second))
    mine, theirs = _known(feature, first), _known(feature, second)
    return effects.numbers(mine, theirs) if min(len(mine), len(theirs)) >= MIN_PEOPLE else None


def _value(feature: _Feature, people: Sequence[Seen]) -> Value | None:
    if feature.kind != "number":
        return Value(len(people), mean(_has(feature, each) for each in people)) if people else None
    known = _known(feature, people)
    if not known:
        return None
    return Value(len(known), median(known) if feature.name in TIMES else mean(known))


def _size(feature: _Feature, effect: float) -> Size | None:
    small, medium, large = SIZES["number" if feature.kind == "number" else "share"]
    if abs(effect) >= large:
        return "large"
    if abs(effect) >= medium:
        return "medium"
    return "small" if abs(effect) >= small else None


def _strength(difference: Difference) -> float:
    """Put both sizes of effect on one scale: 1 is large."""
    return abs(difference.effect) / SIZES["number" if difference.kind == "number" else "share"][2]
