"""The ruleset: everything live on a site, published as one immutable version and compiled once per process.

Specs are the wire form (JSON): plain data with conditions as documents. A rule that does not compile disables itself,
with its reason, and nothing else.
"""

from collections.abc import Iterable
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from kizuki.errors import MalformedError
from kizuki.rules.compiled import Facts, compile_condition, mentions_segment, trigger_names
from kizuki.rules.index import Index
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


class Rules(Generic[SpecT]):
    """Specs whose conditions, the given fields of each, are asked all at once."""

    def __init__(self, specs: Iterable[SpecT], fields: tuple[str, ...]) -> None:
        self._specs = list(specs)
        self._index = Index({"type": "all", "of": _documents(spec, fields)} for spec in self._specs)

    def holding(self, facts: Facts) -> list[SpecT]:
        """Return the specs all of whose conditions hold, in their order."""
        return [self._specs[position] for position in self._index.holding(facts)]


class Engine:
    """A ruleset ready to be asked."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.calendar = Calendar(ruleset.timezone)
        self.broken: dict[str, str] = {}
        """Rules that disabled themselves, with the reason."""
        segments = self._sound(ruleset.segments, ("condition",))
        plain = [segment for segment in segments if not mentions_segment(segment.condition)]
        self._plain_segments = Rules(plain, ("condition",))
        self._plain_ids = frozenset(segment.id for segment in plain)
        # One that speaks of others is asked after them, in the order they were written.
        self._nested_segments = [
            (segment.id, compile_condition(segment.condition))
            for segment in segments
            if segment.id not in self._plain_ids
        ]
        campaigns = self._sound(ruleset.campaigns, ("trigger", "page", "audience", "goal"))
        campaigns.sort(key=lambda campaign: (-campaign.priority, campaign.id))
        self.campaigns = Rules(campaigns, ("trigger", "page", "audience"))
        self.goals = Rules([campaign for campaign in campaigns if campaign.goal is not None], ("goal",))
        self.campaign = {campaign.id: campaign for campaign in campaigns}
        self._listening: dict[str, frozenset[str]] = {}
        for campaign in campaigns:
            for name in trigger_names(campaign.trigger) or ():
                self._listening[name] = self.listening(name) | {campaign.id}
        self.counted = frozenset(ruleset.counted)
        self.notifications = Rules(self._sound(ruleset.notifications, ("when",)), ("when",))

    def listening(self, event: str) -> frozenset[str]:
        """Return the campaigns whose trigger names this event."""
        return self._listening.get(event, frozenset())

    def _sound(self, specs: Iterable[SpecT], fields: tuple[str, ...]) -> list[SpecT]:
        """Return the specs that compile; note why the others do not."""
        sound = []
        for spec in specs:
            try:
                for document in _documents(spec, fields):
                    compile_condition(document)
                sound.append(spec)
            except MalformedError as error:
                self.broken[spec.id] = error.message
        return sound

    def update_segments(self, facts: Facts) -> tuple[list[str], list[str]]:
        """Bring the person's membership up to date with this event; return the segments entered and left."""
        members = facts.state.segments
        inside = {segment.id for segment in self._plain_segments.holding(facts)}
        entered = [id_ for id_ in sorted(inside) if id_ not in members]
        left = [id_ for id_ in members if id_ in self._plain_ids and id_ not in inside]
        for id_ in left:
            del members[id_]
        for id_ in entered:
            members[id_] = facts.event.occurred_at
        for id_, condition in self._nested_segments:
            holds = condition(facts)
            if holds and id_ not in members:
                members[id_] = facts.event.occurred_at
                entered.append(id_)
            elif not holds and id_ in members:
                del members[id_]
                left.append(id_)
        return entered, left


def _documents(spec: Any, fields: tuple[str, ...]) -> list[Document]:
    """Return the conditions of these fields that were given."""
    return [document for field in fields if (document := getattr(spec, field)) is not None]
