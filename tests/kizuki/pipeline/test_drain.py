"""One destination's lane: what is sent when, gathered or not, retried, given up, put off."""

import itertools
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from kizuki.aws.deliveries import key_of
from kizuki.aws.secrets import SecretStore
from kizuki.console.destinations import DestinationDesk
from kizuki.notifications.model import Manner
from kizuki.outbound import Response, UnreachableError
from kizuki.rules.ruleset import HoursSpec
from tests.kizuki.pipeline.office import OK, START, Office

URL = "https://cs.example/hook"
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def office():
    office = Office()
    office.destination()
    return office


def texts(office, url=URL):
    return [body["text"] for _, body, _ in office.sent[url]]


def moments(office, url=URL):
    return [(at - START) / 1000 for at, _, _ in office.sent[url]]


def clock(ms):
    return datetime.fromtimestamp(ms / 1000, TOKYO).strftime("%m-%d %H:%M")


def answering(*answers):
    """Answer with each in turn, with the last one for ever."""
    left = list(answers)

    def answer(_):
        found = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(found, Exception):
            raise found
        return found

    return answer


def test_a_notification_is_sent_at_once_and_once(office):
    office.accept(office.notification(), office.notification())

    assert texts(office) == ["カート追加：山田 1"]
    [line] = office.lines().values()
    assert (line.status, line.attempts, line.response_code, line.together) == ("delivered", 1, 200, 1)
    assert [(made.response_code, made.error) for made in line.tries] == [(200, None)]
    assert office.outbox.first_due("shop", "cs") is None


def test_a_channel_gets_one_message_a_second_and_more_than_a_few_as_one(office):
    office.put(*(office.notification(n) for n in range(3)))
    office.run(65)
    assert moments(office) == [60, 61, 62]

    office.put(*(office.notification(n) for n in range(10, 22)))
    office.run(60)

    assert texts(office)[3:] == ["通知12件"]
    lines = [line for line in office.lines().values() if line.together == 12]
    assert ({line.status for line in lines}, len({line.message for line in lines})) == ({"delivered"}, 1)


def test_a_webhook_gets_each_by_itself_however_many(office):
    office.destination("crm", "webhook")
    office.put(*(office.notification(n, "crm") for n in range(10)))
    office.run(60)

    ids = [headers["webhook-id"] for _, _, headers in office.sent["https://crm.example/hook"]]
    assert len(set(ids)) == 10
    assert {body["type"] for _, body, _ in office.sent["https://crm.example/hook"]} == {"notification.created"}
    assert "manner" not in office.sent["https://crm.example/hook"][0][1]["data"]


def test_what_fails_for_now_comes_back_with_the_same_id_and_its_attempts_in_the_log(office):
    office.destination("crm", "webhook")
    office.answer = answering(Response(500, None, 9, "oh"), UnreachableError("timeout", "no answer"), OK)

    office.accept(office.notification(destination="crm"))
    [line] = office.lines().values()
    assert (line.status, line.next_attempt) == ("retrying", "2026-11-21T10:00:05.000Z")
    office.run(120)

    url = "https://crm.example/hook"
    assert moments(office, url) == [0, 5, 35]
    assert len({headers["webhook-id"] for _, _, headers in office.sent[url]}) == 1
    [line] = office.lines().values()
    assert (line.status, line.attempts, line.next_attempt) == ("delivered", 3, None)
    assert [made.error for made in line.tries] == ["http_500: oh", "timeout: no answer", None]


def test_a_destination_is_left_alone_for_as_long_as_it_asks_whoever_it_is_for(office):
    office.answer = answering(Response(429, 300.0, 9, ""), OK)
    office.accept(office.notification(1), office.notification(2))

    office.run(299)
    assert moments(office) == [0]
    office.run(5)

    assert moments(office) == [0, 300, 301]
    assert {line.status for line in office.lines().values()} == {"delivered"}


def test_no_destination_can_ask_for_more_than_a_days_patience(office):
    office.answer = answering(Response(503, 1e12, 9, ""), OK)
    office.accept(office.notification(1))
    office.run(1.5 * 86_400)

    assert moments(office) == [0, 86_400]


def test_what_never_succeeds_is_given_up_after_three_days(office):
    office.answer = answering(UnreachableError("timeout", "no answer"))
    office.accept(office.notification())

    office.run(4 * 86_400)

    [line] = office.lines().values()
    assert (line.status, line.attempts, len(line.tries), line.error) == ("failed", 11, 10, "timeout: no answer")
    assert 71.5 * 3600 < moments(office)[-1] < 73 * 3600
    assert office.health().state == "degraded"
    assert office.outbox.first_due("shop", "cs") is None


def test_a_destination_that_fails_for_five_days_is_switched_off_and_the_others_hear_of_it_once(office):
    office.destination("ops", alerts=True)
    office.destination("off", alerts=True, enabled=False)
    office.answer = lambda url: OK if "ops" in url else Response(503, None, 9, "")
    for day in range(7):
        office.accept(office.notification(day))
        office.run(86_400)

    assert office.config.destination("shop", "cs")["enabled"] is False
    assert texts(office, "https://ops.example/hook") == ["通知先「CS」を停止しました"]
    assert "https://off.example/hook" not in office.sent
    [change] = [each for each in office.config.changes("shop", limit=50)[0] if each.change == "disabled"]
    assert (change.kind, change.id, change.by) == ("destination", "cs", None)
    assert office.lines()["big-cart:m6"].error == "disabled_destination: the destination is switched off"

    office.answer = lambda url: OK
    office.destination()
    office.accept(office.notification(9))
    assert office.lines()["big-cart:m9"].status == "delivered"
    assert office.health().state == "healthy"


@pytest.mark.parametrize(
    ("fields", "answer", "why"),
    [
        ({"type": "webhook"}, Response(410, None, 9, ""), "the receiver answers that it is gone (410)"),
        ({"type": "slack"}, Response(404, None, 9, "no_service", b"no_service"), "no_service"),
        (
            {"type": "slack", "channel": "C0123456", "secret": {"bot_token": "xoxb-1"}},
            Response(200, None, 9, "", b'{"ok":false,"error":"account_inactive"}'),
            "account_inactive",
        ),
    ],
)
def test_an_answer_that_is_final_switches_a_destination_off_at_once(office, fields, answer, why):
    office.destination(**fields)
    office.destination("ops", alerts=True)
    office.answer = lambda url: OK if "ops" in url else answer

    office.accept(office.notification(1), office.notification(2))
    office.run(5)

    [alert] = [body for _, body, _ in office.sent["https://ops.example/hook"]]
    assert f"理由：{why}" in str(alert)
    assert alert["blocks"][-1]["elements"][0]["url"] == "https://console.example/sites/shop/deliveries"
    assert [line.status for name, line in sorted(office.lines().items()) if name.startswith("big")] == ["failed"] * 2
    assert office.config.destination("shop", "cs")["enabled"] is False


def test_a_destination_that_refuses_quickly_is_asked_less_often_too(office):
    office.answer = lambda _: Response(400, None, 1, "invalid_blocks")
    for n in range(40):
        office.accept(office.notification(n))
        office.run(1)

    assert office.health().state == "degraded"
    assert office.health().reason == "http_400: invalid_blocks"
    assert len(moments(office)) < 12


def test_a_digest_is_one_message_at_its_hour(office):
    manner = Manner(timezone="Asia/Tokyo", every="daily", at="10:00")
    for n in range(30):
        office.accept(office.notification(n, manner=manner, rule="orders" if n % 3 else "visits"))
        office.run(600)

    assert office.sent == {}
    assert {line.status for line in office.lines().values()} == {"waiting"}
    office.run(86_400)

    assert sorted(texts(office)) == ["Orders：まとめ20件", "Visits：まとめ10件"]
    assert [clock(at) for at, _, _ in office.sent[URL]] == ["11-22 10:00", "11-22 10:00"]
    assert {line.status for line in office.lines().values()} == {"delivered"}


def test_a_digest_that_fails_for_now_comes_back_whole_with_the_same_id(office):
    office.destination("crm", "webhook")
    office.answer = answering(UnreachableError("timeout", "no answer"), OK)
    office.jitter = itertools.cycle([0.0, 0.3, 0.6, 0.9]).__next__
    manner = Manner(timezone="Asia/Tokyo", every="hourly")
    office.accept(*(office.notification(n, "crm", manner=manner) for n in range(5)))

    office.run(2 * 3600)

    requests = office.sent["https://crm.example/hook"]
    assert len(requests) == 2
    assert len({headers["webhook-id"] for _, _, headers in requests}) == 1
    assert {(line.status, line.together) for line in office.lines().values()} == {("delivered", 5)}


def test_what_was_gathered_and_fails_for_now_comes_back_with_the_same_retry_key(office):
    api_url = "http://127.0.0.1:9"
    office.destination("line", "line", to=["U0123456789"], secret={"channel_access_token": "t", "api_url": api_url})
    office.answer = answering(Response(500, None, 9, ""), OK)
    office.jitter = itertools.cycle([0.0, 0.3, 0.6, 0.9]).__next__
    for n in (9, 3, 7, 1):
        office.put(office.notification(n, "line"))
        office.advance(0.01)

    office.run(120)

    [requests] = office.sent.values()
    assert len(requests) == 2
    assert len({headers["x-line-retry-key"] for _, _, headers in requests}) == 1


def test_outside_its_hours_a_rule_waits_for_the_morning_or_says_nothing(office):
    hours = HoursSpec("09:00", "18:00", [1, 2, 3, 4, 5])
    # Saturday evening.
    office.accept(office.notification(1, manner=Manner("Asia/Tokyo", hours=hours)))
    office.accept(office.notification(2, manner=Manner("Asia/Tokyo", hours=HoursSpec("09:00", "18:00", [1], "drop"))))
    office.run(3 * 86_400)

    assert [clock(at) for at, _, _ in office.sent[URL]] == ["11-23 09:00"]
    dropped = office.lines()["big-cart:m2"]
    assert (dropped.status, dropped.error) == ("dropped", "outside_hours: it came outside the rule's hours")


def test_a_rule_and_a_company_keep_quiet_each_for_its_time(office):
    def told(n, company, seconds):
        office.run(seconds)
        office.accept(office.notification(n, manner=Manner(quiet={"": 60, company: 600}, group=company)))
        return office.lines()[f"big-cart:m{n}"].status

    found = [
        told(1, "g:acme", 0),
        told(2, "g:duke", 30),
        told(3, "g:acme", 40),
        told(4, "g:duke", 1),
        told(5, "g:acme", 600),
    ]

    assert found == ["delivered", "dropped", "dropped", "delivered", "delivered"]


def test_what_was_given_up_can_be_sent_again(office):
    office.answer = answering(Response(404, None, 9, "gone for a while"), OK)
    office.accept(office.notification())
    line, notification = office.log.read("shop", key_of(office.lines()["big-cart:m1"]))

    office.outbox.redrive(line, notification, office.time.now)
    office.lanes.touch("shop", "cs")
    office.run(90)

    line = office.lines()["big-cart:m1"]
    assert (line.status, line.attempts, [made.response_code for made in line.tries]) == ("delivered", 1, [404, 200])


def test_what_waited_long_by_its_rule_or_is_sent_again_is_given_up_by_its_attempts_alone(office):
    hours = HoursSpec("09:00", "18:00", [5])
    office.answer = answering(Response(500, None, 9, ""), Response(404, None, 9, ""), Response(500, None, 9, ""), OK)

    # Saturday evening, until Friday.
    office.accept(office.notification(manner=Manner("Asia/Tokyo", hours=hours)))
    office.run(6 * 86_400)
    line, notification = office.log.read("shop", key_of(office.lines()["big-cart:m1"]))
    assert (line.status, [made.response_code for made in line.tries]) == ("failed", [500, 404])

    office.run(5 * 86_400)
    office.outbox.redrive(line, notification, office.time.now)
    office.lanes.touch("shop", "cs")
    office.run(120)

    line = office.lines()["big-cart:m1"]
    assert (line.status, [made.response_code for made in line.tries]) == ("delivered", [500, 404, 500, 200])


def test_what_fails_again_days_after_its_first_attempt_is_given_up(office):
    office.answer = answering(Response(500, None, 9, ""))
    office.accept(office.notification())

    # Nobody looks after its lane meanwhile.
    office.advance(4 * 86_400)
    office.run(120)

    [line] = office.lines().values()
    assert (line.status, line.attempts) == ("failed", 2)


def edit(office):
    desk = DestinationDesk(
        config=office.config,
        secrets=SecretStore(office.secrets),
        lanes=office.lanes,
        outbox=office.outbox,
        queue=office.queue,
        prefix="kizuki/test/destinations",
        allow_loopback=True,
        clock=office.time.clock,
    )
    desk.write("shop", "cs", {"id": "cs", "name": "CS", "type": "slack"}, by="ops", expected=None)


def test_when_a_destination_is_repaired_what_failed_is_sent_and_what_waits_by_its_rule_still_waits(office):
    office.answer = answering(Response(503, None, 9, ""))
    office.accept(office.notification(1), office.notification(2))
    office.run(6 * 3600)
    office.accept(office.notification(3, manner=Manner("Asia/Tokyo", every="daily")))
    office.sent.clear()

    office.answer = answering(OK)
    edit(office)
    office.run(5)

    assert texts(office) == ["カート追加：山田 1", "カート追加：山田 2"]
    assert [line.status for _, line in sorted(office.lines().items())] == ["delivered", "delivered", "waiting"]
    assert office.health().state == "healthy"


def test_who_sends_while_a_destination_is_repaired_writes_nothing_over_it_and_keeps_its_turn(office):
    office.answer = answering(Response(503, None, 9, ""))
    office.accept(office.notification(1), office.notification(2))
    office.run(6 * 3600)
    office.sent.clear()

    def repaired_meanwhile(_):
        office.answer = answering(OK)
        edit(office)
        return Response(503, 6 * 3600, 9, "")

    office.answer = repaired_meanwhile
    office.accept(office.notification(3))
    sent_at = office.time.now
    assert (office.health().state, office.lanes.read("shop", "cs").next_at) == ("healthy", 0)
    office.run(130)

    assert texts(office) == ["カート追加：山田 3", "カート追加：山田 1", "カート追加：山田 2"]
    assert [at - sent_at for at, _, _ in office.sent[URL]] == [0, 60_000, 61_000]


def test_a_bot_gathers_what_a_person_does_under_the_first_message(office):
    office.destination(
        channel="C0123456", threads=True, secret={"bot_token": "xoxb-1", "api_url": "http://127.0.0.1:9"}
    )
    office.answer = lambda _: Response(200, None, 9, "", b'{"ok":true,"channel":"C0123456","ts":"17.1"}')

    for n, person in enumerate(["a:1", "a:2", "a:1"]):
        office.accept(office.notification(n, manner=Manner(group=person)))
        office.run(2)

    requests = office.sent["http://127.0.0.1:9/chat.postMessage"]
    assert [body.get("thread_ts") for _, body, _ in requests] == [None, None, "17.1"]
    assert {headers["authorization"] for _, _, headers in requests} == {"Bearer xoxb-1"}


def test_a_bot_changes_one_message_instead_of_posting_ten(office):
    office.destination(channel="C0123456", secret={"bot_token": "xoxb-1", "api_url": "http://127.0.0.1:9"})
    office.answer = lambda _: Response(200, None, 9, "", b'{"ok":true,"channel":"C0123456","ts":"17.1"}')
    for burst in range(5):
        office.put(*(office.notification(100 * burst + n) for n in range(10)))
        office.run(61)

    assert len(office.sent["http://127.0.0.1:9/chat.postMessage"]) == 1
    updates = [body for _, body, _ in office.sent["http://127.0.0.1:9/chat.update"]]
    assert [body["text"] for body in updates] == [f"通知{n}件" for n in (20, 30, 40, 50)]
    assert {(body["channel"], body["ts"]) for body in updates} == {("C0123456", "17.1")}


def test_what_waits_for_a_destination_that_was_deleted_is_told_so(office):
    office.accept(office.notification(manner=Manner(every="daily")))
    office.dynamodb.delete_item(TableName="config", Key={"pk": {"S": "site#shop"}, "sk": {"S": "destination#cs"}})
    office.run(86_400)

    [line] = office.lines().values()
    assert (line.status, line.error) == ("failed", "unknown_destination: the destination does not exist")
    assert office.outbox.first_due("shop", "cs") is None


def test_a_wake_up_that_was_lost_costs_a_minute_at_most(office):
    office.put(office.notification())
    office.sqs.waiting.clear()

    office.run(61)

    assert moments(office) == [60]


def test_a_sender_that_died_keeps_its_lane_for_a_minute_at_most(office):
    office.lanes.acquire("shop", "cs", now=office.time.now, until=office.time.now + 60_000)
    office.accept(office.notification())
    assert moments(office) == []

    office.run(121)

    assert moments(office) == [60]
