"""The site and its logs: who is signed in, the live feed, deliveries, refused events."""

import re

import msgspec

from kizuki.aws.config import ConfigStore, Site
from kizuki.aws.metrics import MetricsStore
from kizuki.console.models import (
    Feed,
    FeedItem,
    Me,
    Refused,
    RefusedEvent,
    SiteDetail,
    SiteSummary,
)
from kizuki.console.operators import Operator
from kizuki.errors import MalformedError

FEED_ITEMS = 100
LOG_CURSOR = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#.+", re.ASCII | re.DOTALL)
MAX_KEY_BYTES = 1024


def me(operator: Operator, config: ConfigStore) -> Me:
    sites = [SiteSummary(id=site.id, name=site.name, timezone=site.timezone) for site in operator.sites(config)]
    return Me(email=operator.email, sites=sites)


def site(found: Site) -> SiteDetail:
    return SiteDetail(
        id=found.id, name=found.name, timezone=found.timezone, write_key=found.write_key, origins=found.origins
    )


def feed(metrics: MetricsStore, site: str) -> Feed:
    return Feed(items=[FeedItem(**msgspec.structs.asdict(event)) for event in metrics.feed(site)[:FEED_ITEMS]])


def refused(metrics: MetricsStore, site: str, *, cursor: str | None, limit: int) -> Refused:
    items, following = metrics.refused(site, before=checked_cursor(cursor), limit=limit)
    return Refused(items=[RefusedEvent(**item) for item in items], next=following)


def checked_cursor(cursor: str | None) -> str | None:
    """Return a cursor of a log as it is. Raises MalformedError for what is none."""
    if cursor is not None and (not LOG_CURSOR.fullmatch(cursor) or len(cursor.encode()) > MAX_KEY_BYTES):
        raise MalformedError("invalid_cursor", "this cursor was not given by this API", path="cursor")
    return cursor
