"""What a campaign came to for one person: the arm of its experiment, and one of four groups.

Counters hold people. What a person adds to them is a function of their exposure, so any change, a merge of two devices
too, is the difference of two of these.
"""

from collections import Counter
from typing import Literal

import msgspec

from kizuki.visitors import Exposure

Group = Literal["clicked_goal", "clicked", "shown", "closed"]
GROUPS: tuple[Group, ...] = ("clicked_goal", "clicked", "shown", "closed")


class Outcome(msgspec.Struct, kw_only=True):
    """What is known of one person and one campaign; None is not known, or did not happen. Times in epoch ms."""

    group: Group
    variant: str | None = None
    shown_at: int | None = None
    clicked_at: int | None = None
    closed_at: int | None = None
    goal_at: int | None = None
    replay_id: str | None = None
    replay_offset: int | None = None
    """Where, in milliseconds, the recording stands at the display."""

    def then(self, news: "Outcome") -> "Outcome":
        """Return what is known after the news; what they do not tell stays."""
        told = {name: value for name, value in msgspec.structs.asdict(news).items() if value is not None}
        return msgspec.structs.replace(self, **told)


def group_of(exposure: Exposure) -> Group | None:
    """Place a person: clicked and reached a goal; clicked; shown and closed; shown. None: it was never on screen."""
    if exposure.clicked:
        return "clicked_goal" if exposure.reached else "clicked"
    if not exposure.shown:
        return None
    return "closed" if exposure.closed else "shown"


def counted(exposure: Exposure | None) -> Counter[str]:
    """Return what one person adds to the counters of a campaign, all of them people.

    `arm:<variant>@<split>:exposed`, `:shown`, `:clicked`, `:closed` and `:goal:<id>`, and `group:<group>`.
    """
    counts: Counter[str] = Counter()
    if exposure is None:
        return counts
    if (group := group_of(exposure)) is not None:
        counts[f"group:{group}"] = 1
    if exposure.variant is None or not exposure.decided:
        return counts
    arm = arm_key(exposure.variant, exposure.split)
    counts[f"{arm}:exposed"] = 1
    for outcome in ("shown", "clicked", "closed"):
        if getattr(exposure, outcome):
            counts[f"{arm}:{outcome}"] = 1
    for goal in exposure.reached:
        counts[f"{arm}:goal:{goal}"] = 1
    return counts


def arm_key(variant: str, split: str | None) -> str:
    """Name an arm in the counters: who was split otherwise is no part of its figures."""
    return f"arm:{variant}@{split or ''}"


def difference(after: Counter[str], *before: Counter[str]) -> Counter[str]:
    """Return what is to be added to the counters."""
    added = Counter(after)
    for each in before:
        added.subtract(each)
    return Counter({name: by for name, by in added.items() if by})
