"""For people who are stuck."""

from kizuki.campaigns.templates.compose import Goal, Shelf
from kizuki.campaigns.templates.conditions import count, event, every, on, prop, under
from kizuki.campaigns.templates.layouts import bullets, embed, script, slide_in, summary, tooltip

_template = Shelf("support").template
_SUBMITTED = Goal("submit", ("フォームの送信完了", "Form submitted"), event("Form Submitted"))
_SOLVED = Goal("solved", ("自己解決", "Solved without asking"), event("Help Article Rated Helpful"))

TEMPLATES = [
    _template(
        "form-error-help",
        ("入力エラーが続いたときの案内", "Help after form errors"),
        (
            "同じ訪問で入力エラーが2回以上続いた方に、直しかたをご案内します。",
            "Offers help to people whose form was refused twice in a visit.",
        ),
        slide_in(
            ("ご入力でお困りではありませんか", "Trouble with the form?"),
            bullets(
                ("電話番号は、ハイフンなしの半角数字で", "Phone number: digits only"),
                ("パスワードは、英字と数字を含む8文字以上", "Password: 8 characters, letters and digits"),
            ),
            button=(("入力例を見る", "See an example"), "/help/form"),
            dismiss=("閉じる", "Close"),
        ),
        tags="入力エラー, フォーム, EFO, 離脱防止, form error, validation, help",
        trigger=event("Form Error Shown"),
        audience=count("Form Error Shown", "gte", 2, window="visit"),
        control_percent=10,
        caps={"per_visit": 1},
        ignore_spacing=True,
        goals=[_SUBMITTED],
    ),
    _template(
        "login-trouble",
        ("ログインできない方へ", "Trouble logging in"),
        (
            "ログインに2回失敗した方に、パスワードの再設定をご案内します。",
            "Offers to reset the password to people whose login failed twice.",
        ),
        tooltip(
            "[type='password']",
            ("ログインできないときは", "Can't log in?"),
            (
                "大文字・小文字と、入力モードをご確認ください。パスワードは1分ほどで再設定できます。",
                "Check upper and lower case. A new password takes about a minute.",
            ),
            button=(("パスワードを再設定する", "Reset the password"), "/password/reset"),
        ),
        tags="ログイン, パスワード, 再設定, サポート, login, password, reset, support",
        trigger=event("Login Failed"),
        audience=count("Login Failed", "gte", 2, window="visit"),
        caps={"per_visit": 1},
        ignore_spacing=True,
        goals=[Goal("login", ("ログイン", "Logged in"), event("Signed In"))],
    ),
    _template(
        "faq-summary",
        ("よくあるご質問の要点", "Frequent questions"),
        (
            "お問い合わせページで、よくあるご質問を先にご案内します。",
            "Shows the most frequent questions on the contact page before people write.",
        ),
        summary(
            ("お問い合わせの前に", "Before you write"),
            ("多くの方が、こちらで解決しています。", "Most people find their answer here."),
            (("注文の変更・キャンセル", "Change or cancel an order"), "[data-faq='cancel']"),
            (("お届けの状況", "Where is my order?"), "[data-faq='delivery']"),
            (("返品・交換", "Returns and exchanges"), "[data-faq='returns']"),
            (("領収書の発行", "Receipts"), "[data-faq='receipt']"),
        ),
        tags="FAQ, よくある質問, お問い合わせ, 自己解決, frequent questions, contact, self-service",
        trigger=event("page"),
        page=under("/contact"),
        control_percent=10,
        caps={"per_visit": 1},
        goals=[_SOLVED],
    ),
    _template(
        "out-of-hours",
        ("受付時間外のご案内", "Out of hours"),
        (
            "夜間と早朝、お問い合わせページに、返信の目安と自分で調べる方法を埋め込みます。",
            "Says on the contact page, at night, when to expect an answer and where to look meanwhile.",
        ),
        embed(
            "main",
            "prepend",
            ("ただいま受付時間外です", "We're closed right now"),
            (
                "お問い合わせは24時間お送りいただけます。翌営業日の午前中に、順にお返事します。",
                "Write to us at any time: we answer in the morning of the next working day.",
            ),
            button=(("よくあるご質問を見る", "Frequent questions"), "/help"),
        ),
        tags="営業時間外, 夜間, お問い合わせ, 返信, out of hours, closed, contact, opening hours",
        trigger=event("page"),
        page=under("/contact"),
        schedule={"since": "18:00", "until": "09:00"},
        caps={"per_visit": None},
        ignore_spacing=True,
        goals=[_SOLVED],
    ),
    _template(
        "nothing-found-in-help",
        ("ヘルプで見つからないとき", "Nothing found in the help"),
        (
            "ヘルプの検索が0件だった方に、検索した言葉を添えてお問い合わせへご案内します。",
            "Leads people whose search in the help found nothing to the contact form, with their words.",
        ),
        slide_in(
            ("「{{ properties.query }}」についてお答えします", "Ask us about “{{ properties.query }}”"),
            (
                "記事が見つからず、申し訳ありません。担当者が1営業日以内にお返事します。",
                "Sorry, there is no article yet. We answer within one working day.",
            ),
            button=(("質問を送る", "Send a question"), "/contact?about={{ properties.query }}"),
            dismiss=("閉じる", "Close"),
        ),
        tags="ヘルプ検索, 0件, お問い合わせ, help search, no results, contact",
        trigger=every(event("Help Searched"), prop("results", "eq", 0)),
        caps={"per_visit": 2},
        ignore_spacing=True,
        goals=[_SUBMITTED],
        sample={"properties": {"query": "SSO"}},
    ),
    _template(
        "open-chat",
        ("チャットを開いてご案内", "Open the chat"),
        (
            "料金ページを1分以上ご覧の方に、設置済みのチャットを開きます。スクリプトを許可したサイトで使えます。",
            "Opens your chat for people who look at the pricing for a minute. For sites that allow scripts.",
        ),
        script('document.querySelector("[data-open-chat]")?.click();'),
        tags="チャット, スクリプト, 接客, JavaScript, chat, script, live chat",
        trigger=event("page"),
        moment={"type": "dwell", "seconds": 60},
        page=on("/pricing"),
        control_percent=10,
        caps={"per_visit": 1, "per_day": 1},
        goals=[Goal("chat", ("チャットの開始", "Chat started"), event("Chat Started"))],
    ),
]
