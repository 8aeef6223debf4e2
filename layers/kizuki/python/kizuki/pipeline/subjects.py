"""What is watched of a site: its live campaigns and rules, since when they are as they are, and what is expected."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from kizuki.absence.expectation import Expectation, Hour
from kizuki.absence.incident import Cause, Incident
from kizuki.absence.judge import ABSENT, HOUR_MS, LONGEST, Bucket
from kizuki.absence.pulse import BUCKET_MS, DECIDED, ELIGIBLE, MAX_EXPLAINED, RULE, SHOWN, VISITS, SubjectKind, bucket
from kizuki.absence.spans import Span, Written, spans
from kizuki.aws.config import ConfigStore
from kizuki.aws.pulse import Numbers
from kizuki.events import Event
from kizuki.events.times import epoch_ms
from kizuki.rules import Facts
from kizuki.rules.engine import Engine
from kizuki.rules.ruleset import CampaignSpec
from kizuki.visitors import Calendar, State

LEARN_HOURS = 72
"""What is younger is not judged yet."""
EPOCH_DAY = date(1970, 1, 1).toordinal()
BUCKETS_AN_HOUR = HOUR_MS // BUCKET_MS


class Row(NamedTuple):
    """Five minutes of a site, `place` in the local week."""

    at: int
    place: int
    numbers: Numbers


class Learned(msgspec.Struct):
    """What is expected over windows of up to a day, and of longer ones; None: not known yet.

    `earlier`: it was changed, and nothing came since; what is expected is what came before. Only silence is judged.
    """

    near: Expectation | None
    far: Expectation | None
    earlier: bool = False


class Subject:
    """A campaign or rule that is live."""

    def __init__(
        self,
        kind: SubjectKind,
        id: str,
        name: str,
        *,
        spans: Sequence[Span],
        muted: bool = False,
        campaign: CampaignSpec | None = None,
        engine: Engine,
    ) -> None:
        self.kind, self.id, self.name = kind, id, name
        self.key: tuple[str, str] = (kind, id)
        self.counter = f"{SHOWN if kind == 'campaign' else RULE}{id}"
        self.muted = muted
        self.spans = spans
        self.total = campaign.caps.total if campaign is not None else None
        self.broken = engine.broken.get((kind, id))
        self._campaign = campaign
        self._explained = len(engine.ruleset.campaigns) + len(engine.ruleset.notifications) <= MAX_EXPLAINED
        timed = campaign is not None and self.broken is None and campaign.hours is not None
        self._in_hours = engine.ready(campaign).in_hours if timed and campaign is not None else None
        nothing = Event(message_id="", type="track", name="", person="", occurred_at=0, received_at=0)
        self._facts = Facts(nothing, State(""), engine.calendar)

    @property
    def since(self) -> int:
        """When it became as it is (epoch ms)."""
        return self.spans[-1].start

    def series(self, timeline: Iterable[Row]) -> list[Bucket]:
        """Return what came of it in each bucket, without visits where it was not to come."""
        since, counter = self.since, self.counter
        return [
            Bucket(at, place, numbers.get(VISITS, 0), numbers.get(counter, 0))
            if at >= since and self.scheduled(at)
            else Bucket(at, place, 0, 0)
            for at, place, numbers in timeline
        ]

    def scheduled(self, at: int) -> bool:
        """Tell whether its schedule lets it come at a moment."""
        campaign = self._campaign
        if campaign is None:
            return True
        if campaign.starts_at is not None and at < campaign.starts_at:
            return False
        if campaign.ends_at is not None and at >= campaign.ends_at:
            return False
        if self._in_hours is None:
            return True
        facts = self._facts
        return self._in_hours(Facts(facts.event, facts.state, facts.calendar, at=at))

    def over(self, at: int) -> bool:
        """Tell whether its schedule has ended."""
        campaign = self._campaign
        return campaign is not None and campaign.ends_at is not None and at >= campaign.ends_at

    def share(self, at: int) -> float:
        """Return the part of an hour in which its schedule lets it come."""
        if self._campaign is None or (self._in_hours is None and self.scheduled(at) and self.scheduled(at + HOUR_MS)):
            return 1.0
        return sum(self.scheduled(at + n * BUCKET_MS) for n in range(BUCKETS_AN_HOUR)) / BUCKETS_AN_HOUR

    def cause(self, rows: Iterable[Numbers], expected: float) -> tuple[Cause | None, str | None]:
        """Say where it stops, and in the words of the rule itself why, as far as that is known."""
        if self.broken is not None:
            return "out_of_action", self.broken
        if self.kind == "rule":
            return "not_matched", None
        if not self._explained:
            return None, None
        rows = list(rows)
        decided, eligible = (
            sum(numbers.get(f"{prefix}{self.id}", 0) for numbers in rows) for prefix in (DECIDED, ELIGIBLE)
        )
        if decided > ABSENT * expected:
            return "not_displayed", None
        return ("held_back" if eligible > ABSENT * expected else "not_triggered"), None


def timeline(rows: Mapping[str, Numbers], end: int, calendar: Calendar) -> list[Row]:
    """Put the last three days before `end` in order, with those five minutes in which nothing came."""
    return [
        Row(at, place_of(calendar, at), rows.get(bucket(at), {}))
        for at in range(end - LONGEST * BUCKET_MS, end, BUCKET_MS)
    ]


def place_of(calendar: Calendar, at: int) -> int:
    """Return the hour of the local week, Monday's first being 0."""
    return calendar.weekday(at) * 24 + calendar.minute(at) // 60


def subjects(config: ConfigStore, site: str, engine: Engine) -> list[Subject]:
    """Read what is live, with its versions."""
    found: list[Subject] = []
    for campaign in engine.ruleset.campaigns:
        known, muted = _versions(config, site, "campaign", campaign.id)
        found.append(
            Subject("campaign", campaign.id, campaign.name, spans=known, muted=muted, campaign=campaign, engine=engine)
        )
    for rule in engine.ruleset.notifications:
        known, muted = _versions(config, site, "rule", rule.id)
        found.append(Subject("rule", rule.id, rule.name, spans=known, muted=muted, engine=engine))
    return found


def learned(
    subject: Subject,
    history: Mapping[date, Sequence[Numbers]],
    calendar: Calendar,
    *,
    near: date,
    far: date,
    incidents: Iterable[Incident],
    came: bool,
) -> Learned:
    """Learn what to expect from whole days before `near` and before `far`, without the times of incidents.

    `came`: something came since it was last changed. If nothing ever did, what came before the change is expected.
    """
    missing = [each.span for each in incidents if each.key == subject.key]
    hours = list(_hours(subject, history, calendar, subject.spans[-1], missing))
    earlier = not came and len(subject.spans) > 1 and not any(hour.seen for _, hour in hours)
    if earlier:
        hours = list(_hours(subject, history, calendar, subject.spans[-2], missing))
    return Learned(_expectation(hours, near), _expectation(hours, far), earlier)


def _expectation(hours: Iterable[tuple[date, Hour]], before: date) -> Expectation | None:
    taught = [hour for day, hour in hours if day < before]
    expectation = Expectation(taught) if len(taught) >= LEARN_HOURS else None
    return expectation if expectation is not None and expectation.known else None


def _hours(
    subject: Subject,
    history: Mapping[date, Sequence[Numbers]],
    calendar: Calendar,
    span: Span,
    missing: Sequence[tuple[int, int]],
) -> Iterable[tuple[date, Hour]]:
    """Yield whole hours of a span, the oldest first."""
    for day in sorted(history):
        first = (day.toordinal() - EPOCH_DAY) * 24
        for number, numbers in enumerate(history[day], first):
            at = number * HOUR_MS
            if at < span.start or (span.end is not None and at + HOUR_MS > span.end):
                continue
            if any(began < at + HOUR_MS and at < ended for began, ended in missing):
                continue
            share = subject.share(at)
            if share:
                seen = numbers.get(subject.counter, 0)
                yield day, Hour(number, place_of(calendar, at), numbers.get(VISITS, 0) * share, seen)


def _versions(config: ConfigStore, site: str, kind: SubjectKind, id: str) -> tuple[list[Span], bool]:
    """Return the spans of a document, the last one the present, and whether its absence is of no interest."""
    found = config.versions(site, kind, id)
    newest: dict[str, Any] = found[0].document if found else {}
    known = spans(kind, (Written(epoch_ms(each.at), each.status == "live", each.document) for each in reversed(found)))
    if not known or known[-1].end is not None:
        # Written before versions were kept, or changed since the ruleset was read.
        known.append(Span(0, None))
    return known, newest.get("absence") is False
