"""The demo site: a small shop with campaigns, a segment, a rule, and a Slack channel that is this machine's inbox."""

import secrets
import time
from collections.abc import Mapping
from typing import Any

from kizuki.aws.config import ConfigStore, Site
from kizuki.aws.documents import Kind, StoredDocument
from kizuki.aws.publishing import publish
from kizuki.errors import NotFoundError
from kizuki.events.times import iso

SITE = "shop"
THRESHOLD = 5000

CAMPAIGN = {
    "id": "free-shipping",
    "name": "送料無料まであと少し",
    "trigger": {
        "type": "all",
        "of": [
            {"type": "event", "name": ["Product Added", "Product Removed", "Cart Viewed"]},
            {"type": "property", "path": "cart.total", "op": "gt", "value": 0},
            {"type": "property", "path": "cart.total", "op": "lt", "value": THRESHOLD},
        ],
    },
    "variants": [
        {
            "id": "a",
            "action": {
                "type": "bar",
                "placement": "bottom",
                "content": {
                    "ja": {
                        "title": f"あと{{{{ ({THRESHOLD} - cart.total) | yen }}}}で送料無料です!",
                        "button": {"label": "商品を見る", "url": "/index.html"},
                    },
                    "en": {
                        "title": f"{{{{ ({THRESHOLD} - cart.total) | yen }}}} more for free shipping!",
                        "button": {"label": "See products", "url": "/index.html"},
                    },
                },
            },
        }
    ],
    "caps": {"per_visit": 20},
    "goals": [{"id": "order", "name": "購入完了", "when": {"type": "event", "name": "Order Completed"}}],
}
WELCOME = {
    "id": "welcome-back",
    "name": "おかえりなさい",
    "trigger": {"type": "event", "name": "Product List Viewed"},
    "audience": {"type": "visits", "op": "gte", "value": 2},
    "variants": [
        {
            "id": "a",
            "action": {
                "type": "popup",
                "content": {
                    "ja": {"title": "おかえりなさい", "body": "{{ visits }}回目のご来店、ありがとうございます。"},
                    "en": {"title": "Welcome back", "body": "Thank you for your visit no. {{ visits }}."},
                },
            },
        }
    ],
    "caps": {"per_visit": 1, "per_day": 1},
}
SEGMENT = {
    "id": "big-cart",
    "name": "カートが3,000円以上",
    "condition": {"type": "statistic", "of": "last", "path": "cart.total", "op": "gte", "value": 3000},
}
RULE = {
    "id": "almost-free-shipping",
    "name": "送料無料まであと少しのカート",
    "when": {
        "type": "all",
        "of": [
            {"type": "event", "name": "Product Added"},
            {"type": "property", "path": "cart.total", "op": "gte", "value": 3000},
        ],
    },
    "destination": "cs-slack",
}
DESTINATION: dict[str, Any] = {
    "id": "cs-slack",
    "name": "#cs",
    "type": "slack",
    "enabled": True,
    "locale": "ja",
    "alerts": True,
}


def seed(dynamodb: Any, outputs: Mapping[str, Any], *, secret: str) -> dict[str, str]:
    """Make sure the demo site and its keys exist; what people changed since stays as it is.

    `secret` names the secret that holds the Slack hook's address.
    """
    config = ConfigStore(dynamodb, outputs["tables"]["config"])
    now = iso(time.time_ns() // 1_000_000)
    keys = {
        "site_id": SITE,
        "write_key": outputs.get("write_key") or f"wk_{secrets.token_urlsafe(18)}",
        "secret_key": outputs.get("secret_key") or f"sk_{secrets.token_urlsafe(24)}",
    }
    config.put_key(keys["write_key"], site=SITE, kind="write", created_at=now)
    config.put_key(keys["secret_key"], site=SITE, kind="secret", created_at=now)
    try:
        site = config.site(SITE)
    except NotFoundError:
        site = Site(SITE, "気づきショップ", "Asia/Tokyo", [], keys["write_key"])
    site.write_key = keys["write_key"]
    config.put_site(site)
    documents: list[tuple[Kind, dict[str, Any], bool]] = [
        ("destination", DESTINATION | {"secret": secret}, True),
        ("segment", SEGMENT, True),
        ("rule", RULE, True),
        ("campaign", CAMPAIGN, True),
        ("campaign", WELCOME, False),
    ]
    for kind, document, live in documents:
        try:
            config.document(SITE, kind, document["id"])
        except NotFoundError:
            config.put_document(SITE, kind, StoredDocument(document["id"], "live" if live else "draft", now, document))
    publish(config, SITE)
    return keys
