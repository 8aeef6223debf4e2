from tests.bench.sustained import MAX_ITEM, sustain


def test_a_visitor_at_a_thousand_events_a_second_is_folded_exactly_once(platform):
    found = sustain(platform, seconds=3)

    assert found.failed > 0
    assert found.folded == found.sent
    assert found.state_bytes < MAX_ITEM
