"""What the documentation shows is what the product takes."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import TypeAdapter

from kizuki.campaigns.definition import Campaign
from kizuki.notifications.definition import Destination, NotificationRule
from kizuki.rules.definition import Condition, Function, Operator, Segment

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "documents.md").read_text()
MODELS = {"campaign": Campaign, "segment": Segment, "rule": NotificationRule, "destination": Destination}


@pytest.mark.parametrize("kind", MODELS)
def test_every_example_is_accepted(kind):
    examples = re.findall(rf"```json {kind}\n(.*?)```", TEXT, re.DOTALL)

    assert examples
    for example in examples:
        assert MODELS[kind].model_validate_json(example).id == json.loads(example)["id"]


KINDS = TypeAdapter(Condition).json_schema()["discriminator"]["mapping"]


@pytest.mark.parametrize("word", [*KINDS, *get_args(Function), *get_args(Operator), "previous_visit", "today"])
def test_every_kind_of_condition_statistic_and_operator_is_described(word):
    described = TEXT.split("## Conditions")[1].split("## Segment")[0]

    assert re.search(rf"`([^`]* )?{word}( [^`]*)?`", described)


@pytest.mark.parametrize("example", re.findall(r"```json\n(.*?)```", TEXT.split("## Segment")[0], re.DOTALL))
def test_every_condition_shown_is_taken(example):
    assert TypeAdapter(Condition).validate_json(example)


def test_every_link_between_documents_leads_somewhere():
    root = DOCS.parent
    for page in [*DOCS.glob("*.md"), root / "README.md", root / "CONTRIBUTING.md", root / "web/sdk/README.md"]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
