"""Conditions read as a person would say them, in both languages."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kizuki.rules.compiled import walk
from kizuki.rules.japanese import JAPANESE
from kizuki.rules.phrases import Phrases
from kizuki.rules.wording import statistic_words, summary, told
from tests.kizuki.rules.conditions import ADAPTER, CONDITIONS

SEGMENTS = {"big-cart": "大きなカート"}
DAY = 86_400


def name(id_):
    return SEGMENTS.get(id_, id_)


def prop(path, op, value=None, type="property"):
    return {"type": type, "path": path, "op": op, "value": value}


def stat(of, op, value=None, **fields):
    return {"type": "statistic", "of": of, "op": op, "value": value} | fields


def sequence(**fields):
    return {"type": "sequence", "first": {"event": "Product Added"}, "then": {"event": "Order Completed"}} | fields


def both(*parts):
    return {"type": "all", "of": list(parts)}


def either(*parts):
    return {"type": "any", "of": list(parts)}


def no(part):
    return {"type": "not", "of": part}


SPENT = stat("sum", "gte", 10_000, event="Order Completed", path="revenue", window={"days": 28})
VIEWED = stat("count", "gte", 3, event=["Product Viewed", "Cart Viewed"], window={"days": 7})
CART = stat("last", "gte", 3000, path="cart.total")
SENTENCES = [
    (SPENT,
     "直近28日間に「Order Completed」の revenue の合計が 10,000 以上",
     "The sum of revenue of “Order Completed” in the last 28 days is at least 10,000"),
    (stat("sum", "gte", 10_000, event="Order Completed", path="revenue", where=[prop("currency", "eq", "JPY"), prop("device.type", "ne", "mobile", "context")]),
     "これまでに「Order Completed」（currency が「JPY」である、かつデバイスの種類が「mobile」以外である）の revenue の合計が 10,000 以上",
     "The sum of revenue of “Order Completed” (where currency is “JPY”, and the type of device is something other than “mobile”) so far is at least 10,000"),
    (VIEWED,
     "直近7日間に「Product Viewed」または「Cart Viewed」が 3 回以上",
     "“Product Viewed” or “Cart Viewed” happened at least 3 times in the last 7 days"),
    (stat("count", "eq", 1, event="page", window="visit"), "この訪問で「page」がちょうど 1 回", "“page” happened exactly 1 time in this visit"),
    (stat("count", "lt", 10, window="today"), "今日イベントが 10 回未満", "Any event happened fewer than 10 times today"),
    (CART, "最新の cart.total が 3,000 以上", "The latest cart.total is at least 3,000"),
    (stat("last", "exists", path="coupon", event="Cart Viewed", window="previous_visit"),
     "前回の訪問で「Cart Viewed」の最新の coupon の値がある", "The latest coupon of “Cart Viewed” in the visit before has a value"),
    (stat("first", "starts_with", "/lp", path="path", event="page"), "「page」の最初の path が「/lp」で始まる", "The first path of “page” starts with “/lp”"),
    (stat("previous", "eq", "free", path="plan"), "ひとつ前の plan が「free」である", "The plan before the latest is “free”"),
    (stat("avg", "gt", 4.5, path="score", event="Review"), "これまでに「Review」の score の平均が 4.5 を超える", "The average score of “Review” so far is more than 4.5"),
    (stat("min", "lte", 0, path="stock", event="Product Viewed", window="today"), "今日「Product Viewed」の stock の最小値が 0 以下", "The lowest stock of “Product Viewed” today is at most 0"),
    (stat("max", "ne", 5, path="score"), "これまでにすべてのイベントの score の最大値が 5 以外である", "The highest score of all events so far is something other than 5"),
    (stat("distinct", "gte", 3, path="category", event="Product Viewed", window={"days": 1}),
     "直近1日間に「Product Viewed」の category が 3 種類以上", "The number of different values of category of “Product Viewed” in the last 1 day is at least 3"),
    (stat("most_frequent", "in", ["shoes", "bags"], path="category", event="Product Viewed"),
     "これまでに「Product Viewed」で最も多い category が「shoes」または「bags」である", "The most frequent category of “Product Viewed” so far is “shoes” or “bags”"),
    (stat("since_last", "gte", 7 * DAY, event="Order Completed"), "最後の「Order Completed」からの経過時間が 7 日以上", "The time since the last “Order Completed” is at least 7 days"),
    (stat("since_first", "lt", 5400), "最初のイベントからの経過時間が 1 時間 30 分未満", "The time since the first event is less than 1 hour 30 minutes"),
    (stat("since_last", "not_exists", event="Order Completed"), "「Order Completed」が一度もない", "“Order Completed” has never happened"),
    (prop("cart.total", "lt", 5000), "イベントの cart.total が 5,000 未満", "The event's cart.total is less than 5,000"),
    (prop("member card", "not_exists"), "イベントの「member card」の値がない", "The event's “member card” has no value"),
    (prop("products[].sku", "in", ["A", "B", "C"]), "イベントの products[].sku のいずれかが「A」、「B」または「C」である", "One of the event's products[].sku is “A”, “B” or “C”"),
    (prop("products[].sku", "ne", "A"), "イベントの products[].sku のすべてが「A」以外である", "Every one of the event's products[].sku is something other than “A”"),
    (prop("name", "contains", "シャツ"), "イベントの name が「シャツ」を含む", "The event's name contains “シャツ”"),
    (prop("name", "not_contains", "test"), "イベントの name が「test」を含まない", "The event's name does not contain “test”"),
    (prop("seats", "in", [1, 2, 3], "group_trait"), "所属グループの seats が 1、2 または 3 である", "The group's seats is 1, 2 or 3"),
    (prop("plan", "not_in", ["free", "trial"], "trait"), "ユーザーの plan が「free」または「trial」以外である", "The person's plan is something other than “free” or “trial”"),
    (prop("newsletter", "eq", True, "trait"), "ユーザーの newsletter が true である", "The person's newsletter is true"),
    (prop("campaign.source", "eq", "newsletter", "context"), "流入元（utm_source）が「newsletter」である", "The traffic source (utm_source) is “newsletter”"),
    (prop("custom.field", "eq", 1, "context"), "コンテキストの custom.field が 1 である", "The context's custom.field is 1"),
    ({"type": "time", "since": "09:00", "until": "18:00", "weekdays": ["mon", "tue", "wed", "thu", "fri"]},
     "日時が月〜金曜日の 09:00〜18:00 である", "It is Monday to Friday, between 09:00 and 18:00"),
    ({"type": "time", "since": "22:00", "until": "06:00"}, "日時が 22:00〜06:00 である", "It is between 22:00 and 06:00"),
    ({"type": "time", "weekdays": ["sun", "sat"]}, "日時が土・日曜日である", "It is Saturday or Sunday"),
    (sequence(within=3600), "「Product Added」のあと 1 時間以内に「Order Completed」がある", "“Product Added” was followed by “Order Completed” within 1 hour"),
    (sequence(within=1800, absent=True), "「Product Added」のあと「Order Completed」がないまま 30 分が過ぎた", "30 minutes passed after “Product Added” without “Order Completed”"),
    ({"type": "visits", "op": "gte", "value": 2}, "訪問回数が 2 回以上", "The person has visited at least 2 times"),
    ({"type": "segment", "id": "big-cart"}, "セグメント「大きなカート」に入っている", "The person is in the segment “大きなカート”"),
    ({"type": "segment", "id": "big-cart", "member": False}, "セグメント「大きなカート」に入っていない", "The person is not in the segment “大きなカート”"),
    ({"type": "event", "name": "Cart Viewed"}, "イベントが「Cart Viewed」である", "The event is “Cart Viewed”"),
    (no(prop("page.path", "starts_with", "/checkout", "context")), "ページのパスが「/checkout」で始まらない", "The page's path does not start with “/checkout”"),
    (no(stat("count", "gte", 2, event="Login", window="today")), "今日「Login」が 2 回以上ではない", "“Login” did not happen at least 2 times today"),
    (no(prop("products[].sku", "eq", "A")), "イベントの products[].sku のどれも「A」ではない", "None of the event's products[].sku is “A”"),
    (no(sequence(within=60)), "「Product Added」のあと 1 分以内に「Order Completed」があったことはない", "“Product Added” was never followed by “Order Completed” within 1 minute"),
    (no(no(prop("a", "eq", 1))), "イベントの a が 1 である", "The event's a is 1"),
    (both(prop("a", "eq", 1), either(prop("b", "eq", 2), no(both(prop("c", "exists"), prop("d", "exists"))))),
     "イベントの a が 1 である、かつ（イベントの b が 2 である、または（イベントの c の値がある、かつイベントの d の値がある）ではない）",
     "The event's a is 1, and (the event's b is 2, or not (the event's c has a value, and the event's d has a value))"),
    (either(both(prop("a", "eq", 1))), "イベントの a が 1 である", "The event's a is 1"),
    (stat("count", "gte", 1, event="A", where=[prop("p", "exists"), prop("q", "exists")]),
     "これまでに「A」（p の値がある、かつ q の値がある）が 1 回以上", "“A” (where p has a value, and q has a value) happened at least 1 time so far"),
    (both(), "常に成り立つ", "This always holds"),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "ja", "en"), SENTENCES)
def test_a_condition_reads_as_a_sentence(condition, ja, en):
    written = ADAPTER.dump_python(ADAPTER.validate_python(condition), mode="json")

    assert summary(written, name) == {"ja": ja, "en": en}


def test_a_long_list_is_cut_and_counted():
    listed = prop("sku", "in", list(range(1, 31)), "trait")

    assert summary(listed, name)["ja"].endswith("18、19、20、ほか 10 件である")
    assert "19, 20, and 10 more" in summary(listed, name)["en"]


@pytest.mark.parametrize(
    ("condition", "seen", "ja", "en"),
    [
        (SPENT, 2000,
         "直近28日間の「Order Completed」の revenue の合計は 10,000 以上ではない（実際は 2,000）",
         "the sum of revenue of “Order Completed” in the last 28 days is 2,000, not at least 10,000"),
        (CART, None, "最新の cart.total は 3,000 以上ではない（値がない）", "the latest cart.total is missing, not at least 3,000"),
        (VIEWED, 1,
         "直近7日間の「Product Viewed」または「Cart Viewed」の回数は 3 回以上ではない（実際は 1 回）",
         "“Product Viewed” or “Cart Viewed” happened 1 time in the last 7 days, not at least 3 times"),
        (stat("since_last", "gte", DAY, event="X"), 3723.5,
         "最後の「X」からの経過時間は 1 日以上ではない（実際は 1 時間 2 分 3.5 秒）",
         "the time since the last “X” is 1 hour 2 minutes 3.5 seconds, not at least 1 day"),
        (prop("page.path", "starts_with", "/cart", "context"), "/", "ページのパスは「/cart」で始まらない（実際は「/」）", "the page's path does not start with “/cart” (it is “/”)"),
        (prop("products[].sku", "eq", "A"), ["B", 3], "イベントの products[].sku のどれも「A」ではない（実際は「B」、3）", "none of the event's products[].sku is “A” (seen: “B”, 3)"),
        ({"type": "event", "name": ["A", "B"]}, "C", "イベントは「A」または「B」ではない（実際は「C」）", "the event is “C”, not “A” or “B”"),
        ({"type": "time", "weekdays": ["sat", "sun"]}, "2026-11-20T19:15:00+09:00", "日時は土・日曜日ではない（実際は金曜日の 19:15）", "it is Friday, 19:15, not Saturday or Sunday"),
        (sequence(within=3600), {"first": ["2026-11-20T19:15:00+09:00"], "then": []},
         "「Product Added」のあと 1 時間以内に「Order Completed」があったことはない（実際は最新の「Product Added」は 2026-11-20 19:15、最新の「Order Completed」はなし）",
         "“Product Added” was never followed by “Order Completed” within 1 hour (latest “Product Added”: 2026-11-20 19:15, latest “Order Completed”: none)"),
        ({"type": "visits", "op": "gte", "value": 2}, 1, "訪問回数は 2 回以上ではない（実際は 1 回）", "the person has visited 1 time, not at least 2 times"),
    ],
)  # fmt: skip
def test_what_failed_is_told_with_the_value_seen(condition, seen, ja, en):
    assert told(condition, name, holds=False, seen=seen) == {"ja": ja, "en": en}


def test_a_statistic_has_a_name_of_its_own():
    assert statistic_words(VIEWED) == {
        "ja": "直近7日間の「Product Viewed」または「Cart Viewed」の回数",
        "en": "The number of times “Product Viewed” or “Cart Viewed” happened in the last 7 days",
    }


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
@given(CONDITIONS, st.sampled_from(["ja", "en"]))
def test_every_condition_is_said_with_its_events_paths_and_values(condition, locale):
    sentence = summary(condition, name)[locale].lower()
    phrases = Phrases(JAPANESE)

    for part in walk(condition):
        for field in ("name", "event", "id"):
            named = part.get(field) or []
            for each in [named] if isinstance(named, str) else named:
                assert each.lower() in sentence
        path = part.get("path")
        if path and not (part["type"] == "context" and path in JAPANESE.context):
            assert path.lower() in sentence
        value = part.get("value")
        if part.get("of") in ("since_first", "since_last") or value is None:
            continue
        for each in value if isinstance(value, list) else [value]:
            assert phrases.value(each).strip(" 「」").lower() in sentence
