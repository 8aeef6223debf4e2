"""A campaign in one sentence, in Japanese and English: what is read once more before it goes live."""

from typing import Any, Literal

from kizuki.campaigns.definition import Campaign
from kizuki.rules.wording import SegmentName, summary

Locale = Literal["ja", "en"]
Words = dict[Locale, str]

LAYOUTS: dict[str, Words] = {
    "popup": {"ja": "ポップアップ", "en": "a popup"},
    "slide-in": {"ja": "スライドイン", "en": "a slide-in"},
    "bar": {"ja": "バー", "en": "a bar"},
    "embed": {"ja": "埋め込みコンテンツ", "en": "embedded content"},
    "tooltip": {"ja": "コーチマーク", "en": "a coach mark"},
    "tour": {"ja": "ツアー", "en": "a tour"},
    "checklist": {"ja": "チェックリスト", "en": "a checklist"},
    "summary": {"ja": "ページの要約", "en": "a page summary"},
    "video": {"ja": "動画", "en": "a video"},
    "survey": {"ja": "アンケート", "en": "a survey"},
    "script": {"ja": "スクリプト", "en": "a script"},
    "redirect": {"ja": "リダイレクト", "en": "a redirect"},
    "notify": {"ja": "通知", "en": "a notification"},
}
MOMENTS: dict[str, Words] = {
    "scroll": {"ja": "ページの{percent}%までスクロールされたら", "en": "once {percent}% of the page has been scrolled"},
    "visible": {"ja": "「{selector}」が画面に現れたら", "en": "once “{selector}” is on screen"},
    "read": {"ja": "本文が最後まで読まれたら", "en": "once the text has been read to its end"},
    "dwell": {"ja": "ページが{seconds}秒間見られたら", "en": "once the page has been looked at for {seconds} seconds"},
    "exit": {"ja": "ページを離れようとしたら", "en": "when the visitor is about to leave"},
    "idle": {"ja": "{seconds}秒間操作がなければ", "en": "once nothing was done for {seconds} seconds"},
}
TEXTS: dict[Locale, dict[str, str]] = {
    "ja": {
        "when": "【{trigger}】とき、",
        "on": "【{page}】ページで、",
        "moment": "{moment}、",
        "delay": "{seconds}秒待って、",
        "everybody": "すべての来訪者に",
        "audience": "【{audience}】来訪者に",
        "show": "{layouts}を出します",
        "variants": "{layouts}（{n}パターンを出し分け）を出します",
        "caps": "（{caps}）",
        "per_visit": "1回の訪問で{n}回まで",
        "per_day": "1日{n}回まで",
        "per_days": "{days}日間に{n}回まで",
        "ever": "1人{n}回まで",
        "total": "全体で{n}回まで",
        "unlimited": "回数の制限なし",
        "from": "{start}から",
        "until": "{end}まで",
        "control": "対象の{percent}%には出さずに効果を比べます",
        "goal": "ゴールは「{goals}」です",
        "and": "、",
        "end": "。",
    },
    "en": {
        "when": "When [{trigger}]",
        "on": ", on pages where [{page}]",
        "moment": ", {moment}",
        "delay": ", after {seconds} seconds",
        "everybody": ", everybody gets",
        "audience": ", people for whom [{audience}] get",
        "show": " {layouts}",
        "variants": " {layouts} (in {n} variants)",
        "caps": ", {caps}",
        "per_visit": "at most {n} per visit",
        "per_day": "at most {n} a day",
        "per_days": "at most {n} in {days} days",
        "ever": "at most {n} per person",
        "total": "at most {n} in all",
        "unlimited": "as often as it happens",
        "from": "from {start}",
        "until": "until {end}",
        "control": "; {percent}% are held back to compare",
        "goal": "; the goal is “{goals}”",
        "and": ", ",
        "end": ".",
    },
}


def sentence(campaign: Campaign, segment_name: SegmentName) -> Words:
    """Say what a campaign does: when, where, to whom, what, how often, until when, compared with whom, what for."""
    return {locale: _Teller(locale, segment_name).told(campaign) for locale in ("ja", "en")}


class _Teller:
    def __init__(self, locale: Locale, segment_name: SegmentName) -> None:
        self._locale: Locale = locale
        self._texts = TEXTS[locale]
        self._segment_name = segment_name

    def told(self, campaign: Campaign) -> str:
        document = campaign.model_dump(mode="json")
        parts = [self._say("when", trigger=self._condition(document["trigger"]))]
        if document["page"]:
            parts.append(self._say("on", page=self._condition(document["page"])))
        if (moment := document["moment"]) is not None:
            parts.append(self._say("moment", moment=MOMENTS[moment["type"]][self._locale].format(**moment)))
        if campaign.delay_seconds:
            parts.append(self._say("delay", seconds=campaign.delay_seconds))
        if document["audience"]:
            parts.append(self._say("audience", audience=self._condition(document["audience"])))
        else:
            parts.append(self._texts["everybody"])
        layouts = dict.fromkeys(variant.action.type for variant in campaign.variants)
        named = self._texts["and"].join(LAYOUTS[layout][self._locale] for layout in layouts)
        many = len(campaign.variants) > 1
        parts.append(self._say("variants" if many else "show", layouts=named, n=len(campaign.variants)))
        parts.append(self._say("caps", caps=self._texts["and"].join([*self._caps(document), *self._span(campaign)])))
        body = "".join(parts)
        extra = []
        if campaign.control_percent:
            extra.append(self._say("control", percent=campaign.control_percent))
        if campaign.goals:
            extra.append(self._say("goal", goals=self._texts["and"].join(goal.name for goal in campaign.goals)))
        if self._locale == "ja":
            return self._texts["end"].join([body, *extra, ""])
        return body + "".join(extra) + self._texts["end"]

    def _say(self, name: str, **values: Any) -> str:
        return self._texts[name].format(**values)

    def _condition(self, condition: dict[str, Any]) -> str:
        return summary(condition, self._segment_name)[self._locale]

    def _caps(self, document: dict[str, Any]) -> list[str]:
        caps = document["caps"]
        told = [self._say(name, n=caps[name]) for name in ("per_visit", "per_day", "ever", "total") if caps[name]]
        if caps["per_days"]:
            told.append(self._say("per_days", n=caps["per_days"]["times"], days=caps["per_days"]["days"]))
        return told or [self._texts["unlimited"]]

    def _span(self, campaign: Campaign) -> list[str]:
        bounds = {"start": campaign.schedule.start, "end": campaign.schedule.end}
        names = {"start": "from", "end": "until"}
        return [
            self._say(names[bound], **{bound: at.strftime("%Y-%m-%d %H:%M")})
            for bound, at in bounds.items()
            if at is not None
        ]
