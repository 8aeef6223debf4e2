"""The documents of Live (docs/api.md): recordings found, saved filters, comments, who is there. Times are ISO 8601."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kizuki.console.models import ReplaySummary
from kizuki.replay.filters import Filter

MAX_COMMENT = 2000


class SeenBy(BaseModel):
    by: str
    at: str


class FoundReplay(ReplaySummary):
    """A recording and why it is worth watching; `pages` are the paths seen, in order, `problems` how often each."""

    name: str | None
    visit: int | None
    device: str | None
    country: str | None
    pages: list[str]
    events: int
    problems: dict[str, int]
    campaigns: list[str]
    interest: float
    reasons: list[str]
    seen_by: list[SeenBy]
    comments: int
    live: bool
    offset: int | None
    """Where the first event that the filter asks for is; None where it asks for none."""


class FoundReplays(BaseModel):
    """`next` may be given with few items, or none: the search went on for as long as one request may take."""

    items: list[FoundReplay]
    next: str | None


class SavedFilter(BaseModel):
    id: str
    name: str
    filter: Filter
    updated_at: str
    updated_by: str | None


class SavedFilters(BaseModel):
    items: list[SavedFilter]


class NewFilter(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=120)]
    filter: Filter


class FilterCount(BaseModel):
    """Recordings of the last 24 hours; `more` when there are more than were counted."""

    count: int
    more: bool


class ReplayComment(BaseModel):
    id: str
    offset: int
    at: str
    by: str
    text: str


class NewComment(BaseModel):
    model_config = ConfigDict(extra="forbid")

    offset: Annotated[int, Field(ge=0, le=10**9)]
    text: Annotated[str, Field(min_length=1, max_length=MAX_COMMENT, pattern=r"\S")]


class ReplayReview(BaseModel):
    seen_by: list[SeenBy]
    comments: list[ReplayComment]


class ErasedReplays(BaseModel):
    """`left` when there are more than one request erases: ask again."""

    erased: int
    left: bool


class Watching(BaseModel):
    until: str


class OnlineVisitor(BaseModel):
    """Somebody whose visit is being recorded now; `page` is where they were last seen."""

    person: str
    name: str | None
    session: str
    started_at: str
    last_activity: str
    page: str | None
    visit: int | None
    device: str | None
    country: str | None
    playable: bool


class Online(BaseModel):
    items: list[OnlineVisitor]
