"""The built-in templates: complete, in both languages, and ready to be published."""

import re
import subprocess
import sys
from collections import Counter
from typing import get_args

import pytest

from kizuki.campaigns.actions import Action
from kizuki.campaigns.content import LOCALES, Unrenderable, render
from kizuki.campaigns.definition import Campaign
from kizuki.campaigns.templates import Purpose, built_in
from kizuki.rules.engine import Engine
from kizuki.rules.ruleset import Ruleset

BY_ID = {template.id: template for template in built_in()}
LAYOUTS = {model.model_fields["type"].annotation.__args__[0] for model in get_args(get_args(Action)[0])}
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
EXPRESSION = re.compile(r"\{\{.*?\}\}")
every_template = pytest.mark.parametrize("template", BY_ID.values(), ids=BY_ID)
SURROUNDINGS = {"event": {"name": "page"}, "context": {}}


def campaign(template):
    return Campaign.model_validate(template.definition | {"id": template.id})


def contents(template):
    for variant in template.definition["variants"]:
        yield variant["action"]["content"]


def texts(part, field=""):
    """Every text that people read, and its field."""
    if isinstance(part, str):
        if field not in {"id", "url", "selector", "kind", "value", "trait", "advance", "code"}:
            yield part
    elif isinstance(part, dict):
        for name, each in part.items():
            yield from texts(each, name)
    elif isinstance(part, list):
        for each in part:
            yield from texts(each, field)


def links(part):
    if isinstance(part, dict):
        yield from (each for name, each in part.items() if name == "url")
        for each in part.values():
            yield from links(each)
    elif isinstance(part, list):
        for each in part:
            yield from links(each)
    elif isinstance(part, str):
        yield from re.findall(r'href="([^"]*)"', part)


def filled(template, locale, sample=None):
    values = SURROUNDINGS | (template.sample if sample is None else sample)
    return [render(content, locale, values)[1] for content in contents(template)]


def test_there_are_templates_for_every_purpose_and_every_layout():
    assert len(BY_ID) == len(built_in()) >= 60
    assert {template.layout for template in built_in()} == LAYOUTS
    purposes = Counter(template.purpose for template in built_in())
    assert purposes.keys() == set(get_args(Purpose))
    assert min(purposes.values()) >= 5


@every_template
def test_a_template_is_a_campaign_that_can_be_published_as_it_stands(template):
    written = campaign(template)

    assert written.name == template.name["ja"]
    assert written.variants[0].action.type == template.layout
    assert Engine(Ruleset(1, "shop", "Asia/Tokyo", campaigns=[written.spec()])).campaign.keys() == {template.id}


@every_template
def test_a_template_says_everything_in_both_languages(template):
    for words in (template.name, template.about, *template.goal_names.values()):
        assert words.keys() == {"ja", "en"}
        assert JAPANESE.search(words["ja"])
        assert not JAPANESE.search(words["en"])
    assert [goal["id"] for goal in template.definition["goals"]] == list(template.goal_names)
    assert [goal["name"] for goal in template.definition["goals"]] == [
        each["ja"] for each in template.goal_names.values()
    ]
    for content in contents(template):
        assert content.keys() == set(LOCALES)
        assert len(list(texts(content["ja"]))) == len(list(texts(content["en"])))
        assert not any(JAPANESE.search(text) for text in texts(content["en"]))
    for told in filled(template, "ja"):
        assert all(JAPANESE.search(text) for text in texts(told) if re.search(r"[a-z]{3}", text)), told


@every_template
def test_a_template_is_found_by_words_of_either_language(template):
    japanese = [tag for tag in template.tags if JAPANESE.search(tag)]

    assert len(japanese) >= 2
    assert len(set(template.tags)) - len(japanese) >= 3
    assert all(tag == tag.strip() and tag for tag in template.tags)


@every_template
def test_every_text_can_be_filled_in_with_the_sample(template):
    for locale in LOCALES:
        for told in filled(template, locale):
            assert not [text for text in texts(told) if "{{" in text or "None" in text or not text.strip()]


@every_template
def test_what_the_sample_gives_is_asked_for_and_without_it_nothing_is_shown(template):
    asked = {path for content in contents(template) for path in EXPRESSION.findall(str(content))}
    if not asked:
        assert template.sample == {}
        return

    for kind, values in template.sample.items():
        for name in values:
            rest = {other: value for other, value in values.items() if other != name}
            with pytest.raises(Unrenderable):
                filled(template, "ja", template.sample | {kind: rest})


@every_template
def test_variables_are_declared_and_used(template):
    asked = set(re.findall(r"variables\.(\w+)", str(list(contents(template)))))

    assert asked == set(template.definition.get("variables", {}))


@every_template
def test_links_stay_on_the_site_and_nothing_is_loaded_from_elsewhere(template):
    for content in contents(template):
        assert "image" not in str(content)
        for url in links(content):
            assert url.startswith(("/", "{{ ")) or url == "https://example.com/guide.mp4"


def test_all_templates_can_be_live_at_once():
    specs = [campaign(template).spec() for template in built_in()]

    assert Engine(Ruleset(1, "shop", "Asia/Tokyo", campaigns=specs)).campaign.keys() == BY_ID.keys()


def test_free_shipping_is_worked_out_from_the_cart():
    [told] = filled(BY_ID["free-shipping"], "ja")

    assert told["title"] == "あと1,000円で送料無料です"


def test_importing_the_templates_composes_none_of_them():
    loaded = "import sys, kizuki.campaigns.templates; print([name for name in sys.modules if 'templates.' in name])"

    names = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout  # noqa: S603

    assert "shelf" in names
    assert "compose" not in names
    assert "onboarding" not in names
