"""Notification rules, as people write them."""

from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from kizuki.notifications.destinations import Id, Label
from kizuki.rules.definition import CLOCK, Condition, Document, MisfitError

MAX_QUIET = 30 * 86_400
Quiet = Annotated[int, Field(ge=0, le=MAX_QUIET)]
Clock = Annotated[str, Field(pattern=CLOCK)]
Mentioned = Annotated[str, Field(pattern=r"^(@here|@channel|[UWS][A-Z0-9]{2,20})$")]
EVERY = r"^([1-9]|[1-9]\d|[1-6]\d\d|7[01]\d|720)m$|^hourly$|^daily$"


class Deliver(Document):
    """Each by itself, or gathered: `every` is minutes such as `10m` (to 720m), `hourly`, or `daily` at `at`."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    as_: Annotated[Literal["each", "digest"], Field(alias="as")] = "each"
    every: Annotated[str, Field(pattern=EVERY)] | None = None
    at: Clock | None = None

    @model_validator(mode="after")
    def _digests_have_a_rhythm(self) -> Self:
        if (self.as_ == "digest") != (self.every is not None):
            raise MisfitError("every", "is missing" if self.every is None else "goes with digest only")
        if self.at is not None and self.every != "daily":
            raise MisfitError("at", "goes with daily only")
        return self


class Hours(Document):
    """When to tell, by the site's clocks; past midnight where `to` is not after `from`. Weekday 1 is Monday."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    from_: Annotated[Clock, Field(alias="from")] = "09:00"
    to: Clock = "18:00"
    weekdays: Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1, max_length=7)] = [1, 2, 3, 4, 5]
    outside: Literal["wait", "drop"] = "wait"


class Mention(Document):
    """Call `who` in Slack: always, or when the event fulfils `when`. Ids begin with U (users) or S (user groups)."""

    when: Condition | None = None
    who: Annotated[list[Mentioned], Field(min_length=1, max_length=10)]

    @model_validator(mode="before")
    @classmethod
    def _one_is_a_list_of_one(cls, written: Any) -> Any:
        if isinstance(written, dict) and isinstance(written.get("who"), str):
            return written | {"who": [written["who"]]}
        return written


class NotificationRule(Document):
    """Tell `destinations` when an event fulfils `when`.

    About one person at most every `quiet_seconds` (with `group_by` company: about all of a company's people), and about
    anybody at most every `rule_quiet_seconds`. `destination` is the earlier form of `destinations`.
    """

    id: Id
    name: Label
    when: Condition
    destinations: Annotated[list[Id], Field(max_length=10)] = []
    destination: Annotated[Id | None, Field(exclude=True)] = None
    enabled: bool = True
    quiet_seconds: Quiet = 0
    rule_quiet_seconds: Quiet = 0
    group_by: Literal["person", "company"] | None = None
    deliver: Deliver = Deliver()
    hours: Hours | None = None
    mention: Mention | None = None
    absence: bool = True
    """Whether the team is told when events that it usually matches do not come."""

    @model_validator(mode="after")
    def _tells_somebody(self) -> Self:
        if self.destination is not None:
            if self.destinations:
                raise MisfitError("destination", "is the earlier form of destinations: give one of them")
            self.destinations = [self.destination]
        if not self.destinations:
            raise MisfitError("destinations", "is missing")
        if len(set(self.destinations)) < len(self.destinations):
            raise MisfitError("destinations", "must differ from each other")
        return self
