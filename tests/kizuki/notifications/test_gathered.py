"""Many notifications as one message, in every channel: within its limits, and nothing a visitor sent is more than text."""

import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kizuki.notifications import line, mail
from kizuki.notifications.destinations import Destination, Secret
from kizuki.notifications.gathered import gather, joined
from kizuki.notifications.model import Alert, Manner, Person, Rule
from kizuki.notifications.request import Parcel, judge, render, slack_message, values
from kizuki.notifications.slack import summary
from tests.kizuki.notifications.test_slack import added

EVIL = "<!channel> *x* <https://evil.example|click>\n<script>alert(1)</script> @here"


def many(count, rules=3, name="山田 太郎"):
    return [
        added(
            id=f"r{n % rules}:m{n}",
            rule=Rule(f"r{n % rules}", f"ルール{n % rules}"),
            person=Person(f"a:{n}", f"{name} {n}"),
        )
        for n in range(count)
    ]


def chars(message):
    """Count as Slack does: every text of every block."""
    if isinstance(message, dict):
        return sum(chars(value) for value in message.values())
    if isinstance(message, list):
        return sum(map(chars, message))
    return len(message.encode("utf-16-le")) // 2 if isinstance(message, str) else 0


def marked(part):
    """Yield every text in which Slack reads markup."""
    if isinstance(part, list):
        for each in part:
            yield from marked(each)
    elif isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield part["text"]
        yield from marked([value for value in part.values() if isinstance(value, dict | list)])


def test_twelve_notifications_are_grouped_by_rule_with_their_links():
    message = summary(gather(many(12), "en"), "en", ["@here", "U0ABC", "S0ABC"])

    assert message["text"] == "<!here> <@U0ABC> <!subteam^S0ABC> 12 notifications"
    header, called, *sections, actions = message["blocks"]
    assert header["text"]["text"] == "12 notifications"
    assert called["text"]["text"] == "<!here> <@U0ABC> <!subteam^S0ABC>"
    assert [section["text"]["text"].split("\n")[0] for section in sections] == [f"*ルール{n} (4)*" for n in range(3)]
    assert sections[0]["text"]["text"].split("\n")[1] == (
        "• Added to cart: 山田 太郎 0 (visit 3) · <https://console.example/sites/shop/people/a%3A4f2c?event=m1|story>"
        " · <https://console.example/sites/shop/replays/s1?t=12345|replay>"
    )
    assert actions["elements"][0]["url"] == "https://console.example/sites/shop/deliveries"


@settings(max_examples=40)
@given(
    count=st.integers(1, 400),
    rules=st.integers(1, 60),
    name=st.text(max_size=300) | st.just("<" * 300) | st.just("𩸽" * 300),
)
def test_however_many_and_whatever_they_are_called_a_message_is_within_slacks_limits(count, rules, name):
    notifications = many(count, rules, name)

    message = summary(gather(notifications, "ja"), "ja", [])

    assert len(message["blocks"]) <= 50
    assert all(chars(block["text"]["text"]) <= 3000 for block in message["blocks"] if block["type"] == "section")
    assert chars(message["blocks"]) <= 13_000
    assert f"{count:,}件" in message["text"]


def test_nothing_a_visitor_sent_calls_links_or_is_markup_in_any_channel():
    notifications = many(5, 1, EVIL)

    for parcel in (Parcel(notifications), Parcel(notifications[:1]), Parcel(notifications, digest=True)):
        message = slack_message(parcel, "ja")
        # What is plain text, Slack shows as it stands.
        slack = "\n".join([message["text"], *marked(message["blocks"])])
        assert "<!channel>" not in slack
        assert "<https://evil" not in slack
        assert "&lt;!channel&gt;" in slack
    for written in (mail.mail(notifications[0], "ja"), mail.summary(gather(notifications, "ja"), "ja")):
        assert "<script" not in written.html
        assert "<https" not in written.html
        assert written.subject.isprintable()
    # Plain text, where nothing is markup; one line each, so that no line can be faked.
    text = line.text(notifications[0], "ja")
    assert text.splitlines()[0].startswith("カート追加：<!channel>")
    assert not any(each.startswith("<script>") for each in text.splitlines())


def test_what_came_later_is_added_to_a_message_that_is_out():
    both = joined(gather(many(40, 2), "ja"), gather(many(9, 3), "ja"))

    assert (both.count, [(part.rule, part.count) for part in both.parts]) == (49, [("r0", 23), ("r1", 23), ("r2", 3)])
    assert both.told <= 33


def test_a_line_message_is_within_lines_limit():
    text = line.summary(gather(many(400, 12, "𩸽" * 300), "ja"), "ja")

    assert len(text.encode("utf-16-le")) // 2 <= 5000
    assert line.retry_key("x") == line.retry_key("x") != line.retry_key("y")


def test_a_template_gets_words_and_fields():
    found = values(Parcel(many(4)), "en")

    assert (found["title"], found["count"], len(found["notifications"])) == ("4 notifications", 4, 4)
    assert found["link"] == "https://console.example/sites/shop/deliveries"
    assert "manner" not in found
    assert values(Parcel(many(1)), "en")["text"].splitlines()[0] == "Name: コーヒー豆"


def test_a_digest_of_a_webhook_holds_the_notifications():
    destination = Destination(id="crm", name="CRM", type="webhook")
    request = render(Parcel(many(2), digest=True), destination, Secret(url="https://crm.example"), at=datetime.now(UTC))

    body = json.loads(request.body)
    assert (body["type"], [each["id"] for each in body["data"]["notifications"]]) == (
        "notification.digest",
        ["r0:m0", "r1:m1"],
    )


def test_an_alert_says_it_in_the_destinations_language():
    told = Alert({"ja": "止まりました", "en": "Stopped"}, {"ja": "理由：x", "en": "Reason: x"})
    notification = msgspec.structs.replace(added(), alert=told, session=None, manner=Manner())

    assert slack_message(Parcel([notification]), "ja")["text"] == "止まりました"
    assert mail.mail(notification, "en").subject == "Stopped"
    assert values(Parcel([notification]), "en")["text"].startswith("Reason: x")


BOT = Destination(id="cs", name="CS", type="slack", channel="C0123456")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"ok":true,"ts":"1"}', ("delivered", None, None)),
        (b'{"ok":false,"error":"internal_error"}', ("retry", "internal_error", None)),
        (b'{"ok":false,"error":"channel_not_found"}', ("refused", "channel_not_found", "channel_not_found")),
        (b'{"ok":false,"error":"msg_too_long"}', ("refused", "msg_too_long", None)),
        (b"<html>", ("retry", "internal_error", None)),
        (b"[]", ("retry", "internal_error", None)),
        (b"\xff", ("retry", "internal_error", None)),
    ],
)
def test_what_a_bot_is_answered_is_in_the_body(body, expected):
    assert judge(BOT, 200, body) == expected
