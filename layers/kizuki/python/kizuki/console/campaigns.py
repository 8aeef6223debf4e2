"""Campaigns as the console lists and changes them. What was changed is live after `publish`."""

import time
from collections.abc import Callable
from typing import Any

from kizuki.aws.config import ConfigStore, Kind, Status, StoredDocument
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.publishing import campaign_of, publish
from kizuki.console.models import CampaignDocument, Counters, SegmentDocument
from kizuki.errors import ConflictError, MalformedError, NotFoundError
from kizuki.events.times import iso

PREFIX = "campaign#"
ATTEMPTS = 5


def listed(config: ConfigStore, metrics: MetricsStore, site: str) -> list[CampaignDocument]:
    counters = metrics.counters(site, PREFIX)
    return [_document(stored, counters.get(stored.id, {})) for stored in config.documents(site, "campaign")]


def one(config: ConfigStore, metrics: MetricsStore, site: str, id: str) -> CampaignDocument:
    """Read one campaign. Raises NotFoundError."""
    stored = config.document(site, "campaign", id)
    return _document(stored, metrics.counters(site, PREFIX).get(id, {}))


def write(config: ConfigStore, site: str, id: str, definition: dict[str, Any]) -> None:
    """Check and store a definition; a live campaign goes live as written. Raises MalformedError."""
    campaign = campaign_of(definition)
    if campaign.id != id:
        raise MalformedError("invalid_campaign", f"the id {campaign.id!r} differs from the address's {id!r}", path="id")
    try:
        status = config.document(site, "campaign", id).status
    except NotFoundError:
        status = "draft"
    config.put_document(site, "campaign", StoredDocument(id, status, _now(), campaign.model_dump(mode="json")))
    if status == "live":
        publish_again(config, site)


def set_status(config: ConfigStore, site: str, id: str, status: Status) -> None:
    """Publish or pause: store the status and put it to work. Raises NotFoundError."""
    stored = config.document(site, "campaign", id)
    campaign_of(stored.document)
    config.put_document(site, "campaign", StoredDocument(id, status, _now(), stored.document))
    publish_again(config, site)


def publish_again(config: ConfigStore, site: str) -> None:
    """Publish, again when somebody else did meanwhile."""
    for attempt in range(ATTEMPTS):
        try:
            publish(config, site)
        except ConflictError:
            if attempt + 1 == ATTEMPTS:
                raise
        else:
            return


def segments(config: ConfigStore, site: str) -> list[SegmentDocument]:
    return [
        SegmentDocument(
            id=stored.id, name=stored.document["name"], status=stored.status, condition=stored.document["condition"]
        )
        for stored in config.documents(site, "segment")
    ]


def namer(config: ConfigStore, site: str, kind: Kind) -> Callable[[str], str]:
    """Return a function from the ids of one kind to their names, read once when first asked."""
    names: dict[str, str] = {}

    def name(id: str) -> str:
        if not names:
            names.update({stored.id: stored.document["name"] for stored in config.documents(site, kind)})
        return names.get(id, id)

    return name


def _document(stored: StoredDocument, counters: dict[str, int]) -> CampaignDocument:
    return CampaignDocument(
        id=stored.id,
        name=stored.document["name"],
        status=stored.status,
        updated_at=stored.updated_at,
        definition=stored.document,
        counters=Counters(**counters),
    )


def _now() -> str:
    return iso(time.time_ns() // 1_000_000)
