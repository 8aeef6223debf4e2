"""Bring a person's statistics up to what the live ruleset reads, from their timeline, the first time it is asked."""

from kizuki.aws.clients import pauses
from kizuki.aws.visitors import MAX_HISTORY, VisitorStore
from kizuki.rules.engine import Engine
from kizuki.visitors import State
from kizuki.visitors.refill import refill

DAY_MS = 86_400_000


def complete(visitors: VisitorStore, site: str, engine: Engine, state: State, *, most: int = MAX_HISTORY) -> None:
    """Fold what a state lacks for the engine's version. Costs one reading of the timeline per person and statistic."""
    if state.complete >= engine.version:
        return
    lacking = engine.lacking(state) if state.events else frozenset()
    if not lacking:
        refill(state, (), engine.needs, (), engine.version)
        return
    if cursor := state.cursors.get(state.person, ""):
        for _ in pauses():
            if visitors.has(site, state.person, cursor):
                break
    coverages = [engine.sources[key][1] for key in lacking]
    since = 0
    if not any(coverage.ever or coverage.visit for coverage in coverages):
        # The widest window of days, one more for the time zone and one for events that were late.
        since = state.last_seen - (max(coverage.days for coverage in coverages) + 2) * DAY_MS
    refill(state, visitors.history(site, state, since=since, most=most), engine.needs, lacking, engine.version)
