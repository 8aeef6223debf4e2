"""Conditions asked of a person's raw events, one after the other: slow, plain, and written from docs/documents.md alone."""

from collections import Counter
from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

OWN = {"Segment Entered", "Segment Left"}
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MISSING = object()


def people(events):
    """Group events by person, in order: devices with their members, members with those they turned out to be."""
    root = {}

    def find(person):
        while person in root:
            person = root[person]
        return person

    grouped = {}
    for event in sorted(events, key=arrival):
        claimed = []
        if event.user_id and event.anonymous_id:
            claimed.append(f"a:{event.anonymous_id}")
        if event.type == "alias" and event.user_id and event.previous_id:
            claimed.append(f"a:{event.previous_id}")
            if event.verified:
                claimed.append(f"u:{event.previous_id}")
        for person in claimed:
            if person not in root and find(event.person) != person:
                root[person] = find(event.person)
        grouped.setdefault(event.person, []).append(event)
    found = {}
    for person, theirs in grouped.items():
        found.setdefault(find(person), []).extend(theirs)
    return {person: sorted(theirs, key=order) for person, theirs in found.items()}


def first_copies(events):
    """Leave out what was sent again."""
    found = {}
    for event in sorted(events, key=arrival):
        found.setdefault((event.person, event.message_id), event)
    return list(found.values())


def arrival(event):
    return event.received_at, event.position


def order(event):
    return event.occurred_at, event.received_at, event.position


class Person:
    """Whom conditions are asked about: events in order, as of a moment."""

    def __init__(self, events, *, now, timezone, segments):
        self.events = events
        self.now = now
        self.zone = ZoneInfo(timezone)
        self.segments = segments
        self.own = [event for event in events if event.name not in OWN]
        latest = {}
        for event in events:
            if event.session_id is not None:
                latest[event.session_id] = max(latest.get(event.session_id, 0), event.occurred_at)
        self.visits = sorted(latest, key=lambda id_: (latest[id_], id_), reverse=True)

    def local(self, ms):
        return datetime.fromtimestamp(ms // 1000, self.zone)

    def holds(self, condition):
        return getattr(self, "_" + condition["type"])(condition)

    def _all(self, condition):
        return all(self.holds(part) for part in condition["of"])

    def _any(self, condition):
        return any(self.holds(part) for part in condition["of"])

    def _not(self, condition):
        return not self.holds(condition["of"])

    def _event(self, condition):
        return bool(self.own) and self.own[-1].name in listed(condition["name"])

    def _property(self, condition):
        return bool(self.own) and compares(self.own[-1].properties, condition)

    def _context(self, condition):
        return bool(self.own) and compares(self.own[-1].context, condition)

    def _trait(self, condition):
        return compares(self._traits("identify"), condition)

    def _group_trait(self, condition):
        groups = [event for event in self.events if event.type == "group"]
        newest = max(groups, key=lambda event: (event.occurred_at, event.group_id), default=None)
        return compares(self._traits("group", newest.group_id if newest else None), condition)

    def _traits(self, type_, group=None):
        traits = {}
        for event in self.events:
            if event.type == type_ and (group is None or event.group_id == group):
                traits |= event.traits
        return traits

    def _time(self, condition):
        local = self.local(self.now)
        if condition.get("weekdays") and WEEKDAYS[local.weekday()] not in condition["weekdays"]:
            return False
        since, until, clock = condition.get("since"), condition.get("until"), f"{local:%H:%M}"
        if since is None:
            return True
        return since <= clock < until if since <= until else clock >= since or clock < until

    def _visits(self, condition):
        return number_compares(len(self.visits), condition)

    def _segment(self, condition):
        member = condition["id"] in self.segments and self.holds(self.segments[condition["id"]])
        return member is condition.get("member", True)

    def _about(self, step):
        names = step.get("event")
        events = self.own if names is None else [event for event in self.events if event.name in listed(names)]
        parts = step.get("where") or []
        return [
            event
            for event in events
            if all(compares(event.properties if part["type"] == "property" else event.context, part) for part in parts)
        ]

    def _sequence(self, condition):
        firsts, thens = (
            [event.occurred_at for event in self._about(condition[step])][-16:] for step in ("first", "then")
        )
        within = condition["within"] * 1000
        followed = [any(first < then <= first + within for then in thens) for first in firsts]
        if not condition.get("absent"):
            return any(followed)
        return any(first + within <= self.now and not done for first, done in zip(firsts, followed, strict=True))

    def _inside(self, window):
        if window in ("visit", "previous_visit"):
            place = 0 if window == "visit" else 1
            visit = self.visits[place] if len(self.visits) > place else MISSING
            return lambda event: event.session_id == visit
        if window == "all":
            return lambda event: True
        days = 1 if window == "today" else window["days"]
        first = self.local(self.now).date() - timedelta(days=days - 1)
        return lambda event: self.local(event.occurred_at).date() >= first

    def _statistic(self, condition):
        return self._compares_statistic(self.value(condition), condition)

    def value(self, condition):
        of = condition["of"]
        events = list(filter(self._inside(condition.get("window") or "all"), self._about(condition)))
        if of == "count":
            return len(events)
        if of in {"since_first", "since_last"}:
            moments = [event.occurred_at for event in events]
            return (self.now - (min if of == "since_first" else max)(moments)) / 1000 if moments else MISSING
        found = [value for event in events for value in leads_to(event.properties, condition["path"])]
        numbers = [value for value in found if is_number(value)]
        scalars = [value[:200] if isinstance(value, str) else value for value in found if is_scalar(value)]
        match of:
            case "sum":
                return sum(map(six, numbers), Fraction())
            case "avg":
                return sum(map(six, numbers), Fraction()) / len(numbers) if numbers else MISSING
            case "min" | "max":
                return (min if of == "min" else max)(numbers) if numbers else MISSING
            case "distinct":
                return len({key(value) for value in scalars})
            case "first":
                return scalars[0] if scalars else MISSING
            case "last":
                return scalars[-1] if scalars else MISSING
            case "previous":
                return scalars[-2] if len(scalars) > 1 else MISSING
        counts = Counter(map(key, scalars))
        most = max(counts.values(), default=0)
        return min((each for each in counts if counts[each] == most), default=(None, MISSING))[1]

    def _compares_statistic(self, value, condition):
        if value is MISSING:
            return condition["op"] == "not_exists"
        if isinstance(value, Fraction):
            return number_compares(float(value), condition)
        return one_compares(value, condition["op"], condition.get("value"))


def six(value):
    return Fraction(round(Fraction(str(value)) * 10**6), 10**6)


def listed(name):
    return [name] if isinstance(name, str) else name


def key(value):
    """Order as ties are broken: truths, numbers, texts."""
    return (0 if isinstance(value, bool) else 1 if is_number(value) else 2, value)


def is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_scalar(value):
    return isinstance(value, str | int | float)


def leads_to(document, path):
    """Every value at a path."""
    found = [document]
    keys = path.replace("[]", ".[]").split(".")
    for place, step in enumerate(keys):
        if step == "[]":
            found = [element for value in found if isinstance(value, list) for element in value]
        elif step or place == 0:
            found = [value[step] for value in found if isinstance(value, dict) and step in value]
    return [value for value in found if value is not None]


def compares(document, condition):
    values, op = leads_to(document, condition["path"]), condition["op"]
    if op == "not_exists":
        return not values
    every = all if op in {"ne", "not_in", "not_contains"} else any
    return bool(values) and every(one_compares(value, op, condition.get("value")) for value in values)


def number_compares(value, condition):
    return one_compares(value, condition["op"], condition.get("value"))


def one_compares(value, op, constant):
    match op:
        case "exists" | "not_exists":
            return op == "exists"
        case "eq" | "ne":
            return equal(value, constant) is (op == "eq")
        case "in" | "not_in":
            return any(equal(value, each) for each in constant) is (op == "in")
        case "contains" | "not_contains":
            return isinstance(value, str | list) and (constant in value) is (op == "contains")
        case "starts_with":
            return isinstance(value, str) and value.startswith(constant)
    if not is_number(value):
        return False
    return {"lt": value < constant, "lte": value <= constant, "gt": value > constant, "gte": value >= constant}[op]


def equal(value, constant):
    if isinstance(value, list):
        return any(equal(each, constant) for each in value)
    return key(value) == key(constant) if is_scalar(value) else False
