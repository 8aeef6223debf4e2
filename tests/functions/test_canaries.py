"""Nothing that somebody writes or sends as a campaign can run: created, updated, imported, returned to, or filled in."""

import json
from html.parser import HTMLParser

import pytest

from kizuki.campaigns import rich
from tests.functions.test_campaigns import campaign

HTML = "<img src=x onerror=window.xss=1><script>window.xss=1</script><b onclick=window.xss=1>x</b>"
LINK = "javascript:window.xss=1"
MESSAGE = {
    "title": HTML,
    "body": HTML,
    "image": {"url": "/a.png", "alt": HTML},
    "button": {"label": HTML, "url": "/"},
    "dismiss": HTML,
}
LAYOUTS = {
    "popup": MESSAGE,
    "slide-in": MESSAGE,
    "bar": MESSAGE,
    "embed": MESSAGE,
    "tooltip": MESSAGE,
    "tour": {"steps": [{"title": HTML, "body": HTML, "url": "/"}]},
    "checklist": {"title": HTML, "body": HTML, "items": [{"id": "a", "title": HTML, "body": HTML, "url": "/"}], "completed": {"title": HTML, "body": HTML}},
    "summary": {"title": HTML, "body": HTML, "points": [{"text": HTML}]},
    "video": MESSAGE | {"video": {"url": "/a.mp4", "poster": "/a.png", "captions": "/a.vtt"}},
    "survey": {"title": HTML, "body": HTML, "questions": [{"id": "a", "kind": "single", "label": HTML, "options": [{"value": HTML, "label": HTML}]}], "submit": HTML, "thanks": {"title": HTML, "body": HTML}},
}  # fmt: skip
NAMES = {"url", "poster", "captions"}
HELLO = "/api/sites/shop/campaigns/hello"


def of(layout, content):
    action = {"type": layout, "content": {"ja": content}}
    return campaign(
        variants=[{"id": "a", "action": action | ({"selector": "main"} if layout in ("embed", "tooltip") else {})}]
    )


def bodies(document):
    """Every rich text of a document: all else is written as text by the tag."""
    if isinstance(document, dict):
        for name, value in document.items():
            if name == "body" and value is not None:
                yield value
            else:
                yield from bodies(value)
    elif isinstance(document, list):
        for value in document:
            yield from bodies(value)


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def assert_safe(document):
    assert list(bodies(document))
    for body in bodies(document):
        for tag, attributes in Tags(body).found:
            assert tag in rich.TAGS
            assert attributes.keys() <= {"href", "rel"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_canary_outlives_being_created_updated_imported_kept_or_returned_to(call, layout):
    document = of(layout, LAYOUTS[layout])
    created = call(HELLO, "PUT", document, query={"version": "0"})
    updated = call(HELLO, "PUT", document | {"name": "again"}, query={"version": "1"})
    returned = call(f"{HELLO}/versions/1/return", "POST")
    kept = call("/api/sites/shop/templates/ours", "PUT", {"name": "x", "definition": {name: value for name, value in document.items() if name != "id"}})  # fmt: skip
    exported = json.loads(json.dumps(updated[1]["definition"]))
    imported = call("/api/sites/shop/campaigns/copy", "PUT", exported | {"id": "copy"}, query={"version": "0"})

    for status, answer in (created, updated, returned, imported):
        assert status == 200
        assert_safe(answer["definition"])
    assert_safe(kept[1]["items"][0]["definition"])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_canary_that_a_visitor_sent_is_in_what_the_tag_is_told(platform, track, layout):
    def merged(value, name=""):
        if isinstance(value, dict):
            return {key: merged(each, key) for key, each in value.items()}
        if isinstance(value, list):
            return [merged(each, name) for each in value]
        return (
            value if name in NAMES | {"id", "kind", "value"} else "<b>{{ traits.name }}</b>{{ properties.evil | safe }}"
        )

    platform.publish("campaign", of(layout, merged(LAYOUTS[layout])))
    platform.post({"batch": [track() | {"type": "identify", "traits": {"name": HTML}}]})

    _, answer = platform.post({"batch": [track(properties={"evil": HTML})]})

    [action] = answer["actions"]
    assert_safe(action["content"])


@pytest.mark.parametrize(
    ("layout", "content"),
    [
        ("popup", {"title": "x", "button": {"label": "x", "url": "{{ properties.to }}"}}),
        ("popup", {"title": "x", "image": {"url": "{{ properties.to }}"}}),
        ("tour", {"steps": [{"title": "x", "url": "{{ properties.to }}"}]}),
        ("checklist", {"title": "x", "items": [{"id": "a", "title": "x", "url": "{{ properties.to }}"}]}),
        ("video", {"title": "x", "video": {"url": "{{ properties.to }}"}}),
        ("video", {"title": "x", "video": {"url": "/a.mp4", "captions": "{{ properties.to }}"}}),
        ("redirect", {"url": "{{ properties.to }}"}),
    ],
)
def test_no_link_leads_into_a_script_wherever_it_was_written_or_sent(platform, track, call, layout, content):
    written = json.loads(json.dumps(content).replace("{{ properties.to }}", LINK))
    assert call(HELLO, "PUT", of(layout, written))[0] == 400
    platform.publish("campaign", of(layout, content))

    _, answer = platform.post({"batch": [track(properties={"to": LINK})]})

    assert answer["actions"] == []
    assert platform.timeline("a:anon-1")[0].decisions[0].step == "content"
