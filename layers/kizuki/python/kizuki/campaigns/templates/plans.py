"""For services people subscribe to: the trial, the plan and the payment."""

from kizuki.campaigns.templates.compose import UPGRADED, Goal, Shelf
from kizuki.campaigns.templates.conditions import DAY, event, ever, every, never, on, statistic, trait, under
from kizuki.campaigns.templates.layouts import (
    bar,
    notify,
    popup,
)

_template = Shelf("saas").template

TEMPLATES = [
    _template(
        "trial-ending",
        ("無料トライアルの終了が近い方へ", "Trial about to end"),
        (
            "開始から11日目以降のお客さまに、トライアルの期限とプランのご案内を表示します。",
            "From the eleventh day of a trial, says when it ends and leads to the plans.",
        ),
        bar(
            (
                "トライアルは{{ traits.trial_ends_at | date }}まで",
                "Your trial runs until {{ traits.trial_ends_at | date }}",
            ),
            ("設定とデータは、そのまま引き継がれます。", "Your settings and data stay as they are."),
            button=(("プランを選ぶ", "Choose a plan"), "/app/billing"),
            placement="top",
        ),
        tags="無料トライアル, 終了, 有料化, プラン, trial, ending, conversion, plan",
        trigger=event("page"),
        page=under("/app"),
        audience=every(
            trait("plan", "eq", "trial"),
            trait("trial_ends_at", "exists"),
            statistic("since_first", "Trial Started", None, "gte", 11 * DAY),
        ),
        control_percent=10,
        caps={"per_visit": 1, "per_day": 1},
        stop_after=["goal"],
        exclusion_group="plan",
        priority=10,
        goals=[UPGRADED],
        sample={"traits": {"trial_ends_at": "2026-12-15"}},
    ),
    _template(
        "trial-ended",
        ("無料トライアルを終えた方へ", "Trial ended"),
        (
            "トライアルが終わったあとに戻ってきた方に、データが残っていることとプランをご案内します。",
            "Tells people who return after their trial that their data is still there, and shows the plans.",
        ),
        popup(
            ("お試しはいかがでしたか", "How was your trial?"),
            (
                "作成されたデータは<strong>30日間</strong>保管しています。プランをお選びいただくと、続きからご利用いただけます。",
                "We keep your data for <strong>30 days</strong>. Choose a plan and carry on where you left off.",
            ),
            button=(("プランを見る", "See the plans"), "/pricing"),
            dismiss=("あとで", "Later"),
        ),
        tags="無料トライアル, 終了後, 再開, プラン, trial, ended, win back, plan",
        trigger=event("page"),
        audience=every(ever("Trial Ended"), never("Plan Upgraded")),
        control_percent=10,
        caps={"per_visit": 1, "per_days": {"times": 2, "days": 14}},
        stop_after=["goal"],
        exclusion_group="plan",
        goals=[UPGRADED],
    ),
    _template(
        "locked-feature",
        ("上位プランの機能のご案内", "Feature of a higher plan"),
        (
            "いまのプランでは使えない機能を開いた方に、その機能の名前を入れてご案内します。",
            "When somebody opens a feature that their plan lacks, says which plan has it.",
        ),
        popup(
            (
                "「{{ properties.feature }}」は{{ properties.plan }}プランの機能です",
                "{{ properties.feature }} comes with the {{ properties.plan }} plan",
            ),
            (
                "14日間、無料でお試しいただけます。期間が終わると、自動でいまのプランに戻ります。",
                "Try it free for 14 days. After that you return to your present plan by itself.",
            ),
            button=(("無料で試す", "Try it free"), "/app/billing/trial"),
            dismiss=("今回はやめておく", "Not now"),
        ),
        tags="アップグレード, 上位プラン, 機能制限, アップセル, upgrade, upsell, paywall, locked feature",
        trigger=event("Locked Feature Opened"),
        caps={"per_visit": 2, "min_seconds": 300},
        control_percent=10,
        exclusion_group="plan",
        goals=[UPGRADED, Goal("trial", ("上位プランのお試し", "Plan tried"), event("Trial Started"))],
        sample={"properties": {"feature": "SSO", "plan": "Business"}},
    ),
    _template(
        "usage-limit",
        ("ご利用量の上限が近い方へ", "Usage near the limit"),
        (
            "ご利用量が上限の8割を超えたとき、その割合とともにお知らせします。",
            "Says how much of the allowance is used, once it is over 80 percent.",
        ),
        bar(
            (
                "ご利用量が上限の{{ properties.used / properties.limit | percent }}です",
                "You've used {{ properties.used / properties.limit | percent }} of this month's allowance",
            ),
            (
                "今月は{{ properties.limit | number }}件中{{ properties.used | number }}件をご利用です。",
                "{{ properties.used | number }} of {{ properties.limit | number }} this month.",
            ),
            button=(("プランを見直す", "Review your plan"), "/app/billing"),
            placement="top",
        ),
        tags="利用量, 上限, アップグレード, 使用率, usage, limit, quota, upgrade",
        trigger=every(event("Usage Threshold Reached"), trait("plan", "exists")),
        caps={"per_visit": 1, "per_day": 1},
        exclusion_group="plan",
        goals=[UPGRADED],
        sample={"properties": {"used": 8000, "limit": 10_000}},
    ),
    _template(
        "payment-failed",
        ("お支払いが確認できないとき", "Payment failed"),
        (
            "お支払いに失敗したお客さまに、お支払い方法の確認をお願いします。",
            "Asks customers whose payment failed to check their payment method.",
        ),
        bar(
            ("お支払いを確認できませんでした", "We couldn't take your payment"),
            (
                "引き続きご利用いただくため、お支払い方法のご確認をお願いします。",
                "Please check your payment method so that nothing is interrupted.",
            ),
            button=(("お支払い方法を確認する", "Check payment"), "/app/billing/payment"),
            placement="top",
        ),
        tags="決済エラー, お支払い, カード期限, 解約防止, payment failed, billing, card, dunning",
        trigger=event("page"),
        page=under("/app"),
        audience=trait("payment_status", "eq", "failed"),
        caps={"per_visit": None, "min_seconds": 600},
        ignore_spacing=True,
        priority=100,
        goals=[
            Goal("update", ("お支払い方法の更新", "Payment updated"), event("Payment Method Updated"), {"hours": 168}),
        ],
    ),
    _template(
        "cancellation-alert",
        ("解約を検討中の方を担当者へ通知", "Tell the team of a likely cancellation"),
        (
            "解約の手続きのページが開かれたとき、担当者のチャットへすぐにお知らせします。",
            "Tells your team at once when somebody opens the page to cancel.",
        ),
        notify(
            "cs-slack",
            (
                "{{ traits.name }}さん（{{ traits.company }}）が、解約の手続きのページを開きました。",
                "{{ traits.name }} ({{ traits.company }}) has opened the page to cancel.",
            ),
        ),
        tags="解約, チャーン, 通知, Slack, カスタマーサクセス, churn, cancellation, notify, customer success",
        trigger=event("page"),
        page=on("/app/billing/cancel"),
        audience=trait("company", "exists"),
        caps={"per_visit": 1, "per_days": {"times": 1, "days": 7}},
        sample={
            "traits": {"name": "山田 花子", "company": "株式会社サンプル"},
        },
    ),
]
