"""Conditions as people write them: a closed list, checked when written, never an expression language.

Documents are JSON; `TypeAdapter(Condition).json_schema()` is their published schema.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kizuki.visitors.accumulators import MAX_DISTINCT, is_number

Scalar = str | int | float | bool
Operator = Literal[
    "eq",
    "ne",
    "lt",
    "lte",
    "gt",
    "gte",
    "in",
    "not_in",
    "contains",
    "not_contains",
    "starts_with",
    "exists",
    "not_exists",
]
Name = Annotated[str, Field(min_length=1, max_length=256)]
MAX_VALUES = 1000
Function = Literal[
    "count",
    "sum",
    "avg",
    "min",
    "max",
    "first",
    "last",
    "previous",
    "distinct",
    "most_frequent",
    "since_first",
    "since_last",
]
WITHOUT_PATH = {"count", "since_first", "since_last"}
NUMERIC_FUNCTIONS = {"count", "sum", "avg", "min", "max", "distinct", "since_first", "since_last"}
NUMERIC_OPERATORS = {"eq", "ne", "lt", "lte", "gt", "gte", "exists", "not_exists"}
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


class Document(BaseModel):
    """What people write by hand: unknown fields are mistakes, not extensions."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class MisfitError(ValueError):
    """One field does not go with the others."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def check_value(op: str, value: object) -> None:
    """Raise MisfitError for a value that this operator does not take."""
    if op in {"exists", "not_exists"}:
        if value is not None:
            raise MisfitError("value", f"{op} takes no value")
    elif op in {"in", "not_in"}:
        if not isinstance(value, list):
            raise MisfitError("value", f"{op} takes a list of values")
    elif value is None or isinstance(value, list):
        raise MisfitError("value", f"{op} takes one value")
    elif op in {"lt", "lte", "gt", "gte"} and not is_number(value):
        raise MisfitError("value", f"{op} takes a number")
    elif op in {"contains", "not_contains", "starts_with"} and not isinstance(value, str):
        raise MisfitError("value", f"{op} takes a text")


class EventIs(Document):
    """The event at hand has one of these names."""

    type: Literal["event"] = "event"
    name: Name | Annotated[list[Name], Field(min_length=1, max_length=MAX_VALUES)]


class Comparison(Document):
    """A value at a path compared with a constant; `exists` and `not_exists` take none.

    Dots lead into objects; `[]` behind a name goes through a list: `products[].sku` is every product's. Where a path
    leads to several values the comparison holds when one of them satisfies it (`ne`, `not_in`, `not_contains`: when
    all of them do).
    """

    path: Name
    op: Operator
    value: Scalar | Annotated[list[Scalar], Field(max_length=MAX_VALUES)] | None = None

    @model_validator(mode="after")
    def _value_fits_operator(self) -> "Comparison":
        check_value(self.op, self.value)
        return self


class Property(Comparison):
    """A property of the event at hand."""

    type: Literal["property"] = "property"


class Context(Comparison):
    """What surrounds the event: `page.path`, `page.referrer`, `campaign.source`, `device.type`, `locale` and more."""

    type: Literal["context"] = "context"


class Trait(Comparison):
    """A trait of the person."""

    type: Literal["trait"] = "trait"


class GroupTrait(Comparison):
    """A trait of the group (the company, the team) that the person belongs to."""

    type: Literal["group_trait"] = "group_trait"


class Time(Document):
    """The moment itself, in the site's time zone: a time of day (`until` may be past midnight), days of the week."""

    type: Literal["time"] = "time"
    since: Annotated[str, Field(pattern=CLOCK)] | None = None
    until: Annotated[str, Field(pattern=CLOCK)] | None = None
    weekdays: Annotated[list[Weekday], Field(min_length=1, max_length=7)] | None = None

    @model_validator(mode="after")
    def _something_is_asked(self) -> "Time":
        if (self.since is None) is not (self.until is None):
            raise MisfitError("since", "`since` and `until` go together")
        if self.since is None and self.weekdays is None:
            raise ValueError("give `since` and `until`, or `weekdays`")
        if self.since is not None and self.since == self.until:
            raise MisfitError("until", f"nothing is between {self.since} and {self.until}")
        return self


class Days(Document):
    """Today and the days before it, exactly this many in all, in the site's time zone."""

    days: Annotated[int, Field(ge=1, le=365)]


Window = Literal["visit", "previous_visit", "today", "all"] | Days
Where = Annotated[list[Annotated[Property | Context, Field(discriminator="type")]], Field(max_length=10)]
EventNames = Name | Annotated[list[Name], Field(min_length=1, max_length=20)]


class Statistic(Document):
    """A statistic of the person's events, the one at hand included, compared with a constant.

    `event` None is any event. `path` names the value; `count`, `since_first` and `since_last` (seconds) take none.
    """

    type: Literal["statistic"] = "statistic"
    of: Function
    event: EventNames | None = None
    path: Name | None = None
    where: Where = []
    window: Window = "all"
    op: Operator
    value: Scalar | Annotated[list[Scalar], Field(max_length=MAX_VALUES)] | None = None

    @model_validator(mode="after")
    def _parts_fit(self) -> "Statistic":
        if (self.path is None) is not (self.of in WITHOUT_PATH):
            raise MisfitError("path", f"{self.of} takes {'no path' if self.path else 'a path'}")
        if self.of in {"first", "last", "previous"} and self.path and "[]" in self.path:
            raise MisfitError("path", f"{self.of} takes a path to one value, without []")
        if self.of in {"since_first", "since_last"} and self.window != "all":
            raise MisfitError("window", f"{self.of} looks at all time: it takes no window")
        check_value(self.op, self.value)
        if self.of in NUMERIC_FUNCTIONS and self.op not in NUMERIC_OPERATORS:
            raise MisfitError("op", f"{self.of} is a number: {self.op} does not fit it")
        if self.of in NUMERIC_FUNCTIONS and self.value is not None and not is_number(self.value):
            raise MisfitError("value", f"{self.of} is a number: it is compared with one")
        if self.of in {"count", "sum", "distinct"} and self.op in {"exists", "not_exists"}:
            raise MisfitError("op", f"{self.of} is never missing: compare it with 0")
        if self.of == "distinct" and isinstance(self.value, int | float) and not 0 <= self.value < MAX_DISTINCT:
            raise MisfitError("value", f"different values are told apart up to {MAX_DISTINCT}")
        return self


class Step(Document):
    """One step of a sequence: an event, and what must be true of it."""

    event: EventNames
    where: Where = []


class Sequence(Document):
    """`first`, and `then` within so many seconds after it; with `absent`, and not `then` though that time has passed.

    Looked for among the latest 16 of each.
    """

    type: Literal["sequence"] = "sequence"
    first: Step
    then: Step
    within: Annotated[int, Field(ge=1, le=365 * 86_400)]
    absent: bool = False


class Visits(Document):
    """The number of visits, this one included."""

    type: Literal["visits"] = "visits"
    op: Literal["eq", "ne", "lt", "lte", "gt", "gte"]
    value: Annotated[int, Field(ge=0)]


class InSegment(Document):
    """Whether the person is in a segment."""

    type: Literal["segment"] = "segment"
    id: Name
    member: bool = True


class All(Document):
    type: Literal["all"] = "all"
    of: Annotated[list["Condition"], Field(max_length=100)]


class AnyOf(Document):
    type: Literal["any"] = "any"
    of: Annotated[list["Condition"], Field(min_length=1, max_length=100)]


class Not(Document):
    type: Literal["not"] = "not"
    of: "Condition"


Condition = Annotated[
    EventIs
    | Property
    | Context
    | Trait
    | GroupTrait
    | Time
    | Statistic
    | Sequence
    | Visits
    | InSegment
    | All
    | AnyOf
    | Not,
    Field(discriminator="type"),
]

for model in (All, AnyOf, Not):
    model.model_rebuild()


class Segment(Document):
    """People for whom a condition holds."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    name: Name
    condition: Condition
