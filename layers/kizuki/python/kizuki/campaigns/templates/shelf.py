"""All built-in templates, in the order in which the gallery shows them."""

from functools import cache

from kizuki.campaigns.templates.model import Template


@cache
def built_in() -> tuple[Template, ...]:
    """Return the templates that come with Kizuki."""
    # The functions that decide and show campaigns never ask for them.
    from kizuki.campaigns.templates import (  # noqa: PLC0415
        cart,
        finance,
        lead,
        media,
        notice,
        onboarding,
        plans,
        saas,
        shop,
        support,
        survey,
    )

    shelves = (onboarding, cart, shop, plans, saas, lead, media, finance, support, survey, notice)
    return tuple(template for shelf in shelves for template in shelf.TEMPLATES)
