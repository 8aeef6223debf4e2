"""A ruleset ready to be asked: everything live on a site, compiled once per process.

A rule that does not compile disables itself, with its reason, and nothing else.
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
from kizuki.rules.reading import reader
from kizuki.rules.ruleset import MOMENTS, CampaignSpec, GoalSpec, Kept, NotificationSpec, Ruleset, SegmentSpec
from kizuki.visitors import Calendar, Need, Needs, State

Document = dict[str, Any]
MAX_WEIGHT = 40_000
"""Numbers that the statistics of all rules may keep of one visitor: the most active one's state must fit an item."""


class CampaignGoal(msgspec.Struct):
    """A goal with the campaign that it is of."""

    campaign: CampaignSpec
    goal: GoalSpec


class Spec(Protocol):
    @property
    def id(self) -> str: ...

    def conditions(self) -> dict[str, Document]: ...


SpecT = TypeVar("SpecT", bound=Spec)
RuleT = TypeVar("RuleT")


class Rules(Generic[RuleT]):
    """Rules, each with the conditions that all must hold, asked all at once."""

    def __init__(self, rules: Iterable[tuple[RuleT, list[Document]]]) -> None:
        asked = list(rules)
        self._rules = [rule for rule, _ in asked]
        self._index = Index({"type": "all", "of": conditions} for _, conditions in asked)

    def holding(self, facts: Facts) -> list[RuleT]:
        """Return the rules that hold, in their order."""
        return [*map(self._rules.__getitem__, self._index.holding(facts))]


class Moves(msgspec.Struct):
    """Segments that one event made a person enter and leave, and those that are live no more."""

    entered: list[str] = []
    left: list[str] = []
    dropped: list[str] = []


UNMOVED = Moves()


class ReadyCampaign:
    """What a campaign asks of the person beyond its trigger."""

    def __init__(self, campaign: CampaignSpec) -> None:
        compiled = {name: compile_condition(condition) for name, condition in campaign.conditions().items()}
        self._fits = [compiled[name] for name in ("page", "audience") if name in compiled]
        self._hours = compiled.get("hours")
        self.variables = {name: reader(condition) for name, condition in campaign.variables.items()}
        self.done = {
            variant.id: {item: compile_condition(done) for item, done in variant.action.get("done", {}).items()}
            for variant in campaign.variants
        }
        """By variant and item of a checklist, whether it is done."""
        names = [_names(part) for variant in campaign.variants for part in variant.action.get("done", {}).values()]
        self.does = None if None in names else frozenset().union(*(each for each in names if each is not None))
        """Events that may get items done; None: any."""

    def fits(self, facts: Facts) -> bool:
        """Tell whether page and audience hold."""
        return all(condition(facts) for condition in self._fits)

    def in_hours(self, facts: Facts) -> bool:
        return self._hours is None or self._hours(facts)


def _names(condition: Document) -> frozenset[str] | None:
    """Name the events that may change whether a condition holds; None when any may."""
    named: set[str] = set()
    for part in walk(condition):
        match part["type"]:
            case "event":
                named.update(event_names(part["name"]))
            case "statistic" if part.get("event"):
                named.update(event_names(part["event"]))
            case "sequence":
                named.update(event_names(part["first"]["event"]), event_names(part["then"]["event"]))
            case "all" | "any" | "not":
                continue
            case _:
                return None
    return frozenset(named)


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
        segments = self._sound("segment", _without_circles(ruleset.segments, self.broken), _conditions)
        plain = [segment for segment in segments if not segments_in(segment.condition)]
        self._plain_segments = Rules((segment, [segment.condition]) for segment in plain)
        # One that speaks of others is asked after them.
        self._nested_segments: list[tuple[str, Predicate]] = [
            (segment.id, compile_condition(segment.condition)) for segment in segments if segments_in(segment.condition)
        ]
        self.segment = {segment.id: segment for segment in segments}
        campaigns = self._sound("campaign", ruleset.campaigns, CampaignSpec.read)
        campaigns.sort(key=rank)
        on_page = [campaign for campaign in campaigns if not campaign.off_page]
        at_once = [campaign for campaign in on_page if not campaign.waits]
        self.campaigns = Rules((campaign, _parts(campaign, "trigger", "page", "audience")) for campaign in at_once)
        """Those that an event shows at once."""
        self.waiting = Rules((campaign, _parts(campaign, "trigger", "page")) for campaign in on_page if campaign.waits)
        """Those for which an event makes the page wait."""
        self.off_page = Rules(
            (campaign, _parts(campaign, "trigger", "page", "audience")) for campaign in campaigns if campaign.off_page
        )
        self.goals = Rules(
            (CampaignGoal(campaign, goal), [goal.when]) for campaign in campaigns for goal in campaign.goals
        )
        self.campaign = {campaign.id: campaign for campaign in campaigns}
        self._listening: dict[str, frozenset[str]] = {}
        for campaign in at_once:
            for name in trigger_names(campaign.trigger) or ():
                self._listening[name] = self.listening(name) | {campaign.id}
        self._ready: dict[str, ReadyCampaign] = {}
        self.counted = frozenset(ruleset.counted)
        notifications = self._sound("rule", ruleset.notifications, NotificationSpec.read)
        self.notifications = Rules((rule, [rule.when]) for rule in notifications)
        named = {name: [rule for rule in notifications if name in (trigger_names(rule.when) or ())] for name in MOMENTS}
        self.moments = {name: Rules((rule, [rule.when]) for rule in rules) for name, rules in named.items() if rules}
        """Rules about what becomes of campaigns without being an event of its own, by its name."""
        self.mentions = {
            rule.id: compile_condition(rule.mention.when)
            for rule in notifications
            if rule.mention is not None and rule.mention.when is not None
        }
        recording = self._sound("recording", [ruleset.recording], _conditions)
        self.recorded = (
            compile_condition(ruleset.recording.when) if recording and ruleset.recording.when is not None else None
        )
        """On what a visit begins to be recorded; None where everything is, or where that disabled itself."""
        self.needs = Needs([_need(source, coverage) for source, coverage in self.sources.values()], self.calendar)

    def listening(self, event: str) -> frozenset[str]:
        """Return the campaigns whose trigger names this event."""
        return self._listening.get(event, frozenset())

    def ready(self, campaign: CampaignSpec) -> "ReadyCampaign":
        """Return what a campaign asks once it is a candidate; compiled when it is first asked."""
        ready = self._ready.get(campaign.id)
        if ready is None:
            ready = self._ready[campaign.id] = ReadyCampaign(campaign)
        return ready

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

    def _sound(self, kind: str, specs: Iterable[SpecT], read: Callable[[SpecT], Iterable[Document]]) -> list[SpecT]:
        """Return the specs that compile and whose statistics there is room for; note why the others do not.

        `read` names every condition of one, those too that only what it shows depends on.
        """
        sound = []
        for spec in specs:
            try:
                for document in read(spec):
                    compile_condition(document)
                self._keep(part for document in read(spec) for part in walk(document))
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


def _conditions(spec: Spec) -> Iterable[Document]:
    return spec.conditions().values()


def _parts(campaign: CampaignSpec, *names: str) -> list[Document]:
    """Return those of a campaign's conditions that were given."""
    conditions = campaign.conditions()
    return [conditions[name] for name in names if name in conditions]


def rank(campaign: CampaignSpec) -> tuple[int, str]:
    """Order campaigns: the highest priority first."""
    return -campaign.priority, campaign.id
