"""Campaigns as the console lists and changes them. What was changed is live after `publish`."""

from typing import Any

from kizuki.aws.config import ConfigStore, Status, StoredDocument
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.publishing import campaign_of
from kizuki.console import documents
from kizuki.console.models import CampaignDocument, CampaignSummaries, Counters, Words
from kizuki.rules.ruleset import CAMPAIGN_FIELDS

PREFIX = "campaign#"


def listed(config: ConfigStore, metrics: MetricsStore, site: str) -> list[CampaignDocument]:
    counters = metrics.counters(site, PREFIX)
    segment = documents.namer(config, site, "segment")
    return [_document(stored, counters.get(stored.id, {}), segment) for stored in config.documents(site, "campaign")]


def one(config: ConfigStore, metrics: MetricsStore, site: str, id: str) -> CampaignDocument:
    """Read one campaign. Raises NotFoundError."""
    stored = config.document(site, "campaign", id)
    counters = metrics.counters(site, PREFIX).get(id, {})
    return _document(stored, counters, documents.namer(config, site, "segment"))


def write(config: ConfigStore, site: str, id: str, definition: dict[str, Any]) -> None:
    """Check and store a definition; a live campaign goes live as written. Raises MalformedError."""
    documents.write(config, site, "campaign", id, campaign_of(definition))


def set_status(config: ConfigStore, site: str, id: str, status: Status) -> None:
    """Publish or pause. Raises NotFoundError, MalformedError for one that cannot go live."""
    stored = config.document(site, "campaign", id)
    if status == "live":
        campaign_of(stored.document)
    documents.set_status(config, site, "campaign", stored, status)


def _document(stored: StoredDocument, counters: dict[str, int], segment: documents.Name) -> CampaignDocument:
    return CampaignDocument(
        id=stored.id,
        name=stored.document["name"],
        status=stored.status,
        updated_at=stored.updated_at,
        definition=stored.document,
        summaries=_summaries(stored.document, segment),
        counters=Counters(**counters),
    )


def _summaries(document: dict[str, Any], segment: documents.Name) -> CampaignSummaries:
    told: dict[str, Words | None] = {
        field: documents.words(document.get(field), segment) if document.get(field) or field == "trigger" else None
        for field in CAMPAIGN_FIELDS
    }
    return CampaignSummaries.model_validate(told)
