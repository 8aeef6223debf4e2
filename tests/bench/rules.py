"""What it costs to ask 1,000 rules about an event: all at once, and one after another in four ways."""

from collections.abc import Iterator

import cel
import zen

from kizuki.rules import Facts
from kizuki.rules.ruleset import Engine
from kizuki.visitors import fold
from tests.bench import obvious, rulebook, shop, visitor
from tests.bench.measure import Row, interleaved, row

COUNT = 1000
Matches = list[list[int]]


def rule_rows() -> Iterator[Row]:
    body = shop.batches(1)[0]
    events, calls = visitor.read(body), obvious.calls(body, shop.NOW)
    small, large = rulebook.engine(COUNT), rulebook.engine(10 * COUNT)
    states = {engine: visitor.ours(engine) for engine in (small, large)}
    other = visitor.theirs()
    for event, call in zip(events, calls, strict=True):
        obvious.fold(other, call)
        for engine, state in states.items():
            fold(state, event, engine.needs)
    obvious.update_segments(other, obvious.facts(other, calls[-1]), shop.NOW)
    for engine, state in states.items():
        engine.update_segments(Facts(events[-1], state, engine.calendar))
    conditions = rulebook.conditions(COUNT)
    functions = rulebook.handwritten(COUNT)
    expressions = [zen.compile_expression(rulebook.written(rule, rulebook.ZEN)) for rule in conditions]
    programs = [cel.compile(rulebook.written(rule, rulebook.CEL)) for rule in conditions]

    def ours(engine: Engine) -> Matches:
        state = states[engine]
        facts = [Facts(event, state, engine.calendar) for event in events]
        return [[int(rule.id) for rule in engine.notifications.holding(each)] for each in facts]

    # The others start from the state too: what its statistics come to is part of asking.
    def by_hand() -> Matches:
        documents = [obvious.facts(other, call) for call in calls]
        return [[n for n, function in enumerate(functions) if function(each)] for each in documents]

    def by_zen() -> Matches:
        documents = [obvious.facts(other, call) for call in calls]
        return [[n for n, each in enumerate(expressions) if each.evaluate(document)] for document in documents]

    def by_cel() -> Matches:
        contexts = [cel.Context(obvious.facts(other, call)) for call in calls]
        return [[n for n, program in enumerate(programs) if program.execute(each)] for each in contexts]

    found = ours(small)
    for way in (by_hand, by_zen, by_cel):
        if way() != found:
            raise AssertionError(f"ours and {way.__name__} disagree")
    mine, hand = interleaved(lambda: ours(small), by_hand, number=10)
    yield row(
        "rules_1000",
        mine / len(calls),
        hand / len(calls),
        "µs/event",
        0.05,
        f"{sum(map(len, found)) / len(calls):g} match",
    )
    many, few = interleaved(lambda: ours(large), lambda: ours(small), number=10)
    yield row("rules_10000", many / len(calls), few / len(calls), "µs/event", 2.0, "against rules_1000")
    for name, way in (("zen", by_zen), ("cel", by_cel)):
        mine, theirs = interleaved(lambda: ours(small), way, number=1)
        yield row(f"rules_1000_{name}", mine / len(calls), theirs / len(calls), "µs/event", None)
