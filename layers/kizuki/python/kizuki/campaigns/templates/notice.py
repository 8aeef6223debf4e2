"""What everybody has to know."""

from kizuki.campaigns.templates.compose import Shelf
from kizuki.campaigns.templates.conditions import context, event, negated, trait, under
from kizuki.campaigns.templates.layouts import bar, bullets, paragraphs, popup, slide_in, together

_template = Shelf("notice").template

TEMPLATES = [
    _template(
        "maintenance",
        ("メンテナンスのお知らせ", "Planned maintenance"),
        (
            "計画停止の日時を、画面の上でお知らせします。公開前に日時を書き換えてください。",
            "Announces planned maintenance at the top of the page. Put your dates in before you publish.",
        ),
        bar(
            ("3月10日（火）深夜にメンテナンス", "Maintenance on 10 March"),
            (
                "1:00〜5:00はご利用いただけません。作業中の内容は、事前に保存してください。",
                "The service is closed from 1 to 5 am. Please save your work before.",
            ),
            button=(("くわしく見る", "Details"), "/status"),
            placement="top",
        ),
        tags="メンテナンス, 計画停止, お知らせ, maintenance, downtime, notice",
        trigger=event("page"),
        caps={"per_visit": 1},
        ignore_spacing=True,
        priority=80,
        stop_after=["close"],
    ),
    _template(
        "incident",
        ("障害発生のお知らせ", "Incident"),
        (
            "障害の状況と影響を、すべてのページですぐにお知らせします。",
            "Tells everybody at once what does not work and what to expect.",
        ),
        bar(
            ("一部の画面が開きにくい状態です", "Some pages are slow to open"),
            (
                "ご不便をおかけし、申し訳ありません。復旧の状況は随時お知らせします。",
                "We're sorry. We are on it, and keep the status page up to date.",
            ),
            button=(("最新の状況を見る", "Status"), "/status"),
            placement="top",
        ),
        tags="障害, 不具合, 緊急, 復旧, incident, outage, status, urgent",
        trigger=event("page"),
        caps={"per_visit": None, "min_seconds": 300},
        ignore_spacing=True,
        priority=100,
    ),
    _template(
        "terms-change",
        ("利用規約改定のお知らせ", "Change of terms"),
        (
            "会員の方に、規約のどこが変わるかと適用日を一度お知らせします。",
            "Tells members once what changes in the terms, and from when.",
        ),
        popup(
            ("利用規約を改定します", "Our terms are changing"),
            together(
                paragraphs(("4月1日から、次の点が変わります。", "From 1 April:")),
                bullets(
                    ("お支払い期限を、請求日から30日以内に統一", "Payment is due within 30 days of the invoice"),
                    ("データの保管場所の説明を追加", "Where data is kept is now described"),
                ),
                paragraphs(("料金や、ご利用いただける機能に変更はありません。", "Prices and features stay the same.")),
            ),
            button=(("改定の内容を読む", "Read the changes"), "/terms"),
            dismiss=("確認しました", "Got it"),
        ),
        tags="利用規約, 改定, お知らせ, 会員, terms of service, change, notice, members",
        trigger=event("page"),
        audience=trait("email", "exists"),
        caps={"per_visit": 1},
        ignore_spacing=True,
        stop_after=["click", "close"],
        priority=60,
    ),
    _template(
        "cookie-notice",
        ("Cookieのご案内", "Cookie notice"),
        (
            "Cookieの利用目的と設定の場所を、最初の訪問でお知らせします。同意を取得する機能ではありません。",
            "Says on the first visit what cookies are used for, and where the settings are. It collects no consent.",
        ),
        bar(
            ("Cookieの利用について", "This site uses cookies"),
            (
                "ご利用状況の把握とサービスの改善のために利用します。",
                "They tell us how the site is used, so that we can improve it.",
            ),
            button=(("設定を見る", "Settings"), "/privacy/cookies"),
        ),
        tags="Cookie, プライバシー, 個人情報, cookies, privacy, notice",
        trigger=event("page"),
        caps={"per_visit": 1},
        ignore_spacing=True,
        stop_after=["click", "close"],
    ),
    _template(
        "holiday",
        ("休業期間のお知らせ", "Holiday closure"),
        (
            "年末年始などの休業期間と、その間のご注文・お問い合わせの扱いをお知らせします。",
            "Says when you are closed, and what happens to orders and questions meanwhile.",
        ),
        slide_in(
            ("年末年始の営業について", "Our holiday hours"),
            bullets(
                ("休業：12月29日〜1月4日", "Closed from 29 December to 4 January"),
                ("ご注文は、期間中も24時間承ります", "Orders are welcome at any time"),
                ("発送とお返事は、1月5日から順に", "We ship and answer from 5 January"),
            ),
            dismiss=("閉じる", "Close"),
        ),
        tags="年末年始, 休業, 営業日, 夏季休業, holiday, closure, opening hours",
        trigger=event("page"),
        caps={"per_visit": 1, "per_days": {"times": 3, "days": 7}},
        stop_after=["close"],
        ignore_spacing=True,
    ),
    _template(
        "delivery-delay",
        ("お届け遅延のお知らせ", "Delivery delays"),
        (
            "天候や混雑によるお届けの遅れを、カートとご注文手続きのページでお知らせします。",
            "Warns of late deliveries in the cart and at the checkout.",
        ),
        bar(
            ("大雪でお届けが遅れています", "Snow is delaying deliveries"),
            (
                "一部の地域で、通常より2〜3日ほどお時間をいただきます。",
                "In some regions, please allow two to three more days.",
            ),
            button=(("対象の地域を確認する", "Which regions?"), "/guide/delivery"),
            placement="top",
        ),
        tags="配送遅延, お届け, 天候, お知らせ, delivery delay, shipping, weather",
        trigger=event("Cart Viewed", "Checkout Started"),
        caps={"per_visit": 1},
        ignore_spacing=True,
        priority=50,
    ),
    _template(
        "in-app-browser",
        ("アプリ内ブラウザをお使いの方へ", "In-app browser"),
        (
            "LINEなどのアプリの中で開いた方に、通常のブラウザでのご利用をおすすめします。",
            "Suggests the usual browser to people who opened the site within an app.",
        ),
        bar(
            ("ブラウザで開くと快適です", "Works best in your browser"),
            (
                "ログインやお支払いがうまくいかない場合は、SafariまたはChromeでお試しください。",
                "If logging in or paying fails, try Safari or Chrome.",
            ),
            button=(("開きかたを見る", "How to open it"), "/help/browser"),
            placement="top",
        ),
        tags="アプリ内ブラウザ, LINE, 推奨環境, スマートフォン, in-app browser, mobile, supported browsers",
        trigger=event("page"),
        page=negated(under("/help/browser")),
        audience=context("device.browser", "eq", "LINE"),
        caps={"per_visit": 1, "per_days": {"times": 2, "days": 7}},
        stop_after=["close"],
        ignore_spacing=True,
    ),
]
