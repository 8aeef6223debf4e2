"""Notifications in and out: each into its destination's outbox once, and out of it by one sender at a time.

What waits for its hour, its digest, or another attempt is an entry with a later `due`. The order of writes: entry and
line of the log (one transaction) → the lane is woken → leased → the message is sent → entries settled with their lines.
A crash before the message is sent loses nothing, for the entry is there; one between the destination's acceptance and
the settling sends it again, with the same webhook-id or retry key. Nowhere else is anything sent twice.
"""

import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from kizuki.aws.config import ConfigStore
from kizuki.aws.deliveries import Delivery, Named, Try
from kizuki.aws.lanes import Lane, LaneStore
from kizuki.aws.outbox import Entry, Outbox, Put, Settled
from kizuki.aws.queue import MAX_WAKE_SECONDS, NotificationQueue
from kizuki.errors import KizukiError
from kizuki.events.times import epoch_ms, iso
from kizuki.notifications.destinations import Destination
from kizuki.notifications.health import Health
from kizuki.notifications.model import Notification
from kizuki.notifications.request import Parcel
from kizuki.notifications.retry import ATTEMPTS, MAX_AGE_SECONDS, MAX_WAIT, wait
from kizuki.notifications.schedule import due as due_at
from kizuki.notifications.wording import log_url
from kizuki.pipeline.alerts import tell_disabled
from kizuki.pipeline.deliver import Courier, RefusedError, Result, reason

SECOND_MS = 1000
LEASE_MS = 60 * SECOND_MS
"""More than one message takes: two requests of ten seconds, and what is written around them."""
SPACING_MS = SECOND_MS
"""Between two messages to one channel: Slack's own limit."""
GATHERED_SPACING_MS = 10 * SECOND_MS
"""After one that gathers: what comes too fast is told less often."""
SHORT_MS = 2 * SECOND_MS
"""For this long a sender waits itself; for longer it is woken."""
FEW = 3
"""So many at once are told one by one."""
MAX_LOOKS = 20
SWEEP_AHEAD_MS = 60 * SECOND_MS
DIGEST_WEBHOOK = 100
"""Notifications in one digest of a webhook: its receivers are promised small bodies."""


def sweep(lanes: LaneStore, queue: NotificationQueue, now: int) -> int:
    """Wake every lane with something due within a minute of `now` (epoch ms), or left behind; return how many."""
    woken = 0
    for lane in lanes.all():
        if lane.leased_until <= now and lane.wants(now + SWEEP_AHEAD_MS):
            due = lane.due if lane.due is not None and lane.woken <= lane.drained else now
            queue.wake(lane.site, lane.destination, seconds=(max(due, lane.next_at) - now) / SECOND_MS)
            woken += 1
    return woken


class Dispatcher:
    """Takes notifications in and sends them. `clock` is epoch ms; `sleep` takes seconds."""

    def __init__(
        self,
        *,
        outbox: Outbox,
        lanes: LaneStore,
        courier: Courier,
        queue: NotificationQueue,
        config: ConfigStore,
        log: Callable[[str, dict[str, Any]], None] = lambda _, __: None,
        clock: Callable[[], int] = lambda: round(time.time() * 1000),
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._outbox = outbox
        self._lanes = lanes
        self._courier = courier
        self._queue = queue
        self._config = config
        self._log = log
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter

    def accept(self, notification: Notification, *, within: int) -> None:
        """Take a notification in, and send what is due. Raises TryAgainError: then it must come again.

        No attempt begins later than `within` ms from now.
        """
        site, destination = notification.site, notification.destination
        now = self._clock()
        until = now + within
        due = due_at(notification.manner, now)
        line = self._line(notification, due, now)
        why = None
        if due is None:
            why, due = "outside_hours: it came outside the rule's hours", now
        elif self._put(Entry(notification, line, due)) == "quiet":
            why = "quiet: the rule has told of the same too lately"
        # Known already, it may have been put in by a process that ended before it woke the lane.
        if why is not None and self._drop(notification, line, why):
            return
        lane = self._lanes.touch(site, destination)
        if lane.leased_until > now or _will_be_looked_after(lane, due, now):
            # Whoever sends now looks again before it gives the lane back; or somebody is to come in time.
            return
        self.drain(site, destination, within=until - self._clock())

    def drain(self, site: str, destination: str, *, within: int) -> None:
        """Send what is due to one destination, until nothing is, or somebody else does. Raises TryAgainError."""
        now = self._clock()
        until = now + within
        lane = self._lanes.acquire(site, destination, now=now, until=now + LEASE_MS)
        if lane is None:
            return
        try:
            self._serve(lane, until)
        except KizukiError:
            # What failed is tried again when the message comes back; nobody else need wait for the lease to end.
            self._give_back(lane)
            raise

    def sweep(self) -> int:
        """Wake every lane that has something due within a minute, or was left behind; return how many."""
        return sweep(self._lanes, self._queue, self._clock())

    def _serve(self, lane: Lane, until: int) -> None:
        looks = 0
        while True:
            now = self._clock()
            if not (entries := self._outbox.due(lane.site, lane.destination, now)):
                looks += 1
                following = self._outbox.first_due(lane.site, lane.destination)
                # One that looked often, in a crowd of those who put something in for later, says when to look again.
                patient = looks < MAX_LOOKS
                if following is not None and following <= now and patient:
                    continue
                if self._lanes.release(lane, due=following if patient else now, unless_woken=patient):
                    self._wake_at(lane, following if patient else now)
                    return
                if not self._look_again(lane):
                    return
                continue
            try:
                destination = self._usable(lane)
            except RefusedError as error:
                self._refuse(lane, entries, reason(error))
                continue
            if now >= until or (lane.next_at > now and not self._paused(lane, until)):
                again = max(lane.next_at, now)
                self._lanes.release(lane, due=again, unless_woken=False)
                self._wake_at(lane, again)
                return
            if lane.next_at > now:
                # What came while it waited goes out with it.
                continue
            for some, parcel in parcels(entries, destination):
                if not self._may_send(lane, _spacing(parcel, destination)):
                    return
                self._conclude(lane, destination, some, parcel, self._courier.send(parcel, destination))
                if lane.next_at > self._clock() or self._clock() >= until or lane.health.state == "disabled":
                    break

    def _may_send(self, lane: Lane, spacing: int) -> bool:
        """Write when the next message may go, before this one does, and keep the lease; False when it was lost."""
        now = self._clock()
        if spacing == 0 and lane.leased_until - now > LEASE_MS // 2:
            return True
        lane.next_at, lane.leased_until = now + spacing, now + LEASE_MS
        return self._lanes.renew(lane, until=lane.leased_until)

    def _paused(self, lane: Lane, until: int) -> bool:
        """Wait until the lane may send, where that is soon; tell whether it may now."""
        left = lane.next_at - self._clock()
        if left > SHORT_MS or lane.next_at >= until:
            return False
        self._sleep(max(left, 0) / SECOND_MS)
        return True

    def _look_again(self, lane: Lane) -> bool:
        """Read how often the lane was woken meanwhile; False when somebody else has it."""
        now = self._lanes.read(lane.site, lane.destination)
        lane.woken = now.woken
        return now.lease == lane.lease and now.leased_until > self._clock()

    def _usable(self, lane: Lane) -> Destination:
        destination = self._courier.destination(lane.site, lane.destination, fresh=True)
        if not destination.enabled:
            raise RefusedError("disabled_destination", "the destination is switched off")
        if lane.health.state == "disabled":
            # Somebody has switched it on again.
            lane.health = Health()
        return destination

    def _conclude(
        self, lane: Lane, destination: Destination, entries: list[Entry], parcel: Parcel, result: Result
    ) -> None:
        now = self._clock()
        if result.verdict == "delivered":
            lane.health = lane.health.succeeded(now)
        elif result.reached:
            lane.health = lane.health.failed(now, result.error or "")
            if result.disables is not None:
                lane.health = lane.health.disabled(now, result.disables)
            if result.verdict == "retry" or lane.health.state == "degraded":
                pause = lane.health.pause() if result.retry_after is None else min(result.retry_after, MAX_WAIT)
                lane.next_at = max(lane.next_at, now + round(pause * SECOND_MS))
        # What failed together comes back together: else it would be other messages, of which no receiver knows the ids.
        jitter = self._jitter()
        self._outbox.settle([self._settled(each, parcel, result, now, jitter) for each in entries])
        if lane.health.state == "disabled":
            link = log_url(parcel.notifications[0])
            why = lane.health.reason or ""
            tell_disabled(self._config, self._queue, lane.site, destination, reason=why, at=now, link=link)
        told = {
            "site": lane.site,
            "destination": lane.destination,
            "notifications": len(entries),
            "message_id": parcel.id,
        }
        self._log(result.verdict, told | {"response_code": result.response_code, "error": result.error})

    def _settled(self, entry: Entry, parcel: Parcel, result: Result, now: int, jitter: float) -> Settled:
        made = Try(iso(now), result.response_code, result.duration_ms, result.error)
        together = len(parcel.notifications)
        told: dict[str, Any] = {"destination": result.destination, "message": parcel.id, "together": together}
        if result.verdict == "delivered":
            return Settled(entry, entry.line.tried(made, status="delivered", next_attempt=None, **told))
        attempts = entry.line.attempts + 1
        # Attempts from before it was sent again by hand do not count.
        first = [*entry.line.tries, made][-attempts:][0]
        given_up = attempts >= ATTEMPTS or now - epoch_ms(first.at) >= MAX_AGE_SECONDS * SECOND_MS
        if result.verdict == "refused" or given_up:
            return Settled(entry, entry.line.tried(made, status="failed", next_attempt=None, **told))
        seconds = wait(attempts, retry_after=result.retry_after, jitter=jitter)
        again = now + round(seconds * SECOND_MS)
        return Settled(entry, entry.line.tried(made, status="retrying", next_attempt=iso(again), **told), again)

    def _refuse(self, lane: Lane, entries: list[Entry], error: str) -> None:
        """Write down that nothing was sent, and why."""
        to = self._courier.about(lane.site, lane.destination)
        made = Try(iso(self._clock()), error=error)
        settled = [
            Settled(each, each.line.tried(made, status="failed", next_attempt=None, destination=to)) for each in entries
        ]
        self._outbox.settle(settled)
        told = {"site": lane.site, "destination": lane.destination, "notifications": len(entries), "error": error}
        self._log("refused", told)

    def _wake_at(self, lane: Lane, due: int | None) -> None:
        """Have the lane looked after when it is due; what is due later than a message can wait, the sweep finds."""
        if due is not None and (seconds := (due - self._clock()) / SECOND_MS) <= MAX_WAKE_SECONDS:
            self._queue.wake(lane.site, lane.destination, seconds=seconds)

    def _give_back(self, lane: Lane) -> None:
        try:
            self._lanes.release(lane, due=max(lane.next_at, self._clock()), unless_woken=False)
        except KizukiError:
            return

    def _put(self, entry: Entry) -> Put:
        return self._outbox.put(entry, occurred_at=epoch_ms(entry.notification.occurred_at))

    def _drop(self, notification: Notification, line: Delivery, error: str) -> bool:
        dropped = msgspec.structs.replace(line, status="dropped", next_attempt=None, error=error)
        return self._outbox.drop(notification, dropped)

    def _line(self, notification: Notification, due: int | None, now: int) -> Delivery:
        return Delivery(
            id=notification.id,
            at=notification.occurred_at,
            rule=Named(notification.rule.id, notification.rule.name),
            destination=self._courier.about(notification.site, notification.destination),
            person=notification.person.id,
            event=notification.event.name,
            status="dropped" if due is None else "waiting",
            attempts=0,
            next_attempt=iso(due) if due is not None and due > now else None,
        )


def parcels(entries: list[Entry], destination: Destination) -> Iterator[tuple[list[Entry], Parcel]]:
    """Make messages of what is due, the longest due first: digests by rule; a few one by one, more than that as one."""
    digests: dict[str, list[Entry]] = {}
    each: list[Entry] = []
    for entry in entries:
        notification = entry.notification
        if notification.manner.every is not None:
            digests.setdefault(notification.rule.id, []).append(entry)
        else:
            each.append(entry)
    if len(each) > FEW and destination.gathers:
        each.sort(key=_happened)
        yield each, Parcel([entry.notification for entry in each])
    else:
        for entry in each:
            yield [entry], Parcel([entry.notification])
    for some in digests.values():
        some.sort(key=_happened)
        size = len(some) if destination.gathers else DIGEST_WEBHOOK
        for start in range(0, len(some), size):
            part = some[start : start + size]
            yield part, Parcel([entry.notification for entry in part], digest=True)


def _happened(entry: Entry) -> tuple[str, str]:
    """Order what is told together: what happened last comes last, and on every attempt it is the same message."""
    return entry.notification.occurred_at, entry.notification.id


def _spacing(parcel: Parcel, destination: Destination) -> int:
    if not destination.gathers:
        return 0
    return GATHERED_SPACING_MS if len(parcel.notifications) > 1 else SPACING_MS


def _will_be_looked_after(lane: Lane, due: int, now: int) -> bool:
    return lane.due is not None and now < lane.due <= max(due, lane.next_at)
