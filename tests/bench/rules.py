"""What it costs to ask 1,000 rules about an event: all at once, and one after another in four ways."""

from collections.abc import Iterator

import cel
import zen

from kizuki.rules import Facts
from kizuki.rules.engine import Engine
from kizuki.rules.ruleset import NotificationSpec
from kizuki.visitors import fold
from tests.bench import obvious, rulebook, shop, visitor
from tests.bench.measure import Row, interleaved, row

COUNT = 1000
Matches = list[list[int]]


def rule_rows() -> Iterator[Row]:
    yield from _rows("rules", rulebook.MIXED, budgets=(0.05, 2.0))
    yield from _rows("statistical_rules", rulebook.STATISTICAL, budgets=(None, None))


def _rows(name: str, kinds: list[str], *, budgets: tuple[float | None, float | None]) -> Iterator[Row]:
    body = shop.batches(1)[0]
    events, calls = visitor.read(body), obvious.calls(body, shop.NOW)
    small, dense = rulebook.engine(COUNT, kinds), rulebook.engine(10 * COUNT, kinds)
    # With one comparison more, by which as many hold as of the thousand: what is measured is asking.
    few_of, large = rulebook.engine(COUNT, kinds, products=40), rulebook.engine(10 * COUNT, kinds, products=4)
    states = {engine: visitor.ours(engine) for engine in (small, few_of, large, dense)}
    other = visitor.theirs()
    for event, call in zip(events, calls, strict=True):
        obvious.fold(other, call)
        for engine, state in states.items():
            fold(state, event, engine.needs)
    obvious.update_segments(other, obvious.facts(other, calls[-1]), shop.NOW)
    for engine, state in states.items():
        engine.update_segments(Facts(events[-1], state, engine.calendar))
    conditions = rulebook.conditions(COUNT, kinds)
    functions = rulebook.handwritten(conditions)
    expressions = [zen.compile_expression(rulebook.written(rule, rulebook.ZEN)) for rule in conditions]
    programs = [cel.compile(rulebook.written(rule, rulebook.CEL)) for rule in conditions]
    # What the rules speak of, and no more, is worked out for the others: of the statistics, where rules ask for them.
    facts_of = obvious.facts if kinds is rulebook.STATISTICAL else obvious.plain_facts

    def ours(engine: Engine) -> list[list[NotificationSpec]]:
        state = states[engine]
        return [engine.notifications.holding(Facts(event, state, engine.calendar)) for event in events]

    def by_hand() -> Matches:
        documents = [facts_of(other, call) for call in calls]
        return [[n for n, function in enumerate(functions) if function(each)] for each in documents]

    def by_zen() -> Matches:
        documents = [facts_of(other, call) for call in calls]
        return [[n for n, each in enumerate(expressions) if each.evaluate(document)] for document in documents]

    def by_cel() -> Matches:
        contexts = [cel.Context(facts_of(other, call)) for call in calls]
        return [[n for n, program in enumerate(programs) if program.execute(each)] for each in contexts]

    found = [[int(rule.id) for rule in each] for each in ours(small)]
    for way in (by_hand, by_zen, by_cel):
        if way() != found:
            raise AssertionError(f"ours and {way.__name__} disagree")
    mine, hand = interleaved(lambda: ours(small), by_hand, number=10)
    note = f"{sum(map(len, found)) / len(calls):g} match"
    yield row(f"{name}_1000", mine / len(calls), hand / len(calls), "µs/event", budgets[0], note)
    for engine, base, called, budget in ((large, few_of, "10000", budgets[1]), (dense, small, "10000_dense", None)):
        many, few = interleaved(lambda engine=engine: ours(engine), lambda base=base: ours(base), number=10)
        held = sum(map(len, ours(engine))) / len(calls)
        note = f"against 1,000 such rules; {held:g} match, of 1,000 {sum(map(len, ours(base))) / len(calls):g}"
        yield row(f"{name}_{called}", many / len(calls), few / len(calls), "µs/event", budget, note)
    for other_name, way in (("zen", by_zen), ("cel", by_cel)):
        mine, theirs = interleaved(lambda: ours(small), way, number=1)
        yield row(f"{name}_1000_{other_name}", mine / len(calls), theirs / len(calls), "µs/event", None)
