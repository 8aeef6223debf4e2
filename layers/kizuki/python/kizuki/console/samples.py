"""Notifications to try a rule or a destination with: of the newest event, else of a made-up one."""

import secrets
import time
from typing import Any
from urllib.parse import quote

from msgspec.structs import replace

from kizuki.aws.config import Site
from kizuki.aws.metrics import FeedEvent, MetricsStore
from kizuki.events.times import iso
from kizuki.notifications.catalogue import TEXTS, Locale
from kizuki.notifications.definition import NotificationRule
from kizuki.notifications.model import Happening, Links, Manner, Notification, Person, Rule
from kizuki.rules.compiled import trigger_names
from kizuki.rules.ruleset import MOMENTS

PERSON: dict[Locale, str] = {"ja": "山田 太郎", "en": "Taro Yamada"}
PRODUCT: dict[Locale, str] = {"ja": "コーヒー豆", "en": "Coffee beans"}
MADE_UP = "Product Added"


def of_destination(
    metrics: MetricsStore, site: Site, destination: str, locale: Locale, console_url: str
) -> Notification:
    """Make what a destination is tried with."""
    seen = metrics.feed(site.id)[:1]
    rule = Rule("test", TEXTS[locale]["test"])
    found = _real(seen[0], site, rule, console_url) if seen else _made_up(MADE_UP, site, rule, console_url, locale)
    # Told once per id; a trial is to be told each time.
    return replace(found, id=f"test:{secrets.token_hex(8)}", destination=destination)


def of_rule(
    metrics: MetricsStore, site: Site, rule: NotificationRule, console_url: str, *, wanted: int
) -> tuple[list[Notification], bool]:
    """Make what a rule would tell; also whether it is of events that happened."""
    names = trigger_names(rule.model_dump(mode="json")["when"])
    about = Rule(rule.id, rule.name)
    seen = [event for event in metrics.feed(site.id) if names is None or event.event in names][:wanted]
    found = [_real(event, site, about, console_url) for event in reversed(seen)]
    if not found:
        name = next(iter(sorted(names)), MADE_UP) if names else MADE_UP
        found = [_made_up(name, site, about, console_url, "ja")] * wanted
    manner = Manner(site.timezone, mention=rule.mention.who if rule.mention is not None else [])
    return [replace(each, manner=manner) for each in found], bool(seen)


def _real(event: FeedEvent, site: Site, rule: Rule, console_url: str) -> Notification:
    return Notification(
        id=f"{rule.id}:{event.message_id}",
        site=site.id,
        rule=rule,
        destination="",
        occurred_at=event.occurred_at,
        person=Person(event.person, event.name),
        event=Happening(event.event, event.type, event.message_id, event.properties, event.url),
        links=Links(_story(console_url, site.id, event.person, event.message_id)),
        manner=Manner(site.timezone),
    )


def _made_up(name: str, site: Site, rule: Rule, console_url: str, locale: Locale) -> Notification:
    properties: dict[str, Any] = {"name": PRODUCT[locale], "price": 4000, "quantity": 1, "cart": {"total": 12_800}}
    if name in MOMENTS:
        properties = {"campaign_id": "sample", "campaign_name": PRODUCT[locale]}
    return Notification(
        id=f"{rule.id}:sample",
        site=site.id,
        rule=rule,
        destination="",
        occurred_at=iso(time.time_ns() // 1_000_000),
        person=Person("a:sample", PERSON[locale]),
        event=Happening(name, "track", "sample", properties),
        links=Links(_story(console_url, site.id, "a:sample", "sample")),
        manner=Manner(site.timezone),
    )


def _story(console_url: str, site: str, person: str, message: str) -> str:
    return f"{console_url}/sites/{site}/people/{quote(person, safe=':')}?event={quote(message)}"
