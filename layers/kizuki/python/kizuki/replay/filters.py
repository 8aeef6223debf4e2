"""Which recordings somebody wants to see: the filter as people write it, and what it asks of an index and of a session.

Two readings of one filter: `facets` names rows of the index that every match has, `matches` tells the whole truth.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from kizuki.events import Event
from kizuki.replay.facets import ANYWHERE, CAMPAIGN_EVENTS, Reached, facet, facets_of, page_facet
from kizuki.replay.facts import MAX_PATH, PROBLEMS, FactEvent, ProblemKind, SessionFacts
from kizuki.rules.compiled import event_predicate
from kizuki.rules.definition import Document, Name, Property

Group = Literal["clicked_goal", "clicked", "shown", "closed"]
"""The four groups, as campaigns name them."""
Where = Annotated[list[Property], Field(max_length=10)]


class EventFilter(Document):
    """An event that the session has; `absent`: that it does not have. `where` compares its properties."""

    event: Name
    where: Where = []
    absent: bool = False


class CampaignFilter(Document):
    """What a campaign came to in the session, or the group of the person whose display was recorded."""

    id: Name
    reached: Reached | None = None
    group: Group | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "CampaignFilter":
        if (self.reached is None) is (self.group is None):
            raise ValueError("give `reached` or `group`")
        return self


Events = Annotated[list[EventFilter], Field(max_length=10)]
Paths = Annotated[list[Annotated[str, Field(pattern=r"^/", max_length=MAX_PATH)]], Field(max_length=10)]
Names = Annotated[list[Name], Field(max_length=10)]
Problems = Annotated[list[ProblemKind], Field(max_length=4)]


class Filter(Document):
    """Every part must hold; a part left out asks nothing. Times are ISO 8601 with an offset, durations seconds."""

    since: datetime | None = None
    until: datetime | None = None
    last_hours: Annotated[int, Field(ge=1, le=24 * 366)] | None = None
    events: Events = []
    pages: Paths = []
    """Paths seen; one that ends in `/*` is every path below."""
    segments: Names = []
    campaign: CampaignFilter | None = None
    problems: Problems = []
    """One of these was met."""
    device: Literal["desktop", "mobile", "tablet"] | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    min_visit: Annotated[int, Field(ge=1)] | None = None
    max_visit: Annotated[int, Field(ge=1)] | None = None
    min_seconds: Annotated[int, Field(ge=0)] | None = None
    max_seconds: Annotated[int, Field(ge=0)] | None = None
    person: Annotated[str, Field(max_length=600)] | None = None
    unseen: bool = False

    @field_validator("since", "until")
    @classmethod
    def _has_an_offset(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a time needs its offset, such as Z")
        return value

    def period(self, now_ms: int) -> tuple[int, int]:
        """Return from when until when sessions began, in epoch milliseconds."""
        since = 0 if self.since is None else int(self.since.astimezone(UTC).timestamp() * 1000)
        if self.last_hours is not None:
            since = max(since, now_ms - self.last_hours * 3_600_000)
        until = now_ms + 86_400_000 if self.until is None else int(self.until.astimezone(UTC).timestamp() * 1000)
        return since, until

    def facets(self) -> list[list[str]]:
        """Name the lists of the index that a match is in, one of each inner list; none at all where it may be any."""
        asked = [[facet("event", each.event)] for each in self.events if not each.absent and each.event != "page"]
        asked += [[page_facet(page)] for page in self.pages if page != ANYWHERE]
        asked += [[facet("segment", segment)] for segment in self.segments]
        if self.campaign is not None and self.campaign.reached is not None:
            asked.append([facet("campaign", f"{self.campaign.id}:{self.campaign.reached}")])
        if self.problems:
            asked.append([facet("problem", kind) for kind in self.problems])
        if self.device is not None:
            asked.append([facet("device", self.device)])
        if self.country is not None:
            asked.append([facet("country", self.country)])
        return asked


Test = Callable[[SessionFacts], bool]


def compiled(asked: Filter) -> Test:
    """Return what tells whether a session's facts fulfil the parts that facts can answer.

    Its period, length, person, group and who has seen it are not among the facts.
    """
    tests: list[Test] = [_event_test(each) for each in asked.events]
    tests += [_page_test(page) for page in asked.pages]
    if asked.segments:
        wanted = frozenset(asked.segments)
        tests.append(lambda facts: wanted <= facts.segments)
    if asked.campaign is not None and asked.campaign.reached is not None:
        campaign, reached = asked.campaign.id, asked.campaign.reached
        tests.append(lambda facts: facet("campaign", f"{campaign}:{reached}") in facets_of(facts))
    if asked.problems:
        kinds = frozenset(asked.problems)
        tests.append(lambda facts: any(PROBLEMS.get(event.name) in kinds for event in facts.events))
    if asked.device is not None:
        tests.append(lambda facts: facts.device == asked.device)
    if asked.country is not None:
        tests.append(lambda facts: facts.country == asked.country)
    least, most = asked.min_visit, asked.max_visit
    if least is not None:
        tests.append(lambda facts: facts.visit is not None and facts.visit >= least)
    if most is not None:
        tests.append(lambda facts: facts.visit is not None and facts.visit <= most)
    return lambda facts: all(test(facts) for test in tests)


def moment(asked: Filter, facts: SessionFacts) -> int | None:
    """Return where the recording stands (ms) at the first thing that the filter asks for; None where it names none."""
    tests: list[Callable[[FactEvent], bool]] = [_is(each) for each in asked.events if not each.absent]
    if asked.campaign is not None and asked.campaign.reached is not None:
        campaign, reached = asked.campaign.id, asked.campaign.reached
        tests.append(
            lambda event: CAMPAIGN_EVENTS.get(event.name) == reached and event.properties.get("campaign_id") == campaign
        )
    if asked.problems:
        kinds = frozenset(asked.problems)
        tests.append(lambda event: PROBLEMS.get(event.name) in kinds)
    return next((event.offset for event in facts.events if any(test(event) for test in tests)), None)


def _event_test(asked: EventFilter) -> Test:
    is_asked = _is(asked)
    return lambda facts: any(map(is_asked, facts.events)) is not asked.absent


def _is(asked: EventFilter) -> Callable[[FactEvent], bool]:
    predicate = event_predicate([each.model_dump() for each in asked.where])
    return lambda event: event.name == asked.event and (predicate is None or predicate(_as_event(event)))


def _page_test(pattern: str) -> Test:
    if pattern.endswith("/*"):
        folder = pattern[:-1]
        return lambda facts: any(event.path is not None and event.path.startswith(folder) for event in facts.events)
    return lambda facts: any(event.path == pattern for event in facts.events)


def _as_event(event: FactEvent) -> Event:
    return Event(
        message_id=event.message_id,
        type="track",
        name=event.name,
        person="",
        occurred_at=0,
        received_at=0,
        properties=event.properties,
    )
