"""The ruleset: everything live on a site, published as one immutable version and compiled once per process.

Specs are the wire form (JSON): plain data with conditions as documents. A rule that does not compile disables itself,
with its reason, and nothing else.
"""

from collections.abc import Iterable
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from kizuki.errors import MalformedError
from kizuki.rules.compiled import Facts, Predicate, compile_condition, trigger_names
from kizuki.visitors import Calendar

Document = dict[str, Any]


class SegmentSpec(msgspec.Struct):
    id: str
    name: str
    condition: Document


class VariantSpec(msgspec.Struct):
    id: str
    weight: int
    action: Document


class CapsSpec(msgspec.Struct):
    """At most this often; None is no limit."""

    per_visit: int | None = 1
    per_day: int | None = None
    ever: int | None = None
    min_seconds: int | None = None


class CampaignSpec(msgspec.Struct):
    id: str
    name: str
    trigger: Document
    variants: list[VariantSpec]
    page: Document | None = None
    audience: Document | None = None
    starts_at: int | None = None
    ends_at: int | None = None
    control_percent: int = 0
    caps: CapsSpec = msgspec.field(default_factory=CapsSpec)
    exclusion_group: str | None = None
    priority: int = 0
    goal: Document | None = None
    goal_hours: int = 24


class NotificationSpec(msgspec.Struct):
    id: str
    name: str
    when: Document
    destination: str
    quiet_seconds: int = 0


class Ruleset(msgspec.Struct):
    version: int
    site: str
    timezone: str = "UTC"
    spacing_seconds: int = 0
    """Between any two campaigns shown to one person."""
    segments: list[SegmentSpec] = []
    campaigns: list[CampaignSpec] = []
    counted: list[str] = []
    """Every campaign that was ever published: the ids whose outcomes are counted."""
    notifications: list[NotificationSpec] = []


class Spec(Protocol):
    @property
    def id(self) -> str: ...


SpecT = TypeVar("SpecT", bound=Spec)


class Rule(Generic[SpecT]):
    """A spec with its conditions as functions, by the name of the field each came from."""

    def __init__(self, spec: SpecT, fields: Iterable[str]) -> None:
        self.spec = spec
        self.conditions: dict[str, Predicate] = {}
        for field in fields:
            document = getattr(spec, field)
            if document is not None:
                self.conditions[field] = compile_condition(document)

    def holds(self, field: str, facts: Facts) -> bool:
        """Ask one condition; one that was not given holds."""
        condition = self.conditions.get(field)
        return condition is None or condition(facts)


class ByEvent(Generic[SpecT]):
    """Rules by the event that can set them off, so that an event costs only the rules that name it."""

    def __init__(self, rules: Iterable[Rule[SpecT]], field: str) -> None:
        self._named: dict[str, list[tuple[int, Rule[SpecT]]]] = {}
        self._unnamed: list[tuple[int, Rule[SpecT]]] = []
        for position, rule in enumerate(rules):
            names = trigger_names(getattr(rule.spec, field))
            if names is None:
                self._unnamed.append((position, rule))
            for name in names or ():
                self._named.setdefault(name, []).append((position, rule))

    def naming(self, name: str) -> list[Rule[SpecT]]:
        """Return the rules that name this event, in their order."""
        return [rule for _, rule in self._named.get(name, [])]

    def of(self, name: str) -> list[Rule[SpecT]]:
        """Return the rules this event may set off, in their order."""
        if not self._unnamed:
            return self.naming(name)
        found = self._named.get(name, []) + self._unnamed
        return [rule for _, rule in sorted(found, key=lambda item: item[0])]


class Engine:
    """A ruleset ready to be asked."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.calendar = Calendar(ruleset.timezone)
        self.broken: dict[str, str] = {}
        """Rules that disabled themselves, with the reason."""
        self.segments = self._compiled(ruleset.segments, ("condition",))
        campaigns = self._compiled(ruleset.campaigns, ("trigger", "page", "audience", "goal"))
        campaigns.sort(key=lambda rule: (-rule.spec.priority, rule.spec.id))
        self.campaigns = ByEvent(campaigns, "trigger")
        self.goals = ByEvent([rule for rule in campaigns if rule.spec.goal is not None], "goal")
        self.campaign = {rule.spec.id: rule for rule in campaigns}
        self.counted = frozenset(ruleset.counted)
        self.notifications = ByEvent(self._compiled(ruleset.notifications, ("when",)), "when")

    def _compiled(self, specs: Iterable[SpecT], fields: tuple[str, ...]) -> list[Rule[SpecT]]:
        rules = []
        for spec in specs:
            try:
                rules.append(Rule(spec, fields))
            except MalformedError as error:
                self.broken[spec.id] = error.message
        return rules

    def update_segments(self, facts: Facts) -> tuple[list[str], list[str]]:
        """Bring the person's membership up to date with this event; return the segments entered and left."""
        members = facts.state.segments
        entered, left = [], []
        for rule in self.segments:
            inside = rule.conditions["condition"](facts)
            if inside and rule.spec.id not in members:
                members[rule.spec.id] = facts.event.occurred_at
                entered.append(rule.spec.id)
            elif not inside and rule.spec.id in members:
                del members[rule.spec.id]
                left.append(rule.spec.id)
        return entered, left
