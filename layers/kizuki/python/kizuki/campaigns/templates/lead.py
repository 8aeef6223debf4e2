"""For sites that sell to companies: requests, meetings and trials."""

from kizuki.campaigns.templates.compose import REQUESTED, SIGN_UP, WATCHED, Goal, Shelf
from kizuki.campaigns.templates.conditions import (
    count,
    days,
    event,
    every,
    figure,
    negated,
    never,
    on,
    trait,
    under,
    visits,
)
from kizuki.campaigns.templates.layouts import bar, bullets, notify, popup, redirect, slide_in, summary, video

_template = Shelf("lead").template
_NO_REQUEST = never("Lead Submitted")

TEMPLATES = [
    _template(
        "whitepaper",
        ("資料ダウンロードのご案内", "Whitepaper"),
        (
            "記事を半分まで読んだ方に、関連する資料をご案内します。",
            "Offers a document to people who have read half of an article.",
        ),
        slide_in(
            ("この記事の内容を資料にまとめました", "This article as a PDF"),
            (
                "社内での共有にもお使いいただける、全12ページのPDFです。",
                "Twelve pages, ready to share with your colleagues.",
            ),
            button=(("無料でダウンロード", "Download it free"), "/resources/whitepaper"),
            dismiss=("閉じる", "Close"),
        ),
        tags="ホワイトペーパー, 資料請求, リード獲得, BtoB, whitepaper, download, lead, B2B",
        trigger=event("page"),
        moment={"type": "scroll", "percent": 50},
        page=under("/blog"),
        audience=_NO_REQUEST,
        control_percent=10,
        caps={"per_visit": 1, "per_days": {"times": 2, "days": 14}},
        stop_after=["goal", "close"],
        goals=[REQUESTED],
    ),
    _template(
        "pricing-exit",
        ("料金ページを離れる前のご提案", "Leaving the pricing page"),
        (
            "料金ページから離れようとした方に、見積もりかデモをご案内します。どちらがよいかを比べられます。",
            "Offers a quote or a demo to people leaving the pricing page, and compares the two.",
        ),
        popup(
            ("1分でわかるお見積もり", "What would it cost you?"),
            (
                "人数とご利用の範囲から、おおよその金額をその場でご確認いただけます。",
                "The size of your team is enough for an estimate, in a minute.",
            ),
            button=(("見積もりを試す", "Get an estimate"), "/pricing/estimate"),
            dismiss=("閉じる", "Close"),
        ),
        popup(
            ("30分のオンラインデモ", "See it live in 30 minutes"),
            bullets(
                ("実際の画面をご覧いただけます", "The real thing, on screen"),
                ("オンラインで、お好きな日時に", "Online, whenever suits you"),
                ("ご契約の必要はありません", "No obligation"),
            ),
            button=(("日程を選ぶ", "Pick a time"), "/demo"),
            dismiss=("閉じる", "Close"),
        ),
        tags="料金, 離脱防止, 見積もり, デモ, ABテスト, pricing, exit intent, quote, demo, A/B test",
        trigger=event("page"),
        moment={"type": "exit"},
        page=on("/pricing"),
        audience=_NO_REQUEST,
        control_percent=20,
        caps={"per_visit": 1, "per_days": {"times": 1, "days": 14}},
        stop_after=["goal"],
        goals=[REQUESTED, SIGN_UP],
    ),
    _template(
        "pricing-summary",
        ("料金ページの要点", "Pricing in brief"),
        (
            "料金ページでよく聞かれることを要点にまとめ、その場所まで案内します。",
            "Answers what people ask of the pricing page; each point leads to its place.",
        ),
        summary(
            ("料金の要点", "Pricing in brief"),
            None,
            (("初期費用はかかりません", "No set-up fee"), "[data-section='fees']"),
            (("年払いは2か月分お得です", "Two months free when you pay yearly"), "[data-section='yearly']"),
            (("人数はいつでも変えられます", "Change the number of seats at any time"), "[data-section='seats']"),
            (("14日間、無料で試せます", "Free for 14 days"), "[data-section='trial']"),
        ),
        tags="料金, ページの要点, よくある質問, pricing, page summary, FAQ",
        trigger=event("page"),
        moment={"type": "dwell", "seconds": 10},
        page=on("/pricing"),
        control_percent=10,
        caps={"per_visit": 1},
        stop_after=["close"],
        goals=[REQUESTED, SIGN_UP],
    ),
    _template(
        "returning-visitor",
        ("何度も訪れている方へのご案内", "Welcome back"),
        (
            "3回以上訪れて、まだお問い合わせのない方に、相談の窓口をご案内します。",
            "Offers a talk to people who have come three times and have not asked yet.",
        ),
        bar(
            ("ご検討中のことをご相談ください", "Questions? Talk to one of us"),
            button=(("相談してみる", "Talk to us"), "/contact"),
        ),
        tags="再訪問, 相談, 問い合わせ, BtoB, returning visitor, contact, consultation, B2B",
        trigger=event("page"),
        page=negated(under("/contact")),
        audience=every(visits("gte", 3), _NO_REQUEST),
        control_percent=10,
        caps={"per_visit": 1, "per_days": {"times": 2, "days": 7}},
        stop_after=["goal", "close"],
        goals=[REQUESTED],
    ),
    _template(
        "product-video",
        ("製品紹介動画", "Product video"),
        (
            "製品ページを見ている方に、1分の紹介動画をご案内します。",
            "Shows a one-minute film about the product to people who look at its page.",
        ),
        video(
            ("1分でわかる、できること", "What it does, in a minute"),
            ("導入前と導入後の一日を、動画でご覧いただけます。", "A day before, and a day after."),
            placement="bottom-right",
            button=(("資料を請求する", "Request the brochure"), "/resources/brochure"),
        ),
        tags="動画, 製品紹介, BtoB, video, product, introduction, B2B",
        trigger=event("page"),
        moment={"type": "dwell", "seconds": 15},
        page=under("/product"),
        audience=never("Video Completed"),
        control_percent=10,
        caps={"per_visit": 1, "per_days": {"times": 1, "days": 14}},
        stop_after=["goal", "close"],
        goals=[REQUESTED, WATCHED],
    ),
    _template(
        "landing-test",
        ("ランディングページの比較", "Landing page test"),
        (
            "訪問者の半分を別のページへ移し、どちらの成果がよいかを比べます。もう半分は元のページのままです。",
            "Sends half of the visitors to another page and compares the two. The other half stays.",
        ),
        redirect("/lp/b"),
        tags="ABテスト, リダイレクト, ランディングページ, LP, A/B test, redirect, landing page, split URL",
        trigger=event("page"),
        page=on("/lp/a"),
        control_percent=50,
        caps={"per_visit": None},
        ignore_spacing=True,
        priority=100,
        goals=[SIGN_UP, REQUESTED],
    ),
    _template(
        "hot-lead",
        ("検討が進んだ方を営業へ通知", "Tell sales of a hot lead"),
        (
            "1週間に料金ページを3回以上ご覧になった方を、担当者のチャットへお知らせします。",
            "Tells your team of somebody who looked at the pricing page three times in a week.",
        ),
        notify(
            "cs-slack",
            (
                "{{ traits.company }}の{{ traits.name }}さんが、料金ページを{{ variables.looks }}回ご覧になりました。",
                "{{ traits.name }} of {{ traits.company }} looked at the pricing page {{ variables.looks }} times.",
            ),
        ),
        tags="ホットリード, 営業, 通知, Slack, 料金, hot lead, sales, notify, pricing",
        trigger=event("page"),
        page=on("/pricing"),
        audience=every(
            trait("company", "exists"),
            count("page", "gte", 3, window=days(7), where=[on("/pricing")]),
        ),
        variables={
            "looks": figure("count", "page", window=days(7), where=[on("/pricing")]),
        },
        caps={"per_visit": 1, "per_days": {"times": 1, "days": 7}},
        goals=[Goal("meet", ("商談の予約", "Meeting booked"), event("Meeting Booked"), {"hours": 336})],
        sample={
            "traits": {"name": "山田 花子", "company": "株式会社サンプル"},
            "variables": {"looks": 3},
        },
    ),
]
