"""What is written is what is read back, whatever a site sends."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kizuki.errors import MalformedError
from kizuki.events import compress, decode_rows, decompress, encode_rows, parse
from kizuki.events.device import device
from kizuki.events.times import epoch_ms, iso

NOW = 1_795_262_400_000
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@given(st.lists(st.dictionaries(st.text(max_size=8), values, max_size=5), min_size=1, max_size=5))
def test_rows_hold_every_value_json_can(properties):
    calls = [{"type": "track", "event": "x", "anonymousId": "a", "properties": each} for each in properties]
    events = [accepted.event for accepted in parse(json.dumps({"batch": calls}).encode(), received_at=NOW).accepted]

    rows = b"".join(encode_rows("shop", events))

    assert len(events) == len(calls)
    assert decode_rows(decompress(compress(rows))) == ("shop", events)
    assert [set(json.loads(line)) for line in rows.splitlines()] == [set(json.loads(rows.splitlines()[0]))] * len(calls)


@pytest.mark.parametrize("data", [b"", b"\x00", b"{}", b'{"site": 5}', b"[1]\n", b'"x"'])
def test_what_is_no_row_is_named_so(data):
    with pytest.raises(MalformedError):
        decode_rows(data)


@given(st.integers(0, 4_000_000_000_000))
def test_times_come_back_to_the_millisecond(ms):
    assert epoch_ms(iso(ms)) == ms


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36",
            ("desktop", "Chrome", "Windows"),
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0",
            ("desktop", "Edge", "Windows"),
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1",
            ("mobile", "Safari", "iOS"),
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Line/13.0",
            ("mobile", "LINE", "Android"),
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-X910) AppleWebKit/537.36 SamsungBrowser/23.0 Chrome/115.0 Safari/537.36",
            ("tablet", "Samsung Internet", "Android"),
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:120.0) Gecko/20100101 Firefox/120.0",
            ("desktop", "Firefox", "macOS"),
        ),
        ("curl/8", ("desktop", "other", "other")),
    ],
)
def test_the_device_is_told_from_the_user_agent(user_agent, expected):
    assert tuple(device(user_agent).values()) == expected
