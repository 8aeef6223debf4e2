"""The console API's documents (docs/api.md). Times are ISO 8601 UTC."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class SiteSummary(BaseModel):
    id: str
    name: str
    timezone: str


class Me(BaseModel):
    email: str | None
    sites: list[SiteSummary]


class SiteDetail(SiteSummary):
    write_key: str
    origins: list[str]


class FeedItem(BaseModel):
    message_id: str
    event: str
    type: str
    occurred_at: str
    person: str
    name: str | None
    url: str | None
    properties: dict[str, Any]


class Feed(BaseModel):
    items: list[FeedItem]


class PersonSummary(BaseModel):
    id: str
    name: str | None
    email: str | None
    first_seen: str
    last_seen: str
    events: int
    sessions: int
    segments: list[str]


class People(BaseModel):
    items: list[PersonSummary]
    next: str | None


class SegmentMembership(BaseModel):
    id: str
    name: str
    entered_at: str


class EventCount(BaseModel):
    event: str
    count: int


class Words(BaseModel):
    """A sentence in each language."""

    ja: str
    en: str


class StatisticValue(BaseModel):
    summary: Words
    value: Any


class GroupDetail(BaseModel):
    id: str
    traits: dict[str, Any]


class CampaignExposure(BaseModel):
    id: str
    name: str
    shown: int
    clicked: int
    closed: int
    goals: int
    last_shown: str | None


class Person(BaseModel):
    id: str
    name: str | None
    email: str | None
    traits: dict[str, Any]
    first_seen: str
    last_seen: str
    events: int
    sessions: int
    devices: list[str]
    segments: list[SegmentMembership]
    counts: list[EventCount]
    verified: bool
    group: GroupDetail | None
    statistics: list[StatisticValue]
    campaigns: list[CampaignExposure]
    merged_into: str | None


class SessionRef(BaseModel):
    id: str
    n: int | None


class ReplayRef(BaseModel):
    id: str
    offset: int


class StoryDecision(BaseModel):
    campaign: str
    name: str
    outcome: Literal["shown", "control", "suppressed"]
    step: str | None
    reason: str | None
    variant: str | None


class StoryEvent(BaseModel):
    message_id: str
    type: str
    event: str
    occurred_at: str
    received_at: str
    session: SessionRef | None
    url: str | None
    title: str | None
    properties: dict[str, Any]
    traits: dict[str, Any]
    device: dict[str, Any] | None
    referrer: str | None
    campaign: dict[str, Any] | None
    replay: ReplayRef | None
    decisions: list[StoryDecision]


class Story(BaseModel):
    items: list[StoryEvent]
    next: str | None


class NamedRef(BaseModel):
    id: str
    name: str


class Counters(BaseModel):
    """How often; `goals` are people who reached the main goal, without the control group."""

    eligible: int = 0
    decided: int = 0
    control: int = 0
    suppressed: int = 0
    shown: int = 0
    clicked: int = 0
    closed: int = 0
    goals: int = 0
    problems: int = 0


class GoalSummary(BaseModel):
    id: str
    name: str
    when: Words


class CampaignSummaries(BaseModel):
    """The conditions of a campaign in words; null for those it does not have."""

    trigger: Words
    page: Words | None
    audience: Words | None
    goals: list[GoalSummary]


CampaignStatus = Literal["draft", "live", "paused", "ended"]


class CampaignDocument(BaseModel):
    """`state` is the status and the schedule together; `problem` says why a live one is out of action."""

    id: str
    name: str
    status: CampaignStatus
    state: Literal["draft", "scheduled", "live", "paused", "ended"]
    version: int
    updated_at: str
    updated_by: str | None
    definition: dict[str, Any]
    summaries: CampaignSummaries | None
    sentence: Words | None
    counters: Counters
    steps: dict[str, int]
    problem: str | None


class Campaigns(BaseModel):
    items: list[CampaignDocument]


class CampaignVersion(BaseModel):
    version: int
    at: str
    by: str | None
    change: str
    status: CampaignStatus
    definition: dict[str, Any]


class CampaignVersions(BaseModel):
    items: list[CampaignVersion]


class CheckedCampaign(BaseModel):
    sentence: Words | None
    summaries: CampaignSummaries | None
    problems: list["Problem"]


class RenderedCampaign(BaseModel):
    """What the tag would be told to show, or why it would not."""

    action: dict[str, Any] | None
    problem: str | None


class PreviewLink(BaseModel):
    url: str
    expires_at: str


class GoalResult(BaseModel):
    """People of one arm who reached a goal, compared with the arm that lifts are against (docs/api.md)."""

    people: int
    rate: float
    rate_interval: tuple[float, float]
    lift: float | None
    lift_interval: tuple[float, float] | None
    difference: float | None
    difference_interval: tuple[float, float] | None
    best: float | None
    label: str | None
    next: str | None


class ArmResult(BaseModel):
    id: str
    name: str
    weight: float
    exposed: int
    shown: int
    clicked: int
    closed: int
    goals: dict[str, GoalResult]


class SampleRatioResult(BaseModel):
    p: float | None
    suspicious: bool
    since: str | None


class DayArm(BaseModel):
    exposed: int = 0
    shown: int = 0
    clicked: int = 0
    closed: int = 0
    goals: dict[str, int] = {}


class Day(BaseModel):
    day: str
    arms: dict[str, DayArm]


class CampaignResults(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    from_: str = Field(serialization_alias="from")
    to: str
    counters: Counters
    steps: dict[str, int]
    arms: list[ArmResult]
    goals: list[NamedRef]
    compared_with: str | None
    sample_ratio: SampleRatioResult
    groups: dict[str, int]
    days: list[Day]
    problems: dict[str, int]


class CampaignPerson(BaseModel):
    person: str
    name: str | None
    variant: str | None
    group: str
    shown_at: str | None
    clicked_at: str | None
    closed_at: str | None
    goal_at: str | None
    replay: ReplayRef | None


class CampaignPeople(BaseModel):
    items: list[CampaignPerson]
    next: str | None


class ScreenBox(BaseModel):
    x: float
    y: float
    width: float
    height: float


class ScreenSize(BaseModel):
    width: float
    height: float


class CampaignProblem(BaseModel):
    at: str
    problem: str
    variant: str | None
    box: ScreenBox | None
    viewport: ScreenSize | None
    other: str | None
    ratio: float | None
    url: str | None
    device: str | None
    person: str
    replay: ReplayRef | None


class CampaignProblems(BaseModel):
    items: list[CampaignProblem]
    next: str | None


class CampaignTemplate(BaseModel):
    id: str
    name: Words
    about: Words
    purpose: str
    tags: list[str]
    layout: str
    own: bool
    definition: dict[str, Any]
    goal_names: dict[str, Words] = {}
    sample: dict[str, Any]
    actions: dict[str, dict[str, Any]] = {}
    """What the sample would be shown, by language; without what shows nothing on a page."""


class CampaignTemplates(BaseModel):
    items: list[CampaignTemplate]


Colour = Annotated[str, Field(pattern=r"^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")]


class Theme(BaseModel):
    """What messages look like; what is left out is the tag's own look. `radius` in CSS pixels."""

    model_config = ConfigDict(extra="forbid")

    surface: Colour | None = None
    text: Colour | None = None
    accent: Colour | None = None
    accentText: Colour | None = None  # noqa: N815 - the tag's name
    radius: Annotated[int, Field(ge=0, le=32)] | None = None
    font: Annotated[str, Field(pattern=r"^[\w \-,'\"]{1,200}$")] | None = None


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    spacing_seconds: Annotated[int, Field(ge=0, le=30 * 86_400)]
    spacing_pages: Annotated[int, Field(ge=0, le=100)]
    allow_scripts: bool
    theme: Theme


class ChangeLine(BaseModel):
    at: str
    by: str | None
    kind: str
    id: str
    name: str
    change: str
    version: int


class Changes(BaseModel):
    items: list[ChangeLine]
    next: str | None


class SegmentCounters(BaseModel):
    members: int = 0
    entered: int = 0
    left: int = 0


class SegmentDocument(BaseModel):
    id: str
    name: str
    status: Literal["draft", "live", "paused", "ended"]
    updated_at: str
    version: int
    condition: Any
    summary: Words
    counters: SegmentCounters
    problem: str | None


class Segments(BaseModel):
    items: list[SegmentDocument]


class Problem(BaseModel):
    path: str
    message: str


class CheckedCondition(BaseModel):
    summary: Words | None
    problems: list[Problem]


class EventVocabulary(BaseModel):
    name: str
    properties: list[str]


class Vocabulary(BaseModel):
    events: list[EventVocabulary]
    traits: list[str]
    group_traits: list[str]
    context: list[str]


class RulesetRef(BaseModel):
    version: int
    published_at: str | None


class SeenFacts(BaseModel):
    now: str
    visits: int
    segments: list[str]
    traits: dict[str, Any]
    statistics: list[StatisticValue]


class ExplainedRule(BaseModel):
    kind: Literal["segment", "campaign", "rule"]
    id: str
    name: str
    holds: bool
    failed: Words | None


class Explanation(BaseModel):
    message_id: str
    ruleset: RulesetRef | None
    facts: SeenFacts
    left_out: int
    rules: list[ExplainedRule]


class Step(BaseModel):
    type: str
    holds: bool
    summary: Words
    seen: Any
    of: list["Step"]


class ExplainedPart(BaseModel):
    name: str
    step: Step


class RuleExplanation(BaseModel):
    kind: Literal["segment", "campaign", "rule"]
    id: str
    name: str
    holds: bool
    parts: list[ExplainedPart]
    decision: StoryDecision | None


class RefusedEvent(BaseModel):
    id: str
    refused_at: str
    code: str
    reason: str
    path: str
    event: str


class Refused(BaseModel):
    items: list[RefusedEvent]
    next: str | None


class DestinationRef(NamedRef):
    type: str


class Delivery(BaseModel):
    id: str
    at: str
    rule: NamedRef
    destination: DestinationRef
    person: str
    event: str
    status: Literal["delivered", "retrying", "failed"]
    attempts: int
    response_code: int | None
    error: str | None
    next_attempt: str | None
    duration_ms: int | None


class Deliveries(BaseModel):
    items: list[Delivery]
    next: str | None


class ReplaySummary(BaseModel):
    session: str
    person: str
    started_at: str
    ended_at: str
    duration_ms: int
    url: str | None
    chunks: int
    playable: bool
    reason: str | None


class Replays(BaseModel):
    items: list[ReplaySummary]
    next: str | None = None


class ReplayChunk(BaseModel):
    sequence: int
    started_at: str
    ended_at: str
    full_snapshot: bool
    url: str


class ReplayTab(BaseModel):
    id: str
    chunks: list[ReplayChunk]
    missing: list[int]


class Replay(ReplaySummary):
    tabs: list[ReplayTab]
    events: list[StoryEvent]


class AudiencePerson(BaseModel):
    id: str
    name: str | None
    email: str | None
    last_seen: str


class Audience(BaseModel):
    """Who fulfils a condition as of a moment; what is not known before the query is done is null."""

    id: str
    status: Literal["running", "done", "failed"]
    count: int | None = None
    of: int | None = None
    sample: list[AudiencePerson] = []
    as_of: str
    complete_up_to: str | None = None
    scanned_bytes: int
    reason: str | None
