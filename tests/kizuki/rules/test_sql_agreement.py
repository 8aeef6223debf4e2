"""One definition, asked three ways: by SQL over the hub, by the engine in memory, by a reading of the raw events."""

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


@settings(
    max_examples=150,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    histories.events(),
    histories.conditions.map(checked),
    histories.segments,
    st.sampled_from(["Asia/Tokyo", "America/New_York", "UTC"]),
    st.sampled_from([NOW, NOW, NOW - HOUR, NOW - 3 * DAY]),
)
def test_sql_memory_and_a_plain_reading_agree_on_every_person(hub, events, condition, segments, timezone, now):
    segments = {id_: checked(document) for id_, document in segments.items()}
    segments = {id_: document for id_, document in segments.items() if "'segment'" not in str(document)}
    sql = compile_audience(condition, site="shop", timezone=timezone, as_of_ms=now, segments=segments)
    hub.fill(events)
    by_then = [event for event in naive.first_copies(events) if event.occurred_at <= now]
    people = naive.people(by_then)
    people = {
        person: theirs for person, theirs in people.items() if any(event.name not in naive.OWN for event in theirs)
    }
    assume(people)
    memory = Memory(condition, timezone=timezone, segments=segments)
    assume(not memory.engine.broken)
    memory.fold(by_then)

    in_sql = hub.matching(sql)

    plainly = {
        person
        for person, theirs in people.items()
        if naive.Person(theirs, now=now, timezone=timezone, segments=segments).holds(condition)
    }
    assert in_sql & people.keys() == plainly
    assert memory.matching(people, now) == plainly
