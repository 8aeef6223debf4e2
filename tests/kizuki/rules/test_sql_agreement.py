"""One definition, asked three ways: by SQL over the hub, by the engine in memory, by a reading of the raw events."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from kizuki.rules.definition import Condition
from kizuki.rules.sql import compile_audience
from tests.kizuki.rules import histories, naive
from tests.kizuki.rules.histories import DAY, HOUR, NOW
from tests.kizuki.rules.hub import Hub
from tests.kizuki.rules.memory import Memory

condition_type = TypeAdapter(Condition)


@pytest.fixture(scope="module")
def hub():
    return Hub()


def checked(document):
    """What the API makes of a condition before it is compiled."""
    return condition_type.dump_python(condition_type.validate_python(document), mode="json")


GENERATED = settings(
    max_examples=100,
    deadline=None,
    # To shrink a whole history takes minutes; one that fails is small enough to read.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
timezones = st.sampled_from(["Asia/Tokyo", "America/New_York", "UTC"])
moments = st.sampled_from([NOW, NOW, NOW - HOUR, NOW - 3 * DAY])


def known_by(events, now):
    """The people of whom anything was known by then, with their events in order."""
    found = naive.people(event for event in naive.first_copies(events) if event.occurred_at <= now)
    return {person: theirs for person, theirs in found.items() if any(event.name not in naive.OWN for event in theirs)}


def assert_agreement(hub, events, condition, people, *, segments, timezone, now):
    """Ask all three ways."""
    memory = Memory(condition, timezone=timezone, segments=segments)
    assume(not memory.engine.broken)
    memory.fold(event for event in naive.first_copies(events) if event.occurred_at <= now)
    hub.fill(events)
    sql = compile_audience(condition, site="shop", timezone=timezone, as_of_ms=now, segments=segments)

    plainly = {
        person
        for person, theirs in people.items()
        if naive.Person(theirs, now=now, timezone=timezone, segments=segments).holds(condition)
    }

    assert hub.matching(sql) & people.keys() == plainly
    assert memory.matching(people, now) == plainly


@GENERATED
@given(histories.events(), histories.conditions.map(checked), histories.segments, timezones, moments)
def test_all_conditions_mean_the_same_three_times(hub, events, condition, segments, timezone, now):
    people = known_by(events, now)
    assume(people)
    segments = {id_: checked(document) for id_, document in segments.items()}

    assert_agreement(hub, events, condition, people, segments=segments, timezone=timezone, now=now)


@GENERATED
@given(
    histories.events(devices=["d1"], members=["m"], properties=histories.priced, least=6),
    st.one_of(histories.of_price, histories.of_price, histories.statistics()),
    timezones,
    st.data(),
)
def test_statistics_come_to_the_same_value_three_times(hub, events, statistic, timezone, data):
    people = known_by(events, NOW)
    person = naive.Person(people[data.draw(st.sampled_from(sorted(people)))], now=NOW, timezone=timezone, segments={})
    value = person.value(statistic)
    if value is naive.MISSING:
        compared = {"op": "not_exists"}
    elif statistic["of"] == "avg":
        # Floating point, divided in another order.
        compared = {"op": data.draw(st.sampled_from(["gte", "lte"])), "value": float(value)}
        compared["value"] += 1e-6 if compared["op"] == "lte" else -1e-6
    else:
        compared = {"op": "eq", "value": float(value) if isinstance(value, Fraction) else value}
    condition = checked({name: part for name, part in statistic.items() if name not in {"op", "value"}} | compared)

    assert person.holds(condition)
    assert_agreement(hub, events, condition, people, segments={}, timezone=timezone, now=NOW)
