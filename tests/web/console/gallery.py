"""Templates to begin a campaign with, of several layouts and purposes, in the shape of docs/api.md."""

from typing import Any

Json = dict[str, Any]


def template(
    id: str, purpose: str, name: tuple[str, str], about: tuple[str, str], tags: list[str], action: Json, **rest: Any
) -> Json:
    return {
        "id": id,
        "name": {"ja": name[0], "en": name[1]},
        "about": {"ja": about[0], "en": about[1]},
        "purpose": purpose,
        "tags": tags,
        "layout": action["type"],
        "own": False,
        "definition": {
            "name": name[0],
            "trigger": {"type": "event", "name": "page"},
            "variants": [{"id": "a", "name": "", "weight": 1, "action": action}],
            "control_percent": 10,
            "goals": [
                {
                    "id": "purchase",
                    "name": "購入",
                    "when": {"type": "event", "name": "Order Completed"},
                    "window": {"hours": 24},
                }
            ],
        },
        "goal_names": {"purchase": {"ja": "購入", "en": "Purchase"}},
        "sample": {"cart": {"total": 3800}, "traits": {"name": "山田"}, "visits": 2},
    } | rest


TEMPLATES: list[Json] = [
    template(
        "almost-free-shipping",
        "commerce",
        ("送料無料まであと少し", "Almost free shipping"),
        (
            "カートの金額から、送料無料までの残額を計算して知らせます。",
            "Says how much is missing for free shipping, computed from the cart.",
        ),
        ["カゴ落ち", "カート", "送料", "abandoned cart", "shipping"],
        {
            "type": "bar",
            "placement": "bottom",
            "content": {
                "ja": {
                    "title": "あと{{ 5000 - cart.total | yen }}で送料無料です!",
                    "button": {"label": "商品を見る", "url": "/"},
                },
                "en": {
                    "title": "{{ 5000 - cart.total | yen }} more for free shipping!",
                    "button": {"label": "Keep shopping", "url": "/"},
                },
            },
        },
    ),
    template(
        "exit-coupon",
        "commerce",
        ("離脱時のクーポン", "A coupon before they leave"),
        (
            "離れようとした人に、初回限定のクーポンを案内します。",
            "Offers a first-order coupon to visitors about to leave.",
        ),
        ["離脱", "クーポン", "exit intent", "coupon"],
        {
            "type": "popup",
            "placement": "center",
            "content": {
                "ja": {
                    "title": "お帰りの前に",
                    "body": "はじめてのお買い物で使える<b>10%オフ</b>クーポンです。",
                    "button": {"label": "クーポンを使う", "url": "/cart?coupon=WELCOME10"},
                    "dismiss": "今はいい",
                },
                "en": {
                    "title": "Before you go",
                    "body": "<b>10% off</b> your first order.",
                    "button": {"label": "Use the coupon", "url": "/cart?coupon=WELCOME10"},
                    "dismiss": "Not now",
                },
            },
        },
    ),
    template(
        "first-steps",
        "onboarding",
        ("はじめの3ステップ", "The first three steps"),
        ("使い始めの手順を、達成状況とともに示します。", "Shows how to get going, and what is done already."),
        ["オンボーディング", "チェックリスト", "onboarding", "getting started"],
        {
            "type": "checklist",
            "placement": "bottom-right",
            "done": {"invite": {"type": "event", "name": "Member Invited"}},
            "content": {
                "ja": {
                    "title": "はじめの3ステップ",
                    "items": [
                        {"id": "profile", "title": "プロフィールを設定する", "url": "/settings/profile"},
                        {"id": "invite", "title": "仲間を招待する", "url": "/settings/members"},
                        {"id": "project", "title": "最初のプロジェクトを作る", "url": "/projects/new"},
                    ],
                    "completed": {"title": "準備が整いました"},
                },
                "en": {
                    "title": "The first three steps",
                    "items": [
                        {"id": "profile", "title": "Set up your profile", "url": "/settings/profile"},
                        {"id": "invite", "title": "Invite a colleague", "url": "/settings/members"},
                        {"id": "project", "title": "Create your first project", "url": "/projects/new"},
                    ],
                    "completed": {"title": "You are all set"},
                },
            },
        },
    ),
    template(
        "product-tour",
        "saas",
        ("新機能のツアー", "A tour of what is new"),
        ("画面の要素を順に指しながら、新機能を説明します。", "Points at one element after the other and explains it."),
        ["ツアー", "新機能", "tour", "feature"],
        {
            "type": "tour",
            "content": {
                "ja": {
                    "steps": [
                        {"title": "新しいダッシュボード", "body": "数字をひと目で確認できます。", "advance": "next"},
                        {"title": "共有はこちら", "selector": "#share", "advance": "click"},
                    ]
                },
                "en": {
                    "steps": [
                        {"title": "The new dashboard", "body": "Every number at a glance.", "advance": "next"},
                        {"title": "Share it here", "selector": "#share", "advance": "click"},
                    ]
                },
            },
        },
    ),
    template(
        "nps",
        "survey",
        ("NPSアンケート", "NPS survey"),
        ("薦めたい度合いを0から10で聞き、理由も尋ねます。", "Asks how likely they are to recommend you, and why."),
        ["アンケート", "満足度", "survey", "NPS", "satisfaction"],
        {
            "type": "survey",
            "placement": "bottom-right",
            "content": {
                "ja": {
                    "title": "ご意見をお聞かせください",
                    "questions": [
                        {
                            "id": "nps",
                            "kind": "nps",
                            "label": "友人や同僚に薦めたいと思いますか?",
                            "required": True,
                            "low": "まったく思わない",
                            "high": "とても思う",
                            "trait": "nps",
                        },
                        {"id": "why", "kind": "text", "label": "その理由をお聞かせください"},
                    ],
                    "submit": "送信",
                    "thanks": {"title": "ありがとうございました"},
                },
                "en": {
                    "title": "How are we doing?",
                    "questions": [
                        {
                            "id": "nps",
                            "kind": "nps",
                            "label": "How likely are you to recommend us?",
                            "required": True,
                            "low": "Not at all",
                            "high": "Very",
                            "trait": "nps",
                        },
                        {"id": "why", "kind": "text", "label": "Why is that?"},
                    ],
                    "submit": "Send",
                    "thanks": {"title": "Thank you!"},
                },
            },
        },
    ),
    template(
        "read-next",
        "media",
        ("読み終えた人に次の記事", "What to read next"),
        ("本文を読み終えた人に、次の記事を勧めます。", "Suggests another article to who has read this one."),
        ["記事", "回遊", "article", "read"],
        {
            "type": "slide-in",
            "placement": "bottom-right",
            "content": {
                "ja": {
                    "title": "次に読むなら",
                    "body": "同じテーマの記事を<b>3本</b>ご用意しました。",
                    "button": {"label": "読む", "url": "/articles"},
                },
                "en": {
                    "title": "Read next",
                    "body": "<b>Three</b> more on the same subject.",
                    "button": {"label": "Read", "url": "/articles"},
                },
            },
        },
    ),
    template(
        "maintenance",
        "notice",
        ("メンテナンスのお知らせ", "Maintenance notice"),
        ("予定されている停止を、前もって知らせます。", "Says when the site will be down."),
        ["お知らせ", "障害", "notice", "maintenance"],
        {
            "type": "bar",
            "placement": "top",
            "content": {
                "ja": {"title": "12月10日 2:00〜4:00 にメンテナンスを行います。"},
                "en": {"title": "Down for maintenance on December 10, 2 to 4 a.m."},
            },
        },
    ),
    template(
        "summer-sale",
        "own",
        ("夏のセール(昨年)", "夏のセール(昨年)"),
        ("", ""),
        [],
        {
            "type": "popup",
            "placement": "center",
            "content": {"ja": {"title": "夏のセール開催中", "button": {"label": "会場へ", "url": "/sale"}}},
        },
        own=True,
    ),
]


def own(id: str, written: Json) -> Json:
    """A template of the site's own, as the API tells it once it was written."""
    name = {"ja": written["name"], "en": written["name"]}
    return {
        "id": id,
        "name": name,
        "about": {"ja": "", "en": ""},
        "purpose": written["purpose"],
        "tags": [],
        "layout": written["definition"]["variants"][0]["action"]["type"],
        "own": True,
        "definition": written["definition"],
        "sample": {},
    }
