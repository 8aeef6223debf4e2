"""Publish: turn what people wrote into one immutable ruleset version. Needs pydantic; no hot path imports it."""

from typing import Any

from pydantic import ValidationError

from kizuki.aws.config import ConfigStore, StoredDocument
from kizuki.campaigns.definition import Campaign
from kizuki.errors import MalformedError
from kizuki.notifications.definition import NotificationRule
from kizuki.rules.definition import Segment
from kizuki.rules.ruleset import NotificationSpec, Ruleset, SegmentSpec


def campaign_of(document: Any) -> Campaign:
    """Check a campaign that someone wrote. Raises MalformedError naming the first place that is wrong."""
    try:
        return Campaign.model_validate(document)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = ".".join(str(part) for part in first["loc"])
        raise MalformedError("invalid_campaign", first["msg"], path=path or "$") from error


def publish(config: ConfigStore, site: str) -> Ruleset:
    """Publish everything live on a site. Raises ConflictError when another publish won: read again and repeat."""
    version = config.ruleset_version(site)
    about = config.site(site)
    campaigns = config.documents(site, "campaign")
    ruleset = Ruleset(
        version=version + 1,
        site=site,
        timezone=about.timezone,
        spacing_seconds=about.spacing_seconds,
        segments=[_segment(stored) for stored in config.documents(site, "segment") if stored.status == "live"],
        campaigns=[campaign_of(stored.document).spec() for stored in campaigns if stored.status == "live"],
        counted=[stored.id for stored in campaigns if stored.status != "draft"],
        notifications=[_notification(stored) for stored in config.documents(site, "rule") if stored.status == "live"],
    )
    config.publish(ruleset)
    return ruleset


def _segment(stored: StoredDocument) -> SegmentSpec:
    segment = Segment.model_validate(stored.document)
    return SegmentSpec(segment.id, segment.name, segment.model_dump(mode="json")["condition"])


def _notification(stored: StoredDocument) -> NotificationSpec:
    rule = NotificationRule.model_validate(stored.document)
    when = rule.model_dump(mode="json")["when"]
    return NotificationSpec(rule.id, rule.name, when, rule.destination, rule.quiet_seconds)
