"""What a site records, as an administrator chooses it."""

from typing import Annotated

from pydantic import Field

from kizuki.rules.definition import Condition, Document
from kizuki.rules.ruleset import RecordingSpec

Selector = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^{}<\\;]+$")]
Selectors = Annotated[list[Selector], Field(max_length=20)]
MEGABYTE = 1_000_000


class RecordingSettings(Document):
    """Whose visits are recorded, and what of them is masked. What visitors type is masked whatever is chosen here."""

    sample_percent: Annotated[int, Field(ge=0, le=100)] = 100
    """Of visits; the others load no recorder."""
    when: Condition | None = None
    """Recorded from the event on which it holds; None: every visit that is sampled."""
    buffer_seconds: Annotated[int, Field(ge=0, le=60)] = 30
    """With `when`: what came just before is kept in the page's memory until then. 0: nothing is."""
    mask_all_text: bool = False
    mask: Selectors = []
    unmask: Selectors = []
    block: Selectors = []
    max_minutes: Annotated[int, Field(ge=1, le=240)] = 60
    max_megabytes: Annotated[int, Field(ge=1, le=40)] = 20
    retention_days: Annotated[int, Field(ge=1, le=365)] | None = None
    """None: as long as the deployment keeps them."""

    def spec(self) -> RecordingSpec:
        """Return what the ruleset says of it."""
        written = self.model_dump(mode="json", exclude={"sample_percent", "when", "max_megabytes", "retention_days"})
        return RecordingSpec(
            sample_percent=self.sample_percent,
            when=None if self.when is None else self.model_dump(mode="json")["when"],
            tag=written | {"max_bytes": self.max_megabytes * MEGABYTE},
        )
