"""For banks, insurers and lenders. Rates, terms and dates are examples to replace, and for your own review."""

from kizuki.campaigns.templates.compose import APPLIED, TOURED, Goal, Shelf
from kizuki.campaigns.templates.conditions import DAY, event, ever, every, never, statistic, trait, under
from kizuki.campaigns.templates.layouts import (
    bar,
    bullets,
    checklist,
    item,
    paragraphs,
    popup,
    slide_in,
    step,
    summary,
    together,
    tooltip,
    tour,
)

_template = Shelf("finance").template
_CONSULTED = Goal("consult", ("相談の予約", "Consultation booked"), event("Consultation Booked"), {"hours": 168})
_NOT_APPLIED = never("Application Submitted")

TEMPLATES = [
    _template(
        "application-help",
        ("お申し込みフォームの入力支援", "Help with an application"),
        (
            "申し込みフォームで30秒手が止まった方に、入力のヒントと電話の窓口をご案内します。",
            "Offers hints and a number to call when someone pauses for 30 seconds in the application form.",
        ),
        slide_in(
            ("ご入力でお困りですか", "Need a hand with the form?"),
            bullets(
                ("ご年収は、額面の金額をご記入ください", "Income: the amount before tax"),
                ("勤続年数は、おおよそで構いません", "Years of employment: roughly is fine"),
                ("ここまでの入力は保存されています", "What you have entered is saved"),
            ),
            button=(("電話で相談する", "Call us"), "/contact/phone"),
            dismiss=("入力を続ける", "Carry on"),
        ),
        tags="申し込み, フォーム, 入力支援, 離脱防止, EFO, application, form, help, abandonment",
        trigger=event("page"),
        moment={"type": "idle", "seconds": 30},
        page=under("/apply"),
        control_percent=10,
        caps={"per_visit": 1},
        ignore_spacing=True,
        goals=[APPLIED],
    ),
    _template(
        "application-resume",
        ("お申し込みの再開のご案内", "Resume an application"),
        (
            "申し込みを始めて1日以上たった方に、続きから再開できることをお知らせします。",
            "Tells people whose application has waited for a day that they can carry on.",
        ),
        bar(
            ("お申し込みの続きを再開できます", "Your application is waiting"),
            ("入力済みの内容は保存されています。残りは3分ほどです。", "It is saved. About three minutes to go."),
            button=(("続きから入力する", "Carry on"), "/apply/resume"),
        ),
        tags="申し込み, 途中離脱, 再開, リマインド, application, resume, reminder, abandonment",
        trigger=event("page"),
        audience=every(
            _NOT_APPLIED,
            statistic("since_last", "Application Started", None, "gte", DAY),
            statistic("since_last", "Application Started", None, "lte", 30 * DAY),
        ),
        control_percent=10,
        caps={"per_visit": 1, "per_day": 1},
        stop_after=["goal"],
        goals=[APPLIED],
    ),
    _template(
        "document-checklist",
        ("必要書類のチェックリスト", "Document checklist"),
        (
            "お申し込みに必要な書類を一覧にし、ご自身でチェックしながら準備していただけます。",
            "Lists the documents an application needs, to be ticked while gathering them.",
        ),
        checklist(
            ("ご用意いただくもの", "What you will need"),
            ("そろったものに、チェックを付けます。", "Tick each as you have it."),
            item(
                "identity",
                ("本人確認書類", "Proof of identity"),
                ("運転免許証またはマイナンバーカード", "Driving licence or My Number card"),
            ),
            item(
                "income",
                ("収入を証明する書類", "Proof of income"),
                ("源泉徴収票または確定申告書の控え（直近1年分）", "Tax certificate or return of the last year"),
            ),
            item(
                "account",
                ("お引き落とし口座", "Bank account"),
                ("ご本人さま名義の口座番号", "The number of an account in your name"),
            ),
            item(
                "apply",
                ("お申し込み内容の送信", "Submit the application"),
                ("スマートフォンで撮影した画像を添付できます。", "Photos from your phone will do."),
                "/apply",
                done=ever("Application Submitted"),
            ),
            completed=(
                ("お申し込みを受け付けました", "We have your application"),
                ("審査の結果は、メールでお知らせします。", "We'll e-mail you the result."),
            ),
        ),
        tags="必要書類, チェックリスト, 申し込み, 本人確認, documents, checklist, application, identity",
        trigger=event("page", "Application Started"),
        page=under("/apply"),
        caps={"per_visit": 1},
        ignore_spacing=True,
        goals=[APPLIED],
    ),
    _template(
        "rate-notice",
        ("適用金利の更新のお知らせ", "New rates"),
        (
            "ローンのページをご覧の方に、今月の適用金利が更新されたことをお知らせします。",
            "Tells people who look at loans that this month's rates are out.",
        ),
        bar(
            ("今月の適用金利を更新しました", "This month's rates are out"),
            ("実際の適用金利は、お借入日の金利となります。", "The rate of the day you borrow applies."),
            button=(("金利を確認する", "See the rates"), "/loans/rates"),
            placement="top",
        ),
        tags="金利, 住宅ローン, お知らせ, 更新, interest rate, mortgage, notice",
        trigger=event("page"),
        page=under("/loans"),
        control_percent=10,
        caps={"per_visit": 1, "per_days": {"times": 2, "days": 30}},
        goals=[
            Goal(
                "simulate", ("シミュレーションの利用", "Simulation used"), event("Simulation Completed"), {"hours": 72}
            ),
            APPLIED,
        ],
    ),
    _template(
        "simulation-guide",
        ("シミュレーションの使い方", "Simulation guide"),
        (
            "返済シミュレーションをはじめて使う方に、3つの入力の意味を順にご案内します。",
            "Explains the three fields of the repayment simulation to people who use it for the first time.",
        ),
        tour(
            step(
                ("返済額を試算してみましょう", "What would you pay a month?"),
                (
                    "3つの入力で、めやすがわかります。お名前や連絡先は必要ありません。",
                    "Three fields are enough. No name or address needed.",
                ),
            ),
            step(
                ("お借入希望額", "The amount"),
                ("物件の価格から、頭金を引いた金額が目安です。", "The price less what you pay up front."),
                "[name='amount']",
            ),
            step(
                ("返済期間", "The term"),
                ("長いほど毎月の返済額は減り、総返済額は増えます。", "Longer means less a month, and more in all."),
                "[name='years']",
            ),
            step(
                ("金利タイプ", "The kind of rate"),
                ("変動と固定を切り替えて、差を比べられます。", "Switch between variable and fixed to compare."),
                "[name='rate-type']",
            ),
        ),
        tags="シミュレーション, ローン, ツアー, 使い方, simulation, calculator, loan, tour",
        trigger=event("page"),
        page=under("/loans/simulation"),
        audience=never("Simulation Completed"),
        caps={"per_visit": 1, "ever": 2},
        stop_after=["goal", "close"],
        goals=[Goal("simulate", ("シミュレーションの利用", "Simulation used"), event("Simulation Completed")), TOURED],
    ),
    _template(
        "simulation-result",
        ("シミュレーション結果からのご案内", "After the simulation"),
        (
            "シミュレーションの結果を添えて、仮審査やご相談へご案内します。",
            "Takes the result of a simulation on to a preliminary application.",
        ),
        slide_in(
            (
                "毎月のご返済は約{{ properties.monthly_payment | yen }}",
                "About {{ properties.monthly_payment | yen }} a month",
            ),
            paragraphs(
                (
                    "{{ properties.amount | yen }}を{{ properties.years }}年で返済する場合の試算です。",
                    "An estimate for {{ properties.amount | yen }} over {{ properties.years }} years.",
                ),
                (
                    "実際のご返済額は、審査の結果と適用金利により異なります。",
                    "The actual amount depends on our review and the rate that applies.",
                ),
            ),
            button=(("仮審査に進む", "Apply for a preliminary review"), "/apply"),
            dismiss=("条件を変えて試す", "Try other figures"),
        ),
        tags="シミュレーション, 仮審査, ローン, 返済額, simulation, preliminary review, loan, repayment",
        trigger=event("Simulation Completed"),
        delay_seconds=5,
        control_percent=10,
        caps={"per_visit": 2, "min_seconds": 120},
        goals=[APPLIED, _CONSULTED],
        sample={"properties": {"monthly_payment": 92_000, "amount": 35_000_000, "years": 35}},
    ),
    _template(
        "campaign-disclosure",
        ("条件を明記したキャンペーン告知", "Campaign with its conditions"),
        (
            "金利優遇のキャンペーンを、対象・期間・税引後の利率・注意事項とともに告知します。",
            "Announces a special rate together with who it is for, until when, and what to note.",
        ),
        popup(
            ("新規口座開設で、3か月定期 年0.50%", "0.50% a year for three months"),
            together(
                paragraphs(("（税引後 年0.398%）", "(0.398% after tax)")),
                bullets(
                    ("対象：新たに口座を開設された個人のお客さま", "For: individuals who open an account"),
                    ("期間：口座開設の翌月末まで", "Until: the end of the month after opening"),
                    ("お預け入れ：10万円以上300万円以下", "Deposit: ¥100,000 to ¥3,000,000"),
                ),
                paragraphs(
                    (
                        "満期後は、継続日の店頭表示金利を適用します。中途解約の場合、優遇金利は適用されません。",
                        "After the term the standard rate applies. It is lost if the deposit is withdrawn early.",
                    )
                ),
            ),
            button=(("商品概要説明書を確認する", "Read the terms"), "/deposits/campaign"),
            dismiss=("閉じる", "Close"),
        ),
        tags="キャンペーン, 定期預金, 金利優遇, 注意事項, 開示, campaign, deposit, rate, disclosure, terms",
        trigger=event("page"),
        moment={"type": "dwell", "seconds": 10},
        page=under("/deposits"),
        control_percent=10,
        caps={"per_visit": 1, "per_days": {"times": 2, "days": 14}},
        stop_after=["goal", "close"],
        goals=[APPLIED],
    ),
    _template(
        "key-facts",
        ("重要事項の要点", "Key facts"),
        (
            "お申し込み前に確認していただきたい重要事項を要点にまとめ、その場所まで案内します。",
            "Sums up what to know before applying; each point leads to its place.",
        ),
        summary(
            ("お申し込みの前に", "Before you apply"),
            ("必ずご確認いただきたい4つの点です。", "Four things to know."),
            (("実質年率は3.0%〜14.5%です", "The annual rate is 3.0% to 14.5%"), "[data-section='rate']"),
            (("ご返済が遅れると、遅延損害金が発生します", "Late payments are charged for"), "[data-section='late']"),
            (("ご返済方式とご返済期間", "How and how long you repay"), "[data-section='repayment']"),
            (
                ("審査によりご希望に添えない場合があります", "Applications are subject to review"),
                "[data-section='review']",
            ),
        ),
        tags="重要事項, 説明, ローン, コンプライアンス, key facts, terms, loan, compliance",
        trigger=event("page"),
        page=under("/loans/card"),
        delay_seconds=5,
        caps={"per_visit": 1},
        goals=[APPLIED],
    ),
    _template(
        "unclear-term",
        ("専門用語のひとこと解説", "A term, explained"),
        (
            "わかりにくい用語が画面に入ったとき、その意味をひとことで説明します。",
            "Explains a difficult term in a sentence when it comes into view.",
        ),
        tooltip(
            "[data-term='accumulation-quota']",
            ("つみたて投資枠とは", "What is the accumulation quota?"),
            (
                "毎月などの積み立てで購入した投資信託の利益に、税金がかからない枠です。元本は保証されません。",
                "Gains on funds bought in instalments are free of tax. The principal is not guaranteed.",
            ),
            button=(("くわしく読む", "Read more"), "/learn/nisa"),
        ),
        tags="用語解説, ツールチップ, 投資信託, NISA, glossary, tooltip, investment, explained",
        trigger=event("page"),
        moment={"type": "visible", "selector": "[data-term='accumulation-quota']"},
        page=under("/investments"),
        audience=trait("experience", "not_exists"),
        control_percent=10,
        caps={"per_visit": 1, "ever": 3},
        stop_after=["click", "close"],
        goals=[_CONSULTED, APPLIED],
    ),
    _template(
        "online-consultation",
        ("オンライン相談のご案内", "Online consultation"),
        (
            "商品ページを1分以上ご覧の方に、オンラインでの相談予約をご案内します。",
            "Offers an online consultation to people who look at a product for over a minute.",
        ),
        popup(
            ("ご自宅からオンライン相談", "Talk to us from home"),
            (
                "担当者が、画面を見ながらご説明します。ご相談は無料で、お申し込みの必要もありません。",
                "We explain it on screen, at your pace. It is free, and you need not apply.",
            ),
            button=(("日時を選ぶ", "Choose a time"), "/consultation"),
            dismiss=("閉じる", "Close"),
        ),
        tags="オンライン相談, 予約, 担当者, 保険, consultation, online, booking, insurance",
        trigger=event("page"),
        moment={"type": "dwell", "seconds": 60},
        page=under("/insurance"),
        audience=_NOT_APPLIED,
        control_percent=10,
        caps={"per_visit": 1, "per_days": {"times": 1, "days": 14}},
        stop_after=["goal", "close"],
        goals=[_CONSULTED, APPLIED],
    ),
    _template(
        "phishing-alert",
        ("不審なメールへの注意喚起", "Phishing alert"),
        (
            "ログインの前後に、偽のメールやサイトへの注意をお知らせします。",
            "Warns of forged e-mails and sites around the login.",
        ),
        bar(
            ("不審なメールにご注意ください", "Beware of forged e-mails"),
            (
                "当社がメールやSMSで暗証番号をお尋ねすることはありません。",
                "We never ask for your PIN by e-mail or text message.",
            ),
            button=(("くわしく見る", "Read more"), "/security/phishing"),
            placement="top",
        ),
        tags="フィッシング, 注意喚起, セキュリティ, 詐欺, phishing, security, fraud, warning",
        trigger=event("page"),
        page=under("/login"),
        caps={"per_visit": 1},
        ignore_spacing=True,
        priority=50,
    ),
]
