"""For shops: on the way to the product."""

from kizuki.campaigns.templates.compose import CART, PURCHASE, Goal, Shelf
from kizuki.campaigns.templates.conditions import (
    count,
    event,
    every,
    figure,
    negated,
    prop,
    statistic,
    under,
    visits,
)
from kizuki.campaigns.templates.layouts import (
    bar,
    bullets,
    embed,
    paragraphs,
    slide_in,
    summary,
    together,
    tooltip,
    video,
)

_template = Shelf("commerce").template
_NOT_AT_CHECKOUT = negated(under("/checkout"))

TEMPLATES = [
    _template(
        "weekend-sale",
        ("週末セールのお知らせ", "Weekend sale"),
        (
            "金曜の夜から日曜まで、週末だけのセールを画面の上でお知らせします。曜日は変更できます。",
            "Announces a weekend sale at the top of the page, from Friday to Sunday. Other days are yours to choose.",
        ),
        bar(
            ("週末限定セール、日曜23:59まで", "Weekend sale until Sunday 11:59 pm"),
            ("対象の商品が最大30%OFFです。", "Up to 30% off selected items."),
            button=(("対象の商品を見る", "Shop the sale"), "/sale"),
            placement="top",
        ),
        tags="セール, 週末, 期間限定, 告知, sale, weekend, limited time, countdown",
        trigger=event("page"),
        page=_NOT_AT_CHECKOUT,
        schedule={"weekdays": ["fri", "sat", "sun"]},
        control_percent=10,
        caps={"per_visit": 1},
        goals=[PURCHASE],
    ),
    _template(
        "same-day-shipping",
        ("本日発送の締め切り", "Same-day shipping"),
        (
            "平日の午前から13時まで、本日発送に間に合うことをお知らせします。時間は変更できます。",
            "On weekdays until 1 pm, says that an order still ships today. Change the hours to yours.",
        ),
        bar(
            ("13時までのご注文で本日発送します", "Order by 1 pm and we ship today"),
            button=(("配送について", "About delivery"), "/guide/delivery"),
            placement="top",
        ),
        tags="当日発送, 配送, 締め切り, same-day, shipping, delivery, deadline",
        trigger=event("Product Viewed", "Cart Viewed"),
        schedule={"weekdays": ["mon", "tue", "wed", "thu", "fri"], "since": "08:00", "until": "13:00"},
        control_percent=10,
        caps={"per_visit": 1},
        goals=[PURCHASE],
    ),
    _template(
        "restock-notice",
        ("再入荷のお知らせの受け付け", "Back in stock notice"),
        (
            "在庫切れの商品のページに、再入荷をメールで受け取れるご案内を埋め込みます。",
            "Offers a notice by e-mail on the page of a product that is out of stock.",
        ),
        embed(
            "[data-add-to-cart]",
            "after",
            ("ただいま在庫を切らしています", "Out of stock for now"),
            (
                "入荷しましたら、メールでお知らせします。ご登録は10秒ほどで終わります。",
                "We'll e-mail you when it's back. It takes ten seconds.",
            ),
            button=(("再入荷のお知らせを受け取る", "Tell me when it's back"), "/restock?sku={{ properties.sku }}"),
        ),
        tags="再入荷, 在庫切れ, 埋め込み, メール, restock, back in stock, out of stock, embed",
        trigger=every(event("Product Viewed"), prop("availability", "eq", "out_of_stock")),
        caps={"per_visit": None},
        ignore_spacing=True,
        goals=[Goal("restock", ("再入荷通知の登録", "Notice requested"), event("Restock Requested"))],
        sample={"properties": {"sku": "LS-001"}},
    ),
    _template(
        "low-stock",
        ("残りわずかのお知らせ", "Low stock"),
        (
            "残り5点以下の商品をご覧の方に、実際の在庫数をお知らせします。",
            "Tells people who look at a product how many are left, when there are five or fewer.",
        ),
        tooltip(
            "[data-add-to-cart]",
            ("残り{{ properties.stock }}点です", "Only {{ properties.stock }} left"),
            (
                "カートに入れただけでは在庫は確保されません。お早めにお手続きください。",
                "Items in the cart are not reserved until you order.",
            ),
        ),
        tags="在庫, 残りわずか, 商品ページ, low stock, scarcity, product page",
        trigger=every(event("Product Viewed"), prop("stock", "gte", 1), prop("stock", "lte", 5)),
        control_percent=10,
        caps={"per_visit": 2, "min_seconds": 120},
        goals=[CART, PURCHASE],
        sample={"properties": {"stock": 3}},
    ),
    _template(
        "size-guide",
        ("サイズ選びのお手伝い", "Size guide"),
        (
            "商品ページで20秒迷っている方に、サイズの選び方をご案内します。",
            "Points to the size guide when someone has looked at a product for 20 seconds.",
        ),
        tooltip(
            "[data-size-select]",
            ("サイズでお迷いですか", "Not sure about your size?"),
            (
                "身長と普段のサイズから、ぴったりの一着をお選びいただけます。",
                "Your height and usual size are enough to find the right fit.",
            ),
            button=(("サイズガイドを見る", "Open the size guide"), "/guide/size"),
        ),
        tags="サイズ, 商品ページ, アパレル, 迷い, size, fit, apparel, product page",
        trigger=event("Product Viewed"),
        moment={"type": "dwell", "seconds": 20},
        audience=count("Product Added", "eq", 0, window="visit"),
        control_percent=10,
        caps={"per_visit": 1, "per_days": {"times": 2, "days": 30}},
        stop_after=["goal"],
        goals=[CART, PURCHASE],
    ),
    _template(
        "last-viewed",
        ("前回ご覧になった商品", "What you looked at last time"),
        (
            "もう一度訪れた方に、前回の訪問で最後にご覧になった商品をお知らせします。",
            "Reminds returning people of the product they looked at last in their previous visit.",
        ),
        slide_in(
            ("前回ご覧の商品をお探しですか", "Picking up where you left off?"),
            (
                "「{{ variables.product }}」は、まだお求めいただけます。",
                "“{{ variables.product }}” is still available.",
            ),
            button=(("商品を見る", "View it"), "{{ variables.url }}"),
            dismiss=("閉じる", "Close"),
            placement="bottom-left",
        ),
        tags="閲覧履歴, 再訪問, おすすめ, 商品, recently viewed, returning, recommendation",
        trigger=event("page"),
        page=negated(under("/cart")),
        audience=every(
            visits("gte", 2),
            statistic("last", "Product Viewed", "name", "exists", None, window="previous_visit"),
            count("Order Completed", "eq", 0, window="previous_visit"),
        ),
        variables={
            "product": figure("last", "Product Viewed", "name", window="previous_visit"),
            "url": figure("last", "Product Viewed", "url", window="previous_visit"),
        },
        control_percent=10,
        caps={"per_visit": 1, "per_days": {"times": 3, "days": 7}},
        stop_after=["goal"],
        goals=[CART, PURCHASE],
        sample={"variables": {"product": "Linen Shirt", "url": "/products/linen-shirt"}},
    ),
    _template(
        "no-results",
        ("検索で見つからなかったとき", "Nothing found"),
        (
            "検索結果が0件のページに、探し方のヒントとお問い合わせ先を埋め込みます。",
            "Puts hints and a way to ask into a search page without results.",
        ),
        embed(
            "main",
            "append",
            ("「{{ properties.query }}」の商品が見つかりませんでした", "No results for “{{ properties.query }}”"),
            together(
                bullets(
                    ("言葉を短くするか、別の言い方でお試しください", "Try a shorter or a different word"),
                    ("カテゴリからもお探しいただけます", "Browse the categories"),
                ),
                paragraphs(("お取り寄せのご相談も承ります。", "Or ask us: we may be able to order it for you.")),
            ),
            button=(("相談する", "Ask us"), "/contact"),
        ),
        tags="検索, 0件, 離脱防止, 埋め込み, search, no results, embed",
        trigger=every(event("Products Searched"), prop("results", "eq", 0)),
        caps={"per_visit": None},
        ignore_spacing=True,
        goals=[Goal("view", ("商品の閲覧", "Product viewed"), event("Product Viewed")), CART],
        sample={"properties": {"query": "SKU-2048"}},
    ),
    _template(
        "buying-guide",
        ("この商品のポイント", "Product at a glance"),
        (
            "長い商品ページの要点を並べ、選ぶとその場所まで移動します。",
            "Sums up a long product page; each point leads to its place.",
        ),
        summary(
            ("この商品のポイント", "At a glance"),
            None,
            (("洗濯機で洗えるリネン100%", "100% linen, machine washable"), "[data-section='material']"),
            (
                ("ゆったりめ。普段のサイズでどうぞ", "Relaxed fit: take your usual size"),
                "[data-section='size']",
            ),
            (("平日13時までのご注文は当日発送", "Ships the same day until 1 pm"), "[data-section='delivery']"),
            (("お届けから30日間、返品無料", "Free returns for 30 days"), "[data-section='returns']"),
        ),
        tags="商品の要点, 商品ページ, 比較検討, page summary, product page, highlights",
        trigger=event("Product Viewed"),
        moment={"type": "scroll", "percent": 25},
        control_percent=10,
        caps={"per_visit": 1},
        stop_after=["close"],
        goals=[CART, PURCHASE],
    ),
    _template(
        "how-to-choose-video",
        ("選び方がわかる動画", "How to choose, in a video"),
        (
            "同じ訪問で商品を5点以上ご覧の方に、選び方の動画を画面の隅でご案内します。",
            "Offers a short video on how to choose to people who looked at five products in a visit.",
        ),
        video(
            ("選び方を1分でご紹介", "How to choose, in a minute"),
            ("素材とサイズをスタッフがご案内します。", "Our staff on fabrics and sizes."),
            placement="bottom-left",
            button=(("スタッフに相談する", "Ask our staff"), "/contact"),
        ),
        tags="動画, 選び方, 比較検討, スタッフ, video, how to choose, comparison",
        trigger=event("Product Viewed"),
        audience=every(
            count("Product Viewed", "gte", 5, window="visit"),
            count("Product Added", "eq", 0, window="visit"),
        ),
        control_percent=10,
        caps={"per_visit": 1, "per_days": {"times": 1, "days": 14}},
        stop_after=["goal", "close"],
        goals=[CART, PURCHASE],
    ),
]
