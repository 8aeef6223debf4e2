"""Conditions as people write them: a closed list, checked when written, never an expression language.

Documents are JSON; `TypeAdapter(Condition).json_schema()` is their published schema.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

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


class Document(BaseModel):
    """What people write by hand: unknown fields are mistakes, not extensions."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class EventIs(Document):
    """The event at hand has one of these names."""

    type: Literal["event"] = "event"
    name: Name | Annotated[list[Name], Field(min_length=1, max_length=MAX_VALUES)]


class Comparison(Document):
    """A value at a dotted path compared with a constant; `exists` and `not_exists` take none."""

    path: Name
    op: Operator
    value: Scalar | Annotated[list[Scalar], Field(max_length=MAX_VALUES)] | None = None

    @model_validator(mode="after")
    def _value_fits_operator(self) -> "Comparison":
        if self.op in {"exists", "not_exists"}:
            if self.value is not None:
                raise ValueError(f"{self.op} takes no value")
        elif self.op in {"in", "not_in"}:
            if not isinstance(self.value, list):
                raise ValueError(f"{self.op} takes a list of values")
        elif self.value is None or isinstance(self.value, list):
            raise ValueError(f"{self.op} takes one value")
        elif self.op in {"lt", "lte", "gt", "gte"} and (
            isinstance(self.value, bool) or not isinstance(self.value, int | float)
        ):
            raise ValueError(f"{self.op} takes a number")
        elif self.op in {"contains", "not_contains", "starts_with"} and not isinstance(self.value, str):
            raise ValueError(f"{self.op} takes a text")
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


class LastValue(Comparison):
    """The last value seen of a property, whatever event carried it."""

    type: Literal["last_value"] = "last_value"


class Days(Document):
    """Today and the days before it, this many in all, in the site's time zone."""

    days: Annotated[int, Field(ge=1, le=90)]


class Count(Document):
    """How often the person did something, this event included."""

    type: Literal["count"] = "count"
    event: Name
    op: Literal["eq", "ne", "lt", "lte", "gt", "gte"]
    value: Annotated[int, Field(ge=0)]
    window: Literal["visit", "previous_visit", "today", "all"] | Days = "all"


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
    EventIs | Property | Context | Trait | LastValue | Count | Visits | InSegment | All | AnyOf | Not,
    Field(discriminator="type"),
]

for model in (All, AnyOf, Not):
    model.model_rebuild()


class Segment(Document):
    """People for whom a condition holds."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    name: Name
    condition: Condition
