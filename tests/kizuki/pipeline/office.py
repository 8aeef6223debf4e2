"""The real senders of notifications on an account in memory, in a time of their own."""

import heapq
import itertools
import json
import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from kizuki.aws.config import ConfigStore, Site
from kizuki.aws.deliveries import Delivery, DeliveryLog
from kizuki.aws.documents import StoredDocument
from kizuki.aws.email import Mailer
from kizuki.aws.lanes import LaneStore
from kizuki.aws.outbox import Entry, Outbox
from kizuki.aws.queue import NotificationQueue
from kizuki.aws.secrets import SecretStore
from kizuki.aws.threads import ThreadStore
from kizuki.errors import TryAgainError
from kizuki.events.times import iso
from kizuki.notifications.model import (
    Happening,
    Links,
    Manner,
    Notification,
    Person,
    Rule,
    Wake,
    decode_message,
    encode,
)
from kizuki.outbound import Response
from kizuki.pipeline.deliver import Courier
from kizuki.pipeline.drain import Dispatcher
from tests.memory.items import Items

START = 1_795_255_200_000
"""2026-11-21T10:00:00Z, a Saturday: 19:00 in Tokyo."""
CONSOLE = "https://console.example"
OK = Response(200, None, 20, "", b"")


class Time:
    """A clock that one thread at a time moves: whoever sleeps longest ago and shortest is next."""

    def __init__(self) -> None:
        self.now = START
        self._asleep: list[tuple[int, int, threading.Event]] = []
        self._order = itertools.count()
        self._lock = threading.Lock()
        self.running = 0

    def clock(self) -> int:
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass; others run meanwhile."""
        until = self.now + max(round(seconds * 1000), 0)
        with self._lock:
            turn = threading.Event()
            heapq.heappush(self._asleep, (until, next(self._order), turn))
            self._next()
        turn.wait()

    def start(self, *threads: threading.Thread) -> None:
        """Run threads of this time until all have ended. Each calls `begin` first and `end` last."""
        for thread in threads:
            with self._lock:
                turn = threading.Event()
                heapq.heappush(self._asleep, (self.now, next(self._order), turn))
            thread.turn = turn  # type: ignore[attr-defined]
            thread.start()
        with self._lock:
            self._next()
        for thread in threads:
            thread.join()

    def begin(self) -> None:
        threading.current_thread().turn.wait()  # type: ignore[attr-defined]

    def end(self) -> None:
        with self._lock:
            self._next()

    def _next(self) -> None:
        if self._asleep:
            until, _, turn = heapq.heappop(self._asleep)
            self.now = max(self.now, until)
            turn.set()


class Sqs:
    """A queue whose messages may be delayed; `receive` gives the next that is visible."""

    def __init__(self, clock: Callable[[], int], at_call: Callable[[str, bool], None]) -> None:
        self._clock = clock
        self._at_call = at_call
        self._order = itertools.count()
        self.waiting: list[tuple[int, int, str]] = []

    def send_message(self, *, MessageBody: str, DelaySeconds: int = 0, **_: Any) -> None:  # noqa: N803
        self._at_call("send_message", False)
        assert DelaySeconds <= 900
        self.put(MessageBody, DelaySeconds)
        self._at_call("send_message", True)

    def send_message_batch(self, *, Entries: list[dict[str, Any]], **_: Any) -> dict[str, Any]:  # noqa: N803
        for entry in Entries:
            self.send_message(MessageBody=entry["MessageBody"])
        return {}

    def put(self, body: str, delay: float = 0) -> None:
        heapq.heappush(self.waiting, (self._clock() + round(delay * 1000), next(self._order), body))

    def receive(self) -> str | None:
        if self.waiting and self.waiting[0][0] <= self._clock():
            return heapq.heappop(self.waiting)[2]
        return None


class Secrets:
    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def get_secret_value(self, *, SecretId: str) -> dict[str, str]:  # noqa: N803
        return {"SecretString": self.texts[SecretId]}


class Office:
    """`answer` says what a URL answers, and may let time pass; `sent` are the requests, by URL, with their moments."""

    def __init__(self, at_call: Callable[[str, bool], None] = lambda name, after: None) -> None:
        self.time = Time()
        self.dynamodb = Items(at_call)
        self.sqs = Sqs(self.time.clock, at_call)
        self.secrets = Secrets()
        self.sent: dict[str, list[tuple[int, Any, dict[str, str]]]] = defaultdict(list)
        self.answer: Callable[[str], Response] = lambda url: OK
        self.config = ConfigStore(self.dynamodb, "config", ruleset_max_age=0)
        self.config.put_site(Site("shop", "Shop"))
        self.queue = NotificationQueue(self.sqs, "queue")
        self.lanes = LaneStore(self.dynamodb, "metrics")
        self.outbox = Outbox(self.dynamodb, "metrics")
        self.log = DeliveryLog(self.dynamodb, "metrics")
        self.sleep: Callable[[float], None] = self.advance
        self.jitter: Callable[[], float] = lambda: 0.0
        self.restart()

    def restart(self) -> None:
        """Begin anew, as a process does that knows nothing but what is stored."""
        self.courier = Courier(
            config=self.config,
            secrets=SecretStore(self.secrets),
            threads=ThreadStore(self.dynamodb, "metrics"),
            mailer=Mailer(None, ""),
            allow_loopback=True,
            post=self.post,
            clock=lambda: self.time.now / 1000,
        )
        self.dispatcher = Dispatcher(
            outbox=self.outbox,
            lanes=self.lanes,
            courier=self.courier,
            queue=self.queue,
            config=self.config,
            clock=self.time.clock,
            sleep=lambda seconds: self.sleep(seconds),  # noqa: PLW0108 - a test may put another in its place
            jitter=lambda: self.jitter(),  # noqa: PLW0108 - as above
        )

    def advance(self, seconds: float) -> None:
        self.time.now += round(seconds * 1000)

    def post(self, url: str, body: bytes, headers: dict[str, str], **_: Any) -> Response:
        self.sent[url].append((self.time.now, json.loads(body), headers))
        return self.answer(url)

    def destination(
        self, id: str = "cs", type: str = "slack", secret: dict[str, Any] | None = None, **fields: Any
    ) -> None:
        name = f"kizuki/test/destinations/shop/{id}"
        document = {"id": id, "name": id.upper(), "type": type, "secret": name} | fields
        self.config.put_document("shop", "destination", StoredDocument(id, "live", iso(self.time.now), document))
        self.secrets.texts[name] = json.dumps(secret or {"url": f"https://{id}.example/hook"})

    def notification(self, n: int = 1, destination: str = "cs", **changes: Any) -> Notification:
        rule = changes.pop("rule", "big-cart")
        fields = {
            "id": f"{rule}:m{n}",
            "site": "shop",
            "rule": Rule(rule, rule.title()),
            "destination": destination,
            "occurred_at": iso(self.time.now),
            "person": Person(f"a:{n}", f"山田 {n}"),
            "event": Happening("Product Added", "track", f"m{n}"),
            "links": Links(f"{CONSOLE}/sites/shop/people/a:{n}?event=m{n}"),
            "manner": Manner(timezone="Asia/Tokyo", group=f"a:{n}"),
        }
        return Notification(**(fields | changes))

    def accept(self, *notifications: Notification) -> None:
        """Let the queue deliver these, one after the other."""
        for notification in notifications:
            self.handle(encode(notification).decode())

    def put(self, *notifications: Notification) -> None:
        """Take these in without sending anything, as others do while a sender is busy."""
        now = self.time.now
        for notification in notifications:
            line = self.dispatcher._line(notification, now, now)
            self.outbox.put(Entry(notification, line, now), occurred_at=now)
            self.lanes.touch("shop", notification.destination)

    def handle(self, body: str) -> None:
        told = decode_message(body)
        if isinstance(told, Wake):
            self.dispatcher.drain(told.site, told.destination, within=35_000)
        else:
            self.dispatcher.accept(told, within=35_000)

    def run(self, seconds: float) -> None:
        """Let time pass: messages of the queue are handled when they are due, lanes are swept every minute."""
        end = self.time.now + round(seconds * 1000)
        swept = self.time.now
        while True:
            next_message = self.sqs.waiting[0][0] if self.sqs.waiting else end + 1
            moment = max(min(next_message, swept + 60_000), self.time.now)
            if moment > end:
                self.time.now = max(end, self.time.now)
                return
            self.time.now = moment
            if moment >= swept + 60_000:
                swept = moment
                self.dispatcher.sweep()
                continue
            body = self.sqs.receive()
            if body is not None:
                try:
                    self.handle(body)
                except TryAgainError:
                    self.sqs.put(body, 30)

    def lines(self, site: str = "shop") -> dict[str, Delivery]:
        return {line.id: line for line in self.log.list(site, limit=100_000)[0]}

    def health(self, id: str = "cs") -> Any:
        return self.lanes.read("shop", id).health
