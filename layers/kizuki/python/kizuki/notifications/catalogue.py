"""The words of notifications, in Japanese and English."""

from typing import Literal

Locale = Literal["ja", "en"]

TEXTS: dict[Locale, dict[str, str]] = {
    "ja": {
        "header": "{event}：{person}{visit}",
        "visit": "（{n}回目の訪問）",
        "first_visit": "（初めての訪問）",
        "anonymous": "来訪者 {id}",
        "rule": "通知ルール：{rule}",
        "page": "ページ",
        "story": "ユーザーストーリーを見る",
        "replay": "この瞬間のリプレイを見る",
        "yes": "はい",
        "no": "いいえ",
    },
    "en": {
        "header": "{event}: {person}{visit}",
        "visit": " (visit {n})",
        "first_visit": " (first visit)",
        "anonymous": "Visitor {id}",
        "rule": "Rule: {rule}",
        "page": "Page",
        "story": "Open user story",
        "replay": "Replay this moment",
        "yes": "Yes",
        "no": "No",
    },
}

# The console's words (web/console/src/i18n) for Segment's calls and e-commerce events; any other event is called
# what the site calls it.
EVENTS: dict[Locale, dict[str, str]] = {
    "ja": {
        "page": "ページ閲覧",
        "screen": "画面閲覧",
        "identify": "ユーザー識別",
        "group": "グループ参加",
        "alias": "IDの統合",
        "Signed Up": "会員登録",
        "Signed In": "ログイン",
        "Signed Out": "ログアウト",
        "Product List Viewed": "商品一覧の閲覧",
        "Product Clicked": "商品クリック",
        "Product Viewed": "商品閲覧",
        "Products Searched": "商品検索",
        "Product Added": "カート追加",
        "Product Removed": "カート削除",
        "Cart Viewed": "カート閲覧",
        "Product Added to Wishlist": "お気に入り追加",
        "Checkout Started": "購入手続き開始",
        "Checkout Step Completed": "購入手続きの進行",
        "Payment Info Entered": "支払い情報の入力",
        "Order Completed": "購入完了",
        "Order Refunded": "返金",
        "Order Cancelled": "注文キャンセル",
        "Coupon Applied": "クーポン適用",
        "Campaign Shown": "接客の表示",
        "Campaign Clicked": "接客のクリック",
        "Campaign Closed": "接客を閉じた",
        "Error": "エラー発生",
    },
    "en": {
        "page": "Viewed a page",
        "screen": "Viewed a screen",
        "identify": "Identified",
        "group": "Joined a group",
        "alias": "Linked an id",
        "Signed Up": "Signed up",
        "Signed In": "Signed in",
        "Signed Out": "Signed out",
        "Product List Viewed": "Viewed a product list",
        "Product Clicked": "Clicked a product",
        "Product Viewed": "Viewed a product",
        "Products Searched": "Searched products",
        "Product Added": "Added to cart",
        "Product Removed": "Removed from cart",
        "Cart Viewed": "Viewed the cart",
        "Product Added to Wishlist": "Added to wishlist",
        "Checkout Started": "Started checkout",
        "Checkout Step Completed": "Completed a checkout step",
        "Payment Info Entered": "Entered payment details",
        "Order Completed": "Completed an order",
        "Order Refunded": "Was refunded",
        "Order Cancelled": "Cancelled an order",
        "Coupon Applied": "Applied a coupon",
        "Campaign Shown": "Saw a campaign",
        "Campaign Clicked": "Clicked a campaign",
        "Campaign Closed": "Closed a campaign",
        "Error": "Met an error",
    },
}

# Shown first and in this order; other properties follow while there is room.
PROPERTIES: dict[Locale, dict[str, str]] = {
    "ja": {
        "name": "商品名",
        "price": "価格",
        "quantity": "数量",
        "cart.total": "カート合計",
        "cart.items": "カートの点数",
        "total": "合計",
        "revenue": "売上",
        "value": "金額",
        "order_id": "注文番号",
        "product_id": "商品ID",
        "coupon": "クーポン",
        "query": "検索語",
        "category": "カテゴリー",
        "brand": "ブランド",
        "plan": "プラン",
    },
    "en": {
        "name": "Name",
        "price": "Price",
        "quantity": "Quantity",
        "cart.total": "Cart total",
        "cart.items": "Items in cart",
        "total": "Total",
        "revenue": "Revenue",
        "value": "Value",
        "order_id": "Order",
        "product_id": "Product ID",
        "coupon": "Coupon",
        "query": "Search",
        "category": "Category",
        "brand": "Brand",
        "plan": "Plan",
    },
}

MONEY = frozenset({"price", "cart.total", "total", "revenue", "value", "subtotal", "tax", "shipping", "discount"})

DEVICES: dict[Locale, dict[str, str]] = {
    "ja": {"desktop": "パソコン", "mobile": "スマートフォン", "tablet": "タブレット"},
    "en": {"desktop": "Desktop", "mobile": "Mobile", "tablet": "Tablet"},
}
