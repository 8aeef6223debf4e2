"""What a draft would show: to a made-up visitor or to a real one, in the console and on the site's own pages."""

import secrets
import time
from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from kizuki.aws.config import ConfigStore, Site
from kizuki.aws.publishing import campaign_of
from kizuki.aws.visitors import VisitorStore
from kizuki.campaigns.actions import Locale
from kizuki.campaigns.content import Unrenderable
from kizuki.campaigns.decide import Action, draft
from kizuki.campaigns.definition import Campaign
from kizuki.console import campaigns, people
from kizuki.console.campaign_models import PreviewLink, RenderedCampaign
from kizuki.console.operators import Operator
from kizuki.errors import MalformedError
from kizuki.events import Event
from kizuki.events.times import iso
from kizuki.rules import Facts
from kizuki.rules.engine import Engine
from kizuki.rules.ruleset import CampaignSpec, Ruleset, VariantSpec
from kizuki.visitors import State, Value

TOKEN_BYTES = 16
PARAMETER = "kizuki_preview"
LOCALES: tuple[Locale, ...] = ("ja", "en")
OFF_PAGE = "it is sent to a destination, and shows nothing on a page"


class Sample(BaseModel):
    """A made-up visitor."""

    model_config = ConfigDict(extra="forbid")

    properties: dict[str, Any] = {}
    cart: dict[str, Any] | None = None
    traits: dict[str, Any] = {}
    visits: Annotated[int, Field(ge=0)] = 1
    variables: dict[str, Any] = {}


class Wanted(BaseModel):
    """A draft, and who is to see it: a person, else the sample."""

    model_config = ConfigDict(extra="forbid")

    definition: dict[str, Any]
    variant: str | None = None
    locale: Locale = "ja"
    sample: Sample = Sample()
    person: str | None = None
    url: str | None = None


def rendered(visitors: VisitorStore, site: Site, wanted: Wanted) -> RenderedCampaign:
    """Fill a draft. What keeps it from being shown is told, not raised. Raises NotFoundError for an unknown person."""
    try:
        campaign = campaign_of(wanted.definition)
    except MalformedError as error:
        return RenderedCampaign(action=None, problem=f"{error.path}: {error.message}")
    try:
        action = _action(visitors, site, campaign, wanted, wanted.locale)
    except Unrenderable as error:
        return RenderedCampaign(action=None, problem=str(error))
    return RenderedCampaign(action=msgspec.to_builtins(action), problem=None)


def link(config: ConfigStore, visitors: VisitorStore, site: Site, operator: Operator, wanted: Wanted) -> PreviewLink:
    """Keep what a draft shows for an hour, under a link to the site's own page. Raises MalformedError."""
    campaign = campaign_of(wanted.definition)
    campaigns.refuse_script(site, operator, campaign)
    url = _page(site, wanted.url)
    actions: dict[str, Any] = {}
    for locale in LOCALES:
        try:
            actions[locale] = msgspec.to_builtins(_action(visitors, site, campaign, wanted, locale))
        except Unrenderable as error:
            raise MalformedError("unrenderable", str(error), path="definition") from error
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires_at = config.put_preview(site.id, token, actions)
    page, hash_, fragment = url.partition("#")
    joined = f"{page}{'&' if '?' in page else '?'}{PARAMETER}={token}{hash_}{fragment}"
    return PreviewLink(url=joined, expires_at=iso(expires_at * 1000))


def for_sample(site: Site, campaign: Campaign, variant: str | None, sample: Sample, locale: Locale) -> Action:
    """Return what a made-up visitor would be shown. Raises Unrenderable."""
    engine, spec, chosen = _drafted(site, campaign, variant)
    now = time.time_ns() // 1_000_000
    event = Event(
        message_id=secrets.token_hex(8),
        type="track",
        name="page",
        person="a:sample",
        occurred_at=now,
        received_at=now,
        properties=sample.properties | ({} if sample.cart is None else {"cart": sample.cart}),
        context={"locale": locale},
    )
    profile = {name: Value(value, now) for name, value in sample.traits.items()}
    facts = Facts(event, State("a:sample", visits=sample.visits, profile=profile), engine.calendar)
    return draft(engine, spec, chosen, facts, sample.variables)


def _action(visitors: VisitorStore, site: Site, campaign: Campaign, wanted: Wanted, locale: Locale) -> Action:
    if wanted.person is None:
        return for_sample(site, campaign, wanted.variant, wanted.sample, locale)
    engine, spec, chosen = _drafted(site, campaign, wanted.variant)
    state, event = people.newest(visitors, site.id, wanted.person, engine)
    event.context = event.context | {"locale": locale}
    return draft(engine, spec, chosen, Facts(event, state, engine.calendar), {})


def _drafted(site: Site, campaign: Campaign, variant: str | None) -> tuple[Engine, CampaignSpec, VariantSpec]:
    spec = campaign.spec()
    if spec.off_page:
        raise Unrenderable(OFF_PAGE)
    engine = Engine(Ruleset(0, site.id, site.timezone, theme=site.theme, campaigns=[spec]))
    return engine, spec, next((each for each in spec.variants if each.id == variant), spec.variants[0])


def _page(site: Site, url: str | None) -> str:
    """Return the page that a preview is for. Raises MalformedError for another site's: its tag would show nothing."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise MalformedError("invalid_url", "must be the address of a page of the site", path="url")
    origin = f"{parts.scheme}://{parts.netloc}"
    if site.origins and origin not in site.origins:
        raise MalformedError("foreign_url", f"{origin} is not among the site's origins", path="url")
    return str(url)
