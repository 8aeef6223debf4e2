"""A template of the gallery."""

from typing import Any, Literal

import msgspec

from kizuki.rules.catalogue import Words

Purpose = Literal["onboarding", "commerce", "saas", "lead", "support", "media", "finance", "notice", "survey"]


class Template(msgspec.Struct, frozen=True):
    """A campaign to begin with. What somebody has to replace, such as a coupon's code, holds an example."""

    id: str
    name: Words
    about: Words
    """What it does and when, in a sentence."""
    purpose: Purpose
    tags: list[str]
    """What people search it by, in both languages."""
    layout: str
    """The type of its first action."""
    definition: dict[str, Any]
    """A campaign's document without its id. Names in it are Japanese; the campaign's is `name`."""
    goal_names: dict[str, Words]
    """The names of its goals in both languages, by their ids."""
    sample: dict[str, Any]
    """A visitor for whom every text can be filled in: `properties`, `cart`, `traits`, `variables`."""
