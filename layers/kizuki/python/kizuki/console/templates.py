"""Templates to begin a campaign with: those that come with Kizuki, and the site's own."""

import time
from contextlib import suppress
from functools import cache
from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kizuki.aws.config import ConfigStore, Site
from kizuki.aws.documents import StoredDocument
from kizuki.aws.publishing import campaign_of
from kizuki.campaigns.content import Unrenderable
from kizuki.campaigns.templates import built_in
from kizuki.console.campaign_models import CampaignTemplate, CampaignTemplates
from kizuki.console.models import Words
from kizuki.console.previews import LOCALES, Sample, for_sample
from kizuki.errors import ForbiddenError, MalformedError
from kizuki.events.times import iso

OWN = "own"
DRAFT = "template"


class OwnTemplate(BaseModel):
    """A campaign document without its id, under a name of the site's own."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=256)]
    purpose: Annotated[str, Field(min_length=1, max_length=64)] = OWN
    definition: dict[str, Any]
    sample: Sample = Sample()


def listed(config: ConfigStore, site: Site) -> CampaignTemplates:
    """List the built-in templates, then the site's own."""
    items = [*_built_in(), *(_own(stored) for stored in config.documents(site.id, "template"))]
    return CampaignTemplates(items=[_in_theme(template, site) for template in items])


def write(config: ConfigStore, site: str, id: str, template: OwnTemplate, *, by: str | None) -> CampaignTemplates:
    """Store a template of the site's own. Raises MalformedError, ForbiddenError for the id of a built-in one."""
    _refuse_built_in(id)
    campaign = campaign_of(template.definition | {"id": id}).model_dump(mode="json")
    del campaign["id"]
    document = {"id": id} | template.model_dump(mode="json") | {"definition": campaign}
    stored = StoredDocument(id, "live", iso(time.time_ns() // 1_000_000), document)
    config.put_document(site, "template", stored, by=by)
    return CampaignTemplates(items=[_own(stored)])


def delete(config: ConfigStore, site: str, id: str, *, by: str | None) -> CampaignTemplates:
    """Delete a template of the site's own. Raises NotFoundError, ForbiddenError."""
    _refuse_built_in(id)
    config.delete_document(site, "template", id, by=by)
    return CampaignTemplates(items=[])


def _refuse_built_in(id: str) -> None:
    if any(template.id == id for template in built_in()):
        raise ForbiddenError("built_in_template", f"{id!r} is a template of Kizuki's own: save it under another id")


@cache
def _built_in() -> tuple[CampaignTemplate, ...]:
    return tuple(
        CampaignTemplate(
            **msgspec.to_builtins(template), own=False, actions=shown(template.definition, template.sample)
        )
        for template in built_in()
    )


def shown(definition: dict[str, Any], sample: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Fill a template for its sample, by language; one of another version of Kizuki shows nothing."""
    try:
        campaign = campaign_of(definition | {"id": DRAFT})
        made_up = Sample.model_validate(sample)
    except (MalformedError, ValidationError):
        return {}
    actions: dict[str, dict[str, Any]] = {}
    for locale in LOCALES:
        with suppress(Unrenderable):
            actions[locale] = msgspec.to_builtins(for_sample(Site("", ""), campaign, None, made_up, locale))
    return actions


def _in_theme(template: CampaignTemplate, site: Site) -> CampaignTemplate:
    themed = {locale: action | {"theme": site.theme} for locale, action in template.actions.items()}
    return template.model_copy(update={"actions": themed})


def _own(stored: StoredDocument) -> CampaignTemplate:
    document = stored.document
    name = document["name"]
    return CampaignTemplate(
        id=stored.id,
        name=Words(ja=name, en=name),
        about=Words(ja="", en=""),
        purpose=document["purpose"],
        tags=[],
        layout=document["definition"]["variants"][0]["action"]["type"],
        own=True,
        definition=document["definition"],
        sample=document.get("sample", {}),
        actions=shown(document["definition"], document.get("sample", {})),
    )
