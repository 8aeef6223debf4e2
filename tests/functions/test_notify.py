import json
import time
from contextlib import contextmanager
from datetime import datetime

import pytest
from standardwebhooks import Webhook

from kizuki.aws.clients import client
from kizuki.aws.config import ConfigStore
from kizuki.aws.deliveries import DeliveryLog
from kizuki.aws.documents import StoredDocument
from kizuki.errors import TryAgainError
from tests.functions.conftest import load
from tests.kizuki.aws.faults import refuse
from tests.kizuki.aws.tables import create_table
from tests.kizuki.outbound.servers import OK, serving

MAX_RECEIVES = 3
WHSEC = "whsec_" + "c2VjcmV0" * 4
PATH = "/services/T000/B000/s3cret-path"


def answering(*answers):
    """Answer each request with the next answer; the last one for ever."""
    left = list(answers)
    return lambda stream: stream.sendall(left.pop(0) if len(left) > 1 else left[0])


def status(code, *headers):
    return "\r\n".join([f"HTTP/1.1 {code} Status", *headers, "Content-Length: 5", "", "no_ok"]).encode()


class Office:
    """The notify function with its queue, delivered to as Lambda's SQS mapping does."""

    def __init__(self, notification, context):
        self.notification = notification
        self.context = context
        self.dynamodb, self.sqs, self.secrets = client("dynamodb"), client("sqs"), client("secretsmanager")
        for table in ("config", "metrics"):
            create_table(self.dynamodb, table)
        self.dead = self.sqs.create_queue(QueueName="dead")["QueueUrl"]
        arn = self.sqs.get_queue_attributes(QueueUrl=self.dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        policy = json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": MAX_RECEIVES})
        self.queue = self.sqs.create_queue(QueueName="notifications", Attributes={"RedrivePolicy": policy})["QueueUrl"]
        self.config = ConfigStore(self.dynamodb, "config")
        self.kept = []

    def open(self):
        self.module = load("notify")
        return self

    def destination(self, url, id="cs", type="slack", **changes):
        name = f"kizuki/test/destinations/shop/{id}"
        document = {
            "id": id,
            "name": id.upper(),
            "type": type,
            "enabled": True,
            "locale": "ja",
            "secret": name,
        } | changes
        self.config.put_document("shop", "destination", StoredDocument(id, "live", "2026-11-21T00:00:00Z", document))
        secret = {"url": url} | ({"signing_secret": WHSEC} if type == "webhook" else {})
        self.secrets.create_secret(Name=name, SecretString=json.dumps(secret))

    def queued(self, id="m1", destination="cs", **changes):
        message = self.notification | {"id": f"big-cart:{id}", "destination": destination} | changes
        self.sqs.send_message(QueueUrl=self.queue, MessageBody=json.dumps(message))

    def run(self):
        """Receive a batch, call the function, delete what it settled: one turn of the mapping."""
        received = self.sqs.receive_message(
            QueueUrl=self.queue, MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"], VisibilityTimeout=360
        ).get("Messages", [])
        event = {
            "Records": [
                {
                    "messageId": message["MessageId"],
                    "receiptHandle": message["ReceiptHandle"],
                    "body": message["Body"],
                    "attributes": message["Attributes"],
                    "eventSource": "aws:sqs",
                }
                for message in received
            ]
        }
        answer = self.module.handler(event, self.context)
        failed = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}
        self.kept += [message for message in received if message["MessageId"] in failed]
        for message in received:
            if message["MessageId"] not in failed:
                self.sqs.delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])
        return len(received) - len(failed), len(failed)

    def wait(self):
        """Let the time pass that kept messages are hidden for, and destinations are left alone for."""
        for message in self.kept:
            self.sqs.change_message_visibility(
                QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
            )
        self.kept.clear()
        self.module.courier._paused.clear()

    def lines(self):
        found, _ = DeliveryLog(self.dynamodb, "metrics").list("shop", limit=100)
        return {line.id.partition(":")[2]: line for line in found}

    def resting(self):
        return [message["Body"] for message in self.sqs.receive_message(QueueUrl=self.dead).get("Messages", [])]


@pytest.fixture
def office(aws, sample, lambda_context, monkeypatch):
    notification = json.loads(sample("notify/message")["Records"][0]["body"])
    office = Office(notification, lambda_context)
    settings = {
        "CONFIG_TABLE": "config",
        "METRICS_TABLE": "metrics",
        "NOTIFICATION_QUEUE": office.queue,
        "OUTBOUND_LOOPBACK": "allow",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return office.open()


@contextmanager
def slack(office, *answers, **options):
    with serving(answering(*(answers or (OK,)))) as server:
        office.destination(server.url(PATH), **options)
        yield server


def bodies(server):
    return [json.loads(request.partition(b"\r\n\r\n")[2]) for request in server.requests]


def test_a_notification_reaches_slack_and_the_log(office):
    office.queued()

    with slack(office) as server:
        assert office.run() == (1, 0)

    assert bodies(server)[0]["text"] == "カート追加：山田 太郎（3回目の訪問）"
    line = office.lines()["m1"]
    assert (line.status, line.attempts, line.response_code, line.error) == ("delivered", 1, 200, None)
    assert (line.destination.name, line.destination.type, line.at) == ("CS", "slack", "2026-11-21T10:00:00.000Z")
    assert office.run() == (0, 0)


def test_a_webhook_can_be_verified_by_its_receiver(office):
    office.queued(destination="crm")

    with slack(office, id="crm", type="webhook") as server:
        assert office.run() == (1, 0)

    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    assert Webhook(WHSEC).verify(body, headers)["data"]["id"] == "big-cart:m1"


def test_a_notification_is_sent_once_however_often_it_is_queued(office):
    office.queued()
    office.queued()

    with slack(office) as server:
        assert office.run() == (2, 0)
        office.queued()
        assert office.run() == (1, 0)

    assert len(server.requests) == 1
    assert len(office.lines()) == 1


def test_the_same_id_on_another_site_is_another_notification(office):
    office.queued()
    office.queued(site="other")

    with slack(office) as server:
        office.run()

    assert len(server.requests) == 1
    [line] = DeliveryLog(office.dynamodb, "metrics").list("other", limit=9)[0]
    assert (line.status, line.error) == ("failed", "unknown_destination: the destination does not exist")


def test_an_answer_that_asks_for_patience_is_heeded(office):
    office.queued()

    with slack(office, status(429, "Retry-After: 300"), OK) as server:
        before = time.time()
        assert office.run() == (0, 1)

        line = office.lines()["m1"]
        assert (line.status, line.response_code, line.error) == ("retrying", 429, "http_429: no_ok")
        assert before + 299 < datetime.fromisoformat(line.next_attempt).timestamp() < before + 361 + 5
        assert office.run() == (0, 0)

        office.wait()
        assert office.run() == (1, 0)

    assert len(server.requests) == 2
    assert (office.lines()["m1"].status, office.lines()["m1"].attempts) == ("delivered", 2)


@pytest.mark.parametrize(
    ("answer", "seconds"), [(status(429, "Retry-After: 1"), 1), (status(429), 20), (status(503, "Retry-After: 90"), 90)]
)
def test_a_destination_is_left_alone_for_as_long_as_it_asks(office, answer, seconds):
    now = [1000.0]
    office.module.courier._clock = lambda: now[0]
    office.queued("m1")
    with slack(office, answer, OK) as server:
        office.run()

        now[0] += seconds - 0.1
        office.queued("m2")
        assert office.run() == (0, 1)
        assert len(server.requests) == 1

        now[0] += 0.2
        office.queued("m3")
        assert office.run() == (1, 0)


@pytest.mark.parametrize("code", [500, 502, 503, 408, 425])
def test_a_passing_fault_is_tried_again(office, code):
    office.queued()

    with slack(office, status(code), OK):
        assert office.run() == (0, 1)
        office.wait()
        assert office.run() == (1, 0)

    assert office.lines()["m1"].status == "delivered"


def test_what_never_succeeds_ends_in_the_log_and_the_dead_letter_queue(office):
    office.queued()

    with slack(office, status(500)) as server:
        for _ in range(MAX_RECEIVES):
            assert office.run() == (0, 1)
            office.wait()
        assert office.run() == (0, 0)

    assert len(server.requests) == MAX_RECEIVES
    line = office.lines()["m1"]
    assert (line.status, line.attempts, line.error, line.next_attempt) == ("failed", 3, "http_500: no_ok", None)
    assert [json.loads(body)["id"] for body in office.resting()] == ["big-cart:m1"]


def test_what_was_given_up_can_be_sent_back_from_the_dead_letter_queue(office):
    office.queued()
    with slack(office, *[status(500)] * MAX_RECEIVES, OK):
        for _ in range(MAX_RECEIVES):
            office.run()
            office.wait()
        office.run()

        office.sqs.send_message(QueueUrl=office.queue, MessageBody=office.resting()[0])
        assert office.run() == (1, 0)

    assert office.lines()["m1"].status == "delivered"


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410, 301, 302])
def test_a_refusal_fails_at_once_with_its_reason(office, code):
    office.queued()

    with slack(office, status(code, "Location: http://127.0.0.1:1/")) as server:
        assert office.run() == (1, 0)

    assert len(server.requests) == 1
    line = office.lines()["m1"]
    assert (line.status, line.response_code, line.error) == ("failed", code, f"http_{code}: no_ok")


def test_a_webhook_that_is_gone_is_switched_off(office):
    office.queued("m1", "crm")
    with slack(office, status(410), id="crm", type="webhook") as server:
        office.run()
        office.queued("m2", "crm")
        assert office.run() == (1, 0)

    assert len(server.requests) == 1
    assert office.config.destination("shop", "crm")["enabled"] is False
    assert office.lines()["m2"].error == "disabled_destination: the destination is switched off"


def test_an_address_that_was_changed_is_used_within_the_same_attempt(office):
    with slack(office, status(404)), serving(OK) as moved:
        office.queued("m1")
        office.run()
        secret = json.dumps({"url": moved.url(PATH)})
        office.secrets.put_secret_value(SecretId="kizuki/test/destinations/shop/cs", SecretString=secret)

        office.queued("m2")
        office.run()

    assert [office.lines()[name].status for name in ("m1", "m2")] == ["failed", "delivered"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"enabled": False}, "disabled_destination: the destination is switched off"),
        ({"locale": "fr"}, "invalid_destination: the destination's document is not valid"),
        (
            {"secret": "kizuki/test/destinations/other/cs"},
            "foreign_secret: the destination names a secret that is not its own",
        ),
    ],
)
def test_a_destination_that_cannot_be_used_fails_at_once(office, changes, error):
    office.queued()
    with slack(office, **changes) as server:
        assert office.run() == (1, 0)

    assert server.requests == []
    assert (office.lines()["m1"].status, office.lines()["m1"].error) == ("failed", error)


@pytest.mark.parametrize(
    ("secret", "error"),
    [
        ("s3cret", "invalid_secret: the destination's secret is not valid"),
        ('{"uri": "http://s3cret"}', "invalid_secret: the destination's secret is not valid"),
        ('{"url": "ftp://s3cret/"}', "scheme_refused: only http and https URLs can be called"),
        ('{"url": "http://10.0.0.1/s3cret"}', "address_refused: the host's address is not on the public internet"),
        (None, "unknown_secret: the destination's secret does not exist"),
    ],
)
def test_a_secret_that_cannot_be_used_fails_at_once(office, secret, error):
    office.queued()
    office.destination("http://127.0.0.1:1/")
    name = "kizuki/test/destinations/shop/cs"
    if secret is None:
        office.secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    else:
        office.secrets.put_secret_value(SecretId=name, SecretString=secret)

    assert office.run() == (1, 0)
    assert office.lines()["m1"].error == error


def test_loopback_is_refused_where_it_is_not_allowed(office, monkeypatch):
    monkeypatch.setenv("OUTBOUND_LOOPBACK", "refuse")
    office.open().queued()

    with slack(office) as server:
        office.run()

    assert server.requests == []
    assert office.lines()["m1"].error == "address_refused: the host's address is not on the public internet"


def test_a_dead_destination_is_asked_once_and_delays_no_other(office):
    with serving(OK) as closed:
        dead = closed.url(PATH)
    office.destination(dead, id="dead")
    for n in range(4):
        office.queued(f"d{n}", "dead")
    for n in range(4):
        office.queued(f"m{n}")

    with slack(office) as server:
        assert office.run() == (4, 4)

    assert len(server.requests) == 4
    errors = sorted(line.error for name, line in office.lines().items() if name.startswith("d"))
    refused = "connection_refused: the host refuses connections"
    assert errors == [refused, *[f"waiting: {refused}"] * 3]


def test_a_paused_destination_is_still_tried_on_the_last_attempt(office):
    office.destination("http://127.0.0.1:1/")
    office.queued("m1")
    for _ in range(MAX_RECEIVES - 1):
        office.run()
        office.wait()
    office.queued("m2")

    office.run()

    assert office.lines()["m1"].error == "connection_refused: the host refuses connections"
    assert office.lines()["m1"].status == "failed"


@pytest.mark.parametrize("body", [" ", "{", "[]", '{"id": 1}'])
def test_a_message_that_is_no_notification_costs_its_neighbours_nothing(office, body):
    office.sqs.send_message(QueueUrl=office.queue, MessageBody=body)
    office.queued()

    with slack(office):
        assert office.run() == (1, 1)
        for _ in range(MAX_RECEIVES):
            office.run()

    assert office.lines()["m1"].status == "delivered"
    assert office.resting() == [body]


def test_a_notification_nobody_can_render_costs_its_neighbours_nothing(office):
    office.queued("broken", occurred_at="yesterday")
    office.queued()

    with slack(office):
        assert office.run() == (1, 1)

    assert office.lines()["m1"].status == "delivered"


def test_a_delivery_that_could_not_be_logged_is_not_sent_again(office):
    office.queued()

    with slack(office) as server:
        put = office.module.log.put
        office.module.log.put = failing(1, put)
        assert office.run() == (0, 1)
        office.wait()
        assert office.run() == (1, 0)

    assert len(server.requests) == 1
    assert office.lines()["m1"].status == "delivered"


def failing(times, function):
    left = [times]

    def call(*arguments):
        if left[0]:
            left[0] -= 1
            raise TryAgainError("unavailable", "injected")
        return function(*arguments)

    return call


def test_a_failing_table_sends_nothing_and_tries_later(office):
    office.queued()

    with slack(office) as server:
        refuse(office.module.dynamodb, "dynamodb.PutItem", "InternalServerError", status=500, times=3)
        assert office.run() == (0, 1)
        assert server.requests == []
        office.wait()
        assert office.run() == (1, 0)

    assert len(server.requests) == 1


def test_a_failing_secrets_manager_is_waited_for(office):
    office.queued()

    with slack(office) as server:
        secrets = office.module.courier._secrets._client
        refuse(secrets, "secrets-manager.GetSecretValue", "InternalServiceError", status=500, times=3)
        assert office.run() == (0, 1)
        assert office.lines()["m1"].status == "retrying"
        office.wait()
        assert office.run() == (1, 0)

    assert len(server.requests) == 1


def under_way(office, *, until_ms):
    """Leave behind what an invocation leaves that is at work on m1, or was cut off at it."""
    office.queued()
    with slack(office):
        office.run()
    table = {"TableName": "metrics"}
    [item] = [i for i in office.dynamodb.scan(**table)["Items"] if i["pk"]["S"] == "idempotency#notify"]
    item |= {"status": {"S": "INPROGRESS"}, "in_progress_expiration": {"N": str(until_ms)}}
    office.dynamodb.put_item(**table, Item=item)
    office.queued()


def test_what_is_under_way_elsewhere_is_not_sent_twice(office):
    under_way(office, until_ms=round(time.time() * 1000) + 30_000)

    assert office.run() == (0, 1)


def test_what_a_time_out_cut_off_is_taken_up_again(office):
    under_way(office, until_ms=round(time.time() * 1000) - 1)
    secret = "kizuki/test/destinations/shop/cs"

    with serving(OK) as server:
        office.secrets.put_secret_value(SecretId=secret, SecretString=json.dumps({"url": server.url(PATH)}))
        office.open()
        assert office.run() == (1, 0)

    assert len(server.requests) == 1


def test_an_attempt_is_bounded_by_the_invocation(office):
    office.queued()
    with slack(office, status(500)):
        moments = []
        deliver = office.module.courier.deliver

        def look(notification, *, last):
            [item] = [i for i in office.dynamodb.scan(TableName="metrics")["Items"] if "status" in i]
            moments.append(int(item["in_progress_expiration"]["N"]))
            return deliver(notification, last=last)

        office.module.courier.deliver = look
        office.run()

    assert moments[0] <= time.time() * 1000 + 30_000


def test_what_could_not_end_in_time_is_not_begun(office, monkeypatch):
    office.queued()
    monkeypatch.setattr(type(office.context), "get_remaining_time_in_millis", lambda _: 20_000)

    with slack(office) as server:
        assert office.run() == (0, 1)

    assert server.requests == []
    assert office.lines() == {}


def test_no_secret_reaches_the_logs_or_the_delivery_log(office, caplog):
    echo = f"HTTP/1.1 400 No\r\nContent-Length: 60\r\n\r\nno hook at {PATH}, sorry".ljust(110).encode()
    for n, answer in enumerate([echo, status(500), status(404)]):
        with slack(office, answer, id=f"d{n}"):
            office.queued(f"m{n}", f"d{n}")
            office.run()
    with serving(OK) as closed:
        office.destination(closed.url(PATH), id="closed")
    office.queued("m3", "closed")
    office.run()

    logs = str([vars(record) for record in caplog.records])
    assert logs.count("'notification_id'") == 4
    for written in (logs, str(office.dynamodb.scan(TableName="metrics")["Items"])):
        assert "s3cret-path" not in written
    assert office.lines()["m0"].error == "http_400: no hook at …, sorry"
    assert len(office.lines()) == 4
