"""The ruleset: everything live on a site, published as one immutable version.

Specs are the wire form (JSON): plain data with conditions as documents. `rules.engine` compiles them.
"""

from typing import Any

import msgspec

from kizuki.rules.needs import Coverage

Document = dict[str, Any]
MOMENT_REACHED = "Moment Reached"
"""What the tag says when the moment that a campaign waits for has come on the page."""
GOAL_REACHED, SUPPRESSED = "Campaign Goal Reached", "Campaign Suppressed"
MOMENTS = (GOAL_REACHED, SUPPRESSED)
"""What notification rules can ask for by name beside events: a campaign's goal was reached, or it was not shown."""


class SegmentSpec(msgspec.Struct):
    id: str
    name: str
    condition: Document

    def conditions(self) -> dict[str, Document]:
        return {"condition": self.condition}


class VariantSpec(msgspec.Struct):
    id: str
    weight: int
    action: Document


class CapsSpec(msgspec.Struct):
    """At most this often; None is no limit. `per_days`: times, and in how many days."""

    per_visit: int | None = 1
    per_day: int | None = None
    per_days: tuple[int, int] | None = None
    ever: int | None = None
    min_seconds: int | None = None
    total: int | None = None


class GoalSpec(msgspec.Struct):
    """What is to happen after a display: within so many hours; None: in the same visit."""

    id: str
    name: str
    when: Document
    hours: int | None = 24


class CampaignSpec(msgspec.Struct):
    id: str
    name: str
    trigger: Document
    variants: list[VariantSpec]
    moment: Document | None = None
    delay_seconds: int = 0
    page: Document | None = None
    audience: Document | None = None
    starts_at: int | None = None
    ends_at: int | None = None
    hours: Document | None = None
    """Weekdays and times of day, as a condition."""
    control_percent: int = 0
    split: str = ""
    """Names how people are split between control group and variants; another split has figures of its own."""
    variables: dict[str, Document] = {}
    """Statistics for the templates, each as a condition that reads it."""
    utm: bool = False
    caps: CapsSpec = msgspec.field(default_factory=CapsSpec)
    stop_after: list[str] = []
    exclusion_group: str | None = None
    ignore_spacing: bool = False
    priority: int = 0
    goals: list[GoalSpec] = []

    @property
    def waits(self) -> bool:
        """Whether the page is asked to wait for something after the trigger."""
        return self.moment is not None or self.delay_seconds > 0

    @property
    def off_page(self) -> bool:
        return bool(self.variants[0].action["type"] == "notify")

    @property
    def runs_scripts(self) -> bool:
        return any(variant.action["type"] == "script" for variant in self.variants)

    def conditions(self) -> dict[str, Document]:
        found = {"trigger": self.trigger, "page": self.page, "audience": self.audience, "hours": self.hours}
        present = {name: condition for name, condition in found.items() if condition is not None}
        return present | {f"goal:{goal.id}": goal.when for goal in self.goals}

    def read(self) -> list[Document]:
        """Return the conditions whose statistics must be kept: those above, the templates', and the checklists'."""
        done = [each for variant in self.variants for each in variant.action.get("done", {}).values()]
        return [*self.conditions().values(), *self.variables.values(), *done]


class HoursSpec(msgspec.Struct):
    """Times of day as `09:00`; weekday 1 is Monday. What comes outside waits, or is dropped."""

    since: str
    to: str
    weekdays: list[int]
    outside: str = "wait"


class MentionSpec(msgspec.Struct):
    """Whom to call, always or when the event fulfils `when`."""

    who: list[str]
    when: Document | None = None


class NotificationSpec(msgspec.Struct):
    id: str
    name: str
    when: Document
    destination: str = ""
    """The only one, in rulesets published before a rule could have several."""
    quiet_seconds: int = 0
    destinations: list[str] = []
    rule_quiet_seconds: int = 0
    group_by: str | None = None
    every: str | None = None
    """Of a digest: `10m`, `hourly` or `daily`, this at `at`."""
    at: str | None = None
    hours: HoursSpec | None = None
    mention: MentionSpec | None = None

    def conditions(self) -> dict[str, Document]:
        return {"when": self.when}

    def read(self) -> list[Document]:
        """Return the conditions whose statistics must be kept."""
        mention = self.mention.when if self.mention is not None else None
        return [self.when, *([] if mention is None else [mention])]


class RecordingSpec(msgspec.Struct):
    """Which visits are recorded; `tag` is what the recorder is told of masks and limits (docs/api.md)."""

    id: str = "recording"
    sample_percent: int = 100
    when: Document | None = None
    tag: Document = {}

    def conditions(self) -> dict[str, Document]:
        return {} if self.when is None else {"when": self.when}


class Kept(msgspec.Struct, array_like=True):
    """One series: the version since which it is kept, and of which windows."""

    since: int
    coverage: Coverage


class Ruleset(msgspec.Struct):
    version: int
    site: str
    timezone: str = "UTC"
    spacing_seconds: int = 0
    spacing_pages: int = 0
    """Between any two campaigns shown to one person: both, where both are given."""
    theme: Document = {}
    """What the site's messages look like (docs/api.md)."""
    segments: list[SegmentSpec] = []
    campaigns: list[CampaignSpec] = []
    counted: list[str] = []
    """Every campaign that was ever published: the ids whose outcomes are counted."""
    notifications: list[NotificationSpec] = []
    recording: RecordingSpec = msgspec.field(default_factory=RecordingSpec)
    kept: dict[str, Kept] = {}
    """Statistics by key, as the versions before knew them: a state of an older version lacks only what is newer."""
