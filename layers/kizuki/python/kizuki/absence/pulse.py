"""The pulse of a site: every five minutes, how many visits began, and what campaigns and notification rules came to."""

from typing import Literal

from kizuki.events.times import epoch_ms, iso

SubjectKind = Literal["campaign", "rule"]
BUCKET_MS = 300_000
RETENTION_DAYS = 35
DAY_SECONDS = 86_400
PREFIX = "pulse#"
"""Of the counter keys that evaluate writes."""
VISITS = "visits"
SHOWN = "campaign:"
"""Displays of a campaign; of one off the page, what was sent."""
DECIDED = "decided:"
ELIGIBLE = "eligible:"
"""Decisions on a campaign, whatever came of them."""
RULE = "rule:"
"""Events that a notification rule matched, those it kept quiet about too."""
MAX_NAMES = 200
"""Numbers that one record adds to: a DynamoDB expression takes 4 KB, and evaluate may not stop for a hostile one."""
MAX_CAUSES = 100
"""Of them, those that only help to say why; what is missing goes first."""
MAX_EXPLAINED = 1000
"""Live campaigns and rules of a site: with more, a row of five minutes (400 KB at most) holds no causes,"""
MAX_SUBJECTS = 3000
"""and with so many nothing is counted."""


def start_of(ms: int) -> int:
    """Return when the five minutes began that hold this moment (epoch ms)."""
    return ms - ms % BUCKET_MS


def bucket(ms: int) -> str:
    """Name the five minutes that hold this moment: `2026-11-21T10:05Z`."""
    return iso(start_of(ms))[:16] + "Z"


def moment(bucket: str) -> int:
    """Return when a named bucket begins (epoch ms)."""
    return epoch_ms(bucket[:-1])


def expiry(bucket: str) -> int:
    """Return when a row of this bucket is deleted, epoch seconds."""
    return moment(bucket) // 1000 + RETENTION_DAYS * DAY_SECONDS


def add(numbers: dict[str, int], name: str) -> None:
    """Count one more, unless the record has named too much already."""
    most = MAX_CAUSES if name.startswith((DECIDED, ELIGIBLE)) else MAX_NAMES
    if name in numbers or len(numbers) < most:
        numbers[name] = numbers.get(name, 0) + 1
