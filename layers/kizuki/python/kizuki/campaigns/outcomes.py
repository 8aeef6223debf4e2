"""What a campaign came to for one person: the arm of its experiment, and one of four groups.

Counters hold people. What a person adds to them is a function of their exposure, so any change, a merge of two devices
too, is the difference of two of these.
"""

from collections import Counter
from typing import Literal

from kizuki.visitors import Exposure

Group = Literal["clicked_goal", "clicked", "shown", "closed"]
GROUPS: tuple[Group, ...] = ("clicked_goal", "clicked", "shown", "closed")


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
