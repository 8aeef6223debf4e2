"""A campaign as people write it, in the console, the API and git."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, field_validator, model_validator

from kizuki.campaigns.actions import Action, Selector
from kizuki.campaigns.decide import TICKED
from kizuki.rules.definition import CLOCK, Condition, Document, EventNames, Function, Name, Statistic, Weekday, Where
from kizuki.rules.definition import Window as StatisticWindow
from kizuki.rules.ruleset import CampaignSpec, CapsSpec, GoalSpec, VariantSpec

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
VariableName = Annotated[str, Field(pattern=r"^[a-z_][a-z0-9_]{0,31}$")]
CONTROL = "control"
MAX_GOAL_HOURS = 24 * 90


class Scroll(Document):
    """So much of the page has been on screen."""

    type: Literal["scroll"]
    percent: Annotated[int, Field(ge=1, le=100)]


class Visible(Document):
    """What the selector finds is on screen."""

    type: Literal["visible"]
    selector: Selector


class Read(Document):
    """The main text was read to its end."""

    type: Literal["read"]


class Dwell(Document):
    """The page has been looked at for so long."""

    type: Literal["dwell"]
    seconds: Annotated[int, Field(ge=1, le=3600)]


class Exit(Document):
    """The visitor is about to leave the page."""

    type: Literal["exit"]


class Idle(Document):
    """Nothing was done on the page for so long."""

    type: Literal["idle"]
    seconds: Annotated[int, Field(ge=1, le=3600)]


Moment = Annotated[Scroll | Visible | Read | Dwell | Exit | Idle, Field(discriminator="type")]


class Schedule(Document):
    """From `start` to `end`, on these weekdays between these times of day, in the site's time zone."""

    start: AwareDatetime | None = None
    end: AwareDatetime | None = None
    weekdays: Annotated[list[Weekday], Field(min_length=1, max_length=7)] | None = None
    since: Annotated[str, Field(pattern=CLOCK)] | None = None
    until: Annotated[str, Field(pattern=CLOCK)] | None = None

    @model_validator(mode="after")
    def _spans_are_not_empty(self) -> "Schedule":
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ValueError("`end` comes after `start`")
        if (self.since is None) is not (self.until is None):
            raise ValueError("`since` and `until` go together")
        if self.since is not None and self.since == self.until:
            raise ValueError(f"nothing is between {self.since} and {self.until}")
        return self

    def hours(self) -> dict[str, Any] | None:
        """Return the weekdays and times of day as a condition; None where any will do."""
        asked = {"weekdays": self.weekdays, "since": self.since, "until": self.until}
        told = {name: value for name, value in asked.items() if value is not None}
        return {"type": "time"} | told if told else None


class Variant(Document):
    id: Identifier = "a"
    name: Annotated[str, Field(max_length=256)] = ""
    weight: Annotated[int, Field(ge=1, le=1000)] = 1
    action: Action

    @field_validator("id")
    @classmethod
    def _is_not_the_control_group(cls, id: str) -> str:
        if id == CONTROL:
            raise ValueError("`control` is the control group: call the variant something else")
        return id


class PerDays(Document):
    times: Annotated[int, Field(ge=1)]
    days: Annotated[int, Field(ge=1, le=90)]


class Caps(Document):
    """At most this often to one person, on whatever device; `total`: to everybody together. null is no limit."""

    per_visit: Annotated[int, Field(ge=1)] | None = 1
    per_day: Annotated[int, Field(ge=1)] | None = None
    per_days: PerDays | None = None
    ever: Annotated[int, Field(ge=1)] | None = None
    min_seconds: Annotated[int, Field(ge=1)] | None = None
    total: Annotated[int, Field(ge=1)] | None = None


class Variable(Document):
    """A statistic of the person for the templates: as in a condition, without the comparison."""

    of: Function
    event: EventNames | None = None
    path: Name | None = None
    where: Where = []
    window: StatisticWindow = "all"

    @model_validator(mode="after")
    def _is_a_statistic(self) -> "Variable":
        Statistic.model_validate(self.model_dump() | {"type": "statistic", "op": "eq", "value": 0})
        return self

    def condition(self) -> dict[str, Any]:
        """Return a condition that reads it."""
        return self.model_dump(mode="json") | {"type": "statistic", "op": "eq", "value": 0}


class Hours(Document):
    hours: Annotated[int, Field(ge=1, le=MAX_GOAL_HOURS)]


class Goal(Document):
    """What a campaign is for: an event after a display, within so many hours or the same visit."""

    id: Identifier
    name: Name
    when: Condition
    window: Literal["visit"] | Hours = Hours(hours=24)


class Campaign(Document):
    id: Identifier
    name: Name
    trigger: Condition
    moment: Moment | None = None
    delay_seconds: Annotated[int, Field(ge=0, le=3600)] = 0
    page: Condition | None = None
    audience: Condition | None = None
    schedule: Schedule = Schedule()
    control_percent: Annotated[int, Field(ge=0, le=50)] = 0
    variants: Annotated[list[Variant], Field(min_length=1, max_length=20)]
    variables: Annotated[dict[VariableName, Variable], Field(max_length=20)] = {}
    utm: bool = False
    caps: Caps = Caps()
    stop_after: Annotated[list[Literal["click", "goal", "close"]], Field(max_length=3)] = []
    exclusion_group: Name | None = None
    ignore_spacing: bool = False
    priority: Annotated[int, Field(ge=-1000, le=1000)] = 0
    goals: Annotated[list[Goal], Field(max_length=20)] = []
    absence: bool = True
    """Whether the team is told when it should be shown and is not."""

    @field_validator("variants")
    @classmethod
    def _variants_differ(cls, variants: list[Variant]) -> list[Variant]:
        if len({variant.id for variant in variants}) != len(variants):
            raise ValueError("two variants share an id")
        return variants

    @field_validator("goals")
    @classmethod
    def _goals_differ(cls, goals: list[Goal]) -> list[Goal]:
        if len({goal.id for goal in goals}) != len(goals):
            raise ValueError("two goals share an id")
        return goals

    @model_validator(mode="after")
    def _is_on_the_page_or_off_it(self) -> "Campaign":
        off = [variant.action.type == "notify" for variant in self.variants]
        if any(off) and not all(off):
            raise ValueError("its variants are either all on the page or all off it")
        if any(off) and (self.moment is not None or self.delay_seconds):
            raise ValueError("off the page there is no moment and no delay to wait for")
        if any(off) and self.caps.total is not None:
            raise ValueError("a total is counted on the page: off it, give caps per person")
        if "goal" in self.stop_after and not self.goals:
            raise ValueError("it cannot stop after a goal: it has none")
        return self

    def spec(self) -> CampaignSpec:
        """Return the form that rulesets carry."""
        document = self.model_dump(mode="json")
        caps = document["caps"]
        return CampaignSpec(
            id=self.id,
            name=self.name,
            trigger=document["trigger"],
            moment=document["moment"],
            delay_seconds=self.delay_seconds,
            page=document["page"],
            audience=document["audience"],
            starts_at=int(self.schedule.start.timestamp() * 1000) if self.schedule.start else None,
            ends_at=int(self.schedule.end.timestamp() * 1000) if self.schedule.end else None,
            hours=self.schedule.hours(),
            control_percent=self.control_percent,
            split=split_of(document),
            variants=[
                VariantSpec(variant["id"], variant["weight"], self._with_ticks(variant["action"]))
                for variant in document["variants"]
            ],
            variables={name: variable.condition() for name, variable in self.variables.items()},
            utm=self.utm,
            caps=CapsSpec(
                per_visit=caps["per_visit"],
                per_day=caps["per_day"],
                per_days=(caps["per_days"]["times"], caps["per_days"]["days"]) if caps["per_days"] else None,
                ever=caps["ever"],
                min_seconds=caps["min_seconds"],
                total=caps["total"],
            ),
            stop_after=[*self.stop_after],
            exclusion_group=self.exclusion_group,
            ignore_spacing=self.ignore_spacing,
            priority=self.priority,
            goals=[
                GoalSpec(
                    goal["id"],
                    goal["name"],
                    goal["when"],
                    None if goal["window"] == "visit" else goal["window"]["hours"],
                )
                for goal in document["goals"]
            ],
        )

    def _with_ticks(self, action: dict[str, Any]) -> dict[str, Any]:
        """Have items of a checklist that name no condition be done once the visitor has ticked them."""
        if action["type"] != "checklist":
            return action
        items = [item["id"] for item in next(iter(action["content"].values()))["items"]]
        ticked = {
            item: {
                "type": "statistic",
                "of": "count",
                "event": TICKED,
                "where": [
                    {"type": "property", "path": "campaign_id", "op": "eq", "value": self.id},
                    {"type": "property", "path": "item", "op": "eq", "value": item},
                ],
                "op": "gte",
                "value": 1,
            }
            for item in items
        }
        return action | {"done": ticked | action["done"], "automatic": sorted(action["done"])}


def split_of(document: Mapping[str, Any]) -> str:
    """Name how a written campaign splits people: who met it split otherwise belongs to other figures."""
    weights = sorted((id_of(variant), variant.get("weight", 1)) for variant in document["variants"])
    told = f"{document.get('control_percent', 0)} {weights}"
    return blake2b(told.encode(), digest_size=3).hexdigest()


def id_of(variant: Mapping[str, Any]) -> str:
    """Return a variant's id; documents that came from git may leave it out."""
    return str(variant.get("id", Variant.model_fields["id"].default))


def conditions_of(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return every condition of a written campaign by its path in the document."""
    found = {field: document[field] for field in ("trigger", "page", "audience") if document.get(field)}
    found |= {f"goals[{n}].when": goal["when"] for n, goal in enumerate(document.get("goals", []))}
    for n, variant in enumerate(document["variants"]):
        done = variant["action"].get("done") or {}
        found |= {f"variants[{n}].action.done.{item}": condition for item, condition in done.items()}
    return found
