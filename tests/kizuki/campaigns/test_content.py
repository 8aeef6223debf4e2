"""What a campaign says: computed to the yen, safe whatever a visitor sent, and not said at all when a value is missing."""

from html.parser import HTMLParser

import pytest

from kizuki.campaigns import Unrenderable, render, rich

CANARIES = [
    "<script>window.xss=1</script>",
    "<img src=x onerror=window.xss=1>",
    "<svg onload=window.xss=1>",
    "<a href='javascript:window.xss=1'>x</a>",
    "<a href='java\tscript:window.xss=1'>x</a>",
    "<iframe srcdoc='<script>parent.xss=1</script>'></iframe>",
    "<b onmouseover=window.xss=1 style='position:fixed'>x</b>",
    "<xmp><img src=x onerror=window.xss=1></xmp>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.xss=1>",
    "<form action=javascript:window.xss=1><button>x</button></form>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
]


class Tags(HTMLParser):
    """Every tag with its attributes, as a browser would find them."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def filled(field, template, **values):
    _, content = render({"ja": {field: template}}, "ja", values, timezone="Asia/Tokyo")
    return content[field]


@pytest.mark.parametrize(
    ("template", "values", "text"),
    [
        ("{{ 5000 - cart.total | yen }}", {"cart": {"total": 4000}}, "1,000円"),
        ("{{ 5000 - cart.total | yen }}", {"cart": {"total": 4999}}, "1円"),
        ("{{ (5000 - cart.total) | yen }}", {"cart": {"total": 5000}}, "0円"),
        ("{{ a }} {{ b * 2 | number }}", {"a": "x | y", "b": 1500}, "x | y 3,000"),
        ("{{ variables.rate | percent }}", {"variables": {"rate": 0.125}}, "12.5%"),
        ("{{ properties.at | date }}", {"properties": {"at": "2026-11-27T20:00:00Z"}}, "2026年11月28日"),
        ("{{ properties.at | date }}", {"properties": {"at": 1_795_262_400_000}}, "2026年11月21日"),
        ("{{ traits.name | default('お客様') }}", {"traits": {}}, "お客様"),
        ("{% if visits > 1 %}おかえりなさい{% else %}はじめまして{% endif %}", {"visits": 2}, "おかえりなさい"),
    ],
)
def test_a_format_at_the_end_applies_to_the_whole_expression(template, values, text):
    assert filled("title", template, **values) == text


@pytest.mark.parametrize(
    "template",
    [
        "{{ cart.total | yen }}",
        "{{ traits.name }}",
        "{{ nowhere.at.all }}",
        "{{ 'x' | yen }}",
        "{{ 1 / 0 | yen }}",
        "{{ traits.none }}",
        "{{ 'not a day' | date }}",
        "{{ 99999999999999999 | date }}",
        "{{ 'a' * 1000000000 }}",
        "{% for i in range(100000) %}x{% endfor %}",
    ],
)
def test_what_cannot_be_filled_in_is_not_shown(template):
    with pytest.raises(Unrenderable):
        filled("title", template, cart={}, traits={"none": None})


@pytest.mark.parametrize("canary", CANARIES)
def test_rich_text_runs_nothing_however_it_came_there(canary):
    written = rich.clean_template(canary)
    merged = filled("body", "<p>{{ traits.name }}</p>", traits={"name": canary})
    safe = filled("body", "<p>{{ traits.name | safe }}</p>", traits={"name": canary})

    for tag, attributes in Tags(written).found + Tags(safe).found:
        assert tag in rich.TAGS
        assert attributes.keys() <= {"href", "rel"}
        assert "script" not in attributes.get("href", "")
    assert "<" not in merged.removeprefix("<p>").removesuffix("</p>")


def test_rich_text_keeps_its_few_tags_and_its_expressions():
    template = 'a < b & <b>c</b> {{ "<i>" if x > 1 else y | safe }}<a href="/x?a=1&b={{ id }}" target="_blank">d</a>'

    cleaned = rich.clean_template(template)

    assert cleaned == (
        'a &lt; b &amp; <b>c</b> {{ "<i>" if x > 1 else y | safe }}<a href="/x?a=1&amp;b={{ id }}" rel="noopener">d</a>'
    )
    assert rich.clean_template(cleaned) == cleaned


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//evil.example", "vbscript:x"]
)
def test_a_link_leads_to_a_page_whatever_was_merged_into_it(address):
    with pytest.raises(Unrenderable):
        filled("url", "{{ properties.to }}", properties={"to": address})


def test_values_in_a_link_are_quoted_and_utm_is_added_to_pages_only():
    content = {
        "button": {"label": "x", "url": "/search?q={{ traits.q }}&utm_source=mail#top"},
        "image": {"url": "/i.png", "alt": ""},
        "link": {"url": "#here"},
    }

    _, found = render(
        {"en": content}, "ja", {"traits": {"q": 'a b"ü'}}, utm={"utm_source": "kizuki", "utm_campaign": "c"}
    )

    assert found["button"]["url"] == "/search?q=a%20b%22%C3%BC&utm_source=mail&utm_campaign=c#top"
    assert (found["image"]["url"], found["link"]["url"]) == ("/i.png", "#here")


def test_code_selectors_and_ids_are_left_as_they_are():
    content = {"code": "let x = `{{ y }}`", "selector": "[data-x='{{']", "id": "{{", "value": "{{ a }}"}

    assert render({"en": content}, "en", {})[1] == content


@pytest.mark.parametrize("template", ["{{ cart.items }}", "{{ cart.nothing() }}", "{{ properties.pop('a') }}", "{{ properties.list.append(1) }}"])  # fmt: skip
def test_templates_reach_fields_and_no_methods_and_change_nothing(template):
    properties = {"a": 1, "list": []}

    with pytest.raises(Unrenderable):
        filled("title", template, cart={"total": 1}, properties=properties)

    assert properties == {"a": 1, "list": []}


@pytest.mark.parametrize("template", ["{{ 1e308 * 10 }}", "{{ 1e308 * 10 | yen }}", "{{ cart.total | number }}"])
def test_what_is_no_finite_amount_is_never_on_screen(template):
    with pytest.raises(Unrenderable, match="no amount"):
        filled("title", template, cart={"total": float("nan")})


def test_an_address_that_cannot_be_read_is_a_reason_and_no_error():
    with pytest.raises(Unrenderable, match="no address"):
        render({"ja": {"url": "https://[{{ a }}"}}, "ja", {"a": "x"}, utm={"utm_source": "kizuki"})


def test_a_reason_quotes_no_more_than_a_sentence_of_what_a_visitor_sent():
    with pytest.raises(Unrenderable) as error:
        filled("title", "{{ cart.total | yen }}", cart={"total": "x" * 30_000})

    assert len(str(error.value)) <= 300
