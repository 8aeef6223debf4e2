"""Campaigns as the console lists and changes them. What was changed is live after `publish`."""

import time
from typing import Any

from kizuki.aws.config import ConfigStore, Site
from kizuki.aws.documents import Status, StoredDocument
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.publishing import CONDITIONS, campaign_of
from kizuki.campaigns.definition import Campaign
from kizuki.campaigns.wording import sentence
from kizuki.console import documents
from kizuki.console.campaign_models import (
    CampaignDocument,
    Campaigns,
    CampaignSummaries,
    CampaignVersion,
    CampaignVersions,
    CheckedCampaign,
    Counters,
    GoalSummary,
)
from kizuki.console.models import Problem, Words
from kizuki.console.operators import Operator
from kizuki.errors import ForbiddenError, MalformedError, NotFoundError
from kizuki.rules.problems import all_problems

PREFIX = "campaign#"
STEP = "suppressed:"
SCRIPTS = "~scripts"
SCRIPTS_OFF = "this site does not run scripts: an administrator can allow them in the settings"
Document = dict[str, Any]


def listed(config: ConfigStore, metrics: MetricsStore, site: str) -> Campaigns:
    counters = metrics.counters(site, PREFIX)
    segment = documents.namer(config, site, "segment")
    broken = _broken(config, site)
    items = [
        _document(stored, counters.get(stored.id, {}), segment, broken) for stored in config.documents(site, "campaign")
    ]
    return Campaigns(items=items)


def one(config: ConfigStore, metrics: MetricsStore, site: str, id: str) -> CampaignDocument:
    """Read one campaign. Raises NotFoundError."""
    stored = config.document(site, "campaign", id)
    counters = metrics.counters(site, PREFIX).get(id, {})
    return _document(stored, counters, documents.namer(config, site, "segment"), _broken(config, site))


def write(
    config: ConfigStore,
    site: Site,
    operator: Operator,
    id: str,
    definition: Document,
    *,
    by: str | None,
    expected: int | None,
) -> None:
    """Check and store a definition; a live campaign goes live as written.

    Raises MalformedError, ConflictError, and ForbiddenError for a script that the site or the operator may not run.
    """
    campaign = campaign_of(definition)
    refuse_script(site, operator, campaign)
    _refuse_unknown_destination(config, site.id, campaign)
    documents.write(config, site.id, "campaign", id, campaign, by=by, expected=expected)


def set_status(config: ConfigStore, site: Site, operator: Operator, id: str, status: Status, *, by: str | None) -> None:
    """Publish, pause or end. Raises NotFoundError, MalformedError for one that cannot go live."""
    stored = config.document(site.id, "campaign", id)
    if status == "live":
        campaign = campaign_of(stored.document)
        refuse_script(site, operator, campaign)
        _refuse_unknown_destination(config, site.id, campaign)
    documents.set_status(config, site.id, "campaign", stored, status, by=by)


def versions(config: ConfigStore, site: str, id: str) -> CampaignVersions:
    """List every version, newest first. Raises NotFoundError."""
    found = config.versions(site, "campaign", id)
    if not found:
        config.document(site, "campaign", id)
    return CampaignVersions(
        items=[
            CampaignVersion(
                version=each.version,
                at=each.at,
                by=each.by,
                change=each.change,
                status=each.status,
                definition=each.document,
            )
            for each in found
        ]
    )


def give_back(config: ConfigStore, site: Site, operator: Operator, id: str, number: int, *, by: str | None) -> None:
    """Make an earlier version the newest one. Raises NotFoundError, MalformedError."""
    campaign = campaign_of(config.version(site.id, "campaign", id, number).document)
    refuse_script(site, operator, campaign)
    _refuse_unknown_destination(config, site.id, campaign)
    documents.write(config, site.id, "campaign", id, campaign, by=by, change="returned")


def check(config: ConfigStore, site: str, definition: Document) -> CheckedCampaign:
    """Say a campaign in words, or everything that is wrong with it."""
    campaign, problems = all_problems(Campaign, definition, CONDITIONS["campaign"])
    segment = documents.namer(config, site, "segment")
    if campaign is not None:
        try:
            _refuse_unknown_destination(config, site, campaign)
        except MalformedError as error:
            return CheckedCampaign(
                sentence=None, summaries=None, problems=[Problem(path=error.path or "", message=error.message)]
            )
    return CheckedCampaign(
        sentence=None if campaign is None else Words(**sentence(campaign, segment)),
        summaries=None if campaign is None else _summaries(campaign.model_dump(mode="json"), segment),
        problems=[Problem(path=problem.path, message=problem.message) for problem in problems],
    )


def refuse_script(site: Site, operator: Operator, campaign: Campaign) -> None:
    """Raise ForbiddenError for JavaScript where the site does not allow it, or from whoever is no administrator."""
    if not _runs_scripts(campaign):
        return
    if not site.allow_scripts:
        raise ForbiddenError("scripts_off", SCRIPTS_OFF)
    if not operator.is_admin:
        raise ForbiddenError("admins_only", "only administrators may write or publish scripts")


def counters_of(counts: dict[str, int]) -> Counters:
    known = {name: value for name, value in counts.items() if name in Counters.model_fields}
    eligible = sum(counts.get(name, 0) for name in ("decided", "control", "suppressed"))
    return Counters(**known | {"eligible": eligible})


def steps_of(counts: dict[str, int]) -> dict[str, int]:
    """Return how often each step kept the campaign from being shown."""
    return {name.removeprefix(STEP): value for name, value in counts.items() if name.startswith(STEP)}


def _refuse_unknown_destination(config: ConfigStore, site: str, campaign: Campaign) -> None:
    for n, variant in enumerate(campaign.variants):
        if variant.action.type == "notify":
            try:
                config.destination(site, variant.action.destination)
            except NotFoundError as error:
                place = f"variants[{n}].action.destination"
                raise MalformedError("invalid_campaign", error.message, path=place) from error


def _broken(config: ConfigStore, site: str) -> dict[tuple[str, str], str]:
    """Tell why live campaigns are out of action; under SCRIPTS, why all that run scripts are."""
    off = {} if config.site(site).allow_scripts else {("campaign", SCRIPTS): SCRIPTS_OFF}
    return config.engine(site).broken | off


def _runs_scripts(campaign: Campaign) -> bool:
    return any(variant.action.type == "script" for variant in campaign.variants)


def _document(
    stored: StoredDocument, counts: dict[str, int], segment: documents.Name, broken: dict[tuple[str, str], str]
) -> CampaignDocument:
    campaign, problems = all_problems(Campaign, stored.document, CONDITIONS["campaign"])
    problem = None
    if stored.status == "live":
        wrong = f"{problems[0].path}: {problems[0].message}" if problems else None
        problem = wrong or broken.get(("campaign", stored.id))
        if campaign is not None and _runs_scripts(campaign):
            problem = problem or broken.get(("campaign", SCRIPTS))
    return CampaignDocument(
        id=stored.id,
        name=stored.document["name"],
        status=stored.status,
        state=_state(stored.status, campaign),
        version=stored.version,
        updated_at=stored.updated_at,
        updated_by=stored.updated_by,
        definition=stored.document,
        summaries=None if campaign is None else _summaries(campaign.model_dump(mode="json"), segment),
        sentence=None if campaign is None else Words(**sentence(campaign, segment)),
        counters=counters_of(counts),
        steps=steps_of(counts),
        problem=problem,
    )


def _state(status: Status, campaign: Campaign | None) -> Any:
    if status != "live" or campaign is None:
        return status
    now, schedule = time.time(), campaign.schedule
    if schedule.end is not None and schedule.end.timestamp() <= now:
        return "ended"
    return "scheduled" if schedule.start is not None and schedule.start.timestamp() > now else "live"


def _summaries(document: Document, segment: documents.Name) -> CampaignSummaries:
    def told(condition: Any) -> Words | None:
        return None if condition is None else documents.words(condition, segment)

    return CampaignSummaries(
        trigger=documents.words(document["trigger"], segment),
        page=told(document["page"]),
        audience=told(document["audience"]),
        goals=[
            GoalSummary(id=goal["id"], name=goal["name"], when=documents.words(goal["when"], segment))
            for goal in document["goals"]
        ],
    )
