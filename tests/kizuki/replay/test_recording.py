import pytest

from kizuki.replay.recording import StoredChunk, Summary, Tab, tabs

FIELDS = {
    "session": "s1",
    "anonymous_id": "anon-1",
    "started_at": 1_795_255_200_000,
    "ended_at": 1_795_255_261_500,
    "active_at": 1_795_255_263_000,
    "url": None,
    "chunks": 5,
}


def stored(tab, sequence, started_at=0):
    return StoredChunk(tab, sequence, f"{tab}/{sequence}", started_at, started_at + 1, full_snapshot=False)


def test_a_summary_is_what_the_list_shows():
    assert Summary.of(**FIELDS, full_snapshot=True, expired=False) == Summary(
        session="s1",
        person="a:anon-1",
        started_at="2026-11-21T10:00:00.000Z",
        ended_at="2026-11-21T10:01:01.500Z",
        active_at="2026-11-21T10:01:03.000Z",
        duration_ms=61_500,
        url=None,
        chunks=5,
        playable=True,
        reason=None,
    )


@pytest.mark.parametrize(
    ("full_snapshot", "expired", "reason"),
    [(False, False, "no_full_snapshot"), (True, True, "expired"), (False, True, "expired")],
)
def test_what_cannot_be_played_says_why(full_snapshot, expired, reason):
    summary = Summary.of(**FIELDS, full_snapshot=full_snapshot, expired=expired)

    assert (summary.playable, summary.reason) == (False, reason)


def test_tabs_are_in_the_order_they_began_and_their_chunks_in_sequence():
    chunks = [stored("b", 1, 60), stored("a", 2, 90), stored("b", 0, 50), stored("a", 0, 70), stored("a", 1, 80)]

    assert list(tabs(chunks)) == [
        Tab("b", [stored("b", 0, 50), stored("b", 1, 60)], []),
        Tab("a", [stored("a", 0, 70), stored("a", 1, 80), stored("a", 2, 90)], []),
    ]


def test_numbers_that_never_arrived_are_missing():
    [tab] = tabs([stored("a", 2), stored("a", 5)])

    assert tab.missing == [0, 1, 3, 4]


def test_a_forged_number_makes_no_endless_list():
    [tab] = tabs([stored("a", 999_999)])

    assert len(tab.missing) == 1000
