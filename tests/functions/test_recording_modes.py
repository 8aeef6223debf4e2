"""Whose visits are recorded: the answer to an event tells the page's recorder."""

import pytest

from kizuki.aws.publishing import publish
from kizuki.aws.session_index import SessionIndex
from kizuki.replay.find import together
from kizuki.replay.sampling import sampled

BIG_CART = {"type": "property", "path": "total", "op": "gte", "value": 5000}


@pytest.fixture
def choose(platform):
    def recording(**settings):
        site = platform.config.site("shop")
        site.recording = settings
        platform.config.put_site(site)
        publish(platform.config, "shop")

    return recording


@pytest.fixture
def answer(platform, track):
    def ask(**fields):
        return platform.post({"batch": [track(**fields)]})[1]["recording"]

    return ask


def test_every_visit_is_recorded_unless_chosen_otherwise(answer):
    assert answer()["mode"] == "record"


def test_masks_and_limits_travel_with_the_answer(choose, answer):
    choose(mask_all_text=True, unmask=[".price"], block=["#map"], mask=[".name"], max_minutes=10, max_megabytes=5)

    assert answer() == {
        "mode": "record",
        "buffer_seconds": 30,
        "mask_all_text": True,
        "mask": [".name"],
        "unmask": [".price"],
        "block": ["#map"],
        "max_minutes": 10,
        "max_bytes": 5_000_000,
    }


def test_a_visit_that_is_not_sampled_loads_nothing(choose, answer):
    choose(sample_percent=0)

    assert answer() == {"mode": "off"}


def test_a_visit_is_kept_in_the_page_until_there_is_a_reason_to_record(choose, answer):
    choose(when=BIG_CART)

    assert answer(properties={"total": 4000})["mode"] == "buffer"
    assert answer(properties={"total": 5000})["mode"] == "record"


def test_without_a_buffer_nothing_is_kept_until_then(choose, answer):
    choose(when=BIG_CART, buffer_seconds=0)

    assert answer(properties={"total": 4000}) == {"mode": "off"}
    assert answer(properties={"total": 5000})["mode"] == "record"


def test_a_reason_may_be_what_the_person_did_before(choose, answer):
    choose(when={"type": "statistic", "of": "count", "event": "Product Viewed", "op": "gte", "value": 3})

    assert [answer()["mode"] for _ in range(3)] == ["buffer", "buffer", "record"]


def wishing(session="visit-1"):
    """The context of an event that a page sends before it records."""
    return {"session": {"id": "visit-1"}, "replay": {"id": session}}


def test_what_came_before_the_recording_is_of_its_beginning(platform, track):
    platform.publish(
        "rule", {"id": "viewed", "name": "V", "when": {"type": "event", "name": "Product Viewed"}, "destination": "cs"}
    )

    platform.post({"batch": [track(context=wishing())]})

    [event] = platform.streamed()
    assert event.context["replay"] == {"id": "visit-1", "offset": 0}
    platform.fold()
    [notification] = platform.notifications()
    assert notification["links"]["replay"] == "https://console.example.com/sites/shop/replays/visit-1?t=0"
    [found] = together([SessionIndex(platform.dynamodb, "sessions").listed("shop", "event:Product Viewed")])
    assert found.endswith("#visit-1")


@pytest.mark.parametrize(
    ("settings", "fields"),
    [
        ({"sample_percent": 0}, {}),
        ({"when": BIG_CART}, {"properties": {"total": 4000}}),
        ({}, {"context": wishing("of another visit")}),
        ({}, {"timestamp": "2020-01-01T00:00:00Z", "sentAt": "2020-01-01T00:00:20Z"}),
        ({}, {"context": wishing() | {"replay": "visit-1"}}),
    ],
)
def test_what_is_not_recorded_names_no_recording(platform, choose, track, settings, fields):
    choose(**settings)

    platform.post({"batch": [track(**{"context": wishing()} | fields)]})

    [event] = platform.streamed()
    assert "replay" not in event.context


def test_a_rule_that_begins_a_recording_links_to_it(platform, choose, track):
    choose(when=BIG_CART)

    platform.post({"batch": [track(context=wishing(), properties={"total": 5000})]})

    [event] = platform.streamed()
    assert event.context["replay"] == {"id": "visit-1", "offset": 0}


def test_a_reason_whose_answer_was_lost_is_one_when_it_is_sent_again(platform, choose, track):
    choose(when=BIG_CART)
    ordered = track(context=wishing(), properties={"total": 5000})

    platform.post({"batch": [ordered]})
    assert platform.post({"batch": [ordered]})[1]["recording"]["mode"] == "record"
    platform.fold()

    assert platform.post({"batch": [ordered]})[1]["recording"]["mode"] == "record"


def test_a_reason_that_cannot_be_asked_records_nobody(platform, choose, answer):
    choose(when=BIG_CART)
    ruleset = platform.config.ruleset("shop", platform.config.ruleset_version("shop"))
    ruleset.version += 1
    ruleset.recording.when = {"type": "of another version"}
    platform.config.publish(ruleset)

    assert answer(properties={"total": 9000}) == {"mode": "off"}


def test_a_share_of_visits_is_the_same_for_each_and_grows():
    visits = [f"visit-{n}" for n in range(4000)]
    share = {percent: {visit for visit in visits if sampled(visit, percent)} for percent in (0, 10, 50, 100)}

    assert (len(share[0]), len(share[100])) == (0, 4000)
    assert 320 < len(share[10]) < 480
    assert share[10] < share[50]


def test_settings_are_chosen_by_administrators_and_checked(platform, track, call):
    status, settings = call("/api/sites/shop/settings")
    assert (status, settings["recording"]["sample_percent"]) == (200, 100)

    chosen = settings | {"recording": {"sample_percent": 0, "mask": ["[data-name]"]}}
    assert call("/api/sites/shop/settings", "PUT", chosen, groups="[site-shop]")[0] == 403
    assert call("/api/sites/shop/settings", "PUT", chosen)[1]["recording"]["mask"] == ["[data-name]"]
    assert platform.post({"batch": [track()]})[1]["recording"] == {"mode": "off"}

    for wrong in ({"sample_percent": 101}, {"mask": ["a{b"]}, {"when": {"type": "nothing"}}, {"colour": 1}):
        status, answer = call("/api/sites/shop/settings", "PUT", settings | {"recording": wrong})
        assert (status, answer["error"]["path"].startswith("body.recording")) == (400, True)
