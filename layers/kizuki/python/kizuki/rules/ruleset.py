"""The ruleset: everything live on a site, published as one immutable version and compiled once per process.

Specs are the wire form (JSON): plain data with conditions as documents. A rule that does not compile disables itself,
with its reason, and nothing else.
"""

from collections.abc import Callable, Iterable
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from kizuki.errors import MalformedError
from kizuki.events import Event
from kizuki.events.model import path_reader
from kizuki.rules.compiled import compile_condition, event_names, event_predicate, segments_in, trigger_names, walk
from kizuki.rules.facts import Facts, Predicate
from kizuki.rules.index import Index
from kizuki.rules.needs import Coverage, Source, needs_of
from kizuki.visitors import Calendar, Need, Needs, State

Document = dict[str, Any]
MAX_WEIGHT = 40_000
"""Numbers that the statistics of all rules may keep of one visitor: the most active one's state must fit an item."""
SEGMENT_FIELDS = ("condition",)
CAMPAIGN_FIELDS = ("trigger", "page", "audience", "goal")
NOTIFICATION_FIELDS = ("when",)


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


class Kept(msgspec.Struct, array_like=True):
    """One series: the version since which it is kept, and of which windows."""

    since: int
    coverage: Coverage


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
    kept: dict[str, Kept] = {}
    """Statistics by key, as the versions before knew them: a state of an older version lacks only what is newer."""


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
        return [*map(self._specs.__getitem__, self._index.holding(facts))]


class Moves(msgspec.Struct):
    """Segments that one event made a person enter and leave, and those that are live no more."""

    entered: list[str] = []
    left: list[str] = []
    dropped: list[str] = []


UNMOVED = Moves()


class Engine:
    """A ruleset ready to be asked."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.version = ruleset.version
        self.calendar = Calendar(ruleset.timezone)
        self.broken: dict[tuple[str, str], str] = {}
        """Rules that disabled themselves, by kind (`segment`, `campaign`, `rule`) and id, with the reason."""
        self.sources: dict[str, tuple[Source, Coverage]] = {}
        """Every series that live rules read, by key."""
        self._weight = 0
        segments = self._sound("segment", _without_circles(ruleset.segments, self.broken), SEGMENT_FIELDS)
        plain = [segment for segment in segments if not segments_in(segment.condition)]
        self._plain_segments = Rules(plain, SEGMENT_FIELDS)
        # One that speaks of others is asked after them.
        self._nested_segments: list[tuple[str, Predicate]] = [
            (segment.id, compile_condition(segment.condition)) for segment in segments if segments_in(segment.condition)
        ]
        self.segment = {segment.id: segment for segment in segments}
        campaigns = self._sound("campaign", ruleset.campaigns, CAMPAIGN_FIELDS)
        campaigns.sort(key=lambda campaign: (-campaign.priority, campaign.id))
        self.campaigns = Rules(campaigns, ("trigger", "page", "audience"))
        self.goals = Rules([campaign for campaign in campaigns if campaign.goal is not None], ("goal",))
        self.campaign = {campaign.id: campaign for campaign in campaigns}
        self._listening: dict[str, frozenset[str]] = {}
        for campaign in campaigns:
            for name in trigger_names(campaign.trigger) or ():
                self._listening[name] = self.listening(name) | {campaign.id}
        self.counted = frozenset(ruleset.counted)
        notifications = self._sound("rule", ruleset.notifications, NOTIFICATION_FIELDS)
        self.notifications = Rules(notifications, NOTIFICATION_FIELDS)
        self.needs = Needs([_need(source, coverage) for source, coverage in self.sources.values()], self.calendar)

    def listening(self, event: str) -> frozenset[str]:
        """Return the campaigns whose trigger names this event."""
        return self._listening.get(event, frozenset())

    def lacking(self, state: State) -> frozenset[str]:
        """Name the series that this state, of an earlier version, does not have in full."""
        if state.complete >= self.version:
            return frozenset()
        kept = self.ruleset.kept
        return frozenset(key for key in self.sources if key not in kept or kept[key].since > state.complete)

    def kept(self, before: Ruleset) -> dict[str, Kept]:
        """Tell since when each series is kept, knowing the version before; one of other days has kept nothing."""
        earlier = before.kept if before.timezone == self.ruleset.timezone else {}
        kept = {}
        for key, (_, coverage) in self.sources.items():
            known = earlier.get(key)
            since = known.since if known is not None and known.coverage.holds(coverage) else self.version
            kept[key] = Kept(since, coverage)
        return kept

    def _sound(self, kind: str, specs: Iterable[SpecT], fields: tuple[str, ...]) -> list[SpecT]:
        """Return the specs that compile and whose statistics there is room for; note why the others do not."""
        sound = []
        for spec in specs:
            try:
                for document in _documents(spec, fields):
                    compile_condition(document)
                self._keep(part for document in _documents(spec, fields) for part in walk(document))
                sound.append(spec)
            except MalformedError as error:
                self.broken[kind, spec.id] = error.message
        return sound

    def _keep(self, conditions: Iterable[Document]) -> None:
        """Note what these conditions need. Raises MalformedError when the site's statistics are used up."""
        wanted: dict[str, tuple[Source, Coverage]] = {}
        for source, coverage in needs_of(conditions):
            _, known = wanted.get(source.key) or self.sources.get(source.key, (source, Coverage()))
            wanted[source.key] = (source, known | coverage)
        weight = self._weight + sum(
            _need(source, coverage).weight - (_need(*self.sources[key]).weight if key in self.sources else 0)
            for key, (source, coverage) in wanted.items()
        )
        if weight > MAX_WEIGHT:
            reason = f"with it the site's statistics weigh {weight}, over the limit of {MAX_WEIGHT}: shorten windows"
            raise MalformedError("too_many_statistics", reason, limit=MAX_WEIGHT)
        self._weight = weight
        self.sources |= wanted

    def update_segments(self, facts: Facts) -> "Moves":
        """Bring the person's membership up to date with this event."""
        members = facts.state.segments
        inside = {segment.id for segment in self._plain_segments.holding(facts)}
        if inside == members.keys() and not self._nested_segments:
            return UNMOVED
        dropped = [id_ for id_ in members if id_ not in self.segment]
        for id_ in dropped:
            del members[id_]
        nested = {id_ for id_, _ in self._nested_segments}
        entered = [id_ for id_ in sorted(inside) if id_ not in members]
        left = [id_ for id_ in members if id_ not in nested and id_ not in inside]
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
        return Moves(entered, left, dropped)


def _need(source: Source, coverage: Coverage) -> Need:
    path = source.path
    return Need(
        key=source.key,
        of=source.of,
        values=None if path is None else _values(path),
        where=event_predicate(source.where),
        events=frozenset(event_names(source.event)) if source.event else None,
        ever=coverage.ever,
        days=coverage.days,
        visit=coverage.visit,
    )


def _values(path: str) -> Callable[[Event], Iterable[Any]]:
    read = path_reader(path)
    if "[]" in path:
        return lambda event: read(event.properties)
    return lambda event: (read(event.properties),)


def _without_circles(segments: list[SegmentSpec], broken: dict[tuple[str, str], str]) -> list[SegmentSpec]:
    """Order segments so that each comes after those it speaks of; one in a circle, or leading into one, is broken."""
    known = {segment.id for segment in segments}
    waiting = {segment.id: segments_in(segment.condition) & known for segment in segments}
    by_id = {segment.id: segment for segment in segments}
    ordered: list[SegmentSpec] = []
    while ready := [id_ for id_, others in waiting.items() if not others & waiting.keys()]:
        for id_ in ready:
            del waiting[id_]
            ordered.append(by_id[id_])
    for id_ in waiting:
        broken["segment", id_] = "segments that speak of each other in a circle"
    return ordered


def _documents(spec: Any, fields: tuple[str, ...]) -> list[Document]:
    """Return the conditions of these fields that were given."""
    return [document for field in fields if (document := getattr(spec, field)) is not None]
