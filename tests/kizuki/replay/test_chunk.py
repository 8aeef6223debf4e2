import gzip
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kizuki.errors import CallerError, MalformedError, TooLargeError
from kizuki.replay.chunk import MAX_BYTES, MAX_DECOMPRESSED, Address, Chunk
from tests.kizuki.replay.samples import META, MOVE, SNAPSHOT, START, chunk, packed

ADDRESS = Address("s1", "t1", 7, "anon-1")
NOW = START + 60_000


def read(body):
    return Chunk.read("shop", ADDRESS, body, now_ms=NOW)


def test_a_chunk_tells_what_the_index_needs():
    body = packed([MOVE, META, SNAPSHOT])

    assert read(body) == Chunk(
        site="shop",
        address=ADDRESS,
        body=body,
        started_at=START,
        ended_at=START + 5000,
        events=3,
        full_snapshot=True,
        url="https://shop.example/cart?x=1",
    )
    assert read(body).key == "replays/shop/s1/t1/000007.json.gz"


def test_a_chunk_of_mere_movements_has_no_snapshot_and_no_url():
    assert (read(packed([MOVE])).full_snapshot, read(packed([MOVE])).url) == (False, None)


@pytest.mark.parametrize("href", ["javascript:alert(1)", "about:blank", "", 5, None])
def test_an_address_that_is_no_web_page_is_not_kept(href):
    assert read(packed([META | {"data": {"href": href}}])).url is None


@pytest.mark.parametrize(
    ("events", "path"),
    [
        ({}, "$"),
        ([1], "[0]"),
        ([MOVE, {"type": 7, "timestamp": START, "data": {}}], "[1].type"),
        ([{"type": -1, "timestamp": START, "data": {}}], "[0].type"),
        ([{"type": "3", "timestamp": START, "data": {}}], "[0].type"),
        ([{"type": 3.5, "timestamp": START, "data": {}}], "[0].type"),
        ([{"type": 3, "timestamp": "now", "data": {}}], "[0].timestamp"),
        ([{"type": 3, "timestamp": 0, "data": {}}], "[0].timestamp"),
        ([{"type": 3, "timestamp": START}], "[0]"),
        ([{"timestamp": START, "data": {}}], "[0]"),
    ],
)
def test_what_no_recorder_writes_is_refused_by_its_place(events, path):
    with pytest.raises(MalformedError) as refusal:
        read(packed(events))

    assert (refusal.value.code, refusal.value.path) == ("invalid_event", path)


@pytest.mark.parametrize("shift", [-31 * 86_400_000, 2 * 86_400_000])
def test_a_time_that_is_not_about_now_is_refused(shift):
    with pytest.raises(MalformedError) as refusal:
        read(packed([MOVE, MOVE | {"timestamp": NOW + shift}]))

    assert (refusal.value.code, refusal.value.path) == ("implausible_time", "[1].timestamp")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "broken_gzip"),
        (b"[]", "broken_gzip"),
        (packed([MOVE])[:-9], "broken_gzip"),
        (packed([MOVE])[:-1] + b"x", "broken_gzip"),
        (packed([MOVE]) + packed([MOVE]), "broken_gzip"),
        (packed([MOVE]) + b"\0", "broken_gzip"),
        (zlib.compress(b"[]"), "broken_gzip"),
        (packed([]), "empty_chunk"),
        (gzip.compress(b"", mtime=0), "malformed_json"),
        (gzip.compress(b"[{", mtime=0), "malformed_json"),
        (gzip.compress(b'[{"type":3,"timestamp":NaN,"data":{}}]', mtime=0), "malformed_json"),
        (gzip.compress(b'[{"type":3,"timestamp":1,"data":' + b"[" * 100_000, mtime=0), "too_deep"),
    ],
)
def test_what_cannot_be_read_is_refused(body, code):
    with pytest.raises(MalformedError) as refusal:
        read(body)

    assert refusal.value.code == code


def test_half_an_emoji_in_the_page_does_not_cost_the_chunk():
    text = json.dumps([MOVE | {"data": {"text": "\ud83d and \\ud83d"}}])

    assert "\\ud83d and \\\\ud83d" in text
    assert read(gzip.compress(text.encode(), mtime=0)).events == 1


def test_a_bomb_is_refused_by_its_decompressed_size():
    bomb = gzip.compress(b"[" + b" " * (MAX_DECOMPRESSED * 20), mtime=0)

    with pytest.raises(TooLargeError) as refusal:
        read(bomb)

    assert (refusal.value.code, refusal.value.limit) == ("body_too_large", MAX_DECOMPRESSED)


def test_ten_megabytes_exactly_are_taken_and_one_more_byte_is_not():
    event = json.dumps([MOVE]).encode()

    assert read(gzip.compress(event + b" " * (MAX_DECOMPRESSED - len(event)))).events == 1
    with pytest.raises(TooLargeError):
        read(gzip.compress(event + b" " * (MAX_DECOMPRESSED - len(event) + 1)))


def test_one_megabyte_compressed_is_the_limit():
    with pytest.raises(TooLargeError) as refusal:
        read(bytes(MAX_BYTES + 1))

    assert (refusal.value.code, refusal.value.limit) == ("chunk_too_large", MAX_BYTES)


@given(st.binary(max_size=200), st.booleans())
def test_whatever_is_no_chunk_is_refused(data, compressed):
    with pytest.raises(CallerError):
        read(gzip.compress(data, mtime=0) if compressed else data)


QUERY = {"anonymousId": "anon 1/日本"}
HEADERS = {"x-kizuki-tab": "t-1_A", "x-kizuki-seq": "12"}


def test_query_and_headers_name_the_chunk():
    assert Address.of("s1", QUERY, HEADERS) == Address("s1", "t-1_A", 12, "anon 1/日本")


def test_older_tags_say_it_all_in_the_query():
    assert Address.of("s1", QUERY | {"tab": "t-1_A", "seq": "12"}, {}) == Address.of("s1", QUERY, HEADERS)


@pytest.mark.parametrize(
    ("session", "changes", "path"),
    [
        ("", {}, "session"),
        ("a" * 65, {}, "session"),
        ("../other", {}, "session"),
        ("s1\n", {}, "session"),
        ("s1", {"x-kizuki-tab": ""}, "tab"),
        ("s1", {"x-kizuki-tab": "a" * 37}, "tab"),
        ("s1", {"x-kizuki-tab": "a#b"}, "tab"),
        ("s1", {"x-kizuki-seq": ""}, "seq"),
        ("s1", {"x-kizuki-seq": "-1"}, "seq"),
        ("s1", {"x-kizuki-seq": "1.5"}, "seq"),
        ("s1", {"x-kizuki-seq": "1000000"}, "seq"),
        ("s1", {"x-kizuki-seq": "١"}, "seq"),
        ("s1", {"anonymousId": ""}, "anonymousId"),
        ("s1", {"anonymousId": "a\n"}, "anonymousId"),
        ("s1", {"anonymousId": "a" * 257}, "anonymousId"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(session, changes, path):
    with pytest.raises(MalformedError) as refusal:
        Address.of(session, QUERY | changes, HEADERS | changes)

    assert (refusal.value.code, refusal.value.path) == ("invalid_parameter", path)


def test_a_chunk_keeps_the_bytes_that_were_sent():
    assert gzip.decompress(chunk().body) == json.dumps([META, SNAPSHOT, MOVE]).encode()
