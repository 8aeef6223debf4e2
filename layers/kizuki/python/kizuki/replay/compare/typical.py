"""Typical people of a group: medoids, those to whom everybody else of the group is nearest."""

from collections.abc import Sequence
from math import inf, log1p

from kizuki.replay.compare.features import NUMBERS, Seen

SIZES = ((80, 5), (30, 4), (10, 3), (0, 2))
"""From so many people on, so many are typical."""
MAX_SWAPS = 50


def typical(people: Sequence[Seen], playable: Sequence[bool]) -> list[int]:
    """Choose 2 to 5 people with a playable recording, by place, the most typical of all first; the earlier on ties.

    Partitioning around medoids (Kaufman & Rousseeuw 1990): built greedily, then bettered by swaps.
    """
    free = [place for place, can in enumerate(playable) if can]
    wanted = min(len(free), next(most for least, most in SIZES if len(people) >= least))
    apart = distances(people)
    chosen: list[int] = []
    nearest = [inf] * len(people)
    while len(chosen) < wanted:
        best = min(
            (place for place in free if place not in chosen),
            key=lambda place: sum(map(min, nearest, apart[place])),
        )
        chosen.append(best)
        nearest = [*map(min, nearest, apart[best])]
    return _swapped(chosen, free, apart)


def _swapped(chosen: list[int], free: Sequence[int], apart: Sequence[Sequence[float]]) -> list[int]:
    def cost(medoids: Sequence[int]) -> float:
        return sum(map(min, *(apart[each] for each in medoids))) if len(medoids) > 1 else sum(apart[medoids[0]])

    if not chosen:
        return []
    known = cost(chosen)
    for _ in range(MAX_SWAPS):
        swaps = (
            [*chosen[:n], place, *chosen[n + 1 :]] for n in range(len(chosen)) for place in free if place not in chosen
        )
        better = min(((cost(swap), swap) for swap in swaps), default=(inf, chosen), key=lambda each: each[0])
        if better[0] >= known - 1e-9:
            break
        known, chosen = better
    return chosen


def distances(people: Sequence[Seen]) -> list[list[float]]:
    """Return how far everybody is from everybody, 0 to 1 (Gower 1971).

    Numbers differ by their logarithms over the group's range, next pages in being the same or not, pages and events by
    the share that only one of the two has. What is not known of one of the two is not asked.
    """
    spans: dict[str, tuple[float, float]] = {}
    for name in NUMBERS:
        told = [log1p(value) for each in people if (value := each.numbers.get(name)) is not None]
        if told and max(told) > min(told):
            spans[name] = min(told), max(told) - min(told)
    scaled = [
        {
            name: (log1p(value) - low) / span
            for name, (low, span) in spans.items()
            if (value := each.numbers[name]) is not None
        }
        for each in people
    ]
    apart = [[0.0] * len(people) for _ in people]
    for n, one in enumerate(people):
        for m in range(n):
            apart[n][m] = apart[m][n] = _distance(one, people[m], scaled[n], scaled[m])
    return apart


def _distance(one: Seen, other: Seen, numbers: dict[str, float], others: dict[str, float]) -> float:
    parts = [abs(value - others[name]) for name, value in numbers.items() if name in others]
    parts.append(float(one.next_page != other.next_page))
    for mine, theirs in ((one.pages, other.pages), (one.events, other.events)):
        either = len(mine | theirs)
        if either:
            parts.append(1 - len(mine & theirs) / either)
    return sum(parts) / len(parts)
