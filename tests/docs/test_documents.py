"""What the documentation shows is what the product takes."""

import json
import re
from pathlib import Path

import pytest

from kizuki.campaigns.definition import Campaign
from kizuki.notifications.definition import Destination, NotificationRule
from kizuki.rules.compiled import READERS
from kizuki.rules.definition import Segment

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "documents.md").read_text()
MODELS = {"campaign": Campaign, "segment": Segment, "rule": NotificationRule, "destination": Destination}


@pytest.mark.parametrize("kind", MODELS)
def test_every_example_is_accepted(kind):
    examples = re.findall(rf"```json {kind}\n(.*?)```", TEXT, re.DOTALL)

    assert examples
    for example in examples:
        assert MODELS[kind].model_validate_json(example).id == json.loads(example)["id"]


@pytest.mark.parametrize("kind", [*READERS, "event", "count", "visits", "segment", "all", "any", "not"])
def test_every_kind_of_condition_is_described(kind):
    table = TEXT.split("## Conditions")[1].split("## Segment")[0]

    assert f"`{kind}`" in table


def test_every_link_between_documents_leads_somewhere():
    root = DOCS.parent
    for page in [*DOCS.glob("*.md"), root / "README.md", root / "CONTRIBUTING.md", root / "web/sdk/README.md"]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
