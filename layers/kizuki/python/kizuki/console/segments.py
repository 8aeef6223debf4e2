"""Segments as the console lists and changes them."""

from collections.abc import Iterable
from typing import Any

from kizuki.aws.config import ConfigStore
from kizuki.aws.documents import Status, StoredDocument
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.publishing import refuse_circle, segment_of
from kizuki.console import documents
from kizuki.console.models import SegmentCounters, SegmentDocument
from kizuki.errors import MalformedError
from kizuki.rules.compiled import segments_in

PREFIX = "segment#"


def listed(config: ConfigStore, metrics: MetricsStore, site: str) -> list[SegmentDocument]:
    counters = metrics.counters(site, PREFIX)
    broken = config.engine(site).broken
    found = config.documents(site, "segment")
    names = {stored.id: stored.document["name"] for stored in found}
    return [
        _document(stored, counters.get(stored.id, {}), _problem(stored, broken, found), lambda id_: names.get(id_, id_))
        for stored in found
    ]


def one(config: ConfigStore, metrics: MetricsStore, site: str, id: str) -> SegmentDocument:
    """Read one segment. Raises NotFoundError."""
    stored = config.document(site, "segment", id)
    counters = metrics.counters(site, PREFIX).get(id, {})
    problem = _problem(stored, config.engine(site).broken, config.documents(site, "segment"))
    return _document(stored, counters, problem, documents.namer(config, site, "segment"))


def write(
    config: ConfigStore,
    site: str,
    id: str,
    document: dict[str, Any],
    *,
    by: str | None = None,
    expected: int | None = None,
) -> None:
    """Check and store a segment; a live one goes live as written. Raises MalformedError, ConflictError."""
    segment = segment_of(document)
    refuse_circle(segment, config.documents(site, "segment"))
    documents.write(config, site, "segment", id, segment, by=by, expected=expected)


def set_status(config: ConfigStore, site: str, id: str, status: Status, *, by: str | None = None) -> None:
    """Publish or pause. Raises NotFoundError, MalformedError for one that cannot go live."""
    stored = config.document(site, "segment", id)
    if status == "live":
        refuse_circle(segment_of(stored.document), config.documents(site, "segment"))
    documents.set_status(config, site, "segment", stored, status, by=by)


def _document(
    stored: StoredDocument, counters: dict[str, int], problem: str | None, segment: documents.Name
) -> SegmentDocument:
    condition = stored.document.get("condition")
    return SegmentDocument(
        id=stored.id,
        name=stored.document["name"],
        status=stored.status,
        updated_at=stored.updated_at,
        version=stored.version,
        condition=condition,
        summary=documents.words(condition, segment),
        counters=SegmentCounters(**counters),
        problem=problem,
    )


def _problem(
    stored: StoredDocument, broken: dict[tuple[str, str], str], others: Iterable[StoredDocument]
) -> str | None:
    """Say why a live segment is out of action, or speaks of one that is."""
    if stored.status != "live":
        return None
    try:
        condition = segment_of(stored.document).model_dump(mode="json")["condition"]
    except MalformedError as error:
        return f"{error.path}: {error.message}"
    missing = segments_in(condition) - {other.id for other in others if other.status == "live"}
    if missing:
        return f"it speaks of segments that are not live: {', '.join(sorted(missing))}"
    return broken.get(("segment", stored.id))
