"""Which of many conditions hold, at a cost that hardly grows with their number.

Conditions become clauses, each a conjunction; clause n is bit n. For every field that clauses compare, a table answers
which of them a value satisfies, as one integer: a dictionary for equality, bisection for order. Those that hold are the
AND over the fields. What no table can tell is asked as a function, and only of the clauses that are left.

Source: bitmap indexes over predicates, as in Fabret et al., "Filtering algorithms and implementation for very fast
publish/subscribe systems" (SIGMOD 2001).
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

from kizuki.rules.compiled import Facts, Predicate, Read, compile_condition, event_names, key_of, many, reader
from kizuki.rules.needs import series_key
from kizuki.visitors.statistics import is_number

Document = dict[str, Any]
Literal = tuple[Document, bool]
"""A condition that is no group, and whether it is to hold or not to hold."""
Clause = tuple[Literal, ...]

MAX_CLAUSES = 32
ABOVE, BELOW = frozenset({"gt", "gte"}), frozenset({"lt", "lte"})
LISTED = {"eq", "in", "ne", "not_in"}
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
        self._all = 0

    def __bool__(self) -> bool:
        return bool(self._owner)

    def add(self, position: int, clause: Clause) -> None:
        number = len(self._owner)
        self._owner.append(position)
        rest: list[Predicate] = []
        for condition, holds in clause:
            if not holds or condition.get("op") not in TABLED or many(condition):
                ask = compile_condition(condition)
                rest.append(ask if holds else _negated(ask))
                continue
            _, tables = self._fields.setdefault(_field(condition), (reader(condition), []))
            # A clause asks a table once; `0 < x and x < 5` takes two.
            table = next((table for table in tables if not table.asks(number)), None)
            if table is None:
                table = Table()
                tables.append(table)
            table.add(number, condition["op"], condition.get("value"))
        if rest:
            self._rest[number] = rest[0] if len(rest) == 1 else _every(rest)

    def close(self) -> None:
        self._all = (1 << len(self._owner)) - 1
        for _, tables in self._fields.values():
            for table in tables:
                table.close(self._all)

    def holding(self, facts: Facts) -> list[int]:
        left = self._all
        for read, tables in self._fields.values():
            value = read(facts)
            for table in tables:
                left &= table.satisfied(value)
            if not left:
                return []
        if not self._rest:
            return list(dict.fromkeys(self._owner[number] for number in _bits(left)))
        found: dict[int, None] = {}
        for number in _bits(left):
            owner = self._owner[number]
            if owner not in found and (number not in self._rest or self._rest[number](facts)):
                found[owner] = None
        return list(found)


class Table:
    """What clauses ask of one field, each once, and so which of them a value satisfies."""

    def __init__(self) -> None:
        self._asking = 0
        self._absent = 0
        """Clauses satisfied by a missing value: those that want none, and those that do not ask."""
        self._present = 0
        """Clauses satisfied by a value: those that want any, those that do not ask, those that want none of a few."""
        self._equal: dict[Any, int] = {}
        self._unequal: dict[Any, int] = {}
        self._masks: dict[str, dict[float, int]] = {}
        self._ordered: list[tuple[Any, list[float], list[int]]] = []

    def asks(self, number: int) -> bool:
        return bool(self._asking >> number & 1)

    def add(self, number: int, op: str, value: Any) -> None:
        bit = 1 << number
        self._asking |= bit
        if op == "not_exists":
            self._absent |= bit
        elif op in {"exists", "ne", "not_in"}:
            self._present |= bit
        if op in LISTED:
            masks = self._equal if op in {"eq", "in"} else self._unequal
            for each in value if isinstance(value, list) else [value]:
                masks[key_of(each)] = masks.get(key_of(each), 0) | bit
        elif op in ABOVE or op in BELOW:
            thresholds = self._masks.setdefault(op, {})
            thresholds[value] = thresholds.get(value, 0) | bit

    def close(self, everything: int) -> None:
        """Sort the thresholds, and gather at each place between them the clauses that a value there satisfies."""
        self._absent |= everything & ~self._asking
        self._present |= everything & ~self._asking
        for op, masks in self._masks.items():
            thresholds = sorted(masks)
            gathered = [0]
            for threshold in thresholds if op in ABOVE else reversed(thresholds):
                gathered.append(gathered[-1] | masks[threshold])
            place = bisect_left if op in {"gt", "lte"} else bisect_right
            self._ordered.append((place, thresholds, gathered if op in ABOVE else gathered[::-1]))

    def satisfied(self, value: Any) -> int:
        """Return the clauses that this value satisfies, and those that do not ask the field."""
        if value is None:
            return self._absent
        found = self._present
        if self._equal or self._unequal:
            for each in (value,) if isinstance(value, str) else _scalars(value):
                key = key_of(each)
                found |= self._equal.get(key, 0)
                found &= ~self._unequal.get(key, 0)
        if self._ordered and is_number(value):
            for place, thresholds, gathered in self._ordered:
                found |= gathered[place(thresholds, value)]
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


def _bits(mask: int) -> Iterator[int]:
    """Yield the places of a mask's ones; text search is the fastest way Python has to find them."""
    ones = bin(mask)[:1:-1]
    place = ones.find("1")
    while place >= 0:
        yield place
        place = ones.find("1", place + 1)
