"""Which of many conditions hold, at a cost that hardly grows with their number.

Conditions become clauses, each a conjunction; clause n is bit n. For every field that clauses compare, a table answers
which of them a value satisfies, as one integer: a dictionary for equality, bisection for order. Those that hold are the
AND over the fields. What no table can tell is asked as a function, and only of the clauses that are left.

Source: bitmap indexes over predicates, as in Fabret et al., "Filtering algorithms and implementation for very fast
publish/subscribe systems" (SIGMOD 2001).
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import compress, pairwise, product
from typing import Any

from kizuki.rules.compiled import compile_condition, event_names, key_of, many
from kizuki.rules.facts import Facts, Predicate, Read
from kizuki.rules.needs import series_key
from kizuki.rules.reading import reader
from kizuki.visitors.accumulators import NUMBERS

Document = dict[str, Any]
Literal = tuple[Document, bool]
"""A condition that is no group, and whether it is to hold or not to hold."""
Clause = tuple[Literal, ...]

MAX_CLAUSES = 32
ABOVE, BELOW = frozenset({"gt", "gte"}), frozenset({"lt", "lte"})
READ = frozenset({"property", "context", "trait", "group_trait", "visits"})
ONES = bytes.maketrans(b"01", b"\0\1")
KEYS = frozenset({int, float, str})
"""Values that stand for themselves in a table."""
LISTED = {"eq", "in", "ne", "not_in"}
OPPOSITE = {"eq": "ne", "in": "not_in", "ne": "eq", "not_in": "in", "exists": "not_exists", "not_exists": "exists"}
TABLED = ABOVE | BELOW | LISTED | {"exists", "not_exists"}


class Index:
    """Conditions by position, ready to be asked which of them hold. An event meets only clauses that may name it."""

    def __init__(self, conditions: Iterable[Document]) -> None:
        self._named: dict[str, Clauses] = {}
        self._unnamed = Clauses()
        for position, condition in enumerate(conditions):
            for clause in clauses(condition):
                names = _names(clause)
                rest = tuple(literal for literal in clause if not _is_name(literal))
                for part in (
                    [self._unnamed] if names is None else [self._named.setdefault(name, Clauses()) for name in names]
                ):
                    part.add(position, rest)
        for part in [self._unnamed, *self._named.values()]:
            part.close()

    def holding(self, facts: Facts) -> list[int]:
        """Return the positions of the conditions that hold, in order."""
        named = self._named.get(facts.event.name)
        if named is None:
            return self._unnamed.holding(facts)
        found = named.holding(facts)
        if not self._unnamed:
            return found
        return sorted({*found, *self._unnamed.holding(facts)})


class Clauses:
    """Clauses as bits, and the tables of the fields that they compare."""

    def __init__(self) -> None:
        self._owner: list[int] = []
        self._rest: dict[int, Predicate] = {}
        self._fields: dict[tuple[str, str], tuple[Read, list[Table]]] = {}
        self._order: list[tuple[int, Read, list[Table]]] = []
        """The fields, those that cost nothing to read first, each with the clauses that ask it."""
        self._all = 0
        self._repeated = False
        """Whether an owner has several clauses, so that it may be found twice."""

    def __bool__(self) -> bool:
        return bool(self._owner)

    def add(self, position: int, clause: Clause) -> None:
        number = len(self._owner)
        # Clauses of one owner stand together.
        self._repeated = self._repeated or (number > 0 and self._owner[-1] == position)
        self._owner.append(position)
        rest: list[Predicate] = []
        for literal, holds in clause:
            condition = _as_comparison(literal)
            if condition.get("op") not in TABLED or many(condition):
                ask = compile_condition(condition)
                rest.append(ask if holds else _negated(ask))
                continue
            _, tables = self._fields.setdefault(_field(condition), (_reader(condition), []))
            # A clause asks a table once; `0 < x and x < 5` takes two.
            table = next((table for table in tables if not table.asks(number)), None)
            if table is None:
                table = Table()
                tables.append(table)
            table.add(number, condition["op"], condition.get("value"), holds=holds)
        if rest:
            self._rest[number] = rest[0] if len(rest) == 1 else _every(rest)

    def close(self) -> None:
        self._all = (1 << len(self._owner)) - 1
        for _, tables in self._fields.values():
            for table in tables:
                table.close(self._all)
        for _, (read, tables) in sorted(self._fields.items(), key=lambda field: _cost(field[0])):
            asking = 0
            for table in tables:
                asking |= table.asking
            self._order.append((asking, read, tables))

    def holding(self, facts: Facts) -> list[int]:
        left = self._all
        for asking, read, tables in self._order:
            if left & asking:
                value = read(facts)
                for table in tables:
                    left &= table.satisfied(value)
        if not left:
            return []
        # The ones of a mask, as bytes, pick what stands at their places: no loop of ours.
        ones = bin(left)[:1:-1].encode().translate(ONES)
        if not self._rest:
            found = list(compress(self._owner, ones))
        else:
            rest = self._rest
            numbers = compress(range(len(self._owner)), ones)
            found = [self._owner[number] for number in numbers if number not in rest or rest[number](facts)]
        return list(dict.fromkeys(found)) if self._repeated else found


class Table:
    """What clauses ask of one field, each once, and so which of them a value satisfies."""

    def __init__(self) -> None:
        self.asking = 0
        self._absent = 0
        """Clauses satisfied by a missing value: those that want none, and those that do not ask."""
        self._present: int = 0
        """Clauses satisfied by a value: those that want any, those that do not ask, those that want none of a few."""
        self._equal: dict[Any, int] = {}
        self._unequal: dict[Any, int] = {}
        self._masks: dict[tuple[str, bool], dict[float, int]] = {}
        self._ordered: list[tuple[bool, Any, list[float], list[int]]] = []
        self.satisfied: Callable[[Any], int] = self._satisfied
        """Return the clauses that a value satisfies, and those that do not ask the field."""

    def asks(self, number: int) -> bool:
        return bool(self.asking >> number & 1)

    def add(self, number: int, op: str, value: Any, *, holds: bool = True) -> None:
        """Add what clause `number` asks; without `holds`, that the comparison is to be false: a missing value's is."""
        bit = 1 << number
        self.asking |= bit
        if not holds and op in OPPOSITE:
            op, holds = OPPOSITE[op], True
            self._absent |= bit if op in LISTED else 0
        if op == "not_exists" or not holds:
            self._absent |= bit
        if op in {"exists", "ne", "not_in"} or not holds:
            self._present |= bit
        if op in LISTED:
            masks = self._equal if op in {"eq", "in"} else self._unequal
            for each in value if isinstance(value, list) else [value]:
                masks[key_of(each)] = masks.get(key_of(each), 0) | bit
        elif op in ABOVE or op in BELOW:
            thresholds = self._masks.setdefault((op, holds), {})
            thresholds[value] = thresholds.get(value, 0) | bit

    def close(self, everything: int) -> None:
        """Sort the thresholds, and gather at each place between them the clauses that a value there satisfies."""
        self._absent |= everything & ~self.asking
        self._present |= everything & ~self.asking
        for (op, holds), masks in self._masks.items():
            thresholds = sorted(masks)
            gathered = [0]
            for threshold in thresholds if op in ABOVE else reversed(thresholds):
                gathered.append(gathered[-1] | masks[threshold])
            place = bisect_left if op in {"gt", "lte"} else bisect_right
            self._ordered.append((holds, place, thresholds, gathered if op in ABOVE else gathered[::-1]))
        if self._ordered:
            self.satisfied = self._by_order()
        else:
            self.satisfied = self._by_value()

    def _by_order(self) -> Callable[[Any], int]:
        """Work out beforehand what a number satisfies: at each threshold, and between each two."""
        numbers = {key for key in self._equal.keys() | self._unequal.keys() if type(key) in NUMBERS}
        steps = sorted(numbers.union(*(thresholds for _, _, thresholds, _ in self._ordered)))
        ask, count = self._satisfied, len(steps)
        at = [ask(step) for step in steps]
        # Exact, so that nothing lies between a step and what stands for the gap beside it.
        gaps = [(Fraction(low) + Fraction(high)) / 2 for low, high in pairwise(steps)]
        between = [self._of_number(each) for each in [steps[0] - 1, *gaps, steps[-1] + 1]]

        def satisfied(value: Any) -> int:
            if type(value) not in NUMBERS:
                return ask(value)
            place = bisect_left(steps, value)
            return at[place] if place < count and steps[place] == value else between[place]

        return satisfied

    def _by_value(self) -> Callable[[Any], int]:
        """Answer where only equality is asked for, as of most texts."""
        keys = self._equal.keys() | self._unequal.keys()
        answers = {key: self._listed(key, self._present) for key in keys}
        ask, other = self._satisfied, self._present

        def satisfied(value: Any) -> int:
            return answers.get(value, other) if type(value) in KEYS else ask(value)

        return satisfied

    def _listed(self, key: Any, found: int) -> int:
        return (found | self._equal.get(key, 0)) & ~self._unequal.get(key, 0)

    def _satisfied(self, value: Any) -> int:
        if value is None:
            return self._absent
        if type(value) in NUMBERS:
            return self._of_number(value)
        found = self._present
        for each in value if type(value) is tuple else _scalars(value):
            found = self._listed(each if type(each) in KEYS else key_of(each), found)
        return found

    def _of_number(self, value: float | Fraction) -> int:
        found = self._listed(value, self._present)
        for holds, place, thresholds, gathered in self._ordered:
            held = gathered[place(thresholds, value)]
            found = found | held if holds else found & ~held
        return found


def clauses(condition: Document, *, holds: bool = True) -> list[Clause]:
    """Write a condition (or, without `holds`, its opposite) as a disjunction of conjunctions.

    A group that would take more than MAX_CLAUSES stays as it is, to be asked as a whole.
    """
    kind = condition["type"]
    if kind == "not":
        return clauses(condition["of"], holds=not holds)
    if kind not in {"all", "any"}:
        return [((condition, holds),)]
    parts = [(part, clauses(part, holds=holds)) for part in condition["of"]]
    if (kind == "any") is holds:
        joined = [clause for _, each in parts for clause in each]
        return joined if len(joined) <= MAX_CLAUSES else [((condition, holds),)]
    choices = [each for _, each in parts]
    if math.prod(len(each) for each in choices) > MAX_CLAUSES:
        choices = [each if len(each) == 1 else [((part, holds),)] for part, each in parts]
    return [tuple(literal for clause in choice for literal in clause) for choice in product(*choices)]


def _is_name(literal: Literal) -> bool:
    condition, holds = literal
    return holds and condition["type"] == "event"


def _names(clause: Clause) -> frozenset[str] | None:
    """Return the only events a clause can hold on; None when it names none."""
    each = [frozenset(event_names(literal[0]["name"])) for literal in clause if _is_name(literal)]
    return frozenset.intersection(*each) if each else None


def _field(condition: Document) -> tuple[str, str]:
    if condition["type"] == "statistic":
        return series_key(condition), f"{condition['of']} {condition.get('window', 'all')}"
    return condition["type"], condition.get("path", "")


def _as_comparison(condition: Document) -> Document:
    """Write membership of a segment as a comparison with those that the person is in."""
    if condition["type"] != "segment":
        return condition
    return condition | {"op": "eq" if condition.get("member", True) else "ne", "value": condition["id"]}


def _reader(condition: Document) -> Read:
    return (lambda facts: tuple(facts.state.segments)) if condition["type"] == "segment" else reader(condition)


def _cost(field: tuple[str, str]) -> int:
    """Tell what is worked out from what is read: of a statistic, few of the clauses that are left may ask."""
    return 0 if field[0] in READ else 1


def _every(parts: list[Predicate]) -> Predicate:
    return lambda facts: all(part(facts) for part in parts)


def _negated(part: Predicate) -> Predicate:
    return lambda facts: not part(facts)


def _scalars(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for each in value:
            yield from _scalars(each)
    elif isinstance(value, str | int | float):
        yield value
