"""Lanes under load, and when processes end: the real senders, ten at a time, in a time of their own."""

import threading
from collections import Counter
from itertools import pairwise

import pytest

from kizuki.errors import TryAgainError
from kizuki.events.times import iso
from kizuki.notifications.model import Manner, encode
from kizuki.outbound import Response, UnreachableError
from tests.kizuki.pipeline.office import OK, START, Office

SENDERS = 10
CALL_SECONDS = 0.005
POST_SECONDS = 0.1
HANG_SECONDS = 10
OTHERS = 8
MINUTE = 60_000


class Crash(BaseException):
    """The process is gone."""


def busy_office(*, flood, hang, seconds):
    """Run ten senders on what evaluate queues: some for eight quiet destinations, a flood for one, one that hangs."""
    office = Office()
    office.sleep = office.time.sleep
    office.dynamodb._at_call = lambda name, after: None if after else office.time.sleep(CALL_SECONDS)
    for n in range(OTHERS):
        office.destination(f"quiet-{n}", "webhook" if n % 2 else "slack")
    office.destination("popular")
    office.destination("hanging")

    def answer(url):
        if "hanging" in url:
            office.time.sleep(HANG_SECONDS)
            raise UnreachableError("timeout", "no complete answer within 10 s")
        office.time.sleep(POST_SECONDS)
        return OK

    office.answer = answer
    arrivals = [(START + 400 * n, office.notification(n, f"quiet-{n % OTHERS}", rule="calm")) for n in range(150)]
    arrivals += [(START + 1000 * n, office.notification(n, "hanging", rule="stuck")) for n in range(60) if hang]
    arrivals += [(START + 6 * n, office.notification(n, "popular", rule="hot")) for n in range(flood)]
    end = START + seconds * 1000

    def arrive():
        office.time.begin()
        for at, notification in sorted(arrivals, key=lambda each: each[0]):
            if at > office.time.now:
                office.time.sleep((at - office.time.now) / 1000)
            office.sqs.put(encode(notification).decode())
        while office.time.now < end:
            office.time.sleep(60)
            office.dispatcher.sweep()
        office.time.end()

    def send():
        office.time.begin()
        while office.time.now < end:
            if (body := office.sqs.receive()) is None:
                office.time.sleep(0.05)
                continue
            try:
                office.handle(body)
            except TryAgainError:
                office.sqs.put(body, 30)
        office.time.end()

    office.time.start(*(threading.Thread(target=target, daemon=True) for target in [arrive, *[send] * SENDERS]))
    queued = {notification.id: at for at, notification in arrivals}
    return office, queued


def delays(office, queued):
    """Return how long each quiet notification took to be posted, sorted."""
    posted = {}
    for url, requests in office.sent.items():
        for at, body, _ in requests:
            if "quiet" in url:
                told = str(body)
                posted |= {id_: at for id_ in queued if id_.startswith("calm") and f"event={id_[5:]}'" in told}
    assert len(posted) == sum(id_.startswith("calm") for id_ in queued)
    return sorted(posted[id_] - queued[id_] for id_ in posted)


def percentile(values, share):
    return values[min(int(len(values) * share), len(values) - 1)]


def test_a_flood_and_a_destination_that_hangs_delay_nobody_and_lose_nothing():
    quiet, few = busy_office(flood=0, hang=False, seconds=120)
    noisy, all_ = busy_office(flood=10_000, hang=True, seconds=400)

    alone, beside = (percentile(delays(*run), 0.95) for run in ((quiet, few), (noisy, all_)))
    assert beside <= 2 * alone, (alone, beside)
    assert percentile(delays(noisy, all_), 0.99) < 3000

    at = [moment for moment, _, _ in noisy.sent["https://popular.example/hook"]]
    assert min(later - earlier for earlier, later in pairwise(at)) >= 1000
    lines = noisy.lines()
    hot = [line for id_, line in lines.items() if id_.startswith("hot")]
    assert Counter(line.status for line in hot) == {"delivered": 10_000}
    assert len({line.message for line in hot}) == len(at) < 60
    assert sum(together for _, together in {(line.message, line.together) for line in hot}) == 10_000
    # One invocation at a time waits for the one that hangs, and ever less often.
    assert len(noisy.sent["https://hanging.example/hook"]) < 30
    stuck = Counter(line.status for id_, line in lines.items() if id_.startswith("stuck"))
    assert set(stuck) <= {"waiting", "retrying"}
    assert stuck.total() == 60


@pytest.mark.parametrize("count", [1, 5], ids=["alone", "with-others-and-a-failure"])
@pytest.mark.parametrize("after", [False, True], ids=["before-it-took-effect", "after"])
def test_a_process_may_end_between_any_two_steps(after, count):
    """Whatever call a process ends at, everything is delivered; at most what was being sent is sent again."""
    steps = 0
    while True:
        steps += 1
        left = [steps]

        def at_call(name, took_effect, left=left):
            if took_effect is after or name in {"get_item", "query"}:
                left[0] -= 1
                if left[0] == 0:
                    raise Crash

        office = Office()
        office.destination()
        office.answer = answers = Answers(failing=count > 1)
        notifications = [office.notification(n, manner=Manner(quiet={f"g:{n}": 600})) for n in range(count)]
        office.dynamodb._at_call = office.sqs._at_call = at_call
        for notification in notifications:
            office.sqs.put(encode(notification).decode())
        crashed = run_with_crash(office, notifications)
        office.dynamodb._at_call = office.sqs._at_call = lambda name, after: None
        office.run(600)

        lines = office.lines()
        assert {id_: line.status for id_, line in lines.items()} == {n.id: "delivered" for n in notifications}, steps
        assert office.outbox.first_due("shop", "cs") is None
        assert answers.accepted <= len(notifications) + 1, steps
        if not crashed:
            break
    assert steps > 8


class Answers:
    """Fail once for now, where asked to, then accept."""

    def __init__(self, *, failing):
        self.asked = 0
        self.failing = failing

    def __call__(self, url):
        self.asked += 1
        return Response(503, None, 9, "") if self.failing and self.asked == 2 else OK

    @property
    def accepted(self):
        return self.asked - (self.failing and self.asked >= 2)


def run_with_crash(office, notifications):
    """Deliver messages until one is cut off; SQS gives that one again after its time is up."""
    while office.sqs.waiting:
        office.time.now = max(office.time.now, office.sqs.waiting[0][0])
        body = office.sqs.receive()
        try:
            office.handle(body)
        except TryAgainError:
            office.sqs.put(body, 30)
        except Crash:
            office.sqs.put(body, 360)
            office.restart()
            return True
    return False


def test_two_senders_at_once_send_each_once():
    office = Office()
    office.sleep = office.time.sleep
    office.dynamodb._at_call = lambda name, after: None if after else office.time.sleep(CALL_SECONDS)
    office.destination("crm", "webhook")

    def send(n):
        office.time.begin()
        for m in range(20):
            same = office.notification(m, "crm", occurred_at=iso(START))
            office.accept(office.notification(n * 100 + m, "crm"), same)
        office.time.end()

    office.time.start(*(threading.Thread(target=send, args=(n,), daemon=True) for n in (1, 2, 3)))

    ids = Counter(headers["webhook-id"] for _, _, headers in office.sent["https://crm.example/hook"])
    assert len(ids) == 80
    assert set(ids.values()) == {1}
    assert office.outbox.first_due("shop", "crm") is None
    assert office.lanes.read("shop", "crm").leased_until == 0


def test_what_is_put_in_while_the_lease_is_given_back_is_not_left_lying():
    office = Office()
    office.destination()
    release, left = office.lanes.release, [3]

    def late(lane, **options):
        if left[0]:
            left[0] -= 1
            # The other sees that somebody is sending, and leaves it to them.
            office.accept(office.notification(10 + left[0]))
        return release(lane, **options)

    office.lanes.release = late
    office.accept(office.notification(1))

    assert {line.status for line in office.lines().values()} == {"delivered"}
    assert len(office.lines()) == 4
    assert office.sqs.waiting == []
