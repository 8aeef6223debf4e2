"""Filters of Live that the team keeps under a name."""

import re
import time

from kizuki.aws.config import ConfigStore
from kizuki.aws.documents import StoredDocument
from kizuki.console.replay_models import NewFilter, SavedFilter, SavedFilters
from kizuki.errors import MalformedError, TooLargeError
from kizuki.events.times import iso
from kizuki.replay.filters import Filter

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
MAX_FILTERS = 100


def listed(config: ConfigStore, site: str) -> SavedFilters:
    """List them by name."""
    found = [_saved(stored) for stored in config.documents(site, "filter")]
    return SavedFilters(items=sorted(found, key=lambda each: each.name))


def one(config: ConfigStore, site: str, id: str) -> Filter:
    """Read what a filter asks for. Raises NotFoundError."""
    return _saved(config.document(site, "filter", id)).filter


def write(config: ConfigStore, site: str, id: str, written: NewFilter, *, by: str | None) -> SavedFilters:
    """Keep a filter under an id. Raises MalformedError, TooLargeError."""
    if not ID.fullmatch(id):
        raise MalformedError("invalid_filter", "an id is at most 64 of a-z, 0-9 and -", path="id")
    known = {stored.id for stored in config.documents(site, "filter")}
    if id not in known and len(known) >= MAX_FILTERS:
        raise TooLargeError("too_many_filters", f"a site keeps at most {MAX_FILTERS} filters", limit=MAX_FILTERS)
    document = {"name": written.name, "filter": written.filter.model_dump(mode="json", exclude_defaults=True)}
    config.put_document(site, "filter", StoredDocument(id, "live", iso(time.time_ns() // 1_000_000), document), by=by)
    return listed(config, site)


def delete(config: ConfigStore, site: str, id: str, *, by: str | None) -> SavedFilters:
    """Delete a filter. Raises NotFoundError."""
    config.delete_document(site, "filter", id, by=by)
    return listed(config, site)


def _saved(stored: StoredDocument) -> SavedFilter:
    return SavedFilter(
        id=stored.id,
        name=stored.document["name"],
        filter=Filter.model_validate(stored.document["filter"]),
        updated_at=stored.updated_at,
        updated_by=stored.updated_by,
    )
