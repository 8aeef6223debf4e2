"""The words of notifications, in Japanese and English."""

from typing import Literal

Locale = Literal["ja", "en"]

TEXTS: dict[Locale, dict[str, str]] = {
    "ja": {
        "header": "{event}：{person}",
        "summary": "*{person}* さん{visit}：*{event}*",
        "visit": "（{n}回目の訪問）",
        "first_visit": "（初めての訪問）",
        "anonymous": "訪問者 {id}",
        "rule": "通知ルール：{rule}",
        "page": "ページ",
        "story": "ユーザーストーリーを見る",
        "replay": "この瞬間のリプレイを見る",
        "yes": "はい",
        "no": "いいえ",
    },
    "en": {
        "header": "{event}: {person}",
        "summary": "*{person}*{visit}: *{event}*",
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

# Segment's e-commerce events and calls; any other event is called what the site calls it.
EVENTS: dict[Locale, dict[str, str]] = {
    "ja": {
        "page": "ページを閲覧",
        "screen": "画面を閲覧",
        "identify": "会員情報を更新",
        "group": "グループに参加",
        "alias": "IDを統合",
        "Product List Viewed": "商品一覧を閲覧",
        "Product Clicked": "商品をクリック",
        "Product Viewed": "商品を閲覧",
        "Products Searched": "商品を検索",
        "Product Added": "カートに追加",
        "Product Removed": "カートから削除",
        "Cart Viewed": "カートを閲覧",
        "Checkout Started": "購入手続きを開始",
        "Payment Info Entered": "支払い情報を入力",
        "Coupon Applied": "クーポンを適用",
        "Order Completed": "注文を完了",
        "Order Cancelled": "注文をキャンセル",
        "Order Refunded": "注文を返金",
        "Signed Up": "会員登録",
        "Signed In": "ログイン",
        "Campaign Shown": "接客を表示",
        "Campaign Clicked": "接客をクリック",
        "Campaign Closed": "接客を閉じる",
    },
    "en": {
        "page": "Page viewed",
        "screen": "Screen viewed",
        "identify": "Identified",
        "group": "Joined a group",
        "alias": "Ids merged",
    },
}

# Shown first and in this order; other properties follow while there is room.
PROPERTIES: dict[Locale, dict[str, str]] = {
    "ja": {
        "name": "商品名",
        "price": "価格",
        "quantity": "数量",
        "cart.total": "カート合計",
        "total": "合計",
        "revenue": "売上",
        "value": "金額",
        "order_id": "注文番号",
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
        "total": "Total",
        "revenue": "Revenue",
        "value": "Value",
        "order_id": "Order",
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
