"""Questions to visitors. Answers marked as traits are kept with the person."""

from kizuki.campaigns.templates.compose import ANSWERED, Shelf
from kizuki.campaigns.templates.conditions import DAY, event, ever, every, never, on, statistic, trait, under, visits
from kizuki.campaigns.templates.layouts import question, survey

_template = Shelf("survey").template
_SEND = ("送信する", "Send")
_THANKS = ("ご回答ありがとうございました", "Thank you for your answers")
_SATISFACTION = {
    "5": ("とても満足", "Very satisfied"),
    "4": ("満足", "Satisfied"),
    "3": ("どちらともいえない", "Neither"),
    "2": ("不満", "Dissatisfied"),
    "1": ("とても不満", "Very dissatisfied"),
}

TEMPLATES = [
    _template(
        "nps",
        ("おすすめ度の調査（NPS）", "Recommendation (NPS)"),
        (
            "30日以上お使いの方に、おすすめ度とその理由を90日に1回うかがいます。",
            "Asks people of 30 days or more how likely they are to recommend you, and why; once in 90 days.",
        ),
        survey(
            ("1分だけ、お聞かせください", "One minute, please"),
            question(
                "score",
                "nps",
                (
                    "このサービスを、友人や同僚にどの程度すすめたいと思いますか",
                    "How likely are you to recommend us to a friend or colleague?",
                ),
                required=True,
                low=("まったくすすめたくない", "Not at all"),
                high=("とてもすすめたい", "Very likely"),
                trait="nps",
            ),
            question(
                "reason",
                "text",
                ("その点数の理由を教えてください（任意）", "What is the main reason for your score? (optional)"),
            ),
            submit=_SEND,
            thanks=_THANKS,
        ),
        tags="NPS, 推奨度, 満足度, アンケート, ロイヤルティ, recommendation, loyalty, survey",
        trigger=event("page"),
        moment={"type": "dwell", "seconds": 20},
        audience=every(visits("gte", 5), statistic("since_first", "Signed Up", None, "gte", 30 * DAY)),
        caps={"per_visit": 1, "per_days": {"times": 1, "days": 90}},
        goals=[ANSWERED],
    ),
    _template(
        "csat",
        ("対応後の満足度調査（CSAT）", "Satisfaction after support (CSAT)"),
        (
            "お問い合わせの解決後に、対応の満足度を5段階でうかがいます。",
            "Asks how satisfied people are, on five levels, after their question was resolved.",
        ),
        survey(
            ("今回の対応はいかがでしたか", "How did we do?"),
            question(
                "satisfaction", "single", ("満足度をお選びください", "Your satisfaction"), _SATISFACTION, required=True
            ),
            question(
                "comment", "text", ("よろしければ、ご意見をお聞かせください（任意）", "Anything to add? (optional)")
            ),
            submit=_SEND,
            thanks=_THANKS,
        ),
        tags="CSAT, 顧客満足度, サポート, アンケート, satisfaction, support, survey",
        trigger=event("page"),
        audience=statistic("since_last", "Ticket Resolved", None, "lte", 7 * DAY),
        caps={"per_visit": 1, "per_days": {"times": 1, "days": 14}},
        stop_after=["goal", "close"],
        goals=[ANSWERED],
    ),
    _template(
        "exit-reason",
        ("離脱の理由", "Reason for leaving"),
        (
            "申し込まずに料金ページを離れようとした方に、決め手に欠けた点をうかがいます。",
            "Asks people who are leaving the pricing page what kept them from going on.",
        ),
        survey(
            ("ひとつ教えてください", "May we ask one thing?"),
            question(
                "reason",
                "single",
                ("今回お申し込みに至らなかった、いちばんの理由は何ですか", "What kept you from signing up today?"),
                {
                    "price": ("料金が合わない", "The price"),
                    "features": ("必要な機能がない、わからない", "A feature is missing, or I could not tell"),
                    "comparing": ("ほかと比較している", "I am comparing others"),
                    "later": ("情報を集めているところ", "I am only gathering information"),
                    "other": ("その他", "Something else"),
                },
                required=True,
            ),
            submit=_SEND,
            thanks=_THANKS,
            placement="center",
        ),
        tags="離脱理由, アンケート, 料金, 改善, exit survey, reason, pricing, feedback",
        trigger=event("page"),
        moment={"type": "exit"},
        page=on("/pricing"),
        audience=never("Signed Up"),
        caps={"per_visit": 1, "per_days": {"times": 1, "days": 30}},
        stop_after=["goal", "close"],
        goals=[ANSWERED],
    ),
    _template(
        "sign-up-source",
        ("きっかけの調査", "How they heard of you"),
        (
            "登録したばかりの方に、知ったきっかけをうかがい、お客さまの属性として残します。",
            "Asks people who have just signed up how they heard of you, and keeps it with the person.",
        ),
        survey(
            ("ひとつ教えてください", "One quick question"),
            question(
                "source",
                "single",
                ("何でお知りになりましたか", "How did you hear about us?"),
                {
                    "search": ("検索", "Search"),
                    "social": ("SNS", "Social media"),
                    "friend": ("知人の紹介", "A friend or colleague"),
                    "article": ("記事・ニュース", "An article"),
                    "ad": ("広告", "An advertisement"),
                    "event": ("展示会・セミナー", "An event"),
                    "other": ("その他", "Something else"),
                },
                required=True,
                trait="sign_up_source",
            ),
            submit=_SEND,
            thanks=("ありがとうございます。さっそく始めましょう", "Thank you. Let's get started"),
            placement="center",
        ),
        tags="認知経路, きっかけ, 登録, 流入元, sign-up source, attribution, survey",
        trigger=event("Signed Up"),
        audience=trait("sign_up_source", "not_exists"),
        delay_seconds=3,
        caps={"per_visit": 1, "ever": 1},
        ignore_spacing=True,
        goals=[ANSWERED],
    ),
    _template(
        "churn-reason",
        ("解約の理由", "Reason for cancelling"),
        (
            "解約の手続きのページで、理由と改善のご希望をうかがいます。",
            "Asks on the page to cancel why, and what would have helped.",
        ),
        survey(
            ("これまでご利用いただき、ありがとうございました", "Thank you for your time with us"),
            question(
                "reasons",
                "multi",
                ("解約の理由をお選びください（いくつでも）", "Why are you leaving? (any number)"),
                {
                    "price": ("料金が高い", "Too expensive"),
                    "unused": ("使う機会が減った", "I use it less"),
                    "features": ("必要な機能がない", "A feature is missing"),
                    "difficult": ("使い方が難しい", "Too difficult"),
                    "other-service": ("ほかのサービスに移る", "Moving to another service"),
                    "other": ("その他", "Something else"),
                },
                required=True,
                trait="churn_reasons",
            ),
            question(
                "wish",
                "text",
                ("どのような点があれば、続けていただけましたか（任意）", "What would have made you stay? (optional)"),
            ),
            submit=_SEND,
            thanks=("いただいた声を、改善に生かします", "We will learn from this"),
            placement="center",
        ),
        tags="解約理由, チャーン, 改善, アンケート, churn, cancellation, reason, survey",
        trigger=event("page"),
        page=on("/app/billing/cancel"),
        caps={"per_visit": 1, "per_days": {"times": 1, "days": 30}},
        ignore_spacing=True,
        goals=[ANSWERED],
    ),
    _template(
        "feature-request",
        ("機能のご要望", "Feature request"),
        (
            "よくお使いの方に、あったらうれしい機能を自由な言葉でうかがいます。",
            "Asks frequent users in their own words what they would like to have.",
        ),
        survey(
            ("次に欲しい機能を、お聞かせください", "What should we build next?"),
            question(
                "wish",
                "text",
                ("どのような場面で、何ができるとうれしいですか", "When would you use it, and what would it do?"),
                required=True,
            ),
            body=("いただいたご要望は、開発チームが全件読んでいます。", "Our developers read every answer."),
            submit=_SEND,
            thanks=("ご要望を承りました", "We've got it, thank you"),
            placement="bottom-left",
        ),
        tags="要望, 機能改善, 自由回答, VOC, feature request, feedback, open text, voice of customer",
        trigger=event("page"),
        moment={"type": "dwell", "seconds": 30},
        page=under("/app"),
        audience=visits("gte", 10),
        caps={"per_visit": 1, "per_days": {"times": 1, "days": 60}},
        stop_after=["goal"],
        goals=[ANSWERED],
    ),
    _template(
        "purchase-experience",
        ("購入直後のアンケート", "After the purchase"),
        (
            "ご注文の直後に、お買い物のしやすさと購入の決め手をうかがいます。",
            "Asks right after the order how easy it was, and what decided it.",
        ),
        survey(
            ("ご注文ありがとうございます", "Thank you for your order"),
            question(
                "ease", "single", ("お買い物はいかがでしたか", "How was your shopping?"), _SATISFACTION, required=True
            ),
            question(
                "decided",
                "multi",
                ("購入の決め手は何でしたか（いくつでも）", "What decided it? (any number)"),
                {
                    "price": ("価格", "Price"),
                    "quality": ("品質・素材", "Quality"),
                    "design": ("デザイン", "Design"),
                    "reviews": ("口コミ", "Reviews"),
                    "delivery": ("届く早さ・送料", "Delivery"),
                },
            ),
            submit=_SEND,
            thanks=_THANKS,
        ),
        tags="購入後, アンケート, 決め手, 満足度, post-purchase, survey, satisfaction",
        trigger=event("Order Completed"),
        delay_seconds=5,
        caps={"per_visit": 1, "per_days": {"times": 1, "days": 60}},
        goals=[ANSWERED],
    ),
    _template(
        "page-helpful",
        ("この記事は役に立ちましたか", "Was this helpful?"),
        (
            "ヘルプの記事を読み終えた方に、役に立ったかをうかがいます。",
            "Asks people who read a help article to its end whether it helped.",
        ),
        survey(
            ("この記事は役に立ちましたか", "Was this article helpful?"),
            question(
                "helpful",
                "single",
                ("あてはまるものをお選びください", "Choose one"),
                {
                    "yes": ("解決した", "Yes, it's solved"),
                    "partly": ("一部わからない点がある", "Partly"),
                    "no": ("解決しなかった", "No"),
                },
                required=True,
            ),
            question("missing", "text", ("足りなかった点を教えてください（任意）", "What was missing? (optional)")),
            submit=_SEND,
            thanks=("ありがとうございます。記事の改善に役立てます", "Thank you. It helps us improve"),
        ),
        tags="ヘルプ, 記事評価, 自己解決, helpful, help article, feedback, rating",
        trigger=event("page"),
        moment={"type": "read"},
        page=under("/help/"),
        caps={"per_visit": 3, "min_seconds": 60},
        ignore_spacing=True,
        goals=[ANSWERED],
    ),
    _template(
        "profile-questions",
        ("お仕事についてのアンケート", "About their work"),
        (
            "登録した方に役割と人数をうかがい、お客さまの属性として残します。ご案内の出し分けに使えます。",
            "Asks for role and team size and keeps both with the person, to address people by later.",
        ),
        survey(
            ("お仕事を教えてください", "Tell us about your work"),
            question(
                "role",
                "single",
                ("お仕事の内容に近いものをお選びください", "What do you do?"),
                {
                    "marketing": ("マーケティング", "Marketing"),
                    "sales": ("営業", "Sales"),
                    "support": ("カスタマーサポート", "Customer support"),
                    "product": ("企画・開発", "Product and development"),
                    "management": ("経営", "Management"),
                },
                required=True,
                trait="role",
            ),
            question(
                "team",
                "single",
                ("チームの人数", "The size of your team"),
                {
                    "1": ("1人", "Just me"),
                    "2-10": ("2〜10人", "2–10"),
                    "11-50": ("11〜50人", "11–50"),
                    "51+": ("51人以上", "51 or more"),
                },
                trait="team_size",
            ),
            submit=("はじめる", "Start"),
            thanks=("ありがとうございます", "Thank you"),
            placement="center",
        ),
        tags="属性, プロフィール, 役割, 出し分け, profiling, role, team size, segmentation",
        trigger=event("page"),
        page=under("/app"),
        audience=every(ever("Signed Up"), trait("role", "not_exists")),
        caps={"per_visit": 1, "ever": 2},
        stop_after=["goal"],
        goals=[ANSWERED],
    ),
]
