"""Actions as the ingest API answers them: one of each type, in both languages."""

from typing import Any

TYPES = (
    "popup", "slide-in", "bar", "embed", "tooltip", "tour", "checklist", "summary", "video", "survey", "script", "redirect",
)  # fmt: skip
DRAWN = TYPES[:-2]

PAGE = """<main><h1>Shop</h1>
  <p>A shirt of linen, for warm days. <a href="/size">Sizes</a></p>
  <div id="here"><p id="old">What was here before</p></div>
  <p><button id="fav" type="button">Favourite</button> <a id="cart" href="/cart">Cart</a></p>
  <section id="price"><h2>Price</h2><p>4,000 yen</p></section>
</main>"""
"""The body of a page with the places that the actions below want."""


def action(type_: str, language: str = "ja", /, **changes: Any) -> dict[str, Any]:
    """One action of that type, of the campaign of that name."""
    base = {
        "id": f"{type_}:1",
        "campaign": type_,
        "name": f"The {type_}",
        "variant": "a",
        "messageId": "1",
        "type": type_,
        "placement": PLACEMENTS.get(type_, "center"),
        "selector": {"embed": "#here", "tooltip": "#fav"}.get(type_),
        "locale": language,
        "theme": {},
        "content": CONTENTS[language][type_],
    }
    return base | changes


def properties(type_: str, number: int = 1) -> dict[str, Any]:
    """What the tag says of itself in every event of that action."""
    return {
        "campaign_id": type_,
        "campaign_name": f"The {type_}",
        "variant": "a",
        "action_id": f"{type_}:{number}",
    }


PLACEMENTS = {
    "slide-in": "bottom-right",
    "bar": "bottom",
    "embed": "append",
    "tooltip": "auto",
    "checklist": "bottom-right",
    "summary": "bottom-left",
}


def _message(title: str, body: str, label: str, dismiss: str, alt: str) -> dict[str, Any]:
    return {
        "title": title,
        "body": body,
        "image": {"url": "/shirt.svg", "alt": alt},
        "button": {"label": label, "url": "/coupon"},
        "dismiss": dismiss,
    }


def _contents(message: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "popup": message,
        "slide-in": message,
        "bar": message,
        "embed": message,
        "tooltip": message,
        "video": {**message, "video": {"url": "/film.webm", "poster": "/shirt.svg", "captions": "/film.vtt"}},
        "script": {"code": "document.documentElement.dataset.ran = 'yes';"},
        "redirect": {"url": "/sale"},
        **more,
    }


CONTENTS: dict[str, dict[str, Any]] = {
    "ja": _contents(
        _message(
            "初めてのお買い物で10%オフ",
            "メルマガにご登録いただくと、<b>クーポン</b>をお送りします。\n有効期限は7日間です。",
            "クーポンを受け取る",
            "あとで見る",
            "リネンシャツ",
        ),
        tour={
            "steps": [
                {"title": "ようこそ", "body": "3つのステップでご案内します。"},
                {"title": "お気に入り", "body": "ここで保存できます。", "selector": "#fav"},
                {"title": "カート", "body": "押してみましょう。", "selector": "#cart", "advance": "click"},
            ]
        },
        checklist={
            "title": "はじめの一歩",
            "body": "5分で準備が整います。",
            "items": [
                {"id": "profile", "title": "プロフィールを登録する", "url": "/profile", "done": True},
                {"id": "project", "title": "プロジェクトを作る", "url": "/new", "done": False, "automatic": True},
                {"id": "team", "title": "メンバーを招待する", "body": "3人まで<b>無料</b>です。", "done": False},
                {"id": "news", "title": "通知を設定する", "done": False},
            ],
            "completed": {"title": "準備が整いました", "body": "さっそく始めましょう。"},
        },
        summary={
            "title": "この商品の要点",
            "body": "1分で読めます",
            "points": [{"text": "4,000円です", "selector": "#price"}, {"text": "洗濯機で洗えます"}],
        },
        survey={
            "title": "ご意見をお聞かせください",
            "body": "1分で終わります。",
            "questions": [
                {
                    "id": "nps",
                    "kind": "nps",
                    "label": "友人にすすめますか?",
                    "low": "すすめない",
                    "high": "すすめる",
                    "required": True,
                },
                {
                    "id": "found",
                    "kind": "single",
                    "label": "ご来店のきっかけは?",
                    "options": [{"value": "search", "label": "検索"}, {"value": "friend", "label": "友人の紹介"}],
                    "trait": "found_by",
                },
                {
                    "id": "likes",
                    "kind": "multi",
                    "label": "興味のあるものは?",
                    "options": [{"value": "shirt", "label": "シャツ"}, {"value": "knit", "label": "ニット"}],
                    "trait": "likes",
                },
                {"id": "more", "kind": "text", "label": "ご自由にお書きください"},
            ],
            "thanks": {"title": "ありがとうございました", "body": "改善に役立てます。"},
        },
    ),
    "en": _contents(
        _message(
            "10% off your first order",
            "Sign up for our newsletter and get <b>a coupon</b>.\nIt is valid for seven days.",
            "Get my coupon",
            "Maybe later",
            "Linen shirt",
        ),
        tour={
            "steps": [
                {"title": "Welcome", "body": "Three steps to find your way around."},
                {"title": "Favourites", "body": "Save it here.", "selector": "#fav"},
                {"title": "Cart", "body": "Press it.", "selector": "#cart", "advance": "click"},
            ]
        },
        checklist={
            "title": "Getting started",
            "body": "Ready in five minutes.",
            "items": [
                {"id": "profile", "title": "Complete your profile", "url": "/profile", "done": True},
                {"id": "project", "title": "Create a project", "url": "/new", "done": False, "automatic": True},
                {"id": "team", "title": "Invite your team", "body": "Up to three are <b>free</b>.", "done": False},
                {"id": "news", "title": "Set up notifications", "done": False},
            ],
            "completed": {"title": "You are all set", "body": "Time to get going."},
        },
        summary={
            "title": "The main points",
            "body": "A minute to read",
            "points": [{"text": "It costs 4,000 yen", "selector": "#price"}, {"text": "It can be machine washed"}],
        },
        survey={
            "title": "Tell us what you think",
            "body": "It takes a minute.",
            "questions": [
                {
                    "id": "nps",
                    "kind": "nps",
                    "label": "Would you recommend us?",
                    "low": "Not likely",
                    "high": "Very likely",
                    "required": True,
                },
                {
                    "id": "found",
                    "kind": "single",
                    "label": "How did you find us?",
                    "options": [{"value": "search", "label": "Search"}, {"value": "friend", "label": "A friend"}],
                    "trait": "found_by",
                },
                {
                    "id": "likes",
                    "kind": "multi",
                    "label": "What do you like?",
                    "options": [{"value": "shirt", "label": "Shirts"}, {"value": "knit", "label": "Knitwear"}],
                    "trait": "likes",
                },
                {"id": "more", "kind": "text", "label": "Anything else?"},
            ],
            "thanks": {"title": "Thank you", "body": "It helps us improve."},
        },
    ),
}
