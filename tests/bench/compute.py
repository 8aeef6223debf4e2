"""The whole compute path of a request: decode, fold, ask 1,000 rules, encode."""

import json
from typing import Any

from kizuki.rules import Facts
from kizuki.rules.ruleset import NotificationSpec
from kizuki.visitors import State, decode_state, encode_state, fold
from tests.bench import obvious, rulebook, shop, visitor
from tests.bench.measure import Row, interleaved, row

COUNT = 1000
Matches = list[list[int]]


def compute_row() -> Row:
    body, engine, closures = shop.batches(1)[0], rulebook.engine(COUNT), rulebook.closures(rulebook.conditions(COUNT))
    packed, written = encode_state(visitor.ours(engine)), json.dumps(visitor.theirs())

    def ours() -> tuple[list[list[NotificationSpec]], bytes]:
        state, found = decode_state(packed), []
        for event in visitor.read(body):
            fold(state, event, engine.needs)
            facts = Facts(event, state, engine.calendar)
            found.append(engine.notifications.holding(facts))
        return found, encode_state(state)

    def theirs() -> tuple[Matches, str]:
        state, found = json.loads(written), []
        for call in obvious.calls(body, shop.NOW):
            obvious.fold(state, call)
            facts = obvious.plain_facts(state, call)
            found.append([n for n, rule in enumerate(closures) if rule(facts)])
        return found, json.dumps(state)

    (held, state), (other, document) = ours(), theirs()
    mine = [[int(rule.id) for rule in each] for each in held]
    if mine != other or _known(decode_state(state)) != _expected(json.loads(document)):
        raise AssertionError("the two sides disagree")
    sides = interleaved(ours, theirs, number=10)
    events = len(mine)
    return row("compute_path", sides[0] / events, sides[1] / events, "µs/event", 0.03, "ours validates besides")


def _known(state: State) -> dict[str, Any]:
    return {
        "events": state.events,
        "visits": state.visits,
        "counts": state.counts,
        "seen": (state.first_seen, state.last_seen),
    }


def _expected(state: obvious.Document) -> dict[str, Any]:
    return {
        "events": state["events"],
        "visits": state["visits"],
        "counts": state["counts"],
        "seen": (state["first_seen"], state["last_seen"]),
    }
