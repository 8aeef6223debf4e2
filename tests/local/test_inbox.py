"""The inbox answers like Slack, keeps what it gets, and shows it without running any of it."""

import http.client
import json
import threading
from datetime import UTC, datetime

import pytest

from kizuki.notifications.destinations import Destination, Secret
from kizuki.notifications.request import Parcel, judge, render, slack_answer
from kizuki.outbound import post
from local.inbox import Server
from tests.kizuki.notifications.test_slack import added

SLACK = {
    "text": "高額カート",
    "blocks": [
        {"type": "header", "text": {"type": "plain_text", "text": ":bell: <script>alert(1)</script>"}},
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "*山田* &lt;img onerror=x&gt; <https://x.jp/?a=1&b=2|話>"},
        },
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "*カート*\n¥18,000"}]},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "_shop_"}]},
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "text": {"type": "plain_text", "text": "見る"},
                    "url": "https://x.jp/r",
                    "style": "primary",
                },
                {"type": "button", "text": {"type": "plain_text", "text": "悪"}, "url": "javascript:alert(1)"},
            ],
        },
    ],
}


@pytest.fixture
def inbox(tmp_path):
    with Server(tmp_path / "inbox", 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(inbox, method, path, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", inbox.server_address[1], timeout=5)
    connection.request(method, path, body if body is None or isinstance(body, bytes) else json.dumps(body).encode())
    answer = connection.getresponse()
    found = (answer.status, answer.read().decode(), dict(answer.getheaders()))
    connection.close()
    return found


def messages(inbox):
    return json.loads(ask(inbox, "GET", "/messages.json")[1])


def test_a_message_is_answered_ok_and_kept(inbox):
    assert ask(inbox, "POST", "/slack/T1/B1/secret", SLACK)[:2] == (200, "ok")

    (kept,) = messages(inbox)
    assert (kept["kind"], kept["path"], kept["status"], kept["json"]) == ("slack", "/slack/T1/B1/secret", 200, SLACK)


def test_a_webhook_keeps_its_headers_and_its_exact_body(inbox):
    ask(inbox, "POST", "/webhook/crm", b'{"type": "x",  "data": {}}')

    (kept,) = messages(inbox)
    assert (kept["kind"], kept["body"]) == ("webhook", '{"type": "x",  "data": {}}')
    assert "content-length" in kept["headers"]


def test_messages_are_listed_in_the_order_of_their_arrival(inbox):
    for number in range(3):
        ask(inbox, "POST", "/webhook/a", {"number": number})

    assert [message["json"]["number"] for message in messages(inbox)] == [0, 1, 2]


def test_slack_refuses_what_is_no_message(inbox):
    assert ask(inbox, "POST", "/slack/a", b"hello")[:2] == (400, "invalid_payload")


def test_the_next_requests_fail_as_a_test_asks(inbox):
    ask(inbox, "POST", "/slack/fail?status=429&times=2&retry_after=7")

    answers = [ask(inbox, "POST", "/slack/a", SLACK) for _ in range(3)]

    assert [status for status, _, _ in answers] == [429, 429, 200]
    assert answers[0][2]["Retry-After"] == "7"
    assert ask(inbox, "POST", "/webhook/a", {})[0] == 200


def test_a_hook_may_fail_for_good(inbox):
    assert [ask(inbox, "POST", "/webhook/a?status=410", {})[0] for _ in range(2)] == [410, 410]


def test_what_arrived_is_still_there_after_a_restart(inbox, tmp_path):
    ask(inbox, "POST", "/slack/a", SLACK)

    with Server(tmp_path / "inbox", 0) as again:
        assert [message["json"] for message in again.inbox.messages()] == [SLACK]


def test_the_page_shows_messages_in_both_languages(inbox):
    ask(inbox, "POST", "/slack/a", SLACK)

    status, page, headers = ask(inbox, "GET", "/")

    assert status == 200
    assert "<title>受信箱 / Inbox (1)</title>" in page
    assert "🔔" in page
    assert "<b>山田</b>" in page
    assert '<a href="https://x.jp/?a=1&amp;b=2" rel="noreferrer">話</a>' in page
    assert '<a class="primary" href="https://x.jp/r" rel="noreferrer">見る</a>' in page
    assert "script-src" not in headers["Content-Security-Policy"]
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_the_page_runs_nothing_that_a_message_holds(inbox):
    ask(inbox, "POST", "/slack/a", SLACK)
    ask(inbox, "POST", "/webhook/<script>", {"x": "</pre><script>alert(1)</script>"})
    ask(inbox, "POST", "/slack/b", {"blocks": [{"type": "<script>"}, "text", {"type": "actions", "elements": ["x"]}]})

    page = ask(inbox, "GET", "/")[1]

    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:" not in page.replace("&", "")


def test_unknown_addresses_are_not_found(inbox):
    assert ask(inbox, "POST", "/elsewhere", {})[0] == 404
    assert ask(inbox, "GET", "/elsewhere")[0] == 404


def test_a_bot_and_line_are_answered_as_by_their_apis(inbox):
    status, text, _ = ask(inbox, "POST", "/slack-api/chat.postMessage", {"channel": "C1", "text": "x"})
    assert (status, json.loads(text)) == (200, {"ok": False, "error": "not_authed"})
    assert (
        json.loads(ask(inbox, "POST", "/slack-api/chat.postMessage", {"text": "x"})[1])["error"] == "channel_not_found"
    )
    assert ask(inbox, "POST", "/line/v2/bot/message/push", {"to": "U1"})[:2] == (200, "{}")

    assert [(message["kind"], message["path"]) for message in messages(inbox)][-1] == (
        "line",
        "/line/v2/bot/message/push",
    )


def test_what_is_sent_to_a_bot_can_be_answered_under_and_changed(inbox):
    base = f"http://127.0.0.1:{inbox.server_address[1]}/slack-api"
    destination = Destination(id="cs", name="CS", type="slack", channel="C0123456")
    secret = Secret(bot_token="xoxb-1", api_url=base)

    def sent(parcel):
        request = render(parcel, destination, secret, at=datetime.now(UTC))
        answer = post(request.url, request.body, request.headers, allow_loopback=True, answer=True)
        assert judge(destination, answer.status, answer.body).verdict == "delivered"
        return slack_answer(answer.body)["ts"]

    first = sent(Parcel([added()]))
    second = sent(Parcel([added()], thread=first))
    changed = sent(Parcel([added()] * 5, replaces=f"C0123456/{second}"))

    assert (changed, first < second) == (second, True)
    assert [message["path"] for message in messages(inbox)] == [
        "/slack-api/chat.postMessage",
        "/slack-api/chat.postMessage",
        "/slack-api/chat.update",
    ]
    assert [message["json"].get("thread_ts") for message in messages(inbox)] == [None, first, None]
    assert "通知5件" in ask(inbox, "GET", "/")[1]
