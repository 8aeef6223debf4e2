"""Conditions as SQL over one row for each person. docs/documents.md says what they mean; compiled.py is their twin."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Any, cast

from kizuki.errors import MalformedError, TooLargeError
from kizuki.events.times import iso
from kizuki.rules.compiled import MAX_DEPTH, compile_condition, event_names, segments_in
from kizuki.rules.facts import Facts
from kizuki.rules.sql.needs import EVENT, Needs
from kizuki.rules.sql.values import MISSING, OPERATORS, SCALARS, as_number, comparison, is_kind, number, numeric, text
from kizuki.visitors import Calendar
from kizuki.visitors.accumulators import MAX_SUM, MAX_TEXT, MAX_TIMES, MILLIONTH
from kizuki.visitors.statistics import OWN_EVENTS

if TYPE_CHECKING:
    from kizuki.events import Event
    from kizuki.visitors import State

Document = dict[str, Any]

SECOND_MS = 1000
HOUR_MS = 3_600_000
QUARTER_MS = 900_000
OWN = ", ".join(text(name) for name in sorted(OWN_EVENTS))
AT_HAND = f"event NOT IN ({OWN})"
"""Whatever the newest event is, it is none that Kizuki added."""
BEFORE_ALL, AFTER_ALL = "", "~"
"""Before and after every ISO time, as text."""
LATEST_ISO_MS = 253_402_300_799_999
ORDINAL_1970 = 719_163
MAX_QUERY_BYTES = 260_000
"""What Athena takes, less room for a note."""


class Conditions:
    """Compile conditions as of a moment, noting in `needs` what they ask of the table."""

    def __init__(self, calendar: Calendar, as_of_ms: int, segments: Mapping[str, Document]) -> None:
        self.needs = Needs()
        self._calendar = calendar
        self._now = as_of_ms
        self._segments = segments

    def compile(self, document: Document, depth: int = 0) -> str:
        """Return a boolean expression, never NULL. Raises MalformedError for what nests too deeply."""
        if depth > MAX_DEPTH:
            raise MalformedError("too_deep", f"a condition nests deeper than {MAX_DEPTH} levels", limit=MAX_DEPTH)
        match document["type"]:
            case "all" | "any" as kind:
                parts = [self.compile(part, depth + 1) for part in document["of"]]
                word, nothing = (" AND ", "true") if kind == "all" else (" OR ", "false")
                return f"({word.join(parts)})" if parts else nothing
            case "not":
                return f"(NOT {self.compile(document['of'], depth + 1)})"
            case "segment":
                return self._segment(document, depth)
            case "time":
                # It speaks of the moment alone, which is known now.
                facts = Facts(cast("Event", None), cast("State", None), self._calendar, self._now)
                return "true" if compile_condition(document)(facts) else "false"
            case "event":
                name = self.needs.newest("event", AT_HAND)
                return f"coalesce({name} IN ({_names(document['name'])}), false)"
            case "property" | "context" as kind:
                column, many = self.needs.value(kind, document["path"], None)
                newest = self.needs.newest(self.needs.carry(column), AT_HAND)
                return _holds(comparison(newest, document["op"], document.get("value"), many=many))
            case "trait" | "group_trait":
                return self._trait(document)
            case "visits":
                visits = self.needs.aggregate("count(DISTINCT session_id)", EVENT)
                return numeric(visits, document["op"], document["value"])
            case "sequence":
                return self._sequence(document)
            case "statistic":
                return self._statistic(document)
        raise MalformedError("invalid_condition", f"{document['type']!r} is no kind of condition")

    def _segment(self, document: Document, depth: int) -> str:
        """Put the segment's own condition in its place. Nobody is in one that does not exist or leads to itself."""
        id_ = document["id"]
        holds = "false" if self._leads_round(id_, ()) else self.compile(self._segments[id_], depth + 1)
        if len(holds) > MAX_QUERY_BYTES:
            # Segments of segments may double at every level: stop in time.
            raise too_large()
        return holds if document.get("member", True) else f"(NOT {holds})"

    def _leads_round(self, id_: str, through: tuple[str, ...]) -> bool:
        if id_ not in self._segments:
            return not through
        if id_ in through:
            return True
        return any(self._leads_round(other, (*through, id_)) for other in segments_in(self._segments[id_]))

    def _trait(self, document: Document) -> str:
        value, many = self.needs.trait(document["type"], document["path"])
        return _holds(comparison(value, document["op"], document.get("value"), many=many))

    def _events(self, document: Document, since: str | None = None) -> str:
        """Return the condition for events that a statistic or a step of a sequence is about."""
        names = document.get("event")
        parts = [AT_HAND if names is None else f"event IN ({_names(names)})"]
        for each in document.get("where") or []:
            column, many = self.needs.value(each["type"], each["path"], since)
            parts.append(self.needs.mark(comparison(column, each["op"], each.get("value"), many=many)))
        return " AND ".join(parts)

    def _window(self, window: Any) -> tuple[str | None, str]:
        """Return the moment where a window begins (None: no one moment) and the condition for events in it."""
        match window:
            case "visit" | "previous_visit":
                self.needs.visits = True
                return None, f" AND session_id = {'this_visit' if window == 'visit' else 'previous_visit'}"
            case "today":
                days = 1
            case {"days": int(days)}:
                pass
            case _:
                return None, ""
        since = iso(first_moment(self._calendar, self._calendar.day(self._now) - days + 1))
        return since, f" AND occurred_at >= {text(since)}"

    def _sequence(self, document: Document) -> str:
        self.needs.times = True
        latest = f"max_by(occurred_ms, occurred_ms, {MAX_TIMES})"
        firsts, thens = (
            self.needs.aggregate(latest, f"{EVENT} AND {self._events(document[step])}") for step in ("first", "then")
        )
        within = document["within"] * SECOND_MS
        followed = f"cardinality(filter({thens}, b -> b > a AND b <= a + {within})) > 0"
        if document.get("absent", False):
            # Where `then` never happened there is no list of its times.
            followed = f"a + {within} <= {self._now} AND NOT coalesce({followed}, false)"
        return _holds(f"cardinality(filter({firsts}, a -> {followed})) > 0")

    def _statistic(self, document: Document) -> str:
        of, op, constant = document["of"], document["op"], document.get("value")
        since, window = self._window(document.get("window", "all"))
        events = self._events(document, since) + window
        if of in {"since_first", "since_last"}:
            moment = self.needs.aggregate(
                f"{'min' if of == 'since_first' else 'max'}(occurred_at)", f"{EVENT} AND {events}"
            )
            return _since(moment, op, constant, self._now)
        if of == "count":
            return numeric(self.needs.aggregate("count(*)", f"{EVENT} AND {events}"), op, constant)
        column, many = self.needs.value("property", document["path"], since)
        value, row = self.needs.explode(column) if many else (self.needs.carry(column), EVENT)
        numbers, scalars = (f"{row} AND {is_kind(value, *kinds)} AND {events}" for kinds in (("n",), SCALARS))
        short = f"substr({value}, 1, {MAX_TEXT + 1})"
        match of:
            case "sum":
                return numeric(f"coalesce({self._sum(value, numbers)}, 0E0)", op, constant)
            case "avg":
                n = self.needs.aggregate("count(*)", numbers)
                return numeric(f"({self._sum(value, numbers)} / nullif({n}, 0))", op, constant)
            case "min" | "max":
                return numeric(self.needs.aggregate(f"{of}({as_number(value)})", numbers), op, constant)
            case "distinct":
                return numeric(self.needs.aggregate(f"count(DISTINCT {short})", scalars), op, constant)
            case "first":
                found = self.needs.aggregate(f"min_by({short}, moment)", scalars)
            case "last":
                found = self.needs.aggregate(f"max_by({short}, moment)", scalars)
            case "previous":
                found = f"element_at({self.needs.aggregate(f'max_by({short}, moment, 2)', scalars)}, 2)"
            case _:
                found = _most_frequent(self.needs.aggregate(f"histogram({short})", scalars))
        return _holds(comparison(f"coalesce({found}, {MISSING})", op, constant))

    def _sum(self, value: str, where: str) -> str:
        """Add up millionths, within what a visitor's state can hold: exact, and so is their reading as a double."""
        rounded = f"round({as_number(value)} * {number(MILLIONTH)})"
        millionths = f"least(greatest({rounded}, {number(-MAX_SUM)}), {number(MAX_SUM)})"
        total = self.needs.aggregate(f"sum(CAST({millionths} AS DECIMAL(38, 0)))", where)
        return f"CAST(CAST({total} AS VARCHAR) || 'E-6' AS DOUBLE)"


def first_moment(calendar: Calendar, day: int) -> int:
    """Return the first moment of a local day, in epoch milliseconds."""
    # Local midnight is within 14 hours of UTC's; offsets, and so the moment, are multiples of a quarter of an hour.
    around = (day - ORDINAL_1970) * 24 * HOUR_MS
    quarters = range(around - 15 * HOUR_MS, around + 15 * HOUR_MS, QUARTER_MS)
    return next(quarter for quarter in quarters if calendar.day(quarter) >= day)


def too_large() -> TooLargeError:
    reason = f"the condition comes to more than the {MAX_QUERY_BYTES} bytes of SQL that Athena takes"
    return TooLargeError("condition_too_large", reason, path="condition", limit=MAX_QUERY_BYTES)


def _holds(expression: str) -> str:
    """Make false of NULL: who has no such event fulfils nothing."""
    return f"coalesce({expression}, false)"


def _names(names: str | list[str]) -> str:
    return ", ".join(text(name) for name in event_names(names))


def _since(moment: str, op: str, constant: Any, now: int) -> str:
    """Compare the seconds since a moment by comparing the moment, as text, with one that is known now."""
    if op in {"exists", "not_exists"}:
        return numeric(moment, op, constant)
    then = Decimal(now) - Decimal(str(constant)) * SECOND_MS
    mirrored = {"lt": "gt", "lte": "gte", "gt": "lt", "gte": "lte"}.get(op, op)
    if op in {"eq", "ne"} and then != then.to_integral_value():
        return f"({moment} IS NOT NULL)" if op == "ne" else "false"
    rounding = ROUND_FLOOR if mirrored in {"lte", "gt"} else ROUND_CEILING
    whole = int(then.to_integral_value(rounding))
    bound = BEFORE_ALL if whole < 0 else AFTER_ALL if whole > LATEST_ISO_MS else iso(whole)
    return _holds(f"{moment} {OPERATORS[mirrored]} {text(bound)}")


def _most_frequent(histogram: str) -> str:
    """Return the value met most often; of several the smallest, truths before numbers before texts."""
    most = f"array_max(map_values({histogram}))"
    winners = f"filter(map_keys({histogram}), k -> element_at({histogram}, k) = {most})"
    truths, numeral, texts = (f"filter({winners}, w -> {is_kind('w', kind)})" for kind in ("b", "n", "s"))
    numbers = f"array_min(transform({numeral}, w -> {as_number('w')}))"
    return f"coalesce(array_min({truths}), 'n' || CAST({numbers} AS VARCHAR), array_min({texts}))"
