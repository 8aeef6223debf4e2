"""How often a campaign may come to one person: what stops it for good, its caps, and the distance between messages."""

from collections.abc import Iterator

from kizuki.rules import Facts
from kizuki.rules.engine import Engine
from kizuki.rules.ruleset import CampaignSpec
from kizuki.visitors import Exposure
from kizuki.visitors.fold import pages

SECOND_MS = 1000
Failed = tuple[str, str]
"""The step that failed, and why."""


def person_limits(campaign: CampaignSpec, facts: Facts) -> Iterator[Failed]:
    """Yield what keeps the campaign from this person, now and on this page: a stop, a cap that is reached."""
    exposure = facts.state.exposures.get(campaign.id)
    if exposure is None:
        return
    yield from _stopped(campaign, exposure)
    caps, today = campaign.caps, facts.calendar.day(facts.event.occurred_at)
    in_visit = exposure.in_visit(facts.event.session_id)
    if caps.per_visit is not None and in_visit >= caps.per_visit:
        yield "caps", f"{in_visit} of {caps.per_visit} in this visit"
    if caps.per_day is not None and (n := exposure.days.get(today, 0)) >= caps.per_day:
        yield "caps", f"{n} of {caps.per_day} today"
    if caps.per_days is not None:
        times, days = caps.per_days
        lately = sum(n for day, n in exposure.days.items() if day > today - days)
        if lately >= times:
            yield "caps", f"{lately} of {times} in {days} days"
    if caps.ever is not None and exposure.decided >= caps.ever:
        yield "caps", f"{exposure.decided} of {caps.ever} ever"


def distance(engine: Engine, campaign: CampaignSpec, facts: Facts) -> Iterator[Failed]:
    """Yield where the campaign would come too soon after itself, or on the page after another message of the site."""
    ruleset = engine.ruleset
    at, exposures = facts.event.occurred_at, facts.state.exposures
    own = exposures.get(campaign.id)
    if campaign.caps.min_seconds is not None and own is not None and own.decided:
        since = (at - own.last_decided) // SECOND_MS
        if since < campaign.caps.min_seconds:
            yield "spacing", f"{since} s after its last, {campaign.caps.min_seconds} s apart"
    if campaign.ignore_spacing or campaign.off_page or not (ruleset.spacing_seconds or ruleset.spacing_pages):
        return
    # What was held back, or sent elsewhere, was never on the screen: it takes nobody's place.
    elsewhere = {id_ for id_ in exposures if (known := engine.campaign.get(id_)) is not None and known.off_page}
    others = (
        each.last_decided
        for id_, each in exposures.items()
        if id_ != campaign.id and id_ not in elsewhere and not each.held_back
    )
    latest = max(others, default=0)
    if not latest:
        return
    if ruleset.spacing_seconds and at - latest < ruleset.spacing_seconds * SECOND_MS:
        told = f"{(at - latest) // SECOND_MS} s after another campaign, {ruleset.spacing_seconds} s apart on this site"
        yield "spacing", told
    viewed = pages(facts.state) - facts.state.pages_then
    if viewed < ruleset.spacing_pages:
        yield "spacing", f"{viewed} pages after another message, {ruleset.spacing_pages} pages apart on this site"


def _stopped(campaign: CampaignSpec, exposure: Exposure) -> Iterator[Failed]:
    happened = {"click": exposure.clicked, "goal": len(exposure.reached), "close": exposure.closed}
    for what in campaign.stop_after:
        if happened[what]:
            yield "stopped", f"after {what}"
