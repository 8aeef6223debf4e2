"""The console API's documents about campaigns, their results, and templates (docs/api.md). Times are ISO 8601 UTC."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from kizuki.console.models import NamedRef, Problem, ReplayRef, Words


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
    problems: list[Problem]


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
