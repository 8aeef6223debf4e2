import re
from pathlib import Path

import pytest

from kizuki.notifications.catalogue import EVENTS, TEXTS

CONSOLE = Path(__file__).parents[3] / "web" / "console" / "src"


def console_words(locale, catalogue):
    text = (CONSOLE / "i18n" / locale / f"{catalogue}.ts").read_text(encoding="utf-8")
    return dict(re.findall(r'"([\w.]+)": "(.*)",', text))


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_slack_and_the_console_call_everything_the_same(locale):
    wording = (CONSOLE / "events" / "wording.ts").read_text(encoding="utf-8")
    known = re.findall(r'^  "?([\w ]+?)"?: \["\w+", "(event\.\w+)"\],$', wording, re.MULTILINE)
    words = console_words(locale, "events")

    assert {name: words[key] for name, key in known} == EVENTS[locale]
    assert console_words(locale, "people")["person.anonymous"] == TEXTS[locale]["anonymous"].replace("{id}", "{{id}}")
