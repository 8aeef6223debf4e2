"""Incidents in words, in Japanese and English."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from kizuki.absence.incident import ChangeSince, Incident
from kizuki.events.times import epoch_ms

Locale = Literal["ja", "en"]
LOCALES: tuple[Locale, ...] = ("ja", "en")
MAX_CHANGES = 5
HOURS = 3_600_000


class Told(msgspec.Struct):
    """A headline, and what is known, line by line."""

    title: str
    lines: list[str]


class Texts(NamedTuple):
    opened: dict[str, str]
    ended: dict[str, str]
    since: dict[str, str]
    causes: dict[str, str]
    last_good: dict[str, str]
    changes: str
    change: str
    more: str
    unchanged: str
    returned: str
    kinds: dict[str, str]
    done: dict[str, str]
    moment: str
    hours: str
    minutes: str


TEXTS: dict[Locale, Texts] = {
    "ja": Texts(
        opened={
            "campaign": "接客「{name}」が表示されなくなっています",
            "rule": "通知ルール「{name}」に当てはまるイベントが届かなくなっています",
        },
        ended={
            "campaign": "接客「{name}」の表示が戻りました",
            "rule": "通知ルール「{name}」に当てはまるイベントがまた届いています",
        },
        since={
            "campaign": "{at}から。来訪は続いていて、ふだんなら約{expected}回のところ、表示は{seen}回です。",
            "rule": "{at}から。来訪は続いていて、ふだんなら約{expected}件のところ、届いたのは{seen}件です。",
        },
        causes={
            "out_of_action": "設定に問題があり、停止しています：{detail}",
            "not_displayed": "表示すると決まっても、画面に出たという記録が届いていません。"
            "ページやタグの変更がないか確認してください。",
            "held_back": "対象の人は来ていますが、回数の上限や表示の間隔などの条件で見送られています。",
            "not_triggered": "きっかけになるイベントが届いていないか、ページや対象者の条件に合う人がいません。",
            "not_matched": "イベントが届いていないか、内容が変わって条件に合わなくなっています。",
        },
        last_good={"campaign": "最後の表示：{at}", "rule": "最後の通知：{at}"},
        changes="その後の変更：",
        change="{at} {kind}「{name}」を{done}{by}",
        more="ほか{n}件",
        unchanged="その後、設定の変更はありません。",
        returned="{at}から{span}続いていました（ふだんなら約{expected}、実際は{seen}）。",
        kinds={"campaign": "接客", "segment": "セグメント", "rule": "通知ルール", "settings": "サイト設定"},
        done={
            "created": "作成",
            "edited": "編集",
            "published": "公開",
            "paused": "一時停止",
            "ended": "終了",
            "returned": "以前の版に復元",
            "deleted": "削除",
        },
        moment="{0.month}月{0.day}日 {0.hour}:{0.minute:02}",
        hours="約{n}時間",
        minutes="約{n}分",
    ),
    "en": Texts(
        opened={
            "campaign": "The campaign “{name}” is not being shown",
            "rule": "Nothing matches the rule “{name}” any more",
        },
        ended={
            "campaign": "The campaign “{name}” is being shown again",
            "rule": "Events match the rule “{name}” again",
        },
        since={
            "campaign": "Since {at}. Visitors keep coming: usually about {expected} would have seen it, {seen} did.",
            "rule": "Since {at}. Visitors keep coming: usually about {expected} events would have matched, {seen} did.",
        },
        causes={
            "out_of_action": "It is out of action: {detail}",
            "not_displayed": "It is decided, but no screen reports that it was shown. Was the page or its tag changed?",
            "held_back": "People are eligible, but caps, spacing or the like keep it from them.",
            "not_triggered": "The event that sets it off does not arrive, or nobody fits its page and audience.",
            "not_matched": "The events do not arrive, or what they say has changed.",
        },
        last_good={"campaign": "Last shown: {at}", "rule": "Last notification: {at}"},
        changes="Changed since:",
        change="{at} {kind} “{name}” {done}{by}",
        more="and {n} more",
        unchanged="No settings were changed since.",
        returned="It had been missing since {at}, {span} (usually about {expected}, in fact {seen}).",
        kinds={"campaign": "campaign", "segment": "segment", "rule": "rule", "settings": "site settings"},
        done={
            "created": "created",
            "edited": "edited",
            "published": "published",
            "paused": "paused",
            "ended": "ended",
            "returned": "returned to an earlier version",
            "deleted": "deleted",
        },
        moment="{0:%b} {0.day}, {0.hour}:{0.minute:02}",
        hours="for about {n} hours",
        minutes="for about {n} minutes",
    ),
}


def told(incident: Incident, what: Literal["opened", "ended"], timezone: str) -> dict[Locale, Told]:
    """Say an incident in both languages, with times by the site's clocks."""
    zone = ZoneInfo(timezone)
    return {locale: _told(incident, what, zone, locale) for locale in LOCALES}


def _told(incident: Incident, what: Literal["opened", "ended"], zone: ZoneInfo, locale: Locale) -> Told:
    texts = TEXTS[locale]
    if what == "ended":
        line = texts.returned.format(
            at=_moment(incident.since, zone, texts),
            span=_span(incident, texts),
            expected=round(incident.expected),
            seen=incident.seen,
        )
        return Told(texts.ended[incident.kind].format(name=incident.name), [line])
    return Told(texts.opened[incident.kind].format(name=incident.name), [*_lines(incident, zone, texts)])


def _lines(incident: Incident, zone: ZoneInfo, texts: Texts) -> Iterator[str]:
    since = _moment(incident.since, zone, texts)
    yield texts.since[incident.kind].format(at=since, expected=round(incident.expected), seen=incident.seen)
    if incident.cause is not None:
        yield texts.causes[incident.cause].format(detail=incident.detail)
    if incident.last_good is not None:
        yield texts.last_good[incident.kind].format(at=_moment(incident.last_good.at, zone, texts))
    if not incident.changes:
        yield texts.unchanged
        return
    yield texts.changes
    for change in incident.changes[:MAX_CHANGES]:
        yield f"• {_change(change, zone, texts)}"
    if len(incident.changes) > MAX_CHANGES:
        yield texts.more.format(n=len(incident.changes) - MAX_CHANGES)


def _change(change: ChangeSince, zone: ZoneInfo, texts: Texts) -> str:
    return texts.change.format(
        at=_moment(change.at, zone, texts),
        kind=texts.kinds.get(change.kind, change.kind),
        name=change.name,
        done=texts.done.get(change.change, change.change),
        by=f" ({change.by})" if change.by else "",
    )


def _moment(at: str, zone: ZoneInfo, texts: Texts) -> str:
    return texts.moment.format(datetime.fromtimestamp(epoch_ms(at) / 1000, UTC).astimezone(zone))


def _span(incident: Incident, texts: Texts) -> str:
    began, ended = incident.span
    hours = (ended - began) / HOURS
    if hours < 2:  # noqa: PLR2004 - two hours are told in minutes no more
        return texts.minutes.format(n=round(hours * 60))
    return texts.hours.format(n=round(hours))
