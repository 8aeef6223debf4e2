"""The lists that a session is in, one for each thing it can be found by. On the stream's way: no pydantic here."""

import hashlib
from collections import Counter
from collections.abc import Set as AbstractSet
from typing import Literal

from kizuki.replay.facts import PROBLEMS, SessionFacts

Reached = Literal["shown", "clicked", "closed", "goal", "problem"]
CAMPAIGN_EVENTS: dict[str, Reached] = {
    "Campaign Shown": "shown",
    "Campaign Clicked": "clicked",
    "Campaign Closed": "closed",
    "Campaign Problem": "problem",
}
LIMITS = {"problem": 4, "campaign": 30, "event": 20, "segment": 15, "page": 12, "device": 2, "country": 2}
"""Lists of each kind that one session may be in: each is a row to write. It is found by the first ones."""
MAX_FACET_BYTES = 300
FOLDERS = 2
ANYWHERE = "/*"


def facets_of(facts: SessionFacts) -> list[str]:
    """Name every list that a session belongs in."""
    found: dict[str, None] = {}
    for event in facts.events:
        if (problem := PROBLEMS.get(event.name)) is not None:
            found[facet("problem", problem)] = None
        campaign = event.properties.get("campaign_id")
        if (reached := CAMPAIGN_EVENTS.get(event.name)) is not None and isinstance(campaign, str):
            found[facet("campaign", f"{campaign}:{reached}")] = None
        if event.name != "page":
            found[facet("event", event.name)] = None
        if event.path is not None:
            found |= dict.fromkeys(facet("page", path) for path in _levels(event.path))
    found |= dict.fromkeys(facet("campaign", f"{campaign}:goal") for campaign in sorted(facts.goals))
    found |= dict.fromkeys(facet("segment", segment) for segment in sorted(facts.segments))
    found |= {facet(kind, value): None for kind, value in _surroundings(facts) if value is not None}
    return list(found)


def fresh_facets(facts: SessionFacts, known: AbstractSet[str]) -> list[str]:
    """Name the lists that a session, in these already, is to be put in, as far as there is room for their kind."""
    taken = Counter(kind_of(name) for name in known)
    fresh = []
    for name in facets_of(facts):
        kind = kind_of(name)
        if name not in known and taken[kind] < LIMITS[kind]:
            taken[kind] += 1
            fresh.append(name)
    return fresh


def facet(kind: str, value: str) -> str:
    """Name one list; a long value by its hash."""
    name = f"{kind}:{value}"
    if len(name.encode()) <= MAX_FACET_BYTES:
        return name
    return f"{kind}:~{hashlib.sha256(value.encode()).hexdigest()}"


def kind_of(name: str) -> str:
    return name.partition(":")[0]


def page_facet(pattern: str) -> str:
    """Name the list of a path, or of a pattern `/folder/*`; of a deep one, the list that holds it."""
    if not pattern.endswith("/*"):
        return facet("page", pattern)
    return facet("page", "/" + "/".join([*pattern.split("/")[1:-1][:FOLDERS], "*"]))


def _surroundings(facts: SessionFacts) -> list[tuple[str, str | None]]:
    return [("device", facts.device), ("country", facts.country)]


def _levels(path: str) -> list[str]:
    """Return the path, and the patterns of the first two folders that it lies in."""
    parts = path.split("/")[1:-1]
    folders = ["/" + "/".join(parts[: depth + 1]) + "/*" for depth in range(min(len(parts), FOLDERS))]
    return [path, *folders]
