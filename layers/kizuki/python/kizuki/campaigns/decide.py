"""Decide what to show: schedule, trigger, page, audience, control and variant, caps and spacing, exclusion, content.

The first step that fails is kept: "why was this (not) shown?" always has an answer.
"""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

import msgspec

from kizuki.campaigns.content import Unrenderable, render
from kizuki.events import Decision
from kizuki.rules import Facts
from kizuki.rules.ruleset import CampaignSpec, Engine, VariantSpec
from kizuki.visitors import Exposure

SECOND_MS = 1000
BUCKETS = 10_000


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


def decide(engine: Engine, facts: Facts, *, now: int) -> tuple[list[Decision], list[Action]]:
    """Decide every campaign this event may set off, by priority, on the state with the event folded in.

    A campaign whose trigger, page or audience does not fit is no candidate and leaves no decision.
    """
    decisions: list[Decision] = []
    actions: list[Action] = []
    taken: set[str] = set()
    for campaign in engine.campaigns.holding(facts):
        if not _scheduled(campaign, now):
            continue
        if _bucket(campaign.id, "control", facts) < campaign.control_percent * BUCKETS // 100:
            outcome = Decision(campaign.id, "control")
        else:
            failed = next(_failed_caps(engine, campaign, facts), None)
            variant = _variant(campaign, facts)
            if failed is None and campaign.exclusion_group in taken:
                failed = ("exclusion", f"another campaign of group {campaign.exclusion_group} came first")
            action = None
            if failed is None:
                try:
                    action = _action(campaign, variant, facts)
                except Unrenderable as error:
                    failed = ("content", str(error))
            if action is None or failed is not None:
                step, reason = failed or ("content", "")
                outcome = Decision(campaign.id, "suppressed", variant.id, step, reason)
            else:
                outcome = Decision(campaign.id, "shown", variant.id)
                actions.append(action)
                if campaign.exclusion_group is not None:
                    taken.add(campaign.exclusion_group)
        decisions.append(outcome)
    return decisions, actions


def repeat(engine: Engine, facts: Facts) -> list[Action]:
    """Give again what was decided on an event that is sent a second time: the first answer may have been lost."""
    actions = []
    for decision in facts.event.decisions:
        campaign = engine.campaign.get(decision.campaign)
        if campaign is None or decision.outcome != "shown":
            continue
        variant = next((variant for variant in campaign.variants if variant.id == decision.variant), None)
        if variant is not None:
            try:
                actions.append(_action(campaign, variant, facts))
            except Unrenderable:
                continue
    return actions


def withdrawn(engine: Engine, facts: Facts) -> set[str]:
    """Name the campaigns shown in this visit that listen to this event and no longer hold."""
    exposures, session = facts.state.exposures, facts.event.session_id
    shown = {
        id_ for id_ in engine.listening(facts.event.name) if id_ in exposures and exposures[id_].session == session
    }
    return shown - {campaign.id for campaign in engine.campaigns.holding(facts)} if shown else shown


def _scheduled(campaign: CampaignSpec, now: int) -> bool:
    return (campaign.starts_at is None or campaign.starts_at <= now) and (
        campaign.ends_at is None or now < campaign.ends_at
    )


def _failed_caps(engine: Engine, campaign: CampaignSpec, facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield each cap this person has reached, as step and reason."""
    caps, at = campaign.caps, facts.event.occurred_at
    exposure = facts.state.exposures.get(campaign.id, Exposure())
    in_visit = exposure.in_session if exposure.session == facts.event.session_id else 0
    if caps.per_visit is not None and in_visit >= caps.per_visit:
        yield "caps", f"{in_visit} of {caps.per_visit} in this visit"
    today = exposure.days.get(facts.calendar.day(at), 0)
    if caps.per_day is not None and today >= caps.per_day:
        yield "caps", f"{today} of {caps.per_day} today"
    if caps.ever is not None and exposure.decided >= caps.ever:
        yield "caps", f"{exposure.decided} of {caps.ever} ever"
    since = (at - exposure.last_decided) // SECOND_MS
    if caps.min_seconds is not None and exposure.decided and since < caps.min_seconds:
        yield "spacing", f"{since} s after its last, {caps.min_seconds} s apart"
    spacing = engine.ruleset.spacing_seconds
    latest = max((other.last_decided for id_, other in facts.state.exposures.items() if id_ != campaign.id), default=0)
    if spacing and latest and at - latest < spacing * SECOND_MS:
        yield "spacing", f"{(at - latest) // SECOND_MS} s after another campaign, {spacing} s apart on this site"


def _bucket(campaign: str, purpose: str, facts: Facts) -> int:
    """Place a person in one of 10,000 buckets, the same on every visit and after signing in."""
    person = facts.state.devices[0] if facts.state.devices else facts.state.person
    digest = blake2b(f"{campaign}\n{purpose}\n{person}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % BUCKETS


def _variant(campaign: CampaignSpec, facts: Facts) -> VariantSpec:
    total = sum(variant.weight for variant in campaign.variants)
    point = _bucket(campaign.id, "variant", facts) * total // BUCKETS
    for variant in campaign.variants:
        point -= variant.weight
        if point < 0:
            return variant
    return campaign.variants[-1]


def _action(campaign: CampaignSpec, variant: VariantSpec, facts: Facts) -> Action:
    locale, content = render(variant.action["content"], facts.event, facts.state)
    return Action(
        id=f"{campaign.id}:{facts.event.message_id}",
        campaign=campaign.id,
        name=campaign.name,
        variant=variant.id,
        message_id=facts.event.message_id,
        type=variant.action["type"],
        placement=variant.action["placement"],
        locale=locale,
        content=content,
    )
