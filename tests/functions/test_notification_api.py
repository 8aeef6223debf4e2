"""Rules, destinations and deliveries as the console changes them."""

import json
from urllib.parse import quote

import pytest

from kizuki.aws.clients import client
from kizuki.aws.lanes import LaneStore
from kizuki.notifications.health import Health
from tests.functions.conftest import load
from tests.functions.test_notify import answering, bodies, status
from tests.kizuki.outbound.servers import OK, serving

BASE = "/api/sites/shop"
WHSEC = "whsec_" + "c2VjcmV0" * 4
NEW = "whsec_" + "bmV3LXNl" * 4
RULE = {
    "id": "orders",
    "name": "注文",
    "when": {"type": "event", "name": "Order Completed"},
    "destinations": ["cs"],
}


def destination(**fields):
    return {"id": "cs", "name": "#cs", "type": "slack"} | fields


@pytest.fixture
def api(call):
    def ask(path, method="GET", body=None, **options):
        code, document = call(f"{BASE}{path}", method, body, **options)
        return code, document

    ask.put = lambda path, body, **query: ask(
        path, "PUT", body, query={name: str(value) for name, value in query.items()}
    )
    ask.handler = call.handler
    return ask


@pytest.fixture
def hook():
    with serving(OK) as server:
        yield server


@pytest.fixture
def cs(api, hook):
    """A destination that exists."""
    code, document = api.put("/destinations/cs", destination(secret={"url": hook.url("/services/T0/B0/s3cret")}))
    assert code == 200, document
    return document


def everything_stored():
    items = client("dynamodb").scan(TableName="config")["Items"]
    return str(items)


def test_a_secret_is_written_and_never_shown(api, cs, hook):
    assert cs["secret"]["url"] == {"set": True, "updated_at": cs["updated_at"], "hint": "cret"} | {
        "updated_at": cs["secret"]["url"]["updated_at"]
    }
    assert cs["secret"]["bot_token"] == {"set": False, "updated_at": None, "hint": None}
    assert cs["definition"] == {
        "id": "cs",
        "name": "#cs",
        "type": "slack",
        "enabled": True,
        "locale": "ja",
        "alerts": False,
        "channel": None,
        "threads": False,
        "to": [],
        "template": None,
    }
    assert cs["health"] | {"share": 0} == {
        "state": "healthy",
        "reason": None,
        "since": None,
        "failures": 0,
        "share": 0,
        "next_at": None,
    }

    # Changed without its secret, it keeps it; what it was is nowhere but in Secrets Manager.
    code, document = api.put("/destinations/cs", destination(name="#cs2"), version=cs["version"])
    assert (code, document["name"], document["secret"]["url"]["hint"]) == (200, "#cs2", "cret")
    for shown in (everything_stored(), str(api("/destinations")), str(api("/destinations/cs"))):
        assert "services/T0" not in shown
    kept = client("secretsmanager").get_secret_value(SecretId="kizuki/test/destinations/shop/cs")
    assert json.loads(kept["SecretString"])["url"] == hook.url("/services/T0/B0/s3cret")
    [edited, created] = api("/changes")[1]["items"][:2]
    assert [(each["kind"], each["change"], each["by"]) for each in (edited, created)] == [
        ("destination", "edited", "cs@example.com"),
        ("destination", "created", "cs@example.com"),
    ]


def test_a_new_signing_secret_keeps_the_one_before_until_it_is_removed(api):
    hook = {"id": "crm", "name": "CRM", "type": "webhook"}
    api.put("/destinations/crm", hook | {"secret": {"url": "https://crm.example/x", "signing_secret": WHSEC}})

    _, rotated = api.put("/destinations/crm", hook | {"secret": {"signing_secret": NEW}})
    _, ended = api.put("/destinations/crm", hook | {"secret": {"previous_signing_secret": None}})

    assert [rotated["secret"][name]["hint"] for name in ("signing_secret", "previous_signing_secret")] == [
        NEW[-4:],
        WHSEC[-4:],
    ]
    assert (ended["secret"]["signing_secret"]["set"], ended["secret"]["previous_signing_secret"]["set"]) == (
        True,
        False,
    )


UNUSABLE = [
    (destination(secret={}), "secret.url", "is missing"),
    (destination(channel="C0123456", secret={"url": "https://x.example"}), "secret.bot_token", "is missing"),
    (destination(secret={"url": "ftp://s3cret.example"}), "secret.url", "only http and https URLs can be called"),
    (destination(secret={"uri": "s3cret"}), "secret.uri", "is no field of this"),
    (destination(secret={"url": 7}), "secret.url", "must be a text"),
    (destination(secret="s3cret"), "secret", "must be an object"),
    ({"id": "cs", "name": "W", "type": "webhook", "secret": {"url": "https://x.example", "signing_secret": "s3cret"}},
     "secret.signing_secret", "a signing secret is whsec_ and the base64 of 24 to 64 bytes"),
    (destination(type="email"), "to", "is missing"),
    (destination(type="email", to=["a@b.example\r\nBcc: c@d.example"]), "to", None),
    (destination(type="line", to=["U12345", "U23456"]), "to", "LINE is pushed to one user, group or room"),
    (destination(type="json", template={"text": "{{ person.name "}), "template", None),
    (destination(threads=True), "threads", "needs a bot: give its channel"),
    (destination(to=["x@y.example"]), "to", "goes with email or line only"),
    (destination(id="other"), "id", None),
]  # fmt: skip


def test_a_destination_that_cannot_work_is_refused_with_its_place_and_without_its_secret(api):
    for body, path, message in UNUSABLE:
        code, document = api.put("/destinations/cs", body)

        assert (code, document["error"]["path"]) == (400, path), document
        assert message in {None, document["error"]["message"]}
        assert "s3cret" not in json.dumps(document)
    assert api("/destinations")[1]["items"] == []


def test_two_who_edit_a_destination_at_once_are_told(api, cs):
    assert api.put("/destinations/cs", destination(), version=0)[1]["error"]["code"] == "id_taken"
    assert api.put("/destinations/cs", destination(), version=9)[1]["error"]["code"] == "changed_meanwhile"


def test_a_test_sends_the_newest_event_there_is_and_says_what_came_back(api, cs, hook, platform, track):
    code, document = api("/destinations/cs/test", "POST")
    assert (code, document["status"], document["response_code"], document["error"]) == (200, "delivered", 200, None)
    assert bodies(hook)[0]["text"] == "カート追加：山田 太郎"

    platform.post({"batch": [track("Order Completed", properties={"total": 9000})]})
    platform.fold()
    api("/destinations/cs/test", "POST")
    assert bodies(hook)[1]["text"].startswith("購入完了：来訪者 anon-1")
    assert "テスト送信" in str(bodies(hook)[1]["blocks"])

    with serving(answering(status(404, body="no_service"))) as gone:
        api.put("/destinations/cs", destination(secret={"url": gone.url("/s3cret")}))
        _, document = api("/destinations/cs/test", "POST")
    assert (document["status"], document["response_code"], document["error"]) == ("failed", 404, "http_404: no_service")
    assert api("/destinations/nosuch/test", "POST")[0] == 404


def test_a_destination_that_was_switched_off_is_healthy_again_when_somebody_switches_it_on(api, cs, platform):
    lanes = LaneStore(platform.dynamodb, "metrics")
    lane = lanes.acquire("shop", "cs", now=0, until=1)
    lane.health = Health().failed(1, "http_500").disabled(2, "no_service")
    lanes.renew(lane, until=1)
    assert api("/destinations/cs")[1]["health"]["state"] == "disabled"

    api.put("/destinations/cs", destination(enabled=True))

    assert api("/destinations/cs")[1]["health"]["state"] == "healthy"
    assert [message for message in platform.notifications() if message.get("kind") == "wake"] != []


def test_a_destination_in_use_stays_and_one_that_is_not_goes_with_its_secret(api, cs):
    api.put("/rules/orders", RULE)
    api("/rules/orders/publish", "POST")

    code, document = api("/destinations/cs", "DELETE")
    assert (code, document["error"]["code"]) == (409, "destination_in_use")

    api("/rules/orders/pause", "POST")
    assert api("/destinations/cs", "DELETE") == (200, {"items": []})
    assert client("secretsmanager").list_secrets()["SecretList"] == []
    api.put("/destinations/cs", destination(secret={"url": "https://again.example"}))


def test_a_rule_is_written_published_paused_and_deleted_each_with_a_line_in_the_trail(api, cs, platform, track):
    code, written = api.put("/rules/orders", RULE)
    assert (code, written["status"], written["problem"]) == (200, "draft", None)
    assert written["destinations"] == [{"id": "cs", "name": "#cs", "type": "slack", "enabled": True}]
    assert set(written["summary"]) == {"ja", "en"}

    _, live = api("/rules/orders/publish", "POST")
    platform.post({"batch": [track("Order Completed")]})
    platform.fold()
    assert [each["rule"]["id"] for each in platform.notifications() if "rule" in each] == ["orders"]
    assert (live["status"], live["version"]) == ("live", 2)

    assert api("/rules/orders/pause", "POST")[1]["status"] == "paused"
    assert api("/rules/orders", "DELETE") == (200, {"items": []})
    assert [each["change"] for each in api("/changes")[1]["items"] if each["kind"] == "rule"] == [
        "deleted", "paused", "published", "created",
    ]  # fmt: skip


def test_the_earlier_form_of_a_rule_is_taken_and_shown_as_the_present_one(api, cs):
    earlier = {name: value for name, value in RULE.items() if name != "destinations"} | {"destination": "cs"}

    _, written = api.put("/rules/orders", earlier)

    assert written["definition"]["destinations"] == ["cs"]
    assert "destination" not in written["definition"]


WRONG = [
    ({"destinations": []}, "destinations"),
    ({"destinations": ["nosuch"]}, "destinations[0]"),
    ({"destinations": ["cs", "cs"]}, "destinations"),
    ({"destination": "cs"}, "destination"),
    ({"deliver": {"as": "digest"}}, "deliver.every"),
    ({"deliver": {"as": "each", "every": "10m"}}, "deliver.every"),
    ({"deliver": {"as": "digest", "every": "0m"}}, "deliver.every"),
    ({"deliver": {"as": "digest", "every": "hourly", "at": "09:00"}}, "deliver.at"),
    ({"hours": {"from": "25:00"}}, "hours.from"),
    ({"hours": {"weekdays": [0]}}, "hours.weekdays[0]"),
    ({"mention": {"who": ["@here", "<!channel>"]}}, "mention.who[1]"),
    ({"mention": {"who": "@here", "when": {"type": "event"}}}, "mention.when.name"),
    ({"when": {"type": "evnt"}}, "when.type"),
]


def test_everything_wrong_with_a_rule_has_its_place(api, cs):
    for changes, path in WRONG:
        code, checked = api("/rules/~check", "POST", RULE | changes)

        assert code == 200
        assert (checked["summary"], [problem["path"] for problem in checked["problems"]]) == (None, [path])
        assert api.put("/rules/orders", RULE | changes)[1]["error"]["path"] == path


def test_a_preview_is_what_slack_would_show_in_both_languages(api, cs, platform, track):
    rule = RULE | {
        "mention": {"who": ["@here", "S0123"], "when": {"type": "event", "name": "Order Completed"}},
        "deliver": {"as": "each"},
    }
    _, made_up = api("/rules/~preview", "POST", {"rule": rule})
    assert (made_up["real"], made_up["problems"]) == (False, [])
    slack = made_up["messages"]["ja"]["slack"]
    assert slack["text"] == "<!here> <!subteam^S0123> 購入完了：山田 太郎"
    assert slack["blocks"][1]["text"]["text"] == "<!here> <!subteam^S0123>"
    assert made_up["messages"]["en"]["plain"].startswith("Completed an order: 山田 太郎\n")

    platform.post({"batch": [track("Order Completed", properties={"total": 1}), track("Product Viewed")]})
    platform.fold()
    rule["deliver"] = {"as": "digest", "every": "daily"}
    _, real = api("/rules/~preview", "POST", {"rule": rule})
    assert real["real"] is True
    assert real["messages"]["ja"]["slack"]["text"].endswith("注文：まとめ1件")
    _, wrong = api("/rules/~preview", "POST", {"rule": {}})
    assert (wrong["messages"], len(wrong["problems"]) > 2) == (None, True)


def test_what_failed_is_sent_again_on_demand_with_its_attempts_kept(api, cs, platform, track, monkeypatch):
    api.put("/rules/orders", RULE)
    api("/rules/orders/publish", "POST")
    platform.post({"batch": [track("Order Completed")]})
    platform.fold()
    notify = load("notify")
    notify.dispatcher._clock = lambda: 1_900_000_000_000
    with serving(answering(status(400), OK)) as server:
        api.put("/destinations/cs", destination(secret={"url": server.url("/x")}))
        deliver(platform, notify)
        [line] = api("/deliveries")[1]["items"]
        assert (line["status"], line["response_code"], line["attempts"], len(line["tries"])) == ("failed", 400, 1, 1)

        code, again = api(f"/deliveries/{quote(line['key'])}/redrive", "POST")
        assert (code, again["status"], again["attempts"]) == (200, "waiting", 0)
        assert api(f"/deliveries/{line['key']}/redrive", "POST")[0] == 409
        notify.dispatcher._clock = lambda: 1_900_000_100_000
        deliver(platform, notify)

    _, line = api(f"/deliveries/{line['key']}")
    assert (line["status"], [made["response_code"] for made in line["tries"]]) == ("delivered", [400, 200])
    assert api("/deliveries/abc/redrive", "POST")[0] == 400


def deliver(platform, notify):
    messages = platform.sqs.receive_message(QueueUrl=platform.queue_url, MaxNumberOfMessages=10).get("Messages", [])
    records = [
        {"messageId": each["MessageId"], "receiptHandle": each["ReceiptHandle"], "body": each["Body"]}
        for each in messages
    ]
    assert notify.handler({"Records": records}, platform.context)["batchItemFailures"] == []
    for message in messages:
        platform.sqs.delete_message(QueueUrl=platform.queue_url, ReceiptHandle=message["ReceiptHandle"])


ROUTES = [
    ("GET", "/rules"), ("GET", "/rules/x"), ("PUT", "/rules/x"), ("DELETE", "/rules/x"), ("POST", "/rules/~check"),
    ("POST", "/rules/~preview"), ("POST", "/rules/x/publish"), ("POST", "/rules/x/pause"), ("GET", "/destinations"),
    ("GET", "/destinations/x"), ("PUT", "/destinations/x"), ("DELETE", "/destinations/x"),
    ("POST", "/destinations/x/test"), ("GET", "/deliveries/x"), ("POST", "/deliveries/x/redrive"),
]  # fmt: skip


def test_an_operator_of_another_site_sees_and_changes_nothing(api):
    answers = {(method, path): api(path, method, {}, groups="[site-other]")[0] for method, path in ROUTES}

    assert set(answers.values()) == {403}, answers
