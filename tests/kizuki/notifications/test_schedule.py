from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kizuki.notifications.model import Manner
from kizuki.notifications.schedule import due
from kizuki.rules.ruleset import HoursSpec

OFFICE = HoursSpec("09:00", "18:00", [1, 2, 3, 4, 5])
NIGHT = HoursSpec("22:00", "06:00", [5])


def at(text, zone="Asia/Tokyo"):
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


def told(manner, text, zone="Asia/Tokyo"):
    moment = due(manner, at(text, zone))
    return None if moment is None else datetime.fromtimestamp(moment / 1000, ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


# 2026-11-27 is a Friday.
@pytest.mark.parametrize(
    ("manner", "now", "expected"),
    [
        ({}, "2026-11-27T19:00", "2026-11-27 19:00"),
        ({"every": "10m"}, "2026-11-27T19:03", "2026-11-27 19:10"),
        ({"every": "10m"}, "2026-11-27T19:10", "2026-11-27 19:20"),
        ({"every": "7m"}, "2026-11-27T23:59", "2026-11-28 00:02"),
        ({"every": "hourly"}, "2026-11-27T23:30", "2026-11-28 00:00"),
        ({"every": "daily"}, "2026-11-27T09:59", "2026-11-27 10:00"),
        ({"every": "daily", "at": "08:30"}, "2026-11-27T10:00", "2026-11-28 08:30"),
        ({"hours": OFFICE}, "2026-11-27T17:59", "2026-11-27 17:59"),
        ({"hours": OFFICE}, "2026-11-27T18:00", "2026-11-30 09:00"),
        ({"hours": OFFICE}, "2026-11-27T08:00", "2026-11-27 09:00"),
        ({"hours": OFFICE, "every": "hourly"}, "2026-11-27T17:30", "2026-11-30 09:00"),
        ({"hours": NIGHT}, "2026-11-28T05:59", "2026-11-28 05:59"),
        ({"hours": NIGHT}, "2026-11-28T06:00", "2026-12-04 22:00"),
        ({"hours": HoursSpec("09:00", "18:00", [1], "drop")}, "2026-11-27T10:00", None),
        ({"hours": HoursSpec("00:00", "00:00", [5])}, "2026-11-27T23:59", "2026-11-27 23:59"),
    ],
)
def test_a_notification_waits_for_its_digest_and_its_hours(manner, now, expected):
    assert told(Manner("Asia/Tokyo", **manner), now) == expected


@pytest.mark.parametrize(
    ("every", "now", "expected"),
    [
        # 02:00 to 03:00 does not exist on 2026-03-08, and 01:00 to 02:00 is twice on 2026-11-01.
        ("daily", "2026-03-08T01:30", "2026-03-08 03:30"),
        ("hourly", "2026-03-08T01:30", "2026-03-08 03:00"),
        ("daily", "2026-11-01T00:30", "2026-11-01 02:30"),
    ],
)
def test_a_clock_change_neither_skips_a_digest_nor_doubles_it(every, now, expected):
    assert told(Manner("America/New_York", every=every, at="02:30"), now, "America/New_York") == expected


@given(
    st.integers(at("2026-01-01"), at("2027-12-31")),
    st.sampled_from(["Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "UTC"]),
    st.sampled_from([None, "1m", "45m", "hourly", "daily"]),
    st.sampled_from([None, OFFICE, NIGHT]),
)
def test_nothing_is_due_before_it_comes_or_after_its_turn(moment, zone, every, hours):
    found = due(Manner(zone, every=every, hours=hours), moment)

    assert moment <= found <= moment + timedelta(days=9).total_seconds() * 1000
    # What is due is due: asked again then, a rule with hours alone tells at once.
    assert hours is None or due(Manner(zone, hours=hours), found) == found
