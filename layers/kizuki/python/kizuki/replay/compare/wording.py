"""Differences in words, in Japanese and English."""

from collections.abc import Callable
from typing import Literal

from kizuki.replay.compare.differences import TIMES, Difference, Value

Locale = Literal["ja", "en"]
LOCALES: tuple[Locale, ...] = ("ja", "en")
Words = dict[Locale, str]
Called = Callable[[str, Locale], str]
"""What an event is called in a language."""

CAVEAT: Words = {
    "ja": "ここに並ぶのは「差」であって「原因」ではありません。"
    "グループは来訪者自身の行動で分かれているため、もともとの違いも含まれます。"
    "接客の効果は、比較群と比べた結果で確かめてください。",
    "en": "These are differences, not causes: visitors sorted themselves into the groups by what they did, "
    "and may have differed before. For what the campaign itself does, see its results against the control group.",
}
GROUPS: dict[str, Words] = {
    "clicked_goal": {"ja": "クリックしてゴールした人", "en": "those who clicked and reached the goal"},
    "clicked": {"ja": "クリックのみの人", "en": "those who only clicked"},
    "shown": {"ja": "表示のみの人", "en": "those who only saw it"},
    "closed": {"ja": "閉じた人", "en": "those who closed it"},
}
SHARES: dict[str, Words] = {
    "next_page": {
        "ja": "{a}の{x}が、表示の次に {what} へ進んでいます（{b}では{y}、差は{gap}ポイント）。",
        "en": "{x} of {a} went to {what} next, against {y} of {b} (a gap of {gap} points).",
    },
    "page": {
        "ja": "{a}の{x}が、表示のあとに {what} を見ています（{b}では{y}、差は{gap}ポイント）。",
        "en": "{x} of {a} saw {what} afterwards, against {y} of {b} (a gap of {gap} points).",
    },
    "event": {
        "ja": "{a}の{x}に、表示のあと「{what}」がありました（{b}では{y}、差は{gap}ポイント）。",
        "en": "“{what}” came afterwards for {x} of {a}, against {y} of {b} (a gap of {gap} points).",
    },
}
NUMBERS: dict[str, tuple[Words, Words]] = {
    "first_action": (
        {"ja": "次の行動までの時間が長めです", "en": "took longer to do anything next"},
        {"ja": "次の行動までの時間が短めです", "en": "did something sooner"},
    ),
    "next_page": (
        {"ja": "次のページへ移るまでの時間が長めです", "en": "took longer to go to another page"},
        {"ja": "次のページへ移るまでの時間が短めです", "en": "went to another page sooner"},
    ),
    "pause": (
        {"ja": "行動の間隔が長めです", "en": "paused longer between one action and the next"},
        {"ja": "行動の間隔が短めです", "en": "paused less between one action and the next"},
    ),
    "length": (
        {"ja": "表示後の滞在が長めです", "en": "stayed longer afterwards"},
        {"ja": "表示後の滞在が短めです", "en": "left sooner afterwards"},
    ),
    "pages": (
        {"ja": "表示後に見たページが多めです", "en": "viewed more pages afterwards"},
        {"ja": "表示後に見たページが少なめです", "en": "viewed fewer pages afterwards"},
    ),
    "dead_clicks": (
        {"ja": "反応のないクリックが多めです", "en": "made more clicks that did nothing"},
        {"ja": "反応のないクリックが少なめです", "en": "made fewer clicks that did nothing"},
    ),
    "rage_clicks": (
        {"ja": "連打が多めです", "en": "clicked in rage more often"},
        {"ja": "連打が少なめです", "en": "clicked in rage less often"},
    ),
    "errors": (
        {"ja": "エラーが多めです", "en": "met more errors"},
        {"ja": "エラーが少なめです", "en": "met fewer errors"},
    ),
    "scroll": (
        {"ja": "下までスクロールしています", "en": "scrolled further down"},
        {"ja": "スクロールが浅めです", "en": "scrolled less far down"},
    ),
}
"""With more, and with less."""
NUMBER: Words = {
    "ja": "{a}は、{b}より{told}（{measure}{x}、{b}は{y}）。",
    "en": "{A} {told} than {b} ({measure} {x} against {y}).",
}
MEASURES: dict[bool, Words] = {True: {"ja": "中央値 ", "en": "median"}, False: {"ja": "平均 ", "en": "mean"}}
TOLD_TWICE = 60
SECOND_MS = 1000


def sentence(difference: Difference, called: Called) -> Words:
    """Say a difference in both languages: the group with more of it first."""
    first, second = difference.between
    if difference.kind != "number" and difference.effect < 0:
        first, second = second, first
    return {locale: _told(difference, first, second, called, locale) for locale in LOCALES}


def _told(difference: Difference, first: str, second: str, called: Called, locale: Locale) -> str:
    one, other = difference.groups[first], difference.groups[second]
    a, b = GROUPS[first][locale], GROUPS[second][locale]
    if difference.kind == "number":
        more, less = NUMBERS[difference.feature]
        return NUMBER[locale].format(
            a=a,
            A=a[0].upper() + a[1:],
            b=b,
            told=(more if difference.effect > 0 else less)[locale],
            measure=MEASURES[difference.feature in TIMES][locale],
            x=_number(difference.feature, one, locale),
            y=_number(difference.feature, other, locale),
        )
    what = called(difference.feature, locale) if difference.kind == "event" else difference.feature
    x, y = round(100 * one.value), round(100 * other.value)
    return SHARES[difference.kind][locale].format(a=a, b=b, x=f"{x}%", y=f"{y}%", what=what, gap=x - y)


def _number(feature: str, value: Value, locale: Locale) -> str:
    if feature in TIMES:
        return _time(value.value, locale)
    if feature == "scroll":
        return f"{value.value:.0f}%"
    units = {"ja": "ページ" if feature == "pages" else "回", "en": ""}
    return f"{value.value:.1f}{units[locale]}"


def _time(ms: float, locale: Locale) -> str:
    seconds = ms / SECOND_MS
    if seconds < 9.95:  # noqa: PLR2004 - what rounds to ten needs no tenths
        return f"{seconds:.1f}秒" if locale == "ja" else f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), TOLD_TWICE)
    if not minutes:
        return f"{rest}秒" if locale == "ja" else f"{rest} s"
    return f"{minutes}分{rest:02}秒" if locale == "ja" else f"{minutes} min {rest:02} s"
