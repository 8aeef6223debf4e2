"""The notify function on an AWS account in memory, with receivers on loopback that behave as badly as real ones."""

import json
import ssl
import threading
import time
from contextlib import contextmanager
from functools import partial

import pytest
import trustme
from standardwebhooks import Webhook

from kizuki.aws.clients import client
from kizuki.aws.config import ConfigStore
from kizuki.aws.deliveries import DeliveryLog
from kizuki.aws.documents import StoredDocument
from kizuki.outbound import post
from tests.functions.conftest import load
from tests.kizuki.aws.faults import refuse
from tests.kizuki.aws.tables import create_table
from tests.kizuki.outbound.servers import OK, serving

WHSEC = "whsec_" + "c2VjcmV0" * 4
PATH = "/services/T000/B000/s3cret-path"
MAX_RECEIVES = 3


def answering(*answers):
    """Answer each request with the next answer; the last one for ever."""
    left = list(answers)
    return lambda stream: stream.sendall(left.pop(0) if len(left) > 1 else left[0])


def status(code, *headers, body="no_ok"):
    return "\r\n".join([f"HTTP/1.1 {code} Status", *headers, f"Content-Length: {len(body)}", "", body]).encode()


class Office:
    """The notify function with its queue, delivered to as Lambda's SQS mapping does; `later` moves its clock."""

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
        self.passed = 0.0

    def open(self):
        self.module = load("notify")
        self.module.dispatcher._clock = lambda: round((time.time() + self.passed) * 1000)
        self.module.dispatcher._jitter = lambda: 0.0
        return self

    def patiently(self, timeout, **options):
        """Post with less patience, so that a receiver that hangs hangs for less long."""
        self.module.courier._post = partial(post, timeout=timeout, **options)

    def destination(self, url, id="cs", type="slack", secret=None, **changes):
        name = f"kizuki/test/destinations/shop/{id}"
        document = {"id": id, "name": id.upper(), "type": type, "locale": "ja", "secret": name} | changes
        self.config.put_document("shop", "destination", StoredDocument(id, "live", "2026-11-21T00:00:00Z", document))
        kept = {"url": url} | ({"signing_secret": WHSEC} if type == "webhook" else {}) | (secret or {})
        self.secrets.create_secret(Name=name, SecretString=json.dumps(kept))

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

    def later(self, seconds=40):
        """Let time pass: for what is kept in the queue, and for what waits in the outbox, which is swept."""
        self.passed += seconds
        for message in self.kept:
            self.sqs.change_message_visibility(
                QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0
            )
        self.kept.clear()
        self.module.dispatcher.sweep()
        return self.run()

    def lines(self):
        found, _ = DeliveryLog(self.dynamodb, "metrics").list("shop", limit=100)
        return {line.id.partition(":")[2]: line for line in found}

    def line(self, id="m1"):
        return self.lines()[id]

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
        "MAIL_FROM": "kizuki@example.com",
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


def head(request):
    lines = request.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    return lines[0], dict(line.split(": ", 1) for line in lines[1:])


def test_a_notification_reaches_slack_and_the_log(office):
    office.queued()

    with slack(office) as server:
        assert office.run() == (1, 0)

    assert bodies(server)[0]["text"] == "カート追加：山田 太郎（3回目の訪問）"
    line = office.line()
    assert (line.status, line.attempts, line.response_code, line.error) == ("delivered", 1, 200, None)
    assert (line.destination.name, line.destination.type, line.at) == ("CS", "slack", "2026-11-21T10:00:00.000Z")
    assert office.run() == (0, 0)


def test_a_webhook_can_be_verified_by_its_receiver(office):
    office.queued(destination="crm")

    with slack(office, id="crm", type="webhook") as server:
        assert office.run() == (1, 0)

    body = server.requests[0].partition(b"\r\n\r\n")[2]
    assert Webhook(WHSEC).verify(body, head(server.requests[0])[1])["data"]["id"] == "big-cart:m1"


def test_mail_is_sent_through_ses_and_nothing_a_visitor_sent_is_markup_or_a_header(office):
    client("sesv2").create_email_identity(EmailIdentity="kizuki@example.com")
    office.destination("", type="email", id="mail", to=["cs@example.com", "lead@example.com"])
    person = {"id": "u:1", "name": "<b>Eve</b>\r\nBcc: all@example.com"}
    asked = []
    office.module.courier._mailer._client.meta.events.register(
        "provide-client-params.sesv2.SendEmail", lambda params, **_: asked.append(params)
    )
    office.queued(destination="mail", person=person)

    assert office.run() == (1, 0)

    assert office.line().status == "delivered"
    [sent] = asked
    assert sent["Destination"] == {"ToAddresses": ["cs@example.com", "lead@example.com"]}
    content = sent["Content"]["Simple"]
    assert content["Subject"]["Data"] == "カート追加：<b>Eve</b> Bcc: all@example.com（3回目の訪問）"
    assert "<b>" not in content["Body"]["Html"]["Data"]
    assert "&lt;b&gt;Eve&lt;/b&gt;" in content["Body"]["Html"]["Data"]
    assert "¥4,000" in content["Body"]["Text"]["Data"]


def test_line_is_pushed_to_and_a_message_it_has_already_is_delivered(office):
    office.queued(destination="line")

    with serving(answering(status(500), status(409))) as server:
        secret = {"channel_access_token": "line-token", "api_url": server.url("")}
        office.destination("", type="line", id="line", to=["C" + "0" * 32], secret=secret)
        office.run()
        office.later()

    (request, headers), (_, again) = map(head, server.requests)
    assert request == "POST /v2/bot/message/push HTTP/1.1"
    assert headers["authorization"] == "Bearer line-token"
    assert headers["x-line-retry-key"] == again["x-line-retry-key"]
    [message] = bodies(server)[0]["messages"]
    assert (bodies(server)[0]["to"], message["type"]) == ("C" + "0" * 32, "text")
    assert message["text"].startswith("カート追加：山田 太郎（3回目の訪問）\n商品名: コーヒー豆\n")
    assert (office.line().status, office.line().response_code) == ("delivered", 409)


def test_a_json_template_stays_the_document_it_is(office):
    template = {
        "type": "message",
        "title": "{{ title }}",
        "facts": [{"name": "person", "value": '{{ person.name }}"}'}, {"value": "{{ event.properties.cart.total }}"}],
        "items": "{{ event.properties.items }}{{ nothing.at.all }}",
        "n": 3,
    }
    office.queued(destination="teams", person={"id": "u:1", "name": 'Eve", "admin": true, "x": "{{ 7 * 7 }}\n<!here>'})

    with slack(office, id="teams", type="json", template=template) as server:
        office.run()

    [document] = bodies(server)
    assert document["facts"] == [
        {"name": "person", "value": 'Eve", "admin": true, "x": "{{ 7 * 7 }}\n<!here>"}'},
        {"value": "12800"},
    ]
    assert (document["items"], document["n"], set(document)) == ("", 3, set(template))


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


def drip(stream):
    """Answer a byte at a time, for ever."""
    stream.sendall(b"HTTP/1.1 200 Slowly\r\nX-Drip: ")
    while True:
        stream.sendall(b".")
        time.sleep(0.05)


def flood(stream):
    """Answer with a body of a gigabyte."""
    stream.sendall(b"HTTP/1.1 500 Large\r\nContent-Length: 1000000000\r\n\r\n")
    for _ in range(1000):
        stream.sendall(b"x" * 1_000_000)


def accept_and_hang(stream):
    """Take the request, and say nothing."""
    time.sleep(0.6)


@pytest.mark.parametrize(
    ("behave", "line"),
    [
        (status(429, "Retry-After: 300"), ("retrying", 429, "http_429: no_ok")),
        (status(500), ("retrying", 500, "http_500: no_ok")),
        (status(503, "Retry-After: 90"), ("retrying", 503, "http_503: no_ok")),
        (accept_and_hang, ("retrying", None, "timeout: no complete answer within 0.4 s")),
        (drip, ("retrying", None, "timeout: no complete answer within 0.4 s")),
        (flood, ("retrying", 500, "http_500: " + "x" * 200)),
        (status(410), ("failed", 410, "http_410: no_ok")),
        (status(302, "Location: http://169.254.169.254/latest/meta-data/"), ("failed", 302, "http_302: no_ok")),
        (status(400), ("failed", 400, "http_400: no_ok")),
    ],
    ids=["429", "500", "503", "time-out-after-accept", "dripping", "1-GB", "410", "redirect-to-metadata", "400"],
)
def test_every_fault_of_a_receiver_has_its_row_in_the_log(office, behave, line):
    office.patiently(0.4)
    office.queued(destination="crm")

    with serving(behave) as server:
        office.destination(server.url(PATH), id="crm", type="webhook")
        assert office.run() == (1, 0)

    found = office.line()
    assert (found.status, found.response_code, found.error) == line
    assert len(server.requests) == 1
    [made] = found.tries
    assert (made.response_code, made.error) == line[1:]
    assert (found.next_attempt is None) is (line[0] == "failed")
    if line[1] == 410:
        assert office.config.destination("shop", "crm")["enabled"] is False


@pytest.mark.parametrize(
    ("url", "resolved", "line"),
    [
        (
            "https://hooks.example.com/x",
            "10.0.0.7",
            ("failed", "address_refused: the host's address is not on the public internet"),
        ),
        (
            "http://169.254.169.254/latest",
            "169.254.169.254",
            ("failed", "address_refused: the host's address is not on the public internet"),
        ),
        ("ftp://hooks.example.com/x", "1.1.1.1", ("failed", "scheme_refused: only http and https URLs can be called")),
        (
            "bad-tls",
            "127.0.0.1",
            ("retrying", "tls_refused: the host's certificate is not valid: unable to get local issuer certificate"),
        ),
        ("closed", "127.0.0.1", ("retrying", "connection_refused: the host refuses connections")),
    ],
)
def test_every_address_that_cannot_be_called_has_its_row_in_the_log(office, url, resolved, line):
    office.patiently(2, resolve=lambda host, port: [resolved])
    office.queued()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(tls)

    with serving(OK, tls) as secure, serving(OK) as closed:
        pass
    with serving(OK, tls) as secure:
        named = {"bad-tls": secure.url(PATH, "localhost"), "closed": closed.url(PATH)}
        office.destination(named.get(url, url))
        office.run()

    assert secure.requests == []
    assert (office.line().status, office.line().error) == line


def test_what_failed_for_now_comes_back_when_it_is_due(office):
    office.queued()

    with slack(office, status(429, "Retry-After: 300"), OK) as server:
        assert office.run() == (1, 0)
        office.later(200)
        assert len(server.requests) == 1
        office.later(110)

    assert len(server.requests) == 2
    assert (office.line().status, office.line().attempts) == ("delivered", 2)


def test_a_webhook_that_is_gone_is_switched_off_until_somebody_switches_it_on(office):
    office.queued("m1", "crm")
    with slack(office, status(410), OK, id="crm", type="webhook") as server:
        office.run()
        office.queued("m2", "crm")
        assert office.run() == (1, 0)
        assert len(server.requests) == 1
        assert office.line("m2").error == "disabled_destination: the destination is switched off"

        stored = office.config.document("shop", "destination", "crm")
        stored.document["enabled"] = True
        office.config.put_document("shop", "destination", stored)
        office.passed += 60
        office.queued("m3", "crm")
        office.run()

    assert office.line("m3").status == "delivered"


def test_an_address_that_was_changed_is_used_within_the_same_attempt(office):
    with slack(office, status(404)), serving(OK) as moved:
        office.queued("m1")
        office.run()
        secret = json.dumps({"url": moved.url(PATH)})
        office.secrets.put_secret_value(SecretId="kizuki/test/destinations/shop/cs", SecretString=secret)

        office.queued("m2")
        office.run()

    assert [office.line(name).status for name in ("m1", "m2")] == ["failed", "delivered"]


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
    with serving(OK) as server:
        office.destination(server.url(PATH))
        stored = office.config.document("shop", "destination", "cs")
        stored.document |= changes
        office.config.put_document("shop", "destination", stored)
        assert office.run() == (1, 0)

    assert server.requests == []
    assert (office.line().status, office.line().error) == ("failed", error)


@pytest.mark.parametrize(
    ("secret", "error"),
    [
        ("s3cret", "invalid_secret: the destination's secret is not valid"),
        ('{"uri": "http://s3cret"}', "invalid_secret: the destination's secret has no url"),
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
    assert office.line().error == error


def test_loopback_and_another_api_are_refused_where_they_are_not_allowed(office, monkeypatch):
    monkeypatch.setenv("OUTBOUND_LOOPBACK", "refuse")
    office.open().queued()
    office.queued("m2", "bot")

    with slack(office) as server:
        secret = {"bot_token": "xoxb-s3cret", "api_url": "https://attacker.example"}
        office.destination(server.url(PATH), id="bot", channel="C0123456", secret=secret)
        office.run()

    assert server.requests == []
    assert office.line().error == "address_refused: the host's address is not on the public internet"
    assert office.line("m2").error == "invalid_secret: api_url is for the platform on one machine only"


def test_a_destination_that_hangs_and_a_popular_one_delay_no_other(office):
    office.patiently(8)
    hung, done = threading.Event(), threading.Event()

    def hang(stream):
        hung.set()
        done.wait(5)

    office.queued("d1", "dead")
    with serving(hang) as dead, serving(OK) as server:
        office.destination(dead.url(PATH), id="dead")
        for n in range(3):
            office.destination(server.url(PATH), id=f"s{n}")
        stuck = threading.Thread(target=office.run)
        stuck.start()
        assert hung.wait(5)
        for n in range(3):
            # Those that wait for the same destination come back at once: they are in its outbox.
            office.queued(f"d{n + 2}", "dead")
            office.queued(f"m{n}", f"s{n}")
        assert office.run() == (6, 0)
        assert [office.line(f"m{n}").status for n in range(3)] == ["delivered"] * 3
        assert stuck.is_alive()
        assert {office.line(f"d{n}").status for n in range(1, 5)} == {"waiting"}
        # What piles up for one while somebody else has its lane goes out as one message.
        lane = office.module.dispatcher._lanes.acquire("shop", "s0", now=0, until=round(time.time() * 1000) + 60_000)
        for n in range(20):
            office.queued(f"p{n}", "s0")
        assert [office.run(), office.run()] == [(10, 0), (10, 0)]
        office.module.dispatcher._lanes.release(lane, due=0, unless_woken=False)
        office.later(2)
        assert {(office.line(f"p{n}").status, office.line(f"p{n}").together) for n in range(20)} == {("delivered", 20)}
        assert stuck.is_alive()
        done.set()
        stuck.join()

    assert len(server.requests) == 4
    assert bodies(server)[-1]["text"] == "通知20件"


@pytest.mark.parametrize(
    "body", [" ", "{", "[]", '{"id": 1}', '{"kind":"wake"}', json.dumps({"occurred_at": "yesterday"})]
)
def test_a_message_that_is_no_notification_costs_its_neighbours_nothing(office, body):
    if "occurred_at" in body:
        body = json.dumps(office.notification | json.loads(body))
    office.sqs.send_message(QueueUrl=office.queue, MessageBody=body)
    office.queued()

    with slack(office):
        assert office.run() == (1, 1)
        for _ in range(MAX_RECEIVES):
            office.run()

    assert office.line().status == "delivered"
    assert office.resting() == [body]


def test_a_failing_table_sends_nothing_and_tries_later(office):
    office.queued()

    with slack(office) as server:
        operation = "dynamodb.TransactWriteItems"
        refuse(office.module.dynamodb, operation, "InternalServerError", status=500, times=3)
        assert office.run() == (0, 1)
        assert server.requests == []
        assert office.later() == (1, 0)

    assert len(server.requests) == 1


def test_what_could_not_be_settled_is_sent_again_under_the_same_id(office):
    office.queued(destination="crm")

    with slack(office, id="crm", type="webhook") as server:
        posted = office.module.courier._post

        def post_and_lose_the_table(*arguments, **options):
            answer = posted(*arguments, **options)
            refuse(office.module.dynamodb, "dynamodb.TransactWriteItems", "InternalServerError", status=500, times=3)
            office.module.courier._post = posted
            return answer

        office.module.courier._post = post_and_lose_the_table
        assert office.run() == (0, 1)
        office.later()

    assert len({head(request)[1]["webhook-id"] for request in server.requests}) == 1
    assert len(server.requests) == 2
    assert office.line().status == "delivered"


def test_a_failing_secrets_manager_is_waited_for(office):
    office.queued()

    with slack(office) as server:
        secrets = office.module.courier._secrets._client
        refuse(secrets, "secrets-manager.GetSecretValue", "InternalServiceError", status=500, times=3)
        assert office.run() == (1, 0)
        assert office.line().status == "retrying"
        office.later()

    assert len(server.requests) == 1
    assert office.module.dispatcher._lanes.read("shop", "cs").health.failures == 0


def test_what_could_not_end_in_time_is_not_begun_but_kept(office, monkeypatch):
    office.queued()
    with slack(office) as server:
        with monkeypatch.context() as patch:
            patch.setattr(type(office.context), "get_remaining_time_in_millis", lambda _: 20_000)
            assert office.run() == (1, 0)
            assert server.requests == []
            assert office.line().status == "waiting"
        office.later()

    assert office.line().status == "delivered"


def test_no_secret_reaches_the_logs_or_the_delivery_log(office, caplog):
    caplog.set_level("INFO")
    echo = f"HTTP/1.1 400 No\r\nContent-Length: 60\r\n\r\nno hook at {PATH}, sorry".ljust(110).encode()
    for n, answer in enumerate([echo, status(500), status(404)]):
        with slack(office, answer, id=f"d{n}"):
            office.queued(f"m{n}", f"d{n}")
            office.run()
    with serving(OK) as closed:
        office.destination(closed.url(PATH), id="closed")
    office.queued("m3", "closed")
    office.run()
    echoed = '{"ok":false,"error":"invalid_auth","token":"xoxb-s3cret-path"}'
    with serving(answering(status(200, body=echoed))) as server:
        secret = {"bot_token": "xoxb-s3cret-path", "api_url": server.url("")}
        office.destination("", id="bot", channel="C0123456", secret=secret)
        office.queued("m4", "bot")
        office.run()

    logs = str([vars(record) for record in caplog.records])
    assert logs.count("'destination': '") >= 5
    for written in (logs, str(office.dynamodb.scan(TableName="metrics")["Items"])):
        assert "s3cret-path" not in written
    assert office.line("m0").error == "http_400: no hook at …, sorry"
    assert office.line("m4").error == "slack: invalid_auth"
    assert len(office.lines()) == 5
