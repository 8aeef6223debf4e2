"""Publish: turn what people wrote into one immutable ruleset version. Needs pydantic; no hot path imports it."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, TypeVar

from pydantic import ValidationError

from kizuki.aws.config import ConfigStore, StoredDocument
from kizuki.campaigns.definition import Campaign
from kizuki.errors import MalformedError
from kizuki.notifications.definition import NotificationRule
from kizuki.rules import compile_condition
from kizuki.rules.definition import Segment
from kizuki.rules.ruleset import CampaignSpec, Engine, NotificationSpec, Ruleset, SegmentSpec

Spec = TypeVar("Spec")


def campaign_of(document: Any) -> Campaign:
    """Check a campaign that someone wrote. Raises MalformedError naming the first place that is wrong."""
    try:
        campaign = Campaign.model_validate(document)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = ".".join(str(part) for part in first["loc"])
        raise MalformedError("invalid_campaign", first["msg"], path=path or "$") from error
    for field in ("trigger", "page", "audience", "goal"):
        condition = getattr(campaign.spec(), field)
        try:
            if condition is not None:
                compile_condition(condition)
        except MalformedError as error:
            raise MalformedError("invalid_campaign", error.message, path=field, limit=error.limit) from error
    return campaign


def publish(config: ConfigStore, site: str) -> Ruleset:
    """Publish everything live on a site. Raises ConflictError when another publish won: read again and repeat.

    What is live but not valid, as written for another version of Kizuki, is left out: it must not hold up its site.
    """
    version = config.ruleset_version(site)
    about = config.site(site)
    campaigns = config.documents(site, "campaign")
    ruleset = Ruleset(
        version=version + 1,
        site=site,
        timezone=about.timezone,
        spacing_seconds=about.spacing_seconds,
        segments=list(_valid(_segment, config.documents(site, "segment"))),
        campaigns=list(_valid(_campaign, campaigns)),
        counted=[stored.id for stored in campaigns if stored.status != "draft"],
        notifications=list(_valid(_notification, config.documents(site, "rule"))),
    )
    ruleset.kept = Engine(ruleset).kept(config.ruleset(site, version))
    config.publish(ruleset)
    return ruleset


def _valid(spec: Callable[[StoredDocument], Spec], documents: list[StoredDocument]) -> Iterator[Spec]:
    for stored in documents:
        if stored.status == "live":
            with suppress(MalformedError, ValidationError):
                yield spec(stored)


def _campaign(stored: StoredDocument) -> CampaignSpec:
    return campaign_of(stored.document).spec()


def _segment(stored: StoredDocument) -> SegmentSpec:
    segment = Segment.model_validate(stored.document)
    return SegmentSpec(segment.id, segment.name, segment.model_dump(mode="json")["condition"])


def _notification(stored: StoredDocument) -> NotificationSpec:
    rule = NotificationRule.model_validate(stored.document)
    when = rule.model_dump(mode="json")["when"]
    return NotificationSpec(rule.id, rule.name, when, rule.destination, rule.quiet_seconds)
