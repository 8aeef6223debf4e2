import pytest

from kizuki.aws.clients import client
from kizuki.aws.queue import NotificationQueue
from kizuki.errors import TryAgainError
from kizuki.notifications.model import Happening, Links, Notification, Person, Rule, Wake, decode, decode_message


def notification(n, traits=None):
    return Notification(
        id=f"rule:m{n}",
        site="shop",
        rule=Rule("rule", "Rule"),
        destination="cs",
        occurred_at="2026-11-21T10:00:00.000Z",
        person=Person("a:1", None, None, traits or {}),
        event=Happening("Ping", "track", f"m{n}"),
        links=Links("https://console.example/"),
    )


@pytest.fixture
def sqs(aws):
    return client("sqs")


@pytest.fixture
def url(sqs):
    return sqs.create_queue(QueueName="notifications")["QueueUrl"]


def received(sqs, url):
    found = []
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        found += [decode(message["Body"]) for message in messages]
    return sorted(found, key=lambda n: int(n.id[6:]))


def test_every_notification_is_queued_whatever_their_number_and_size(sqs, url):
    sent = [notification(n, {"note": "x" * 60_000 * (n % 3)}) for n in range(23)]

    NotificationQueue(sqs, url).send(sent)

    assert received(sqs, url) == sent


def test_a_person_with_more_traits_than_a_message_holds_is_queued_without_them(sqs, url):
    NotificationQueue(sqs, url).send([notification(1, {"note": "x" * 300_000})])

    assert received(sqs, url) == [notification(1)]


def test_an_entry_that_sqs_refused_is_sent_again(sqs, url):
    calls = []

    def refuse_the_second_once(parsed, **_):
        calls.append(parsed)
        if len(calls) == 1:
            parsed["Failed"] = [{"Id": "1", "SenderFault": False, "Code": "InternalError"}]

    sqs.meta.events.register_first("after-call.sqs.SendMessageBatch", refuse_the_second_once)

    NotificationQueue(sqs, url).send([notification(n) for n in range(3)])

    assert [len(call["Successful"]) for call in calls] == [3, 1]


def test_entries_that_sqs_keeps_refusing_are_an_error(sqs, url):
    def refuse_all(parsed, **_):
        parsed["Failed"] = [{"Id": "0", "SenderFault": False, "Code": "InternalError"}]

    sqs.meta.events.register_first("after-call.sqs.SendMessageBatch", refuse_all)

    with pytest.raises(TryAgainError):
        NotificationQueue(sqs, url).send([notification(1)])


def test_a_delayed_message_is_hidden_for_less_than_twelve_hours(sqs, url):
    queue = NotificationQueue(sqs, url)
    queue.send([notification(1)])
    [message] = sqs.receive_message(QueueUrl=url)["Messages"]
    asked = []
    sqs.meta.events.register_first(
        "provide-client-params.sqs.ChangeMessageVisibility",
        lambda params, **_: asked.append(params["VisibilityTimeout"]),
    )

    queue.delay(message["ReceiptHandle"], 90.4)
    queue.delay(message["ReceiptHandle"], 1e6)

    assert asked == [90, 42_300]


def test_a_lane_is_woken_at_once_or_within_ten_minutes(sqs, url):
    delays = []
    sqs.meta.events.register("provide-client-params.sqs.SendMessage", lambda params, **_: delays.append(params))

    for seconds in (-3, 0.2, 5000):
        NotificationQueue(sqs, url).wake("shop", "cs", seconds=seconds)

    assert [sent["DelaySeconds"] for sent in delays] == [0, 1, 600]
    assert {decode_message(sent["MessageBody"]) for sent in delays} == {Wake("shop", "cs")}
