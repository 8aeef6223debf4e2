"""The console API's documents (docs/api.md). Times are ISO 8601 UTC."""

from typing import Any, Literal

from pydantic import BaseModel


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


class Problem(BaseModel):
    path: str
    message: str


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


class DeliveryTry(BaseModel):
    at: str
    response_code: int | None
    duration_ms: int | None
    error: str | None


class Delivery(BaseModel):
    id: str
    at: str
    rule: NamedRef
    destination: DestinationRef
    person: str
    event: str
    status: Literal["waiting", "retrying", "delivered", "failed", "dropped"]
    attempts: int
    response_code: int | None
    error: str | None
    next_attempt: str | None
    duration_ms: int | None
    tries: list[DeliveryTry]
    message: str | None
    together: int
    key: str


class Deliveries(BaseModel):
    items: list[Delivery]
    next: str | None


class ReplaySummary(BaseModel):
    session: str
    person: str
    started_at: str
    ended_at: str
    active_at: str
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
