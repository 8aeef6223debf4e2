"""Publish: turn what people wrote into one immutable ruleset version. Needs pydantic; no hot path imports it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, TypeVar

from kizuki.aws.config import ConfigStore
from kizuki.aws.documents import Kind, StoredDocument
from kizuki.campaigns.definition import Campaign, conditions_of
from kizuki.errors import MalformedError
from kizuki.notifications.definition import NotificationRule
from kizuki.replay.settings import RecordingSettings
from kizuki.rules.compiled import segments_in
from kizuki.rules.definition import Segment
from kizuki.rules.engine import Engine
from kizuki.rules.problems import ConditionsOf, checked
from kizuki.rules.ruleset import CampaignSpec, HoursSpec, MentionSpec, NotificationSpec, Ruleset, SegmentSpec

Spec = TypeVar("Spec")
CONDITIONS: dict[Kind, ConditionsOf] = {
    "campaign": conditions_of,
    "segment": lambda written: {"condition": written["condition"]},
    "rule": lambda written: {"when": written["when"]} | _mention(written),
    "destination": lambda _: {},
}
"""The conditions of a written document of each kind, by their paths in it."""


def _mention(written: dict[str, Any]) -> dict[str, Any]:
    when = (written.get("mention") or {}).get("when")
    return {} if when is None else {"mention.when": when}


def campaign_of(document: Any) -> Campaign:
    """Check a campaign that someone wrote. Raises MalformedError naming the first place that is wrong."""
    return checked(Campaign, document, "campaign", CONDITIONS["campaign"])


def segment_of(document: Any) -> Segment:
    """Check a segment that someone wrote. Raises MalformedError."""
    return checked(Segment, document, "segment", CONDITIONS["segment"])


def rule_of(document: Any) -> NotificationRule:
    """Check a notification rule that someone wrote. Raises MalformedError."""
    return checked(NotificationRule, document, "rule", CONDITIONS["rule"])


def refuse_circle(segment: Segment, others: Iterable[StoredDocument]) -> None:
    """Raise MalformedError when a segment, by way of others, speaks of itself."""
    speaks_of = {}
    for other in others:
        # One of another version of Kizuki cannot go live, so it leads nowhere.
        with suppress(MalformedError):
            speaks_of[other.id] = _segments_in(segment_of(other.document))
    speaks_of[segment.id] = _segments_in(segment)
    ways = [[segment.id]]
    met = set()
    while ways:
        way = ways.pop()
        for id_ in speaks_of.get(way[-1], set()):
            if id_ == segment.id:
                told = " → ".join([*way, id_])
                raise MalformedError(
                    "invalid_segment", f"segments speak of each other in a circle: {told}", path="condition"
                )
            if id_ not in met:
                met.add(id_)
                ways.append([*way, id_])


def _segments_in(segment: Segment) -> set[str]:
    return segments_in(segment.model_dump(mode="json")["condition"])


def publish(config: ConfigStore, site: str) -> Ruleset:
    """Publish everything live on a site. Raises ConflictError when another publish won: read again and repeat.

    What is live but not valid, as written for another version of Kizuki, is left out: it must not hold up its site.
    So are scripts, once the site does not allow them any more.
    """
    version = config.ruleset_version(site)
    about = config.site(site)
    campaigns = config.documents(site, "campaign")
    ruleset = Ruleset(
        version=version + 1,
        site=site,
        timezone=about.timezone,
        spacing_seconds=about.spacing_seconds,
        spacing_pages=about.spacing_pages,
        theme=about.theme,
        segments=list(_valid(_segment, config.documents(site, "segment"))),
        campaigns=[
            campaign for campaign in _valid(_campaign, campaigns) if about.allow_scripts or not campaign.runs_scripts
        ],
        counted=[stored.id for stored in campaigns if stored.status != "draft"],
        notifications=list(_valid(_notification, config.documents(site, "rule"))),
        recording=RecordingSettings.model_validate(about.recording).spec(),
    )
    ruleset.kept = Engine(ruleset).kept(config.ruleset(site, version))
    config.publish(ruleset)
    return ruleset


def _valid(spec: Callable[[StoredDocument], Spec], documents: list[StoredDocument]) -> Iterator[Spec]:
    for stored in documents:
        if stored.status == "live":
            with suppress(MalformedError):
                yield spec(stored)


def _campaign(stored: StoredDocument) -> CampaignSpec:
    return campaign_of(stored.document).spec()


def _segment(stored: StoredDocument) -> SegmentSpec:
    segment = segment_of(stored.document)
    return SegmentSpec(segment.id, segment.name, segment.model_dump(mode="json")["condition"])


def _notification(stored: StoredDocument) -> NotificationSpec:
    rule = rule_of(stored.document)
    if not rule.enabled:
        raise MalformedError("rule_off", "the rule is switched off", path="enabled")
    written = rule.model_dump(mode="json")
    hours, mention = rule.hours, rule.mention
    return NotificationSpec(
        id=rule.id,
        name=rule.name,
        when=written["when"],
        destinations=rule.destinations,
        quiet_seconds=rule.quiet_seconds,
        rule_quiet_seconds=rule.rule_quiet_seconds,
        group_by=rule.group_by,
        every=rule.deliver.every,
        at=rule.deliver.at,
        hours=None if hours is None else HoursSpec(hours.from_, hours.to, sorted(set(hours.weekdays)), hours.outside),
        mention=None if mention is None else MentionSpec(mention.who, written["mention"]["when"]),
    )
