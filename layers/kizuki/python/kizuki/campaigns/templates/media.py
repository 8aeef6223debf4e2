"""For magazines, news and blogs."""

from kizuki.campaigns.templates.compose import SUBSCRIBED, Goal, Shelf
from kizuki.campaigns.templates.conditions import (
    count,
    days,
    event,
    every,
    figure,
    negated,
    never,
    prop,
    statistic,
    trait,
    under,
)
from kizuki.campaigns.templates.layouts import bar, bullets, embed, paragraphs, popup, slide_in, summary, together

_template = Shelf("media").template
_ARTICLES = under("/articles/")
_READS_FREE = negated(trait("plan", "eq", "paid"))
_NEXT = Goal("next", ("次の記事の閲覧", "Another article"), every(event("page"), _ARTICLES))
_NEWSLETTER = Goal("newsletter", ("メールマガジンの登録", "Newsletter sign-up"), event("Newsletter Subscribed"))

TEMPLATES = [
    _template(
        "newsletter",
        ("読み終えた方へのメールマガジン", "Newsletter after reading"),
        (
            "記事を最後まで読んだ方に、メールマガジンをご案内します。2つの見出しを比べられます。",
            "Offers the newsletter to people who read an article to its end, and compares two headings.",
        ),
        slide_in(
            ("続きは、毎週水曜のメールで", "More of this, every Wednesday"),
            (
                "編集部が選んだ5本の記事をお届けします。解除はいつでもできます。",
                "Five articles our editors chose. Leave at any time.",
            ),
            button=(("無料で受け取る", "Sign up free"), "/newsletter"),
            dismiss=("閉じる", "Close"),
        ),
        slide_in(
            ("読んでよかった記事を、週に5本", "Five good reads a week"),
            (
                "編集部のおすすめを、毎週水曜にメールでお届けします。",
                "Our editors' choice in your inbox on Wednesdays.",
            ),
            button=(("無料で受け取る", "Sign up free"), "/newsletter"),
            dismiss=("閉じる", "Close"),
        ),
        tags="メールマガジン, ニュースレター, 読了, ABテスト, newsletter, read to the end, subscribe, A/B test",
        trigger=event("page"),
        moment={"type": "read"},
        page=_ARTICLES,
        audience=never("Newsletter Subscribed"),
        control_percent=10,
        caps={"per_visit": 1, "per_days": {"times": 2, "days": 14}},
        stop_after=["goal", "close"],
        goals=[_NEWSLETTER],
    ),
    _template(
        "articles-left",
        ("無料で読める残りの本数", "Free articles left"),
        (
            "この30日間に読んだ本数から、無料で読める残りの本数をお知らせします。",
            "Works out from the last 30 days how many free articles are left.",
        ),
        bar(
            (
                "無料で読める記事は、あと{{ 5 - variables.articles }}本です",
                "{{ 5 - variables.articles }} free articles left",
            ),
            button=(("読み放題プランを見る", "Read without limits"), "/subscribe"),
        ),
        tags="有料会員, 無料記事, 残り本数, ペイウォール, metered, paywall, subscription",
        trigger=event("page"),
        page=_ARTICLES,
        audience=every(
            _READS_FREE,
            count("page", "gte", 3, window=days(30), where=[_ARTICLES]),
            count("page", "lte", 4, window=days(30), where=[_ARTICLES]),
        ),
        variables={"articles": figure("count", "page", window=days(30), where=[_ARTICLES])},
        control_percent=10,
        caps={"per_visit": 2},
        exclusion_group="paywall",
        goals=[SUBSCRIBED],
        sample={"variables": {"articles": 3}},
    ),
    _template(
        "article-limit",
        ("有料プランのご案内", "Paywall notice"),
        (
            "30日間に5本を読み終えた方に、記事の途中で有料プランをご案内します。",
            "Shows the plans within an article to people who have used up five in 30 days.",
        ),
        popup(
            ("無料分を読み終えました", "You've read all your free articles"),
            together(
                bullets(
                    ("すべての記事が読み放題", "Every article, without limits"),
                    ("広告の少ない画面で快適に", "Fewer ads"),
                    ("はじめの1か月は無料", "The first month is free"),
                ),
                paragraphs(("いつでも解約できます。", "Cancel at any time.")),
            ),
            button=(("1か月無料で試す", "Try a month free"), "/subscribe"),
            dismiss=("あとで", "Later"),
        ),
        tags="有料会員, ペイウォール, 無料体験, paywall, subscription, trial",
        trigger=event("page"),
        moment={"type": "scroll", "percent": 30},
        page=_ARTICLES,
        audience=every(_READS_FREE, count("page", "gt", 5, window=days(30), where=[_ARTICLES])),
        control_percent=10,
        caps={"per_visit": 3},
        stop_after=["goal"],
        exclusion_group="paywall",
        goals=[SUBSCRIBED],
    ),
    _template(
        "related-reading",
        ("あわせて読みたい記事", "Related reading"),
        (
            "記事を最後まで読んだ方に、その下で関連する記事をご紹介します。",
            "Suggests related articles below one that was read to its end.",
        ),
        embed(
            "article",
            "after",
            ("あわせて読みたい", "Read next"),
            bullets(
                (
                    '<a href="/articles/interview">現場に聞く、はじめの一年</a>',
                    '<a href="/articles/interview">The first year, told by those who did it</a>',
                ),
                (
                    '<a href="/articles/checklist">今日から使える確認リスト</a>',
                    '<a href="/articles/checklist">A checklist to use today</a>',
                ),
                (
                    '<a href="/articles/glossary">用語をやさしく解説</a>',
                    '<a href="/articles/glossary">The terms, explained</a>',
                ),
            ),
        ),
        tags="関連記事, 回遊, 読了, 埋め込み, related articles, read next, embed",
        trigger=event("page"),
        moment={"type": "read"},
        page=_ARTICLES,
        control_percent=10,
        caps={"per_visit": None},
        ignore_spacing=True,
        goals=[_NEXT],
    ),
    _template(
        "series-next",
        ("連載の次の回へ", "Next in the series"),
        (
            "連載の記事を読み終えた方に、次の回の題名とリンクをお届けします。",
            "Gives the title and the link of the next part to people who have read one to its end.",
        ),
        slide_in(
            ("次回：{{ properties.next_title }}", "Next: {{ properties.next_title }}"),
            button=(("続けて読む", "Read on"), "{{ properties.next_url }}"),
            dismiss=("閉じる", "Close"),
        ),
        tags="連載, 次の記事, 回遊, 読了, series, next article, read to the end",
        trigger=every(event("page"), prop("next_url", "exists"), prop("next_title", "exists")),
        moment={"type": "read"},
        page=_ARTICLES,
        control_percent=10,
        caps={"per_visit": 5},
        ignore_spacing=True,
        goals=[_NEXT],
        sample={
            "properties": {
                "next_title": "Vol. 2",
                "next_url": "/articles/series-2",
            }
        },
    ),
    _template(
        "article-summary",
        ("この記事の要点", "The article in brief"),
        (
            "長い記事の要点を並べ、選ぶとその見出しまで移動します。",
            "Sums up a long article; each point leads to its heading.",
        ),
        summary(
            ("この記事の要点", "In brief"),
            ("約6分で読めます。", "A six-minute read."),
            (
                ("在庫の悩みの多くは、発注の時期に原因がある", "Stock trouble often begins with ordering dates"),
                "h2:nth-of-type(1)",
            ),
            (("見直しは、売れ筋の2割から始める", "Start with the fifth that sells most"), "h2:nth-of-type(2)"),
            (("3か月で欠品を半分にした店の例", "How one shop halved its shortages"), "h2:nth-of-type(3)"),
        ),
        tags="記事の要点, 要約, 目次, 長文, article summary, table of contents, TL;DR",
        trigger=event("page"),
        page=_ARTICLES,
        delay_seconds=5,
        caps={"per_visit": 3},
        ignore_spacing=True,
        stop_after=["close"],
        goals=[_NEXT],
    ),
    _template(
        "subscription-offer",
        ("よく読む方への購読のご案内", "Subscription for frequent readers"),
        (
            "30日間に10本以上お読みの方に、いちばん多く読んだ分野を添えて購読をご案内します。",
            "Offers the subscription to people who read ten articles in 30 days, naming their favourite topic.",
        ),
        slide_in(
            ("「{{ variables.topic }}」をもっと深く", "More on {{ variables.topic }}"),
            (
                "有料プランでは、専門家による解説と過去の記事をすべてお読みいただけます。はじめの1か月は無料です。",
                "The subscription has our experts' analyses and the whole archive. The first month is free.",
            ),
            button=(("1か月無料で読む", "Read a month free"), "/subscribe"),
            dismiss=("閉じる", "Close"),
        ),
        tags="購読, 有料会員, 愛読者, パーソナライズ, subscription, frequent readers, personalised",
        trigger=event("page"),
        moment={"type": "scroll", "percent": 60},
        page=_ARTICLES,
        audience=every(
            _READS_FREE,
            count("page", "gte", 10, window=days(30), where=[_ARTICLES]),
            statistic("most_frequent", "page", "category", "exists", None, window=days(30)),
        ),
        variables={"topic": figure("most_frequent", "page", "category", window=days(30))},
        control_percent=10,
        caps={"per_visit": 1, "per_days": {"times": 2, "days": 30}},
        stop_after=["goal", "close"],
        exclusion_group="paywall",
        goals=[SUBSCRIBED],
        sample={"variables": {"topic": "AI"}},
    ),
]
