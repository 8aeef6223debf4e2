"""For shops: around the cart and the order."""

from kizuki.campaigns.templates.compose import PURCHASE, Shelf
from kizuki.campaigns.templates.conditions import (
    count,
    days,
    either,
    event,
    every,
    figure,
    negated,
    never,
    prop,
    statistic,
    trait,
    under,
    visits,
)
from kizuki.campaigns.templates.layouts import bar, paragraphs, popup, slide_in

_template = Shelf("commerce").template
_CART_CHANGES = event("Product Added", "Product Removed", "Cart Viewed")
_NOT_AT_CHECKOUT = negated(under("/checkout"))
_ORDERS = figure("count", "Order Completed")

TEMPLATES = [
    _template(
        "free-shipping",
        ("送料無料まであと少し", "Almost free shipping"),
        (
            "カートの金額から、送料無料まであといくらかを計算してお知らせします。",
            "Works out from the cart how much is missing for free shipping.",
        ),
        bar(
            ("あと{{ 5000 - cart.total | yen }}で送料無料です", "{{ 5000 - cart.total | yen }} more for free shipping"),
            button=(("商品を見る", "Keep shopping"), "/"),
        ),
        tags="送料無料, カート, 客単価, まとめ買い, free shipping, cart, order value",
        trigger=every(_CART_CHANGES, prop("cart.total", "gt", 0), prop("cart.total", "lt", 5000)),
        page=_NOT_AT_CHECKOUT,
        control_percent=10,
        caps={"per_visit": 5, "min_seconds": 30},
        exclusion_group="shipping",
        goals=[PURCHASE],
        sample={"cart": {"total": 4000}},
    ),
    _template(
        "free-shipping-reached",
        ("送料無料になりました", "Free shipping reached"),
        (
            "カートの金額が送料無料の条件に届いた瞬間にお知らせし、ご注文手続きへご案内します。",
            "Says so the moment the cart qualifies for free shipping, and leads to the checkout.",
        ),
        bar(
            ("送料無料でお届けします", "Your order ships free"),
            button=(("ご注文手続きへ", "Check out"), "/checkout"),
        ),
        tags="送料無料, カート, 達成, ご注文手続き, free shipping, cart, checkout",
        trigger=every(_CART_CHANGES, prop("cart.total", "gte", 5000)),
        page=_NOT_AT_CHECKOUT,
        caps={"per_visit": 1},
        exclusion_group="shipping",
        goals=[PURCHASE],
    ),
    _template(
        "cart-reminder",
        ("カートに残った商品のお知らせ", "Cart reminder"),
        (
            "前回カートに入れたまま帰られた方に、次の訪問でそっとお知らせします。",
            "Reminds people on their next visit of what they left in the cart.",
        ),
        slide_in(
            ("お買い忘れはありませんか", "Still thinking it over?"),
            (
                "カートの商品は、合計{{ cart.total | yen }}です。",
                "Your cart still holds {{ cart.total | yen }} worth of items.",
            ),
            button=(("カートを見る", "View cart"), "/cart"),
            dismiss=("あとで", "Not now"),
        ),
        tags="カゴ落ち, カート, リマインド, 再訪問, abandoned cart, cart, reminder, returning",
        trigger=event("page"),
        page=negated(either(under("/cart"), under("/checkout"))),
        audience=every(
            visits("gte", 2),
            statistic("last", None, "cart.total", "gt", 0),
            count("Product Added", "eq", 0, window="visit"),
        ),
        control_percent=10,
        caps={"per_visit": 1, "per_days": {"times": 2, "days": 7}},
        stop_after=["goal"],
        goals=[PURCHASE],
        sample={"cart": {"total": 8640}},
    ),
    _template(
        "cart-exit-offer",
        ("カートから離れる前のご案内", "Exit offer in the cart"),
        (
            "カートのページから離れようとした方に、期間限定のクーポンをご案内します。",
            "Offers a coupon to people who are about to leave the cart.",
        ),
        popup(
            ("今回のご注文が500円引き", "¥500 off this order"),
            paragraphs(
                (
                    "ご注文手続きで <strong>THANKS500</strong> とご入力ください。",
                    "Enter <strong>THANKS500</strong> at checkout.",
                ),
                ("本日中のご注文に、お一人さま1回限りご利用いただけます。", "Valid today, once per customer."),
            ),
            button=(("クーポンを使って進む", "Use it at checkout"), "/checkout?coupon=THANKS500"),
            dismiss=("今回は使わない", "No, thanks"),
        ),
        tags="離脱防止, カゴ落ち, クーポン, exit intent, cart, coupon, discount",
        trigger=event("Cart Viewed"),
        moment={"type": "exit"},
        page=under("/cart"),
        control_percent=20,
        caps={"per_visit": 1, "per_days": {"times": 1, "days": 30}},
        stop_after=["goal", "close"],
        exclusion_group="coupon",
        goals=[PURCHASE],
    ),
    _template(
        "first-order-coupon",
        ("はじめてのお買い物クーポン", "First order coupon"),
        (
            "商品を3点以上ご覧になり、まだ購入のない方に、初回限定のクーポンをお渡しします。",
            "Gives a first-order coupon to people who looked at three products and have not bought yet.",
        ),
        popup(
            ("はじめてのお買い物が10%OFF", "10% off your first order"),
            paragraphs(
                (
                    "ご注文手続きで <strong>WELCOME10</strong> とご入力ください。",
                    "Enter <strong>WELCOME10</strong> at checkout.",
                ),
                ("初回のご注文に限り、すべての商品にご利用いただけます。", "Valid on everything in your first order."),
            ),
            button=(("お買い物を続ける", "Keep shopping"), "/"),
            dismiss=("閉じる", "Close"),
        ),
        popup(
            ("初回のご注文は送料無料", "Free shipping on your first order"),
            paragraphs(
                (
                    "ご注文手続きで <strong>WELCOMESHIP</strong> とご入力ください。",
                    "Enter <strong>WELCOMESHIP</strong> at checkout.",
                ),
                (
                    "ご注文金額にかかわらず、送料をいただきません。",
                    "On your first order, whatever its amount.",
                ),
            ),
            button=(("お買い物を続ける", "Keep shopping"), "/"),
            dismiss=("閉じる", "Close"),
        ),
        tags="クーポン, 初回購入, 新規, ABテスト, coupon, first order, new customer, discount, A/B test",
        trigger=event("Product Viewed"),
        moment={"type": "dwell", "seconds": 15},
        audience=every(
            never("Order Completed"),
            count("Product Viewed", "gte", 3, window="visit"),
        ),
        control_percent=20,
        caps={"per_visit": 1, "ever": 2},
        stop_after=["goal", "close"],
        exclusion_group="coupon",
        goals=[PURCHASE],
    ),
    _template(
        "repeat-thanks",
        ("リピーターの方へのお礼", "Thanks to repeat customers"),
        (
            "2回以上ご購入の方に、これまでのご注文の回数とともにお礼をお伝えします。",
            "Thanks people who bought twice or more, with the number of their orders.",
        ),
        slide_in(
            ("いつもありがとうございます", "Thank you for coming back"),
            (
                "これまで{{ variables.orders }}回のご注文をいただきました。会員の方だけの商品をご用意しています。",
                "You've ordered {{ variables.orders }} times. We have something for members only.",
            ),
            button=(("会員限定の商品を見る", "See the selection"), "/members"),
            dismiss=("閉じる", "Close"),
        ),
        tags="リピーター, お礼, ロイヤルティ, 会員, repeat customer, loyalty, thank you",
        trigger=event("page"),
        page=_NOT_AT_CHECKOUT,
        audience=count("Order Completed", "gte", 2),
        variables={"orders": _ORDERS},
        control_percent=10,
        caps={"per_visit": 1, "per_days": {"times": 1, "days": 30}},
        goals=[PURCHASE],
        sample={"variables": {"orders": 4}},
    ),
    _template(
        "coupon-expiring",
        ("クーポンの期限のお知らせ", "Coupon about to expire"),
        (
            "お持ちのクーポンの期限を、お一人ずつの日付でお知らせします。",
            "Tells people until when they can use the coupon they have.",
        ),
        bar(
            (
                "クーポンは{{ traits.coupon_expires_at | date }}まで",
                "Your coupon is valid until {{ traits.coupon_expires_at | date }}",
            ),
            button=(("クーポンを確認する", "View coupon"), "/account/coupons"),
            placement="top",
        ),
        tags="クーポン, 有効期限, リマインド, coupon, expiry, reminder",
        trigger=event("page"),
        page=_NOT_AT_CHECKOUT,
        audience=trait("coupon_expires_at", "exists"),
        control_percent=10,
        caps={"per_visit": 1, "per_day": 1},
        stop_after=["goal"],
        exclusion_group="coupon",
        goals=[PURCHASE],
        sample={"traits": {"coupon_expires_at": "2026-12-25"}},
    ),
    _template(
        "rank-progress",
        ("会員ランクまであと少し", "Progress to the next rank"),
        (
            "この1年のご購入金額から、次の会員ランクまであといくらかをお知らせします。",
            "Works out from a year's purchases how much is missing for the next rank.",
        ),
        bar(
            (
                "ゴールド会員まで、あと{{ 30000 - variables.spent | yen }}です",
                "{{ 30000 - variables.spent | yen }} more to become a Gold member",
            ),
            button=(("特典を見る", "See the benefits"), "/members/gold"),
        ),
        tags="会員ランク, ロイヤルティ, 客単価, 特典, loyalty, rank, membership, lifetime value",
        trigger=event("page"),
        page=_NOT_AT_CHECKOUT,
        audience=every(
            statistic("sum", "Order Completed", "revenue", "gte", 15_000, window=days(365)),
            statistic("sum", "Order Completed", "revenue", "lt", 30_000, window=days(365)),
        ),
        variables={"spent": figure("sum", "Order Completed", "revenue", window=days(365))},
        control_percent=10,
        caps={"per_visit": 1, "per_days": {"times": 2, "days": 7}},
        goals=[PURCHASE],
        sample={"variables": {"spent": 24_800}},
    ),
]
