"""What a campaign came to: arms compared, steps that kept it from people, the four groups, days, and screens."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from kizuki.aws.config import ConfigStore, Site
from kizuki.aws.documents import Version
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.outcomes import OutcomeStore
from kizuki.aws.problems import ProblemLog
from kizuki.aws.visitors import VisitorStore
from kizuki.campaigns.definition import id_of, split_of
from kizuki.campaigns.experiment import ArmCounts, baseline_of, compare, sample_ratio
from kizuki.campaigns.outcomes import GROUPS, Group, arm_key
from kizuki.console import people
from kizuki.console.campaign_models import (
    ArmResult,
    CampaignPeople,
    CampaignPerson,
    CampaignProblem,
    CampaignProblems,
    CampaignResults,
    Day,
    DayArm,
    GoalResult,
    SampleRatioResult,
    ScreenBox,
    ScreenSize,
)
from kizuki.console.campaigns import PREFIX, counters_of, steps_of
from kizuki.console.models import NamedRef, ReplayRef
from kizuki.errors import MalformedError
from kizuki.events.times import iso
from kizuki.visitors.state import CONTROL

Counts = Mapping[str, int]
Document = Mapping[str, object]
PROBLEM_CURSOR = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#.{1,900}", re.ASCII | re.DOTALL)
OUTCOME_CURSOR = re.compile(r"(\d{1,15})#(.{1,900})", re.ASCII | re.DOTALL)
OUTCOMES = ("exposed", "shown", "clicked", "closed")


def results(config: ConfigStore, metrics: MetricsStore, site: Site, id: str, *, days: int) -> CampaignResults:
    """Gather the results of a campaign, with its last `days` days one by one. Raises NotFoundError."""
    definition = config.document(site.id, "campaign", id).document
    counts = metrics.counters(site.id, PREFIX).get(id, {})
    today = datetime.now(ZoneInfo(site.timezone)).date()
    first = today - timedelta(days=days - 1)
    since = _split_since(config.versions(site.id, "campaign", id))
    daily = metrics.counters(site.id, f"daily#{id}#", after=first.isoformat())
    goals = [NamedRef(id=goal["id"], name=goal["name"]) for goal in definition.get("goals", [])]
    weights = shares(definition)
    names = {id_of(variant): variant.get("name") or id_of(variant) for variant in definition["variants"]}
    # People who were split otherwise before say nothing of the present split.
    split = split_of(definition)
    arms = [_arm(arm, names.get(arm, arm), weights[arm], _of(arm_key(arm, split), counts)) for arm in weights]
    compared_with = _compare(arms, goals, counts, split)
    return CampaignResults(
        from_=first.isoformat(),
        to=today.isoformat(),
        counters=counters_of(dict(counts)),
        steps=steps_of(dict(counts)),
        arms=arms,
        goals=goals,
        compared_with=compared_with,
        sample_ratio=_ratio(arms, since),
        groups={group: counts.get(f"group:{group}", 0) for group in GROUPS},
        days=[_day(day, daily.get(day.isoformat(), {}), weights) for day in _days(first, today)],
        problems={name.removeprefix("problem:"): n for name, n in counts.items() if name.startswith("problem:")},
    )


def people_of(
    outcomes: OutcomeStore, visitors: VisitorStore, site: str, id: str, group: Group, *, limit: int, cursor: str | None
) -> CampaignPeople:
    """List the people of one of the four groups, the last to see the campaign first."""
    found, following = outcomes.listed(site, id, group, limit=limit, before=_read(cursor))
    items = []
    for each in found:
        state, _ = visitors.state(site, each.person)
        outcome = each.outcome
        replay = None
        if outcome.replay_id is not None and outcome.replay_offset is not None:
            replay = ReplayRef(id=outcome.replay_id, offset=outcome.replay_offset)
        items.append(
            CampaignPerson(
                person=state.merged_into or each.person,
                name=people.name_of(state),
                variant=outcome.variant,
                group=group,
                shown_at=_iso(outcome.shown_at),
                clicked_at=_iso(outcome.clicked_at),
                closed_at=_iso(outcome.closed_at),
                goal_at=_iso(outcome.goal_at),
                replay=replay,
            )
        )
    return CampaignPeople(items=items, next=None if following is None else f"{following[0]}#{following[1]}")


def problems_of(log: ProblemLog, site: str, id: str, *, limit: int, cursor: str | None) -> CampaignProblems:
    """List what screens showed wrong, newest first. Raises MalformedError for a cursor that is none."""
    if cursor is not None and not PROBLEM_CURSOR.fullmatch(cursor):
        raise MalformedError("invalid_cursor", "this cursor was not given by this API", path="cursor")
    found, following = log.listed(site, id, limit=limit, before=cursor)
    items = [
        CampaignProblem(
            at=each.at,
            problem=each.problem,
            variant=each.variant,
            box=None
            if each.box is None
            else ScreenBox(x=each.box.x, y=each.box.y, width=each.box.width, height=each.box.height),
            viewport=None
            if each.viewport is None
            else ScreenSize(width=each.viewport.width, height=each.viewport.height),
            other=each.other,
            ratio=each.ratio,
            url=each.url,
            device=each.device,
            person=each.person,
            replay=None
            if each.replay_id is None or each.replay_offset is None
            else ReplayRef(id=each.replay_id, offset=each.replay_offset),
        )
        for each in found
    ]
    return CampaignProblems(items=items, next=following)


def shares(definition: Document) -> dict[str, float]:
    """Return the share of people that each arm of a definition gets, the control group first."""
    control = int(definition.get("control_percent", 0)) / 100  # type: ignore[call-overload]
    variants: list[dict[str, object]] = list(definition["variants"])  # type: ignore[call-overload]
    total = sum(int(variant.get("weight", 1)) for variant in variants)  # type: ignore[call-overload]
    arms = {CONTROL: control} if control else {}
    for variant in variants:
        arms[id_of(variant)] = (1 - control) * int(variant.get("weight", 1)) / total  # type: ignore[call-overload]
    return arms


def _of(key: str, counts: Counts) -> dict[str, int]:
    """Return what the counters hold of one arm."""
    return {name.removeprefix(f"{key}:"): n for name, n in counts.items() if name.startswith(f"{key}:")}


def _arm(id: str, name: str, weight: float, counts: Counts) -> ArmResult:
    reached = {outcome: counts.get(outcome, 0) for outcome in OUTCOMES}
    return ArmResult(id=id, name=name, weight=weight, goals={}, **reached)


def _compare(arms: list[ArmResult], goals: Iterable[NamedRef], counts: Counts, split: str) -> str | None:
    """Judge the arms by each goal; return the arm that they are compared with."""
    compared_with = None
    for goal in goals:
        reached = [counts.get(f"{arm_key(arm.id, split)}:goal:{goal.id}", 0) for arm in arms]
        told = [
            ArmCounts(arm.id, arm.weight, arm.exposed, min(arm.exposed, n))
            for arm, n in zip(arms, reached, strict=True)
        ]
        compared_with = baseline_of(told)
        for arm, result in zip(arms, compare(told, baseline=compared_with), strict=True):
            arm.goals[goal.id] = GoalResult(
                people=result.people,
                rate=result.rate,
                rate_interval=result.rate_interval,
                lift=result.lift,
                lift_interval=result.lift_interval,
                difference=result.difference,
                difference_interval=result.difference_interval,
                best=result.best,
                label=result.label,
                next=result.next,
            )
    return compared_with


def _ratio(arms: list[ArmResult], since: str | None) -> SampleRatioResult:
    found = sample_ratio([ArmCounts(arm.id, arm.weight, arm.exposed, 0) for arm in arms])
    return SampleRatioResult(p=found.p, suspicious=found.suspicious, since=since)


def _split_since(versions: list[Version]) -> str | None:
    """Return when the present split began; None where there never was another while it was live."""
    for newer, older in pairwise(versions):
        if older.status == "live" and split_of(older.document) != split_of(versions[0].document):
            return newer.at
    return None


def _day(day: date, counts: Counts, arms: Iterable[str]) -> Day:
    return Day(day=day.isoformat(), arms={arm: _day_arm(arm, counts) for arm in arms})


def _day_arm(arm: str, counts: Counts) -> DayArm:
    """Sum what a day added to an arm, however people were split."""
    summed: Counter[str] = Counter()
    for name, n in counts.items():
        key, _, what = name.removeprefix("arm:").partition(":")
        if name.startswith("arm:") and key.partition("@")[0] == arm:
            summed[what] += n
    goals = {what.removeprefix("goal:"): n for what, n in summed.items() if what.startswith("goal:")}
    return DayArm(**{outcome: summed[outcome] for outcome in OUTCOMES}, goals=goals)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _iso(at: int | None) -> str | None:
    return None if at is None else iso(at)


def _read(cursor: str | None) -> tuple[int, str] | None:
    if cursor is None:
        return None
    if (found := OUTCOME_CURSOR.fullmatch(cursor)) is None:
        raise MalformedError("invalid_cursor", "this cursor was not given by this API", path="cursor")
    return int(found[1]), found[2]
