"""What the documentation shows is what the product takes."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import TypeAdapter

from kizuki.rules.definition import Condition, Function, Operator
from local.checks import MODELS, read_documents

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "documents.md").read_text()


@pytest.mark.parametrize("kind", MODELS)
def test_every_example_is_accepted(kind, tmp_path):
    examples = re.findall(rf"```json {kind}\n(.*?)```", TEXT, re.DOTALL)

    assert examples
    for example in examples:
        path = tmp_path / f"{kind}s" / "example.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(example)

        [(_, _, document)] = read_documents(tmp_path, "secret-of-{}".format)

        assert document.items() >= json.loads(example).items()


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
