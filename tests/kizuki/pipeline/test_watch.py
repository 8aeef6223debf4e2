"""The watch on an account in memory: a shop with four weeks behind it, and what is found when something stops."""

from datetime import date, timedelta
from typing import Any

import pytest

from kizuki.absence.pulse import BUCKET_MS, bucket
from kizuki.aws.config import ConfigStore, Site
from kizuki.aws.deliveries import Delivery, Named, To
from kizuki.aws.documents import StoredDocument
from kizuki.aws.incidents import IncidentStore
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.outcomes import OutcomeStore
from kizuki.aws.publishing import publish
from kizuki.aws.pulse import PulseStore
from kizuki.campaigns.outcomes import Outcome
from kizuki.events.times import epoch_ms, iso
from kizuki.pipeline.evidence import Evidence
from kizuki.pipeline.watch import Alert, Watch
from tests.memory import Account

NOW = epoch_ms("2026-11-27T12:00:00.000Z")
HOUR = 3_600_000
LONG_AGO = "2026-10-01T00:00:00.000Z"
BANNER = {
    "id": "banner",
    "name": "送料無料",
    "trigger": {"type": "event", "name": "page"},
    "variants": [{"id": "a", "action": {"type": "bar", "content": {"ja": {"title": "送料無料です"}}}}],
}
ORDERS = {"id": "orders", "name": "Orders", "when": {"type": "event", "name": "Order Completed"}, "destination": "cs"}


class Deliveries:
    """The delivery log, newest first."""

    def __init__(self) -> None:
        self.lines: list[Delivery] = []

    def list(self, site: str, *, limit: int, cursor: str | None = None) -> tuple[list[Delivery], str | None]:
        return self.lines, None


class Shop:
    """A site with a pulse: 10 visits, 5 displays and 2 matches of a rule in every five minutes, unless told otherwise."""

    def __init__(self) -> None:
        dynamodb = self.dynamodb = Account().dynamodb
        self.config = ConfigStore(dynamodb, "config", ruleset_max_age=0)
        self.config.put_site(Site("shop", "Shop", "Asia/Tokyo"))
        self.metrics = MetricsStore(dynamodb, "metrics")
        self.pulse = PulseStore(dynamodb, "metrics")
        self.incidents = IncidentStore(dynamodb, "metrics")
        self.outcomes = OutcomeStore(dynamodb, "sessions")
        self.deliveries = Deliveries()
        self.evidence = Evidence(
            config=self.config,
            outcomes=self.outcomes,
            deliveries=self.deliveries,
            console_url="https://console.example",
        )
        self.watch = self.started()
        self.write("campaign", BANNER, at=LONG_AGO)
        self.write("rule", ORDERS, at=LONG_AGO)

    def started(self) -> Watch:
        """A process that knows nothing yet."""
        return Watch(
            config=self.config, metrics=self.metrics, pulse=self.pulse, incidents=self.incidents, evidence=self.evidence
        )

    def write(
        self, kind: Any, document: dict[str, Any], *, at: str, status: Any = "live", change: Any = "edited"
    ) -> None:
        stored = StoredDocument(document["id"], status, at, document)
        self.config.put_document("shop", kind, stored, change=change, by="cs@example.com")
        publish(self.config, "shop")

    def learn(self, **each: int) -> None:
        """Four weeks of days that are over, and the last three days up to an hour ago, all alike."""
        usual = numbers(**each)
        hour = {name: n * 12 for name, n in usual.items()}
        for ago in range(4, 31):
            self._put_day(date(2026, 11, 27) - timedelta(days=ago), [hour] * 24)
        self.pass_by(NOW - 84 * HOUR, NOW - HOUR, **each)

    def pass_by(self, first: int, last: int, **each: int) -> None:
        for at in range(first, last, BUCKET_MS):
            self._put(bucket(at), numbers(**each))

    def check(self, now: int = NOW) -> list[Alert]:
        alerts = self.watch.check("shop", now)
        for alert in alerts:
            self.watch.told(alert, now)
        return alerts

    def _put(self, sk: str, told: dict[str, int]) -> None:
        item = {"pk": {"S": "shop#pulse"}, "sk": {"S": sk}}
        self.dynamodb.put_item(TableName="metrics", Item=item | {name: {"N": str(n)} for name, n in told.items()})

    def _put_day(self, day: date, hours: list[dict[str, int]]) -> None:
        for hour, told in enumerate(hours):
            self._put(f"{day}T{hour:02}:00Z", told)


def numbers(
    visits: int = 10, shown: int = 5, decided: int | None = None, eligible: int | None = None, orders: int = 2
) -> dict[str, int]:
    decided = shown if decided is None else decided
    eligible = decided if eligible is None else eligible
    told = {
        "visits": visits,
        "campaign:banner": shown,
        "decided:banner": decided,
        "eligible:banner": eligible,
        "rule:orders": orders,
    }
    return {name: n for name, n in told.items() if n}


@pytest.fixture
def shop() -> Shop:
    made = Shop()
    made.learn()
    return made


def test_nothing_is_told_while_all_comes(shop):
    shop.pass_by(NOW - HOUR, NOW)

    assert shop.check() == []
    assert shop.incidents.open("shop") == []


def test_a_campaign_that_stopped_is_told_once_with_what_is_known_of_it(shop):
    shown = Outcome(group="shown", shown_at=NOW - HOUR, replay_id="r1", replay_offset=65_000)
    shop.outcomes.put("shop", "banner", "u:田中", shown)
    shop.pass_by(NOW - HOUR, NOW, shown=0, decided=5)

    [alert] = shop.check()
    again = shop.check(NOW + BUCKET_MS)

    incident = alert.incident
    assert (alert.id, alert.what) == (f"incident.campaign.banner:{iso(NOW)}.opened", "opened")
    assert (incident.kind, incident.subject, incident.name) == ("campaign", "banner", "送料無料")
    assert (incident.since, incident.seen, incident.cause) == (iso(NOW - HOUR), 0, "not_displayed")
    assert incident.expected == pytest.approx(60, rel=0.03)
    assert incident.last_good.at == iso(NOW - HOUR)
    assert incident.last_good.person == "u:田中"
    assert incident.last_good.story == "https://console.example/sites/shop/people/u:%E7%94%B0%E4%B8%AD"
    assert incident.last_good.replay == "https://console.example/sites/shop/replays/r1?t=64200"
    assert len(incident.curve) == 288
    assert incident.curve[-1] == pytest.approx((5, 0), rel=0.03)
    assert again == []


def test_a_rule_that_matches_nothing_more_names_its_last_delivery(shop):
    line = Delivery(
        id="orders:m1", at=iso(NOW - HOUR), rule=Named("orders", "Orders"), destination=To("cs", "CS", "slack"),
        person="u:1", event="Order Completed", status="delivered", attempts=1,
    )  # fmt: skip
    shop.deliveries.lines.append(line)
    shop.pass_by(NOW - HOUR, NOW, orders=0)

    [alert] = shop.check()

    assert (alert.incident.kind, alert.incident.subject, alert.incident.cause) == ("rule", "orders", "not_matched")
    assert (alert.incident.last_good.at, alert.incident.last_good.person) == (iso(NOW - HOUR), "u:1")


@pytest.mark.parametrize(
    ("passed", "cause"),
    [
        ({"shown": 0, "eligible": 5}, "held_back"),
        ({"shown": 0}, "not_triggered"),
        ({"shown": 0, "decided": 5}, "not_displayed"),
    ],
)
def test_it_says_where_it_stops(shop, passed, cause):
    shop.pass_by(NOW - HOUR, NOW, **passed)

    assert [alert.incident.cause for alert in shop.check()] == [cause]


def test_without_visitors_nothing_is_missing(shop):
    shop.pass_by(NOW - HOUR, NOW, visits=0, shown=0, orders=0)

    assert shop.check() == []


def test_what_was_paused_is_not_missing(shop):
    shop.write("campaign", BANNER, at=iso(NOW - HOUR), status="paused", change="paused")
    shop.pass_by(NOW - HOUR, NOW, shown=0)

    assert shop.check() == []


def test_what_is_paused_while_it_is_missing_is_over(shop):
    shop.pass_by(NOW - HOUR, NOW, shown=0)
    shop.check()
    shop.write("campaign", BANNER, at=iso(NOW), status="paused", change="paused")

    assert shop.check(NOW + BUCKET_MS) == []
    assert shop.incidents.open("shop") == []
    [ended] = shop.incidents.ended("shop", limit=10)[0]
    assert (ended.incident.ending, ended.incident.ended_at) == ("paused", iso(NOW + BUCKET_MS))


def test_out_of_its_hours_nothing_is_missing(shop):
    """Noon UTC is nine in the evening in Tokyo."""
    hours = {"schedule": {"since": "09:00", "until": "20:00"}}
    shop.write("campaign", BANNER | hours, at=LONG_AGO)
    shop.pass_by(NOW - HOUR, NOW + 2 * HOUR, shown=0)

    assert shop.check(NOW + 2 * HOUR) == []


def test_a_change_after_which_nothing_comes_any_more_is_told_and_named(shop):
    shop.write(
        "segment", {"id": "vip", "name": "VIP", "condition": {"type": "event", "name": "x"}}, at=iso(NOW - 2 * HOUR)
    )
    typo = BANNER | {"trigger": {"type": "event", "name": "pgae"}}
    shop.write("campaign", typo, at=iso(NOW - HOUR))
    shop.pass_by(NOW - HOUR, NOW, shown=0)

    [alert] = shop.check()

    assert (alert.incident.since, alert.incident.seen) == (iso(NOW - HOUR), 0)
    # The trail's own clock is the machine's: written after the silence began.
    assert [(line.kind, line.id, line.by) for line in alert.incident.changes[:2]] == [
        ("campaign", "banner", "cs@example.com"),
        ("campaign", "banner", "cs@example.com"),
    ]
    assert ("segment", "vip") in {(line.kind, line.id) for line in alert.incident.changes}


def test_a_change_after_which_less_comes_is_learned_anew(shop):
    narrower = BANNER | {"audience": {"type": "trait", "path": "plan", "op": "eq", "value": "pro"}}
    shop.write("campaign", narrower, at=iso(NOW - HOUR))
    shop.pass_by(NOW - HOUR, NOW - 2 * BUCKET_MS, shown=0)
    shop.pass_by(NOW - 2 * BUCKET_MS, NOW, shown=1)

    assert shop.check() == []


def test_a_campaign_whose_displays_are_all_taken_is_not_missing(shop):
    shop.write("campaign", BANNER | {"caps": {"total": 1}}, at=LONG_AGO)
    shop.metrics.take("shop", "banner", 1)
    shop.pass_by(NOW - HOUR, NOW, shown=0)

    assert shop.check() == []


def test_nobody_is_told_of_what_nobody_wants_to_know(shop):
    shop.write("campaign", BANNER | {"absence": False}, at=LONG_AGO)
    shop.pass_by(NOW - HOUR, NOW, shown=0)

    assert shop.check() == []


def test_it_ends_when_it_comes_back_and_is_told_so_once(shop):
    shop.pass_by(NOW - 4 * HOUR, NOW, shown=0)
    shop.check()
    back = NOW + 30 * 60_000
    shop.pass_by(NOW, back)

    [alert] = shop.check(back)

    assert (alert.what, alert.at, alert.incident.ending) == ("ended", iso(back), "returned")
    assert alert.incident.expected == pytest.approx(270, rel=0.03)
    assert alert.incident.seen == 30
    shop.pass_by(back, back + BUCKET_MS)
    assert shop.check(back + BUCKET_MS) == []
    assert shop.incidents.open("shop") == []


def test_missing_again_soon_after_is_the_same_incident_and_alerts_nobody(shop):
    shop.pass_by(NOW - HOUR, NOW, shown=0)
    [first] = shop.check()
    shop.pass_by(NOW, NOW + HOUR)
    shop.check(NOW + HOUR)
    shop.pass_by(NOW + HOUR, NOW + 2 * HOUR, shown=0)

    assert shop.check(NOW + 2 * HOUR) == []
    assert [stored.incident.id for stored in shop.incidents.open("shop")] == [first.incident.id]


def test_a_snoozed_incident_is_silent_and_speaks_again_when_it_is_still_missing(shop):
    shop.pass_by(NOW - HOUR, NOW + 2 * HOUR, shown=0)
    [opened] = shop.check()
    shop.incidents.change("shop", opened.incident.id, snoozed_until=iso(NOW + HOUR))

    assert shop.check(NOW + HOUR - BUCKET_MS) == []
    [again] = shop.check(NOW + HOUR + BUCKET_MS)
    assert again.what == "opened"
    assert again.id != opened.id
    assert (opened.at, again.at) == (iso(NOW), iso(NOW + HOUR))
    assert shop.check(NOW + HOUR + 2 * BUCKET_MS) == []


def test_a_closed_incident_is_silent_until_it_is_over(shop):
    shop.pass_by(NOW - HOUR, NOW + 2 * HOUR, shown=0)
    [opened] = shop.check()
    shop.incidents.change("shop", opened.incident.id, closed_at=iso(NOW))

    assert shop.check(NOW + HOUR) == []
    shop.pass_by(NOW + 2 * HOUR, NOW + 3 * HOUR)
    assert shop.check(NOW + 3 * HOUR) == []
    assert shop.incidents.open("shop") == []


def test_an_alert_that_was_not_sent_is_found_again_by_another_process(shop):
    shop.pass_by(NOW - HOUR, NOW + BUCKET_MS, shown=0)
    [first] = shop.watch.check("shop", NOW)

    [second] = shop.started().check("shop", NOW + BUCKET_MS)

    assert (second.id, second.at) == (first.id, first.at)
    assert len(shop.incidents.open("shop")) == 1


def test_days_are_summed_once(shop):
    shop.pass_by(NOW - HOUR, NOW)
    shop.check()
    days = shop.pulse.days("shop", date(2026, 10, 1), date(2026, 11, 27))

    assert len(days) == 28
    assert max(days) == date(2026, 11, 25)
    assert days[date(2026, 11, 20)][3] == {name: n * 12 for name, n in numbers().items()}
