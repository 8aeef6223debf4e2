"""For people who have just begun to use a service."""

from kizuki.campaigns.templates.compose import TOURED, WATCHED, Goal, Shelf, within
from kizuki.campaigns.templates.conditions import count, days, event, ever, every, never, on, trait, under, visits
from kizuki.campaigns.templates.layouts import (
    checklist,
    embed,
    item,
    popup,
    slide_in,
    step,
    summary,
    tooltip,
    tour,
    video,
)

_template = Shelf("onboarding").template
_NEW = count("Signed Up", "gte", 1, window=days(14))
_NOTHING_MADE = never("Project Created")
_CREATED = Goal("create", ("最初のプロジェクトの作成", "First project created"), event("Project Created"))

TEMPLATES = [
    _template(
        "welcome-tour",
        ("はじめての方への画面案内", "Welcome tour"),
        (
            "登録して間もない方に、メニュー・作成ボタン・ヘルプの場所を順に案内します。",
            "Shows people who have just signed up where the menu, the create button and the help are.",
        ),
        tour(
            step(
                ("ようこそ。1分で画面をご案内します", "Welcome! A quick look around"),
                (
                    "よく使う3つの場所をご紹介します。途中で閉じても大丈夫です。",
                    "We'll show you the three places you'll use most. You can close this at any time.",
                ),
            ),
            step(
                ("すべての機能は、ここから", "Everything starts here"),
                (
                    "プロジェクト、レポート、設定は、このメニューから開けます。",
                    "Open projects, reports and settings from this menu.",
                ),
                "[data-tour='menu']",
            ),
            step(
                ("最初のプロジェクトを作りましょう", "Create your first project"),
                (
                    "名前を付けるだけで始められます。あとから変更できます。",
                    "All it needs is a name, and you can change that later.",
                ),
                "[data-tour='create']",
            ),
            step(
                ("迷ったときは、こちらへ", "Help is always here"),
                (
                    "使い方の検索と、担当者へのご相談ができます。",
                    "Search the guides, or ask one of us.",
                ),
                "[data-tour='help']",
            ),
        ),
        tags="オンボーディング, ツアー, 画面案内, チュートリアル, onboarding, product tour, walkthrough",
        trigger=event("page"),
        page=under("/app"),
        audience=every(_NEW, never("Tour Completed")),
        caps={"per_visit": 1, "ever": 2},
        stop_after=["goal", "close"],
        goals=[TOURED, within(_CREATED, 72)],
    ),
    _template(
        "getting-started",
        ("はじめの一歩チェックリスト", "Getting started checklist"),
        (
            "最初に済ませたいことを一覧にして、終わったものから自動でチェックが付きます。",
            "Lists the first things to do, and ticks each one as it is done.",
        ),
        checklist(
            ("はじめの4ステップ", "Your first four steps"),
            ("これで、業務にお使いいただけます。", "Finish these and you are ready for everyday work."),
            item(
                "profile",
                ("プロフィールを入力する", "Complete your profile"),
                ("お名前と会社名をご登録ください。", "Tell us your name and your company."),
                "/app/settings/profile",
                done=ever("Profile Updated"),
            ),
            item(
                "project",
                ("プロジェクトを作る", "Create a project"),
                ("ひな形から選ぶと、すぐに始められます。", "Start quickly from a template."),
                "/app/projects/new",
                done=ever("Project Created"),
            ),
            item(
                "invite",
                ("メンバーを招待する", "Invite a teammate"),
                ("メールアドレスだけで招待できます。", "An e-mail address is all you need."),
                "/app/members",
                done=ever("Invite Sent"),
            ),
            item(
                "guide",
                ("使い方ガイドに目を通す", "Read the guide"),
                ("5分で全体像をつかめます。", "Five minutes for the whole picture."),
                "/help/getting-started",
            ),
            completed=(
                ("準備が整いました", "You're all set"),
                (
                    "おつかれさまでした。次はレポートをのぞいてみませんか。",
                    "Well done. Why not look at the reports next?",
                ),
            ),
        ),
        tags="オンボーディング, チェックリスト, やること, 進捗, onboarding, checklist, to-do, progress",
        trigger=event("page"),
        page=under("/app"),
        audience=_NEW,
        caps={"per_visit": 1},
        ignore_spacing=True,
        goals=[within(_CREATED, 168), Goal("invite", ("メンバーの招待", "Teammate invited"), event("Invite Sent"))],
    ),
    _template(
        "screen-guide",
        ("この画面でできること", "What this page does"),
        (
            "はじめて開いた画面の要点を並べ、選ぶとその場所まで案内します。",
            "Sums up a page on the first visits to it; each point leads to its place.",
        ),
        summary(
            ("この画面でできること", "What you can do here"),
            ("選ぶと、その場所へご案内します。", "Choose a point and we'll show you where it is."),
            (("今週の数字を確認する", "See this week's figures"), "[data-guide='figures']"),
            (("期間やチームで絞り込む", "Filter by period or team"), "[data-guide='filter']"),
            (("CSVで書き出す", "Export as CSV"), "[data-guide='export']"),
            (("毎週のレポートをメールで受け取る", "Get the weekly report by e-mail"), "[data-guide='subscribe']"),
        ),
        tags="画面説明, ページの要点, ガイド, ダッシュボード, page summary, guide, dashboard",
        trigger=event("page"),
        page=under("/app/dashboard"),
        audience=count("page", "lte", 3, where=[under("/app/dashboard")]),
        caps={"per_visit": 1, "ever": 3},
        stop_after=["close"],
        goals=[Goal("export", ("レポートの書き出し", "Report exported"), event("Report Exported"))],
    ),
    _template(
        "first-action-coach",
        ("最初の操作をそっと後押し", "Nudge to the first action"),
        (
            "まだ何も作っていない方の手が止まったとき、作成ボタンを指し示します。",
            "Points at the create button when someone who has made nothing yet pauses.",
        ),
        tooltip(
            "[data-tour='create']",
            ("ここから始められます", "You can start here"),
            (
                "プロジェクトは、名前を決めるだけで作れます。あとから何度でも変更できます。",
                "A project only needs a name, and you can change it whenever you like.",
            ),
            button=(("使い方を見る", "See how it works"), "/help/first-project"),
        ),
        tags="コーチマーク, ツールチップ, 操作案内, 初回, coach mark, tooltip, hint, activation",
        trigger=event("page"),
        moment={"type": "idle", "seconds": 20},
        page=under("/app"),
        audience=every(_NEW, _NOTHING_MADE),
        caps={"per_visit": 1, "ever": 3},
        stop_after=["goal", "close"],
        goals=[within(_CREATED, 24)],
    ),
    _template(
        "guide-video",
        ("1分でわかる使い方動画", "One-minute guide"),
        (
            "はじめての訪問で、約1分の使い方動画を画面の中央に表示します。",
            "Shows a video of about a minute in the middle of the screen on the first visit.",
        ),
        video(
            ("まずは1分、動画でご紹介", "See it in one minute"),
            (
                "基本の流れを、約1分にまとめました。音声なしでもご覧いただけます。",
                "The basics in about a minute. It works without sound, too.",
            ),
            button=(("さっそく始める", "Start now"), "/app/projects/new"),
        ),
        tags="動画, 使い方, チュートリアル, 1分, video, guide, tutorial, one minute",
        trigger=event("page"),
        page=on("/app"),
        audience=every(_NEW, visits("lte", 2), never("Video Completed")),
        caps={"per_visit": 1, "ever": 2},
        stop_after=["goal", "close"],
        goals=[WATCHED, within(_CREATED, 24)],
    ),
    _template(
        "stuck-video",
        ("設定につまずいたときの動画", "Video when a setup stalls"),
        (
            "設定画面で手が止まったとき、画面の隅で手順の動画を再生します。",
            "Plays the steps in the corner when someone pauses on a settings page.",
        ),
        video(
            ("設定の手順を動画でご案内", "This setup, step by step"),
            ("操作しながらご覧ください（約1分）。", "Watch while you work: about a minute."),
            placement="bottom-right",
            button=(("手順書を読む", "Read the steps"), "/help/setup"),
        ),
        tags="動画, 初期設定, つまずき, サポート, video, setup, stuck, help",
        trigger=event("page"),
        moment={"type": "idle", "seconds": 45},
        page=under("/app/setup"),
        caps={"per_visit": 1, "ever": 3},
        stop_after=["goal"],
        goals=[Goal("setup", ("初期設定の完了", "Setup completed"), event("Setup Completed"), {"hours": 24})],
    ),
    _template(
        "welcome-message",
        ("お名前入りのごあいさつ", "Welcome by name"),
        (
            "登録直後の方をお名前で迎え、最初の一歩へご案内します。",
            "Greets people by name right after they sign up and leads them to the first step.",
        ),
        popup(
            ("ようこそ、{{ traits.name }}さん", "Welcome, {{ traits.name }}"),
            (
                "まずはプロジェクトを1つ作ってみましょう。<strong>3分ほど</strong>で、最初の結果をご覧いただけます。",
                "Create your first project and see results in <strong>about three minutes</strong>.",
            ),
            button=(("プロジェクトを作る", "Create a project"), "/app/projects/new"),
            dismiss=("あとで", "Later"),
        ),
        tags="あいさつ, ウェルカム, 会員登録, 名前, welcome, greeting, sign-up, personalised",
        trigger=event("Signed Up", "page"),
        page=under("/app"),
        audience=every(_NEW, _NOTHING_MADE, trait("name", "exists")),
        caps={"per_visit": 1, "ever": 1},
        priority=10,
        goals=[within(_CREATED, 24)],
        sample={"traits": {"name": "山田 花子"}},
    ),
    _template(
        "empty-state",
        ("空の画面に次の一歩を", "Fill an empty page"),
        (
            "まだデータのない画面に、何から始めればよいかを埋め込みます。",
            "Puts what to do first into a page that has no data yet.",
        ),
        embed(
            "[data-empty-state]",
            "append",
            ("まだデータがありません", "Nothing here yet"),
            (
                "お手元のCSVを取り込むと、ここに一覧が表示されます。見本のデータで試すこともできます。",
                "Import a CSV file and your list appears here. You can also try it with sample data.",
            ),
            button=(("CSVを取り込む", "Import a CSV"), "/app/import"),
        ),
        tags="空状態, 埋め込み, データ取り込み, 初回, empty state, embed, import",
        trigger=event("page"),
        page=under("/app/customers"),
        audience=never("Data Imported"),
        caps={"per_visit": None},
        ignore_spacing=True,
        goals=[Goal("import", ("データの取り込み", "Data imported"), event("Data Imported"), {"hours": 24})],
    ),
    _template(
        "hands-on-tour",
        ("操作しながら覚えるツアー", "Hands-on tour"),
        (
            "実際にボタンを押しながら、最初のプロジェクトを作るところまで進みます。",
            "Leads to the first project with the visitor's own clicks.",
        ),
        tour(
            step(
                ("「新規作成」を押してみましょう", "Press “New”"),
                ("ここから、すべてのプロジェクトを作れます。", "Every project begins here."),
                "[data-tour='create']",
                click=True,
            ),
            step(
                ("名前を付けます", "Give it a name"),
                ("あとから変更できるので、仮の名前でかまいません。", "Anything will do: you can change it later."),
                "[name='project-name']",
            ),
            step(
                ("「保存」で完成です", "Press “Save” to finish"),
                ("これで、メンバーと共有できるようになります。", "Now you can share it with your team."),
                "[data-tour='save']",
                click=True,
            ),
        ),
        tags="ツアー, 操作体験, チュートリアル, クリック, tour, hands-on, interactive, walkthrough",
        trigger=event("page"),
        page=under("/app/projects"),
        audience=every(_NEW, _NOTHING_MADE),
        caps={"per_visit": 1, "ever": 2},
        stop_after=["goal", "close"],
        goals=[_CREATED],
    ),
    _template(
        "first-success",
        ("最初の成功をお祝い", "Celebrate the first success"),
        (
            "最初のプロジェクトができた瞬間に声をかけ、次の一歩をご提案します。",
            "Says well done the moment the first project is created, and suggests what comes next.",
        ),
        slide_in(
            ("最初のプロジェクトができました", "Your first project is ready"),
            (
                "おめでとうございます。メンバーを招待すると、一緒に進められます。",
                "Congratulations! Invite your teammates to work on it together.",
            ),
            button=(("メンバーを招待する", "Invite teammates"), "/app/members"),
            dismiss=("あとで", "Later"),
        ),
        tags="お祝い, 達成, 次のステップ, 招待, celebration, success, next step, invite",
        trigger=event("Project Created"),
        audience=count("Project Created", "eq", 1),
        delay_seconds=3,
        caps={"per_visit": 1, "ever": 1},
        goals=[Goal("invite", ("メンバーの招待", "Teammate invited"), event("Invite Sent"), {"hours": 72})],
    ),
]
