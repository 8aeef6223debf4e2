"""The same request read by pydantic: what most would write, and one with the checks that `parse` makes."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from kizuki.errors import MalformedError
from kizuki.events import Batch, parse
from kizuki.events.limits import MAX_ID_LENGTH, check_values
from kizuki.events.parse import PLACEHOLDER_IDS
from kizuki.events.times import EPOCH
from tests.bench import shop
from tests.bench.measure import Row, interleaved, row

Kind = Literal["track", "page", "screen", "identify", "group", "alias"]


class BareEvent(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)

    type: Kind
    event: str | None = None
    message_id: str | None = None
    anonymous_id: str | None = None
    user_id: str | None = None
    group_id: str | None = None
    previous_id: str | None = None
    timestamp: str | None = None
    properties: dict[str, Any] = {}
    traits: dict[str, Any] = {}
    context: dict[str, Any] = {}


class BareBatch(BaseModel):
    batch: list[BareEvent]


def no_placeholder(id: str) -> str:
    if id.lower() in PLACEHOLDER_IDS:
        raise ValueError(id)
    return id


Text = Annotated[str, StringConstraints(max_length=MAX_ID_LENGTH)]
Id = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=MAX_ID_LENGTH),
    Field(coerce_numbers_to_str=True),
    AfterValidator(no_placeholder),
]


class FieldsCheckedEvent(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel)

    type: Kind
    event: Text | None = None
    message_id: Text | None = None
    anonymous_id: Id | None = None
    user_id: Id | None = None
    group_id: Id | None = None
    previous_id: Id | None = None
    timestamp: datetime | None = None
    properties: dict[str, Any] = {}
    traits: dict[str, Any] = {}
    context: dict[str, Any] = {}

    @model_validator(mode="after")
    def names_what_its_type_needs(self) -> Self:
        if self.anonymous_id is None and self.user_id is None:
            raise ValueError("missing id")
        if self.type == "track" and not self.event:
            raise ValueError("missing event")
        if self.type == "group" and self.group_id is None:
            raise ValueError("missing group")
        if self.type == "alias" and self.previous_id is None:
            raise ValueError("missing previous id")
        return self


class FieldsCheckedBatch(BaseModel):
    batch: list[FieldsCheckedEvent]


def sound(values: dict[str, Any]) -> dict[str, Any]:
    # Nested unions of pydantic's own take as long, and let a large integer through as a float.
    try:
        check_values(values, "$")
    except MalformedError as error:
        raise ValueError(error.message) from error
    return values


Values = Annotated[dict[str, Any], AfterValidator(sound)]


class CheckedEvent(FieldsCheckedEvent):
    properties: Values = {}
    traits: Values = {}
    context: Values = {}


class CheckedBatch(BaseModel):
    batch: list[CheckedEvent]


def parse_row() -> Row:
    bodies = shop.batches(50)

    def ours() -> list[Batch]:
        return [parse(body, received_at=shop.NOW) for body in bodies]

    def by(model: type[BaseModel]) -> Callable[[], list[Any]]:
        return lambda: [model.model_validate_json(body) for body in bodies]

    checked = by(CheckedBatch)
    for read, other in zip(ours(), checked(), strict=True):
        if not read.accepted or _read(read) != _checked(other):
            raise AssertionError("our events are not those of pydantic")
    mistakes = shop.batch_with_mistakes()
    if {refusal.index for refusal in parse(mistakes, received_at=shop.NOW).refused} != _refused(mistakes):
        raise AssertionError("what we refuse is not what pydantic refuses")
    mine, *others = interleaved(ours, checked, by(FieldsCheckedBatch), by(BareBatch), number=4)
    fields, bare = (mine / other for other in others[1:])
    note = f"of 10 events; {fields:.2f}x of pydantic without limits of depth and integers, {bare:.2f}x of pydantic without checks"
    return row("parse_validate", mine / len(bodies), others[0] / len(bodies), "µs/batch", 0.5, note)


def _read(batch: Batch) -> list[tuple[Any, ...]]:
    return [
        (
            event.type,
            event.name,
            event.message_id,
            event.anonymous_id,
            event.user_id,
            event.occurred_at,
            event.properties,
            event.traits,
            {name: value for name, value in event.context.items() if name != "device"},
        )
        for event in (accepted.event for accepted in batch.accepted)
    ]


def _checked(batch: CheckedBatch) -> list[tuple[Any, ...]]:
    return [
        (
            event.type,
            event.event or event.type,
            event.message_id,
            event.anonymous_id,
            event.user_id,
            _ms(event.timestamp),
            event.properties,
            event.traits,
            event.context,
        )
        for event in batch.batch
    ]


def _ms(moment: datetime | None) -> int | None:
    return moment and round((moment - EPOCH).total_seconds() * 1000)


def _refused(body: bytes) -> set[int]:
    try:
        CheckedBatch.model_validate_json(body)
    except ValidationError as error:
        return {int(each["loc"][1]) for each in error.errors()}
    return set()
