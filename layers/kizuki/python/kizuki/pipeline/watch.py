"""Watch a site for what should have come and did not: every five minutes, its campaigns and notification rules.

Reads the pulse, learns what to expect (once a day, from days that are over), judges the last three days, and keeps
incidents. Doing it twice says nothing twice: an incident is written on the condition that nobody else did.
"""

from contextlib import suppress
from datetime import date, timedelta
from typing import Literal

import msgspec

from kizuki.absence.expectation import Expectation
from kizuki.absence.incident import Incident
from kizuki.absence.judge import LONGEST, Bucket, Verdict, is_back, judge, means_of, without
from kizuki.absence.pulse import BUCKET_MS, bucket, start_of
from kizuki.aws.config import ConfigStore
from kizuki.aws.incidents import IncidentStore, StoredIncident
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.pulse import Numbers, PulseStore, utc_day
from kizuki.errors import ConflictError
from kizuki.events.times import epoch_ms, iso
from kizuki.pipeline.evidence import Evidence
from kizuki.pipeline.subjects import Learned, Subject, learned, subjects, timeline
from kizuki.rules.engine import Engine

DAY_MS = 86_400_000
CURVE = 288
HISTORY_DAYS = 28
LATE = 6
"""Buckets that are read again: what a held-up stream still adds to them."""
QUIET_MS = 6 * 3_600_000
"""What is missing again so soon after it came back is the same incident, and alerts nobody anew."""


class Alert(msgspec.Struct):
    """What is to be told of an incident; `id` and `at` (ISO 8601) are the same however often it is found."""

    id: str
    at: str
    what: Literal["opened", "ended"]
    site: str
    incident: Incident


class Watch:
    """What is read of the past is kept between checks of one process."""

    def __init__(
        self,
        *,
        config: ConfigStore,
        metrics: MetricsStore,
        pulse: PulseStore,
        incidents: IncidentStore,
        evidence: Evidence,
    ) -> None:
        self._config = config
        self._metrics = metrics
        self._pulse = pulse
        self._incidents = incidents
        self._evidence = evidence
        self._buckets: dict[str, dict[str, Numbers]] = {}
        self._read_to: dict[str, int] = {}
        self._days: dict[str, dict[date, list[Numbers]]] = {}
        self._subjects: dict[str, tuple[int, list[Subject]]] = {}
        self._learned: dict[str, tuple[object, dict[tuple[str, str], Learned]]] = {}

    def check(self, site: str, now: int) -> list[Alert]:
        """Judge everything live on a site at a moment (epoch ms); return what is to be told, each until `told`."""
        end = start_of(now)
        engine = self._config.engine(site)
        rows = self._recent(site, end)
        open_ = {stored.incident.key: stored for stored in self._incidents.open(site)}
        past = self._past(site, now)
        watched = self._watched(site, engine)
        models = self._models(site, engine, watched, [*past, *open_.values()], end)
        changed = []
        told = timeline(rows, end, engine.calendar)
        for subject in watched:
            series = subject.series(told)
            model, stored = models[subject.key], open_.get(subject.key)
            with suppress(ConflictError):
                if stored is not None:
                    changed.append(self._gone_on(stored, subject, model, series, site=site, now=now))
                elif (found := self._begun(subject, model, series, past, site=site, now=now)) is not None:
                    changed.append(found)
        for key, stored in open_.items():
            if key not in models:
                stored.incident.end("paused", now)
                with suppress(ConflictError):
                    changed.append(self._incidents.put(site, stored))
        ended = [stored for stored in past if all(stored.incident.id != each.incident.id for each in changed)]
        return [alert for stored in [*changed, *ended] if (alert := _alert(site, stored.incident, now)) is not None]

    def told(self, alert: Alert, now: int) -> None:
        """Note that an alert is on its way: it is not found again."""
        done = {"alerted_at": iso(now)} if alert.what == "opened" else {"end_alerted": True}
        self._incidents.change(alert.site, alert.incident.id, **done)

    def _begun(
        self, subject: Subject, model: Learned, series: list[Bucket], past: list[StoredIncident], *, site: str, now: int
    ) -> StoredIncident | None:
        """Open an incident, or one of late again; None where nothing is missing."""
        if subject.muted or model.near is None or model.far is None:
            return None
        known = [each.incident.span for each in past if each.incident.key == subject.key]
        verdict = judge(model.near, model.far, without(series, known) if known else series)
        if verdict is None or self._used_up(site, subject):
            return None
        stored = next((each for each in past if _returned_lately(each.incident, subject, now)), None)
        if stored is None:
            stored = StoredIncident(self._opened(site, subject, verdict, now))
        else:
            stored.incident.reopen(now)
        _draw(stored.incident, model.near, series)
        return self._incidents.put(site, stored)

    def _gone_on(
        self, stored: StoredIncident, subject: Subject, model: Learned, series: list[Bucket], *, site: str, now: int
    ) -> StoredIncident:
        """Note that it is still missing, or that it is no more."""
        incident = stored.incident
        since = epoch_ms(incident.since)
        if subject.muted:
            incident.end("muted", now)
        elif subject.over(now) or self._used_up(site, subject):
            incident.end("over", now)
        elif subject.since > since and not model.earlier:
            # What came after the change came back; what it was changed to is learned anew.
            incident.end("returned" if any(each.seen for each in series) else "changed", now)
        elif model.near is not None and is_back(model.near, series, since):
            incident.end("returned", now)
        if model.near is not None:
            newer = [each for each in series if each.at >= start_of(epoch_ms(incident.updated_at))]
            incident.go_on(sum(means_of(model.near, newer)), sum(each.seen for each in newer), now)
            _draw(incident, model.near, series)
        return self._incidents.put(site, stored)

    def _opened(self, site: str, subject: Subject, verdict: Verdict, now: int) -> Incident:
        rows = self._buckets[site]
        since = {at: numbers for at, numbers in rows.items() if bucket(verdict.since) <= at}
        cause, detail = subject.cause(since.values(), verdict.expected)
        last_good = self._evidence.last_good(site, subject.kind, subject.id)
        found_at = iso(verdict.since) if last_good is None else min(last_good.at, iso(verdict.since))
        return Incident(
            kind=subject.kind,
            subject=subject.id,
            name=subject.name,
            opened_at=iso(now),
            since=iso(verdict.since),
            updated_at=iso(now),
            expected=verdict.expected,
            seen=verdict.seen,
            chance=verdict.chance,
            cause=cause,
            detail=detail,
            last_good=last_good,
            changes=self._evidence.changes(site, subject.kind, subject.id, since=found_at),
        )

    def _used_up(self, site: str, subject: Subject) -> bool:
        """Tell whether all of a campaign's displays to everybody are taken: it is to be silent."""
        return subject.total is not None and self._metrics.taken(site, subject.id) >= subject.total

    def _recent(self, site: str, end: int) -> dict[str, Numbers]:
        """Read the last three days of five minutes, of which most are known from the check before."""
        first = end - LONGEST * BUCKET_MS
        unread = max(first, self._read_to.get(site, 0) - LATE * BUCKET_MS)
        rows = {at: numbers for at, numbers in self._buckets.get(site, {}).items() if bucket(first) <= at}
        rows |= self._pulse.buckets(site, bucket(unread), bucket(end - BUCKET_MS))
        self._buckets[site], self._read_to[site] = rows, end
        return rows

    def _history(self, site: str, newest: date) -> dict[date, list[Numbers]]:
        """Read the sums of every day up to one that is over, summing those that nobody has summed yet."""
        oldest = newest - timedelta(days=HISTORY_DAYS - 1)
        known = {day: hours for day, hours in self._days.get(site, {}).items() if day >= oldest}
        if newest not in known:
            known |= self._pulse.days(site, oldest, newest)
        for day in (newest - timedelta(days=n) for n in range(HISTORY_DAYS)):
            if day not in known:
                known[day] = self._pulse.sum_day(site, day)
        self._days[site] = known
        return {day: hours for day, hours in known.items() if day <= newest}

    def _watched(self, site: str, engine: Engine) -> list[Subject]:
        version, found = self._subjects.get(site, (-1, []))
        if version != engine.version:
            found = subjects(self._config, site, engine)
            self._subjects[site] = engine.version, found
        return found

    def _models(
        self, site: str, engine: Engine, watched: list[Subject], incidents: list[StoredIncident], end: int
    ) -> dict[tuple[str, str], Learned]:
        """Learn once a day, and when something was published, opened or ended since."""
        near_day, far_day = utc_day(end - DAY_MS), utc_day(end - LONGEST * BUCKET_MS)
        told = [(each.incident.id, each.incident.ended_at) for each in incidents]
        fresh = {subject.key: self._came(site, subject) for subject in watched}
        state = (engine.version, near_day, sorted(told, key=str), fresh)
        known, models = self._learned.get(site, (None, {}))
        if known != state:
            history = self._history(site, near_day - timedelta(days=1))
            missing = [each.incident for each in incidents]
            models = {
                subject.key: learned(
                    subject,
                    history,
                    engine.calendar,
                    near=near_day,
                    far=far_day,
                    incidents=missing,
                    came=fresh[subject.key],
                )
                for subject in watched
            }
            self._learned[site] = state, models
        return models

    def _came(self, site: str, subject: Subject) -> bool:
        """Tell whether anything came since it was last changed, as far as the last three days tell."""
        since = bucket(max(subject.since, 0))
        return any(numbers.get(subject.counter, 0) for at, numbers in self._buckets[site].items() if at >= since)

    def _past(self, site: str, now: int) -> list[StoredIncident]:
        since = iso(now - (HISTORY_DAYS + 7) * DAY_MS)
        return self._incidents.ended(site, limit=None, since=since)[0]


def _alert(site: str, incident: Incident, now: int) -> Alert | None:
    what = incident.due(now)
    if what is None:
        return None
    at, again = incident.ended_at or incident.opened_at, ""
    if what == "opened" and incident.alerted_at is not None and incident.snoozed_until is not None:
        # After a snooze it is said once more.
        at, again = incident.snoozed_until, f".{incident.snoozed_until}"
    id_ = f"incident.{incident.kind}.{incident.subject}:{incident.opened_at}.{what}{again}"
    return Alert(id_, at, what, site, incident)


def _returned_lately(incident: Incident, subject: Subject, now: int) -> bool:
    same = incident.key == subject.key and incident.ending == "returned"
    return same and incident.ended_at is not None and now - epoch_ms(incident.ended_at) < QUIET_MS


def _draw(incident: Incident, expectation: Expectation, series: list[Bucket]) -> None:
    """Keep the last day's curve with the incident."""
    late = series[-CURVE:]
    incident.curve_start = iso(late[0].at)
    means = means_of(expectation, late)
    incident.curve = [(round(mean, 2), each.seen) for mean, each in zip(means, late, strict=True)]
