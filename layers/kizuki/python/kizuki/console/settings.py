"""What an administrator chooses for a site, and who changed what."""

import re
from typing import Annotated

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from kizuki.aws.config import ConfigStore, Site
from kizuki.console import documents
from kizuki.errors import MalformedError
from kizuki.replay.settings import RecordingSettings

CURSOR = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[\w#~.-]{1,400}", re.ASCII)

Colour = Annotated[str, Field(pattern=r"^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$")]


class Theme(BaseModel):
    """What messages look like; what is left out is the tag's own look. `radius` in CSS pixels."""

    model_config = ConfigDict(extra="forbid")

    surface: Colour | None = None
    text: Colour | None = None
    accent: Colour | None = None
    accentText: Colour | None = None  # noqa: N815 - the tag's name
    radius: Annotated[int, Field(ge=0, le=32)] | None = None
    font: Annotated[str, Field(pattern=r"^[\w \-,'\"]{1,200}$")] | None = None


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid")

    spacing_seconds: Annotated[int, Field(ge=0, le=30 * 86_400)]
    spacing_pages: Annotated[int, Field(ge=0, le=100)]
    allow_scripts: bool
    theme: Theme
    recording: RecordingSettings = Field(default_factory=RecordingSettings)


class ChangeLine(BaseModel):
    at: str
    by: str | None
    kind: str
    id: str
    name: str
    change: str
    version: int


class Changes(BaseModel):
    items: list[ChangeLine]
    next: str | None


def read(site: Site) -> Settings:
    return Settings(
        spacing_seconds=site.spacing_seconds,
        spacing_pages=site.spacing_pages,
        allow_scripts=site.allow_scripts,
        theme=Theme.model_validate(site.theme),
        recording=RecordingSettings.model_validate(site.recording),
    )


def write(config: ConfigStore, site: Site, chosen: Settings, *, by: str | None) -> Settings:
    """Store the settings, and put them to work."""
    site.spacing_seconds, site.spacing_pages = chosen.spacing_seconds, chosen.spacing_pages
    site.allow_scripts = chosen.allow_scripts
    site.theme = chosen.theme.model_dump(exclude_none=True)
    site.recording = chosen.recording.model_dump(mode="json", exclude_defaults=True)
    config.put_site(site)
    config.note_change(site.id, "settings", "settings", site.name, by=by)
    documents.publish_again(config, site.id)
    return read(site)


def changes(config: ConfigStore, site: str, *, limit: int, cursor: str | None) -> Changes:
    """Read the audit trail, newest first. Raises MalformedError for a cursor that is none."""
    if cursor is not None and not CURSOR.fullmatch(cursor):
        raise MalformedError("invalid_cursor", "this cursor was not given by this API", path="cursor")
    found, following = config.changes(site, limit=limit, before=cursor)
    return Changes(items=[ChangeLine(**msgspec.structs.asdict(each)) for each in found], next=following)
