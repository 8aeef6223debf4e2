import json
from dataclasses import dataclass

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kizuki.notifications.model import Device, Happening, Links, Notification, Person, Rule, Session
from kizuki.notifications.slack import message

STORY = "https://console.example/sites/shop/people/a%3A4f2c?event=m1"
REPLAY = "https://console.example/sites/shop/replays/s1?t=12345"


def added(**changes):
    event = Happening(
        "Product Added",
        "track",
        "m1",
        {
            "name": "コーヒー豆",
            "price": 4000,
            "quantity": 2,
            "currency": "JPY",
            "cart": {"total": 12800.0},
            "gift": True,
        },
        "https://shop.example/products/1?color=red&size=m",
        "コーヒー豆 | 店",
        Device("mobile", "Safari", "iOS"),
    )
    fields = {
        "id": "big-cart:m1",
        "site": "shop",
        "rule": Rule("big-cart", "高額カート"),
        "destination": "cs",
        "occurred_at": "2026-11-21T10:00:00.000Z",
        "person": Person("a:4f2c9d81-aaaa", "山田 太郎", None, {}),
        "session": Session("s1", 3),
        "event": event,
        "links": Links(STORY, REPLAY),
    }
    return Notification(**(fields | changes))


def happening(**fields):
    return Happening(**({"name": "Product Added", "type": "track", "message_id": "m1"} | fields))


def mrkdwn(text):
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def plain(text):
    return {"type": "plain_text", "text": text, "emoji": False}


def test_a_message_says_who_did_what_where_and_when_in_japanese():
    assert message(added(), "ja") == {
        "text": "カート追加：山田 太郎（3回目の訪問）",
        "blocks": [
            {"type": "header", "text": plain("カート追加：山田 太郎（3回目の訪問）")},
            {
                "type": "section",
                "fields": [
                    mrkdwn("*商品名*\nコーヒー豆"),
                    mrkdwn("*価格*\n¥4,000"),
                    mrkdwn("*数量*\n2"),
                    mrkdwn("*カート合計*\n¥12,800"),
                    mrkdwn("*gift*\nはい"),
                ],
            },
            {
                "type": "section",
                "text": mrkdwn(
                    "*ページ*\nコーヒー豆 | 店\n<https://shop.example/products/1?color=red&amp;size=m"
                    "|https://shop.example/products/1?color=red&amp;size=m>"
                ),
            },
            {
                "type": "context",
                "elements": [
                    mrkdwn("<!date^1795255200^{date_num} {time_secs}|2026-11-21T10:00:00.000Z>"),
                    mrkdwn("スマートフォン · Safari · iOS"),
                    mrkdwn("通知ルール：高額カート"),
                ],
            },
            {
                "type": "actions",
                "elements": [
                    {"type": "button", "action_id": "story", "text": plain("ユーザーストーリーを見る"), "url": STORY},
                    {"type": "button", "action_id": "replay", "text": plain("この瞬間のリプレイを見る"), "url": REPLAY},
                ],
            },
        ],
        "unfurl_links": False,
        "unfurl_media": False,
    }


def test_a_message_speaks_english_where_the_destination_does():
    rendered = message(added(session=Session("s1", 1)), "en")

    assert rendered["text"] == "Added to cart: 山田 太郎 (first visit)"
    assert [button["text"]["text"] for button in rendered["blocks"][-1]["elements"]] == [
        "Open user story",
        "Replay this moment",
    ]


@pytest.mark.parametrize(
    ("locale", "header", "field"),
    [
        ("ja", "セグメントに入った：山田 太郎（3回目の訪問）", "*セグメント*\n大きなカート"),
        ("en", "Entered a segment: 山田 太郎 (visit 3)", "*Segment*\n大きなカート"),
    ],
)
def test_who_entered_a_segment_is_told_in_the_destinations_words(locale, header, field):
    entered = happening(name="Segment Entered", properties={"segment_id": "big-cart", "segment_name": "大きなカート"})
    rendered = message(added(event=entered), locale)

    assert rendered["text"] == header
    assert rendered["blocks"][1]["fields"][0] == mrkdwn(field)


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        (Person("a:4f2c9d81-aaaa"), "Visitor 4f2c9d81"),
        (Person("u:42"), "42"),
        (Person("u:42", None, "taro@example.com"), "taro@example.com"),
    ],
)
def test_a_person_without_a_name_is_shown_by_email_or_short_id(person, shown):
    assert message(added(person=person), "en")["blocks"][0]["text"]["text"] == f"Added to cart: {shown} (visit 3)"


def test_a_moment_that_was_not_recorded_has_no_replay_button():
    rendered = message(added(links=Links(STORY, None)), "ja")

    assert [button["action_id"] for button in rendered["blocks"][-1]["elements"]] == ["story"]


def test_an_event_about_nothing_but_itself_has_no_empty_blocks():
    bare = added(event=happening(name="Ping"), session=None)

    assert [block["type"] for block in message(bare, "en")["blocks"]] == ["header", "context", "actions"]


def test_what_a_visitor_typed_mentions_nobody_and_links_nowhere():
    evil = "<!channel> <https://evil.example|山田> & <@U123>\n*second line*\u202e"
    rendered = message(
        added(
            person=Person("a:1", evil),
            rule=Rule("r", evil),
            event=happening(name=evil, properties={evil: evil}, url=f"https://x/{evil}", title=evil),
        ),
        "ja",
    )
    safe = "&lt;!channel&gt; &lt;https://evil.example|山田&gt; &amp; &lt;@U123&gt; *second line*"

    texts = [text for block in rendered["blocks"] for text in mrkdwns(block)]
    assert all(text["verbatim"] for text in texts)
    assert texts[0]["text"] == f"*{safe}*\n{safe}"
    assert texts[1]["text"] == f"*ページ*\n{safe}\nhttps://x/{safe}"
    assert "<!channel>" not in json.dumps(rendered, ensure_ascii=False).replace(
        rendered["blocks"][0]["text"]["text"], ""
    )
    assert rendered["blocks"][0]["text"]["type"] == "plain_text"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "https://good.example@evil.example/", "https://good.example\\@evil.example/", "/cart"],
)
def test_an_address_that_does_not_lead_where_it_seems_to_is_no_link(url):
    [page] = [b for b in message(added(event=happening(url=url)), "en")["blocks"] if "Page" in str(b)]

    assert page["text"]["text"] == f"*Page*\n{url}"


def test_a_link_cannot_be_ended_early():
    [page] = [b for b in message(added(event=happening(url="https://x/|a>b 日")), "en")["blocks"] if "Page" in str(b)]

    assert page["text"]["text"] == "*Page*\n<https://x/%7Ca%3Eb%20%E6%97%A5|https://x/|a&gt;b 日>"


def test_what_a_campaign_says_stands_below_the_header_and_calls_nobody():
    said = "山田様のカートは4,000円です\n\n<!channel> & <https://evil.example|x>"

    blocks = message(added(text=said), "ja")["blocks"]

    assert blocks[1] == {
        "type": "section",
        "text": mrkdwn("山田様のカートは4,000円です\n&lt;!channel&gt; &amp; &lt;https://evil.example|x&gt;"),
    }


@dataclass
class Limits:
    header: int = 150
    section: int = 3000
    field: int = 2000
    fields: int = 10
    blocks: int = 50
    elements: int = 10
    button: int = 75
    url: int = 3000
    message: int = 13_200


def mrkdwns(value):
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value
        for inner in value.values():
            yield from mrkdwns(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from mrkdwns(inner)


def units(text):
    return len(text.encode("utf-16-le")) // 2


TEXT = st.one_of(
    st.text(max_size=400),
    st.sampled_from(["", "&" * 5000, "<" * 300, "👩‍👩‍👧" * 2000, "あ" * 3001, "a" * 150, "a" * 151]),
)
VALUE = st.one_of(TEXT, st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.none())


EVENT = st.builds(
    Happening,
    name=TEXT,
    type=st.just("track"),
    message_id=st.just("m1"),
    properties=st.dictionaries(TEXT, VALUE | st.dictionaries(TEXT, VALUE, max_size=3) | st.lists(VALUE), max_size=60),
    url=st.none() | TEXT | TEXT.map("https://shop.example/".__add__),
    title=st.none() | TEXT,
)


@given(
    name=st.none() | TEXT,
    event=EVENT,
    rule=TEXT,
    said=st.none() | st.lists(TEXT).map("\n".join),
    locale=st.sampled_from(["ja", "en"]),
)
def test_every_message_is_within_slacks_limits(name, event, rule, said, locale):
    limits = Limits()
    rendered = message(added(person=Person("a:1", name), rule=Rule("r", rule), event=event, text=said), locale)

    assert len(rendered["blocks"]) <= limits.blocks
    assert 1 <= units(rendered["text"]) <= limits.section
    assert units(msgspec.json.encode(rendered["blocks"]).decode()) <= limits.message
    for block in rendered["blocks"]:
        if block["type"] == "header":
            assert 1 <= units(block["text"]["text"]) <= limits.header
        elif block["type"] == "section":
            assert units(block.get("text", {"text": ""})["text"]) <= limits.section
            assert len(block.get("fields", [])) <= limits.fields
            assert all(units(field["text"]) <= limits.field for field in block.get("fields", []))
        else:
            assert 1 <= len(block["elements"]) <= limits.elements
    for text in mrkdwns(rendered):
        markup = text["text"].replace("<!date^", "").replace("<https://", "")
        assert markup.count("<") == 0
