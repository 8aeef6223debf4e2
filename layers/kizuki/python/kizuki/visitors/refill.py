"""Fold what a state lacks from the person's own past: a rule published today is true of yesterday."""

from collections.abc import Collection, Iterable

from kizuki.events import Event
from kizuki.visitors.state import State
from kizuki.visitors.statistics import Needs


def refill(state: State, history: Iterable[Event], needs: Needs, lacking: Collection[str], version: int) -> None:
    """Make `state` complete for a ruleset version: fold the series it lacks, drop those that nobody reads any more.

    `history` is every event that was folded into the state, each once.
    """
    kept = needs.by_key.keys() - set(lacking)
    state.series = {key: series for key, series in state.series.items() if key in kept}
    visits = {}
    for visit in state.sessions:
        visit.cells = {key: cell for key, cell in visit.cells.items() if key in kept}
        visits[visit.id] = visit.cells
    if lacking:
        for event in history:
            cells = visits.get(event.session_id) if event.session_id is not None else None
            needs.tally(event, state.series, cells, only=lacking)
    state.complete = version
