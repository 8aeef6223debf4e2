"""Decide what to show: schedule, trigger, page, audience, control and variant, caps, spacing, exclusion, content.

The first step that fails is kept: "why was this (not) shown?" always has an answer. The control group goes through
every step too and is held back at the end: both sides of an experiment are people who would have seen the message.
"""

from collections.abc import Callable
from hashlib import blake2b
from itertools import chain
from typing import Any

import msgspec

from kizuki.campaigns.caps import Failed, distance, person_limits
from kizuki.campaigns.content import Unrenderable, locale_of, render, values_of
from kizuki.events import Decision
from kizuki.rules import Facts
from kizuki.rules.engine import Engine, rank
from kizuki.rules.ruleset import MOMENT_REACHED, CampaignSpec, VariantSpec
from kizuki.visitors import Exposure

BUCKETS = 10_000
TICKED = "Checklist Item Checked"
Claim = Callable[[str, int, bool], bool]
"""Take one of a campaign's displays in total (its id, how many there are, whether to take it or only ask)."""


class Action(msgspec.Struct, rename="camel"):
    """What the tag is told to show (docs/api.md)."""

    id: str
    campaign: str
    name: str
    variant: str
    message_id: str
    type: str
    placement: str
    locale: str
    content: dict[str, Any]
    selector: str | None = None
    theme: dict[str, Any] = {}


class Watch(msgspec.Struct):
    """What the tag is to wait for on the page; `delay` in seconds."""

    campaign: str
    moment: dict[str, Any] | None
    delay: int


class Sending(msgspec.Struct):
    """A campaign off the page, decided; `text` is None where nothing is sent."""

    campaign: CampaignSpec
    decision: Decision
    destination: str
    text: str | None


class Decided(msgspec.Struct):
    """What came of an event: decisions to keep, what to show at once, and what to wait for."""

    decisions: list[Decision] = []
    actions: list[Action] = []
    watches: list[Watch] = []


def unlimited(_campaign: str, _limit: int, _take: bool) -> bool:  # noqa: FBT001 - the shape of Claim
    """Count no total: for what is only tried."""
    return True


def decide(engine: Engine, facts: Facts, *, now: int, claim: Claim = unlimited) -> Decided:
    """Decide every campaign this event may set off, by priority, on the state with the event folded in.

    A campaign whose schedule, trigger, page or audience does not fit is no candidate and leaves no decision.
    """
    decided = Decided()
    taken: set[str] = set()
    for campaign in _candidates(engine, facts):
        if not _scheduled(engine, campaign, facts, now):
            continue
        variant = assigned(campaign, facts)
        failed = _failed(engine, campaign, facts, taken)
        action = None
        if failed is None:
            try:
                action = _action(engine, campaign, variant or _by_hash(campaign, facts), facts)
            except Unrenderable as error:
                failed = ("content", str(error))
        if (
            failed is None
            and campaign.caps.total is not None
            and not claim(campaign.id, campaign.caps.total, variant is not None)
        ):
            failed = ("caps", f"{campaign.caps.total} of {campaign.caps.total} in all")
        if action is None or failed is not None:
            decided.decisions.append(_suppressed(campaign, variant, failed or ("content", "")))
        elif variant is None:
            decided.decisions.append(Decision(campaign.id, "control", split=campaign.split))
        else:
            decided.decisions.append(Decision(campaign.id, "shown", variant.id, split=campaign.split))
            decided.actions.append(action)
            if campaign.exclusion_group is not None:
                taken.add(campaign.exclusion_group)
    _wait(engine, facts, now, decided)
    return decided


def decide_off_page(engine: Engine, facts: Facts) -> list[Sending]:
    """Decide what is sent to destinations about this event. The moment is when the event was received."""
    sendings = []
    for campaign in engine.off_page.holding(facts):
        if not _scheduled(engine, campaign, facts, facts.event.received_at):
            continue
        variant = assigned(campaign, facts)
        failed = _failed(engine, campaign, facts, set())
        action = (variant or _by_hash(campaign, facts)).action
        text = None
        if failed is None:
            try:
                text = _content(engine, campaign, action, facts)[1]["text"]
            except Unrenderable as error:
                failed = ("content", str(error))
        if failed is not None:
            decision = _suppressed(campaign, variant, failed)
        elif variant is None:
            decision, text = Decision(campaign.id, "control", split=campaign.split), None
        else:
            decision = Decision(campaign.id, "shown", variant.id, split=campaign.split)
        sendings.append(Sending(campaign, decision, action["destination"], text))
    return sendings


def repeat(engine: Engine, facts: Facts) -> list[Action]:
    """Give again what was decided on an event that is sent a second time: the first answer may have been lost."""
    shown = {each.campaign: each.variant for each in facts.event.decisions if each.outcome == "shown"}
    return _again(engine, facts, shown)


def refreshed(engine: Engine, facts: Facts) -> list[Action]:
    """Give checklists of this visit again when the event may have got something on them done."""
    session, name = facts.event.session_id, facts.event.name
    shown = {}
    for id_, exposure in facts.state.exposures.items():
        campaign = engine.campaign.get(id_)
        if campaign is None or not exposure.in_visit(session) or exposure.held_back:
            continue
        # Who has closed it does not want it back.
        if exposure.closed >= max(1, exposure.shown):
            continue
        if any(variant.action["type"] == "checklist" for variant in campaign.variants):
            does = engine.ready(campaign).does
            if name == TICKED or does is None or name in does:
                shown[id_] = exposure.variant
    return _again(engine, facts, shown)


def withdrawn(engine: Engine, facts: Facts) -> set[str]:
    """Name the campaigns shown in this visit that listen to this event and no longer hold."""
    exposures, session = facts.state.exposures, facts.event.session_id
    shown = {id_ for id_ in engine.listening(facts.event.name) if id_ in exposures and exposures[id_].in_visit(session)}
    return shown - {campaign.id for campaign in engine.campaigns.holding(facts)} if shown else shown


def assigned(campaign: CampaignSpec, facts: Facts) -> VariantSpec | None:
    """Return the person's variant, None for the control group: the one they have met, else by hash.

    Who has met one stays in it when weights change; the hash is the same on every visit and after signing in.
    """
    met = facts.state.exposures.get(campaign.id, Exposure())
    if met.held_back:
        return None if campaign.control_percent else _by_hash(campaign, facts)
    if (known := next((variant for variant in campaign.variants if variant.id == met.variant), None)) is not None:
        return known
    if bucket(campaign.id, "control", facts) < campaign.control_percent * BUCKETS // 100:
        return None
    return _by_hash(campaign, facts)


def bucket(campaign: str, purpose: str, facts: Facts) -> int:
    """Place a person in one of 10,000 buckets."""
    person = facts.state.devices[0] if facts.state.devices else facts.state.person
    digest = blake2b(f"{campaign}\n{purpose}\n{person}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % BUCKETS


def _candidates(engine: Engine, facts: Facts) -> list[CampaignSpec]:
    """Return the campaigns that the event sets off, and the one whose moment it says has come."""
    holding = engine.campaigns.holding(facts)
    if facts.event.name != MOMENT_REACHED:
        return holding
    id_ = facts.event.properties.get("campaign_id")
    campaign = engine.campaign.get(id_) if isinstance(id_, str) else None
    if campaign is None or not campaign.waits or campaign.off_page or not engine.ready(campaign).fits(facts):
        return holding
    return sorted([*holding, campaign], key=rank)


def _wait(engine: Engine, facts: Facts, now: int, decided: Decided) -> None:
    """Have the page wait for the moments of campaigns; who may not see one any more is not made to wait."""
    for campaign in engine.waiting.holding(facts):
        if not _scheduled(engine, campaign, facts, now):
            continue
        failed = next(person_limits(campaign, facts), None)
        if failed is None:
            decided.watches.append(Watch(campaign.id, campaign.moment, campaign.delay_seconds))
        else:
            decided.decisions.append(_suppressed(campaign, assigned(campaign, facts), failed))


def _scheduled(engine: Engine, campaign: CampaignSpec, facts: Facts, now: int) -> bool:
    if campaign.starts_at is not None and now < campaign.starts_at:
        return False
    if campaign.ends_at is not None and now >= campaign.ends_at:
        return False
    if campaign.hours is None:
        return True
    return engine.ready(campaign).in_hours(Facts(facts.event, facts.state, facts.calendar, at=now))


def _failed(engine: Engine, campaign: CampaignSpec, facts: Facts, taken: set[str]) -> Failed | None:
    steps = chain(person_limits(campaign, facts), distance(engine, campaign, facts))
    failed = next(steps, None)
    if failed is None and campaign.exclusion_group in taken:
        return "exclusion", f"another campaign of group {campaign.exclusion_group} came first"
    return failed


def _suppressed(campaign: CampaignSpec, variant: VariantSpec | None, failed: Failed) -> Decision:
    return Decision(campaign.id, "suppressed", None if variant is None else variant.id, *failed)


def _by_hash(campaign: CampaignSpec, facts: Facts) -> VariantSpec:
    total = sum(variant.weight for variant in campaign.variants)
    point = bucket(campaign.id, "variant", facts) * total // BUCKETS
    for variant in campaign.variants:
        point -= variant.weight
        if point < 0:
            return variant
    return campaign.variants[-1]


def draft(engine: Engine, campaign: CampaignSpec, variant: VariantSpec, facts: Facts, known: dict[str, Any]) -> Action:
    """Return what the variant would show, whoever it is for; `known` are values of variables, for a made-up person.

    Raises Unrenderable.
    """
    return _action(engine, campaign, variant, facts, known)


def _again(engine: Engine, facts: Facts, shown: dict[str, str | None]) -> list[Action]:
    actions = []
    for id_, chosen in shown.items():
        campaign = engine.campaign.get(id_)
        variant = next((each for each in campaign.variants if each.id == chosen), None) if campaign else None
        if campaign is not None and variant is not None:
            try:
                actions.append(_action(engine, campaign, variant, facts))
            except Unrenderable:
                continue
    return actions


def _action(
    engine: Engine, campaign: CampaignSpec, variant: VariantSpec, facts: Facts, known: dict[str, Any] | None = None
) -> Action:
    action = variant.action
    locale, content = _content(engine, campaign, action, facts, variant=variant.id, known=known)
    if action["type"] == "checklist":
        conditions = engine.ready(campaign).done[variant.id]
        done = {id_ for id_, condition in conditions.items() if condition(facts)}
        content["items"] = [
            item | {"done": item["id"] in done, "automatic": item["id"] in action["automatic"]}
            for item in content["items"]
        ]
    return Action(
        id=f"{campaign.id}:{facts.event.message_id}",
        campaign=campaign.id,
        name=campaign.name,
        variant=variant.id,
        message_id=facts.event.message_id,
        type=action["type"],
        placement=action.get("placement", ""),
        locale=locale,
        content=content,
        selector=action.get("selector"),
        theme=engine.ruleset.theme,
    )


def _content(
    engine: Engine,
    campaign: CampaignSpec,
    action: dict[str, Any],
    facts: Facts,
    *,
    variant: str = "",
    known: dict[str, Any] | None = None,
) -> tuple[str, dict[str, Any]]:
    variables = {name: read(facts) for name, read in engine.ready(campaign).variables.items()} | (known or {})
    utm = {
        "utm_source": "kizuki",
        "utm_medium": action["type"],
        "utm_campaign": campaign.id,
        "utm_content": variant,
    }
    return render(
        action["content"],
        locale_of(facts.event),
        values_of(facts.event, facts.state, variables),
        timezone=engine.ruleset.timezone,
        utm=utm if campaign.utm else None,
    )
