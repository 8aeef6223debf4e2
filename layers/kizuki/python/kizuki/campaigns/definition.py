"""A campaign as people write it, in the console, the API and git."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, field_validator, model_validator

from kizuki.campaigns.content import Unrenderable, check
from kizuki.rules.definition import Condition, Document, Name
from kizuki.rules.ruleset import CampaignSpec, CapsSpec, VariantSpec

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
Template = Annotated[str, Field(max_length=2000)]
Locale = Literal["ja", "en"]


class Button(Document):
    label: Annotated[Template, Field(min_length=1)]
    url: Annotated[Template, Field(min_length=1)]

    @field_validator("url")
    @classmethod
    def _opens_a_page(cls, url: str) -> str:
        if not url.startswith(("https://", "http://", "/", "?", "#")) or url.startswith("//"):
            raise ValueError("a link is http, https, or relative to the site")
        return url


class Content(Document):
    """Plain text; every text may hold templates such as `{{ (5000 - cart.total) | yen }}`."""

    title: Annotated[Template, Field(min_length=1)]
    body: Template | None = None
    button: Button | None = None

    @model_validator(mode="after")
    def _templates_parse(self) -> "Content":
        button = [self.button.label, self.button.url] if self.button else []
        for text in [self.title, self.body or "", *button]:
            try:
                check(text)
            except Unrenderable as error:
                raise ValueError(f"{text!r}: {error}") from error
        return self


class Bar(Document):
    type: Literal["bar"]
    placement: Literal["top", "bottom"] = "bottom"
    content: Annotated[dict[Locale, Content], Field(min_length=1)]


class Popup(Document):
    type: Literal["popup"]
    placement: Literal["center"] = "center"
    content: Annotated[dict[Locale, Content], Field(min_length=1)]


class Variant(Document):
    id: Identifier = "a"
    weight: Annotated[int, Field(ge=1, le=1000)] = 1
    action: Annotated[Bar | Popup, Field(discriminator="type")]


class Caps(Document):
    """At most this often to one person, on whatever device; null is no limit."""

    per_visit: Annotated[int, Field(ge=1)] | None = 1
    per_day: Annotated[int, Field(ge=1)] | None = None
    ever: Annotated[int, Field(ge=1)] | None = None
    min_seconds: Annotated[int, Field(ge=1)] | None = None


class Schedule(Document):
    start: AwareDatetime | None = None
    end: AwareDatetime | None = None


class Campaign(Document):
    id: Identifier
    name: Name
    trigger: Condition
    page: Condition | None = None
    audience: Condition | None = None
    schedule: Schedule = Schedule()
    control_percent: Annotated[int, Field(ge=0, le=50)] = 0
    variants: Annotated[list[Variant], Field(min_length=1, max_length=20)]
    caps: Caps = Caps()
    exclusion_group: Name | None = None
    priority: Annotated[int, Field(ge=-1000, le=1000)] = 0
    goal: Condition | None = None
    goal_hours: Annotated[int, Field(ge=1, le=24 * 90)] = 24

    @field_validator("variants")
    @classmethod
    def _ids_differ(cls, variants: list[Variant]) -> list[Variant]:
        if len({variant.id for variant in variants}) != len(variants):
            raise ValueError("two variants share an id")
        return variants

    def spec(self) -> CampaignSpec:
        """Return the form that rulesets carry."""
        document = self.model_dump(mode="json")
        return CampaignSpec(
            id=self.id,
            name=self.name,
            trigger=document["trigger"],
            page=document["page"],
            audience=document["audience"],
            starts_at=int(self.schedule.start.timestamp() * 1000) if self.schedule.start else None,
            ends_at=int(self.schedule.end.timestamp() * 1000) if self.schedule.end else None,
            control_percent=self.control_percent,
            variants=[
                VariantSpec(variant["id"], variant["weight"], variant["action"]) for variant in document["variants"]
            ],
            caps=CapsSpec(**document["caps"]),
            exclusion_group=self.exclusion_group,
            priority=self.priority,
            goal=document["goal"],
            goal_hours=self.goal_hours,
        )
