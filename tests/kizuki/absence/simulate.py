"""Simulated weeks, printed as the table of docs/absence.md: `python -m tests.kizuki.absence.simulate [seeds]`."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from kizuki.absence.pulse import BUCKET_MS
from tests.kizuki.absence.traffic import DAY, HOUR, START, WEEK, Fault, Site, Subject, Watched, simulate

WEEKS = 8
STOP = 7 * WEEK + DAY + 11 * HOUR
"""The Tuesday of the last week, at 11."""


def week(number: int, day: int, hour: int, hours: float) -> tuple[int, int]:
    first = number * WEEK + day * DAY + hour * HOUR
    return first, first + int(hours * HOUR)


SITE = Site(
    WEEKS,
    closed=[Fault(*week(4, 2, 12, 3)), Fault(*week(5, 5, 19, 3))],
    crowds=[(*week(5, 3, 20, 2), 6.0)],
)
STOPPED = [
    ("1,200 a day, stopped", Subject("busy", 0.2, evening=1.5)),
    ("180 a day, tag gone from its main page", Subject("page", 0.03)),
    ("60 a day, stopped", Subject("medium", 0.01)),
    ("12 a day, for rare visitors, stopped", Subject("rare", 0.002)),
    ("300 a day that vary wildly, stopped", Subject("wild", 0.05, noise=0.35)),
]
GOING_ON = [
    ("300 a day, fading by a quarter a week", Subject("fading", 0.05, fading=0.25)),
    ("300 a day, paused for two days", Subject("paused", 0.05, paused=[Fault(*week(6, 1, 14, 48))])),
    ("6 a day, for rare visitors", Subject("rarer", 0.001)),
]
for label, stopped in STOPPED:
    stopped.faults = [Fault(STOP, WEEKS * WEEK, 0.15 if "page" in label else 0.0)]


def run(seed: int) -> Iterator[tuple[str, int, int | None, int | None]]:
    """Yield of each subject: false alarms, minutes until the fault was found, and how far off its beginning was."""
    told = STOPPED + GOING_ON
    visits, seen = simulate(SITE, [subject for _, subject in told], seed)
    for label, subject in told:
        fault = subject.faults[0].first if subject.faults else WEEKS * WEEK
        alarms = Watched(visits, seen[subject.name], subject.paused).run(4 * DAY, WEEKS * WEEK)
        false = sum(at < fault for at, _ in alarms)
        found = next(((at, verdict) for at, verdict in alarms if at >= fault), None)
        if found is None:
            yield label, false, None, None
        else:
            at, verdict = found
            yield label, false, (at - fault) * 5, (verdict.since - START) // BUCKET_MS * 5 - fault * 5


def main(seeds: int) -> None:
    rows = defaultdict(list)
    for seed in range(1, seeds + 1):
        for label, *row in run(seed):
            rows[label].append(row)
            print(seed, label, *row, file=sys.stderr, flush=True)
    weeks = 0.0
    print("| campaign or rule | found after (median, longest) | its beginning, off by | false alarms in all |")
    print("| --- | --- | --- | --- |")
    for label, found in rows.items():
        delays = [delay for _, delay, _ in found if delay is not None]
        off = [abs(off) for *_, off in found if off is not None]
        watched = (STOP if any(label == name for name, _ in STOPPED) else WEEKS * WEEK) / WEEK - 4 / 7
        weeks += watched * seeds
        told = f"{_span(median(delays))}, {_span(max(delays))}" if len(delays) == seeds else "–"
        began = _span(median(off)) if len(delays) == seeds else "–"
        print(f"| {label} | {told} | {began} | {sum(false for false, *_ in found)} in {watched * seeds:.0f} weeks |")
    print(f"\n{seeds} seeds, {weeks:.0f} weeks of campaigns in which nothing was missing.")


def _span(minutes: float) -> str:
    return f"{minutes:.0f} min" if minutes < 120 else f"{minutes / 60:.1f} h"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
