"""For services people subscribe to: everyday use."""

from kizuki.campaigns.templates.compose import TOURED, Goal, Shelf
from kizuki.campaigns.templates.conditions import DAY, count, days, event, ever, every, never, statistic, under, visits
from kizuki.campaigns.templates.layouts import (
    bullets,
    checklist,
    item,
    popup,
    slide_in,
    step,
    tooltip,
    tour,
)

_template = Shelf("saas").template

TEMPLATES = [
    _template(
        "feature-announcement",
        ("新機能のお知らせ", "New feature"),
        (
            "新しい機能を、よく使ってくださっている方へ一度だけお知らせします。",
            "Announces a new feature, once, to people who use the service often.",
        ),
        popup(
            ("レポートをスケジュール配信できるようになりました", "Reports can now arrive on a schedule"),
            bullets(
                ("毎日・毎週・毎月から選べます", "Daily, weekly or monthly"),
                ("メールとチャットにお届けします", "By e-mail or to your chat"),
                ("どのプランでもご利用いただけます", "Included in every plan"),
            ),
            button=(("設定してみる", "Set it up"), "/app/reports/schedules"),
            dismiss=("あとで", "Later"),
        ),
        tags="新機能, お知らせ, リリース, 告知, new feature, announcement, release",
        trigger=event("page"),
        page=under("/app"),
        audience=count("page", "gte", 10, window=days(28)),
        control_percent=10,
        caps={"per_visit": 1, "ever": 1},
        goals=[
            Goal("use", ("新機能の利用", "Feature used"), event("Report Scheduled"), {"hours": 168}),
        ],
    ),
    _template(
        "new-feature-coach",
        ("新機能の場所を案内", "Point at a new feature"),
        (
            "新しいボタンが画面に入ったとき、その使い方をひとことで案内します。",
            "Says what a new button does, when it comes into view.",
        ),
        tooltip(
            "[data-feature='schedule']",
            ("配信予約が加わりました", "New: schedules"),
            ("レポートを決まった曜日に自動で届けられます。", "Have a report sent on the days you choose."),
            button=(("使い方を見る", "How it works"), "/help/schedules"),
        ),
        tags="新機能, コーチマーク, ツールチップ, 使い方, new feature, coach mark, tooltip, adoption",
        trigger=event("page"),
        moment={"type": "visible", "selector": "[data-feature='schedule']"},
        page=under("/app/reports"),
        audience=never("Report Scheduled"),
        caps={"per_visit": 1, "ever": 2},
        stop_after=["goal", "close"],
        goals=[Goal("use", ("新機能の利用", "Feature used"), event("Report Scheduled"), {"hours": 168})],
    ),
    _template(
        "invite-team",
        ("メンバー招待のおすすめ", "Invite the team"),
        (
            "3回以上お使いで、まだお一人の方に、メンバーの招待をおすすめします。",
            "Suggests inviting teammates to people who have come three times and still work alone.",
        ),
        slide_in(
            ("チームで使うと、もっと便利に", "Better with your team"),
            (
                "何人でも無料で招待できます。コメントや担当の割り当ても、チームで進められます。",
                "Invite as many as you like, free. You can comment and assign work.",
            ),
            button=(("メンバーを招待する", "Invite teammates"), "/app/members"),
            dismiss=("あとで", "Later"),
        ),
        tags="招待, メンバー, チーム, 定着, invite, team, collaboration, activation",
        trigger=event("page"),
        moment={"type": "dwell", "seconds": 10},
        page=under("/app"),
        audience=every(visits("gte", 3), never("Invite Sent")),
        control_percent=10,
        caps={"per_visit": 1, "per_days": {"times": 1, "days": 7}},
        stop_after=["goal"],
        goals=[Goal("invite", ("メンバーの招待", "Teammate invited"), event("Invite Sent"), {"hours": 72})],
    ),
    _template(
        "redesign-tour",
        ("画面リニューアルのご案内", "Redesign tour"),
        (
            "長くお使いの方に、画面のどこが変わったかを順にご案内します。",
            "Shows people who have used the service for long what moved where.",
        ),
        tour(
            step(
                ("画面が新しくなりました", "A new look"),
                (
                    "いつもの操作を、より少ない手順で行えます。変わったところを3つご紹介します。",
                    "Everyday work takes fewer steps. Here are three things that changed.",
                ),
            ),
            step(
                ("メニューは左側に", "The menu is on the left"),
                ("よく使う項目は、上にピン留めできます。", "Pin what you use most to the top."),
                "[data-tour='menu']",
            ),
            step(
                ("検索はどの画面からでも", "Search from anywhere"),
                ("お客さまの名前でも、案件の番号でも探せます。", "By a customer's name or a case number."),
                "[data-tour='search']",
            ),
            step(
                ("設定はこちらへ", "Settings moved here"),
                ("通知と表示の設定を、ひとつにまとめました。", "Notifications and display are in one place now."),
                "[data-tour='settings']",
            ),
        ),
        tags="リニューアル, 画面変更, ツアー, 既存ユーザー, redesign, tour, what's new, existing users",
        trigger=event("page"),
        page=under("/app"),
        audience=every(visits("gte", 10), count("Tour Completed", "eq", 0, window=days(90))),
        caps={"per_visit": 1, "ever": 2},
        stop_after=["goal", "close"],
        goals=[TOURED],
    ),
    _template(
        "adoption-checklist",
        ("活用のためのチェックリスト", "Adoption checklist"),
        (
            "導入から1か月ほどの方に、次に試したい機能を一覧にしてご案内します。",
            "Lists what to try next after about a month of use.",
        ),
        checklist(
            ("もっと便利に使う", "Get more out of it"),
            ("終わったものから、チェックが付きます。", "Each is ticked as you do it."),
            item(
                "dashboard",
                ("自分用のダッシュボードを作る", "Build your own dashboard"),
                url="/app/dashboard/edit",
                done=ever("Dashboard Saved"),
            ),
            item(
                "schedule",
                ("レポートの配信を予約する", "Schedule a report"),
                url="/app/reports/schedules",
                done=ever("Report Scheduled"),
            ),
            item(
                "integration",
                ("普段のチャットとつなぐ", "Connect your chat"),
                url="/app/integrations",
                done=ever("Integration Connected"),
            ),
            completed=(
                ("使いこなしていますね", "You're a power user"),
                ("ご意見やご要望を、ぜひお聞かせください。", "We'd love to hear what you would like next."),
            ),
        ),
        tags="活用, 定着, チェックリスト, 進捗, adoption, checklist, engagement, progress",
        trigger=event("page"),
        page=under("/app"),
        audience=every(
            statistic("since_first", "Signed Up", None, "gte", 21 * DAY),
            statistic("since_first", "Signed Up", None, "lte", 60 * DAY),
        ),
        caps={"per_visit": 1},
        goals=[
            Goal("connect", ("外部サービスとの連携", "Integration connected"), event("Integration Connected"), "visit"),
        ],
    ),
]
