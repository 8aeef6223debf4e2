"""Steps on the way to a display beyond the usual: stops, distances, hours, totals, moments, checklists, off the page."""

import pytest

from kizuki.campaigns import decide
from kizuki.campaigns.decide import assigned, decide_off_page, refreshed
from kizuki.events import Decision, Event
from kizuki.rules.engine import Engine
from kizuki.rules.ruleset import Ruleset
from kizuki.visitors import Exposure, State, fold, merge, note_decisions
from tests.kizuki.campaigns.test_decide import NOW, campaign, engine, facts, outcomes

DAY = 739_941
PAGES = {"page": 5}
MINUTE = 60_000


def decided(rules, about, **options):
    return decide(rules, about, now=NOW, **options)


@pytest.mark.parametrize(
    ("fields", "exposure", "failed"),
    [
        ({"stop_after": ["click"]}, Exposure(decided=1, clicked=1), ("stopped", "after click")),
        ({"stop_after": ["close"]}, Exposure(decided=1, closed=1), ("stopped", "after close")),
        ({"stop_after": ["click"]}, Exposure(decided=1, closed=1), None),
        ({"caps": {"per_visit": None, "per_days": {"times": 2, "days": 7}}}, Exposure(decided=2, days={DAY: 1, DAY - 6: 1}), ("caps", "2 of 2 in 7 days")),
        ({"caps": {"per_visit": None, "per_days": {"times": 2, "days": 7}}}, Exposure(decided=2, days={DAY: 1, DAY - 7: 1}), None),
    ],
)  # fmt: skip
def test_what_stops_a_campaign_for_a_person_is_the_first_failing_step(fields, exposure, failed):
    rules = engine(campaign(**fields))

    [decision] = decided(rules, facts(rules, exposures={"c": exposure})).decisions

    assert (decision.step, decision.reason) == (failed or (None, None))


def test_a_campaign_stops_after_its_goal():
    goal = {"id": "g", "name": "g", "when": {"type": "event", "name": "x"}}
    rules = engine(campaign(goals=[goal], stop_after=["goal"]))

    assert outcomes(rules, facts(rules, exposures={"c": Exposure(decided=1, reached={"g": 1})})) == [
        ("c", "suppressed", "stopped")
    ]


def test_messages_keep_their_distance_in_pages_and_in_seconds_and_what_was_held_back_takes_no_place():
    rules = Engine(Ruleset(1, "shop", spacing_pages=3, campaigns=engine(campaign()).ruleset.campaigns))
    free = Engine(
        Ruleset(1, "shop", spacing_pages=3, campaigns=engine(campaign(ignore_spacing=True)).ruleset.campaigns)
    )
    notify = {"type": "notify", "destination": "cs", "content": {"en": {"text": "x"}}}
    sent = campaign("sent", variants=[{"action": notify}], trigger={"type": "event", "name": "never"})
    with_sent = Engine(Ruleset(1, "shop", spacing_pages=3, campaigns=engine(campaign(), sent).ruleset.campaigns))
    other = {"other": Exposure(decided=1, last_decided=NOW - MINUTE, variant="a")}
    held_back = {"other": Exposure(decided=1, last_decided=NOW - MINUTE, variant="control")}

    def step(rules, exposures, then):
        return outcomes(rules, facts(rules, exposures=exposures, counts=PAGES, pages_then=then))[0][2]

    assert [step(rules, other, 3), step(rules, other, 2)] == ["spacing", None]
    assert step(with_sent, {"sent": Exposure(decided=1, last_decided=NOW - MINUTE, variant="a")}, 5) is None
    assert step(rules, held_back, 5) is None
    assert step(free, other, 5) is None


@pytest.mark.parametrize(
    ("hours", "shown"),
    [
        ({"weekdays": ["sat"]}, True),
        ({"weekdays": ["fri"]}, False),
        ({"since": "20:00", "until": "22:00"}, True),
        ({"since": "22:00", "until": "20:00"}, False),
    ],
)
def test_a_schedule_knows_weekdays_and_hours_of_the_sites_time_zone(hours, shown):
    rules = engine(campaign(schedule=hours))  # NOW is Saturday, 21:00 in Tokyo

    assert bool(decided(rules, facts(rules)).decisions) is shown


def test_the_control_group_goes_through_every_step_and_takes_no_place():
    document = campaign("c", control_percent=50, exclusion_group="g", priority=9, caps={"per_visit": 1})
    rules = engine(document, campaign("next", exclusion_group="g"))
    person = next(f"a:{n}" for n in range(99) if assigned(rules.campaign["c"], facts(rules, person=f"a:{n}")) is None)
    seen = {"c": Exposure(decided=1, session="s1", in_session=1, variant="control")}

    assert outcomes(rules, facts(rules, person=person)) == [("c", "control", None), ("next", "shown", None)]
    assert outcomes(rules, facts(rules, person=person, exposures=seen))[0] == ("c", "suppressed", "caps")


def test_who_has_met_a_variant_stays_in_it_when_the_weights_change():
    action = campaign()["variants"][0]["action"]
    before = engine(
        campaign(variants=[{"id": "a", "weight": 1, "action": action}, {"id": "b", "weight": 1, "action": action}])
    )
    after = engine(
        campaign(variants=[{"id": "a", "weight": 999, "action": action}, {"id": "b", "weight": 1, "action": action}])
    )
    person = next(
        f"a:{n}" for n in range(99) if assigned(before.campaign["c"], facts(before, person=f"a:{n}")).id == "b"
    )

    met = facts(after, person=person, exposures={"c": Exposure(decided=1, variant="b")})

    assert assigned(after.campaign["c"], facts(after, person=person)).id == "a"
    assert assigned(after.campaign["c"], met).id == "b"


def test_a_total_is_taken_for_what_is_shown_and_only_asked_for_what_is_held_back():
    rules = engine(campaign(caps={"per_visit": None, "total": 5}, control_percent=50))
    asked = []

    def claim(campaign, limit, take):
        asked.append((campaign, limit, take))
        return len(asked) < 3

    by_arm = {}
    for n in range(50):
        arm = assigned(rules.campaign["c"], facts(rules, person=f"a:{n}"))
        by_arm.setdefault(arm is None, f"a:{n}")
    found = [
        decided(rules, facts(rules, person=by_arm[held]), claim=claim).decisions[0] for held in (False, True, False)
    ]

    assert asked == [("c", 5, True), ("c", 5, False), ("c", 5, True)]
    assert [(each.outcome, each.reason) for each in found] == [
        ("shown", None),
        ("control", None),
        ("suppressed", "5 of 5 in all"),
    ]


def test_a_campaign_that_waits_is_decided_when_the_tag_says_that_its_moment_has_come():
    moment = {"type": "scroll", "percent": 50}
    adult = {"type": "trait", "path": "adult", "op": "eq", "value": True}
    rules = engine(campaign(moment=moment, delay_seconds=2, audience=adult))

    trigger = decided(rules, facts(rules))
    reached = {"name": "Moment Reached", "properties": {"campaign_id": "c", "moment": "scroll"}}
    without = decided(rules, facts(rules, **reached))
    state = {"profile": facts(rules).state.profile | {"adult": _value(True)}}
    shown = decided(rules, facts(rules, **reached, **state))

    assert (trigger.decisions, trigger.actions) == ([], [])
    assert [(each.campaign, each.moment, each.delay) for each in trigger.watches] == [("c", moment, 2)]
    assert without.decisions == []
    assert [each.outcome for each in shown.decisions] == ["shown"]


def test_who_may_not_see_it_any_more_is_not_made_to_wait_and_is_told_why():
    rules = engine(campaign(moment={"type": "exit"}, caps={"per_visit": None, "ever": 1}))

    found = decided(rules, facts(rules, exposures={"c": Exposure(decided=1)}))

    assert (found.watches, [each.step for each in found.decisions]) == ([], ["caps"])


@pytest.mark.parametrize("id_", ["other", None, 5, "off"])
def test_a_moment_of_nothing_that_waits_decides_nothing(id_):
    notify = {"type": "notify", "destination": "cs", "content": {"en": {"text": "x"}}}
    rules = engine(campaign("other"), campaign("off", variants=[{"action": notify}]))

    assert decided(rules, facts(rules, name="Moment Reached", properties={"campaign_id": id_})).decisions == []


CHECKLIST = {
    "type": "checklist",
    "content": {"en": {"title": "Todo", "items": [{"id": "order", "title": "Order"}, {"id": "read", "title": "Read"}]}},
    "done": {"order": {"type": "statistic", "of": "count", "event": "Order Completed", "op": "gte", "value": 1}},
}


def test_a_checklist_keeps_its_progress_and_is_given_again_when_something_got_done():
    rules = engine(campaign(variants=[{"action": CHECKLIST}], caps={"per_visit": None}))
    state, given = State("a:x"), []

    for n, (name, properties) in enumerate(
        [
            ("page", {}),
            ("Other", {}),
            ("Order Completed", {}),
            ("Checklist Item Checked", {"campaign_id": "c", "item": "read"}),
        ]
    ):
        event = Event(message_id=f"m{n}", type="track", name=name, person="a:x", occurred_at=NOW + n, received_at=NOW + n, session_id="s1", properties=properties)  # fmt: skip
        fold(state, event, rules.needs)
        about = facts(rules)
        about.event, about.state = event, state
        found = decide(rules, about, now=NOW)
        note_decisions(state, _with(event, found.decisions), rules.calendar)
        actions = found.actions or refreshed(rules, about)
        given.append([[item["done"] for item in each.content["items"]] for each in actions])
    [action] = actions

    assert given == [[[False, False]], [], [[True, False]], [[True, True]]]
    assert [item["automatic"] for item in action.content["items"]] == [True, False]


def test_off_the_page_a_campaign_is_sent_with_its_text_and_held_back_like_any_other():
    notify = {
        "type": "notify",
        "destination": "cs",
        "content": {"ja": {"text": "{{ traits.name }}様: {{ cart.total | yen }}"}},
    }
    rules = engine(campaign(variants=[{"action": notify}]))
    known = {"profile": {"name": _value("山田")}, "properties": {"cart": {"total": 4000}}}

    [sent] = decide_off_page(rules, facts(rules, **known))
    [unknown] = decide_off_page(rules, facts(rules))
    [capped] = decide_off_page(
        rules, facts(rules, exposures={"c": Exposure(decided=1, session="s1", in_session=1)}, **known)
    )

    assert decided(rules, facts(rules)).decisions == []
    assert (sent.text, sent.destination, sent.decision.outcome) == ("山田様: 4,000円", "cs", "shown")
    assert [(each.text, each.decision.step) for each in (unknown, capped)] == [(None, "content"), (None, "caps")]


def test_content_knows_statistics_and_carries_theme_and_utm():
    document = campaign(
        title="{{ variables.views }}",
        variables={"views": {"of": "count", "event": "page"}},
        utm=True,
    )
    document["variants"][0]["action"]["content"]["ja"]["button"] = {"label": "x", "url": "/"}
    specs = engine(document).ruleset.campaigns
    rules = Engine(Ruleset(1, "shop", campaigns=specs, theme={"accent": "#ff0000"}))
    about = facts(rules)
    fold(about.state, about.event, rules.needs)

    [action] = decided(rules, about).actions

    assert action.content["title"] == "1"
    assert action.theme == {"accent": "#ff0000"}
    assert action.content["button"]["url"] == "/?utm_source=kizuki&utm_medium=bar&utm_campaign=c&utm_content=a"


def _value(value):
    from kizuki.visitors import Value

    return Value(value, NOW)


def _with(event, decisions: list[Decision]):
    event.decisions = decisions
    return event


def test_who_signs_in_keeps_the_distance_in_pages_to_the_message_just_seen():
    shop = Engine(Ruleset(1, "shop", spacing_pages=3, campaigns=engine(campaign()).ruleset.campaigns))
    member = State("u:1", counts={"page": 10}, pages_then=3, exposures={"x": Exposure(decided=1, last_decided=1)})
    seen = {"y": Exposure(decided=1, last_decided=NOW - MINUTE, variant="a")}
    device = State("a:1", counts={"page": 5}, pages_then=5, exposures=seen)

    for state in (merge(member, device, shop.needs), merge(device, member, shop.needs)):
        about = facts(shop, exposures=state.exposures, counts=state.counts, pages_then=state.pages_then)
        assert outcomes(shop, about) == [("c", "suppressed", "spacing")]


def test_made_up_campaigns_do_not_push_out_what_was_decided():
    rules = engine(campaign())
    state = State("a:1", exposures={"c": Exposure(decided=1, last_decided=1, variant="a")})

    for n in range(250):
        made_up = {"campaign_id": f"made-up-{n}"}
        fold(state, Event(message_id=f"m{n}", type="track", name="Campaign Shown", person="a:1", occurred_at=NOW, received_at=NOW, properties=made_up), rules.needs)  # fmt: skip

    assert (len(state.exposures), state.exposures["c"].decided) == (200, 1)
