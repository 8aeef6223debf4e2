"""What an administrator chooses for a site, and who changed what."""

import re

import msgspec

from kizuki.aws.config import ConfigStore, Site
from kizuki.console import documents
from kizuki.console.models import ChangeLine, Changes, Settings, Theme
from kizuki.errors import MalformedError

CURSOR = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[\w#~.-]{1,400}", re.ASCII)


def read(site: Site) -> Settings:
    return Settings(
        spacing_seconds=site.spacing_seconds,
        spacing_pages=site.spacing_pages,
        allow_scripts=site.allow_scripts,
        theme=Theme.model_validate(site.theme),
    )


def write(config: ConfigStore, site: Site, chosen: Settings, *, by: str | None) -> Settings:
    """Store the settings, and put them to work."""
    site.spacing_seconds, site.spacing_pages = chosen.spacing_seconds, chosen.spacing_pages
    site.allow_scripts = chosen.allow_scripts
    site.theme = chosen.theme.model_dump(exclude_none=True)
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
