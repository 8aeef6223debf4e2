"""Templates to begin a campaign with: those that come with Kizuki, and the site's own."""

import time
from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from kizuki.aws.config import ConfigStore
from kizuki.aws.documents import StoredDocument
from kizuki.aws.publishing import campaign_of
from kizuki.campaigns.templates import built_in
from kizuki.console.models import CampaignTemplate, CampaignTemplates, Words
from kizuki.console.previews import Sample
from kizuki.errors import ForbiddenError
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


def listed(config: ConfigStore, site: str) -> CampaignTemplates:
    """List the built-in templates, then the site's own."""
    ours = [CampaignTemplate(**msgspec.to_builtins(template), own=False) for template in built_in()]
    return CampaignTemplates(items=ours + [_own(stored) for stored in config.documents(site, "template")])


def write(config: ConfigStore, site: str, id: str, template: OwnTemplate, *, by: str | None) -> CampaignTemplates:
    """Store a template of the site's own. Raises MalformedError, ForbiddenError for the id of a built-in one."""
    _refuse_built_in(id)
    campaign = campaign_of(template.definition | {"id": DRAFT}).model_dump(mode="json")
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
    )
