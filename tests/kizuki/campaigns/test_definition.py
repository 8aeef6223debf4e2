"""What people may write as a campaign, and what is refused with its place."""

import pytest

from kizuki.aws.publishing import campaign_of
from kizuki.errors import MalformedError

MESSAGE = {"title": "x"}


def campaign(action=None, **fields):
    action = action or {"type": "bar", "content": {"ja": MESSAGE}}
    document = {"id": "c", "name": "c", "trigger": {"type": "event", "name": "page"}, "variants": [{"action": action}]}
    return document | fields


def layout(type_, content, **fields):
    return {"type": type_, "content": {"ja": content}} | fields


ACTIONS = [
    layout("popup", MESSAGE | {"image": {"url": "/a.png"}, "button": {"label": "b", "url": "/"}, "dismiss": "c"}),
    layout("slide-in", MESSAGE, placement="top-left"),
    layout("bar", MESSAGE, placement="top"),
    layout("embed", MESSAGE, selector="main", placement="replace"),
    layout("tooltip", MESSAGE, selector="#a"),
    layout("tour", {"steps": [{"title": "a", "selector": "#a", "advance": "click"}, {"title": "b", "url": "/b"}]}),
    layout(
        "checklist",
        {"title": "t", "items": [{"id": "a", "title": "A"}]},
        done={"a": {"type": "visits", "op": "gte", "value": 2}},
    ),
    layout("summary", {"title": "t", "points": [{"text": "a", "selector": "h2"}]}),
    layout("video", MESSAGE | {"video": {"url": "https://example.com/a.mp4"}}),
    layout("survey", {"title": "t", "questions": [{"id": "q", "kind": "nps", "label": "?", "trait": "nps"}]}),
    layout("script", {"code": "1"}),
    layout("redirect", {"url": "/sale"}),
    layout("notify", {"text": "{{ traits.name }}"}, destination="cs"),
]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action["type"])
def test_every_layout_is_accepted_and_written_in_full(action):
    written = campaign_of(campaign(action)).model_dump(mode="json")

    assert campaign_of(written).model_dump(mode="json") == written
    assert campaign_of(written).spec().variants[0].action["type"] == action["type"]


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"control_percent": 51}, "control_percent"),
        ({"variants": [{"id": "control", "action": ACTIONS[0]}]}, "variants[0].id"),
        ({"schedule": {"start": "2026-12-02T00:00:00+09:00", "end": "2026-12-01T00:00:00+09:00"}}, "schedule"),
        ({"schedule": {"since": "09:00"}}, "schedule"),
        ({"moment": {"type": "scroll", "percent": 0}}, "moment.percent"),
        ({"moment": {"type": "wink"}}, "moment.type"),
        ({"variables": {"n": {"of": "sum", "event": "Order Completed"}}}, "variables.n.path"),
        ({"variables": {"N": {"of": "count"}}}, "variables.N"),
        ({"stop_after": ["goal"]}, "$"),
        ({"goals": [{"id": "a", "name": "a", "when": {"type": "event"}}]}, "goals[0].when.name"),
        ({"goals": [{"id": "a", "name": "a", "when": {"type": "event", "name": "x"}}] * 2}, "goals"),
        (
            {"goals": [{"id": "a", "name": "a", "when": {"type": "event", "name": "x"}, "window": "week"}]},
            "goals[0].window",
        ),
        ({"caps": {"per_days": {"times": 1, "days": 91}}}, "caps.per_days.days"),
        (
            {"variants": [{"action": layout("popup", MESSAGE | {"button": {"label": "x", "url": "javascript:1"}})}]},
            "variants[0].action.content.ja.button.url",
        ),
        (
            {"variants": [{"action": layout("popup", MESSAGE | {"image": {"url": "data:x"}})}]},
            "variants[0].action.content.ja.image.url",
        ),
        (
            {"variants": [{"action": layout("tour", {"steps": [{"title": "a", "advance": "click"}]})}]},
            "variants[0].action.content.ja.steps[0]",
        ),
        (
            {
                "variants": [
                    {
                        "action": layout(
                            "survey", {"title": "t", "questions": [{"id": "q", "kind": "single", "label": "?"}]}
                        )
                    }
                ]
            },
            "variants[0].action.content.ja.questions[0]",
        ),
        ({"variants": [{"action": layout("embed", MESSAGE)}]}, "variants[0].action.selector"),
        (
            {
                "variants": [
                    {
                        "action": layout(
                            "checklist",
                            {"title": "t", "items": [{"id": "a", "title": "A"}]},
                            done={"b": {"type": "visits", "op": "gte", "value": 2}},
                        )
                    }
                ]
            },
            "variants[0].action",
        ),
        (
            {
                "variants": [
                    {
                        "action": {
                            "type": "survey",
                            "content": {
                                "ja": {"title": "t", "questions": [{"id": "q", "kind": "nps", "label": "?"}]},
                                "en": {"title": "t", "questions": [{"id": "p", "kind": "nps", "label": "?"}]},
                            },
                        }
                    }
                ]
            },
            "variants[0].action",
        ),
        ({"variants": [{"action": ACTIONS[0]}, {"id": "b", "action": ACTIONS[-1]}]}, "$"),
        ({"moment": {"type": "exit"}, "variants": [{"action": ACTIONS[-1]}]}, "$"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(fields, path):
    with pytest.raises(MalformedError) as refused:
        campaign_of(campaign() | fields)

    assert refused.value.path == path


@pytest.mark.parametrize("title", ["{{ cart.total | foo }}", "{{ 'x' | indent(100000000000) }}", "{{ run() }}", "{{ x"])
def test_a_template_that_can_never_be_filled_in_is_refused_when_it_is_written(title):
    with pytest.raises(MalformedError) as refused:
        campaign_of(campaign(layout("popup", {"title": title})))

    assert refused.value.path == "variants[0].action.content.ja.title"


def test_rich_text_is_cleaned_when_it_is_written():
    action = layout("popup", {"title": "<b>x</b>", "body": "<b onclick=x>a</b><script>b</script>{{ cart.total }}"})

    message = campaign_of(campaign(action)).variants[0].action.content["ja"]

    assert (message.title, message.body) == ("<b>x</b>", "<b>a</b>{{ cart.total }}")
