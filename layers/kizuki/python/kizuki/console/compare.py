"""The four groups of a campaign side by side: typical people of each, and what differs."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel

from kizuki.aws.config import ConfigStore
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.outcomes import OutcomeStore, PersonOutcome
from kizuki.aws.reviews import Review, ReviewStore
from kizuki.aws.visitors import VisitorStore
from kizuki.campaigns.outcomes import GROUPS, Group
from kizuki.console import people
from kizuki.console.models import ReplayRef, Words
from kizuki.events.times import iso
from kizuki.notifications.catalogue import EVENTS
from kizuki.replay.compare import CAVEAT, Difference, Seen, after, differences, sentence, typical
from kizuki.replay.compare.wording import Locale
from kizuki.rules.compiled import trigger_names

MAX_PEOPLE = 200
"""Of each group, the last to see the campaign."""
MAX_PLACED = 100
"""Of whom the typical ones are chosen: everybody is measured against everybody."""


class TypicalPerson(BaseModel):
    """Whose recording shows what is typical; `offset` stands at the display."""

    person: str
    name: str | None
    variant: str | None
    shown_at: str | None
    device: str | None
    visit: int | None
    duration_ms: int
    replay: ReplayRef


class ComparedGroup(BaseModel):
    """`size` are all people of the group, `recorded` those whose recordings were compared."""

    group: Group
    size: int
    recorded: int
    people: list[TypicalPerson]


class GroupValue(BaseModel):
    """A share of people, a median (ms) or a mean; `people` of whom it is known."""

    people: int
    value: float


class GroupDifference(BaseModel):
    kind: Literal["next_page", "page", "event", "number"]
    feature: str
    between: tuple[Group, Group]
    groups: dict[Group, GroupValue]
    effect: float
    size: Literal["small", "medium", "large"]
    test: Literal["fisher", "mann_whitney"]
    p: float
    q: float
    sentence: Words


class Comparison(BaseModel):
    groups: list[ComparedGroup]
    differences: list[GroupDifference]
    caveat: Words


class _Recorded:
    """One person of a group with what was recorded of them."""

    def __init__(self, outcome: PersonOutcome, review: Review, offset: int, seen: Seen) -> None:
        self.outcome = outcome
        self.review = review
        self.offset = offset
        self.seen = seen


def compare(
    config: ConfigStore,
    metrics: MetricsStore,
    outcomes: OutcomeStore,
    reviews: ReviewStore,
    visitors: VisitorStore,
    *,
    site: str,
    id: str,
) -> Comparison:
    """Compare the newest 200 people of each group by their recordings. Raises NotFoundError."""
    definition = config.document(site, "campaign", id).document
    counts = metrics.counters(site, "campaign#").get(id, {})
    recorded = _recorded(outcomes, reviews, site, id)
    found = differences(
        {group: [each.seen for each in of_group] for group, of_group in recorded.items()},
        goal_events=_goal_events(definition),
    )
    groups = [
        ComparedGroup(
            group=group,
            size=max(counts.get(f"group:{group}", 0), len(of_group)),
            recorded=len(of_group),
            people=_typical(visitors, site, of_group[:MAX_PLACED]),
        )
        for group, of_group in recorded.items()
    ]
    return Comparison(groups=groups, differences=[_told(each) for each in found], caveat=Words(**CAVEAT))


def _recorded(outcomes: OutcomeStore, reviews: ReviewStore, site: str, id: str) -> dict[Group, list[_Recorded]]:
    """Read people and recordings, the last to see the campaign first."""
    people_of = {group: outcomes.listed(site, id, group, limit=MAX_PEOPLE, before=None)[0] for group in GROUPS}
    wanted = [each.outcome.replay_id for told in people_of.values() for each in told if each.outcome.replay_id]
    known = {review.summary.session: review for review in reviews.reviews(site, list(dict.fromkeys(wanted)))}
    return {
        group: [made for each in told if (made := _with_recording(each, known)) is not None]
        for group, told in people_of.items()
    }


def _with_recording(person: PersonOutcome, known: Mapping[str, Review]) -> _Recorded | None:
    offset = person.outcome.replay_offset
    review = known.get(person.outcome.replay_id or "")
    if review is None or review.facts is None or offset is None:
        return None
    length = max(0, review.summary.duration_ms - offset)
    return _Recorded(person, review, offset, after(review.facts, offset, length=length))


def _typical(visitors: VisitorStore, site: str, of_group: list[_Recorded]) -> list[TypicalPerson]:
    places = typical([each.seen for each in of_group], [each.review.summary.playable for each in of_group])
    return [_person(visitors, site, of_group[place]) for place in places]


def _person(visitors: VisitorStore, site: str, each: _Recorded) -> TypicalPerson:
    outcome, facts, summary = each.outcome.outcome, each.review.facts, each.review.summary
    state, _ = visitors.state(site, each.outcome.person)
    return TypicalPerson(
        person=state.merged_into or each.outcome.person,
        name=people.name_of(state),
        variant=outcome.variant,
        shown_at=None if outcome.shown_at is None else iso(outcome.shown_at),
        device=None if facts is None else facts.device,
        visit=None if facts is None else facts.visit,
        duration_ms=summary.duration_ms,
        replay=ReplayRef(id=summary.session, offset=each.offset),
    )


def _goal_events(definition: dict[str, object]) -> frozenset[str]:
    """Name the events that can be a goal of the campaign."""
    goals: list[dict[str, dict[str, object]]] = list(definition.get("goals", []))  # type: ignore[call-overload]
    return frozenset().union(*(trigger_names(goal["when"]) or frozenset() for goal in goals))


def _told(difference: Difference) -> GroupDifference:
    return GroupDifference.model_validate(
        {
            "kind": difference.kind,
            "feature": difference.feature,
            "between": difference.between,
            "groups": {
                name: GroupValue(people=value.people, value=value.value) for name, value in difference.groups.items()
            },
            "effect": difference.effect,
            "size": difference.size,
            "test": difference.test,
            "p": difference.p,
            "q": difference.q,
            "sentence": Words(**sentence(difference, _called)),
        }
    )


def _called(event: str, locale: Locale) -> str:
    return EVENTS[locale].get(event, event)
