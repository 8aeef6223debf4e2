"""Audiences through the API: what is refused, what Athena is asked, and what its answer becomes."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from kizuki.aws.documents import StoredDocument
from kizuki.events import Event
from kizuki.events.times import iso
from tests.kizuki.aws.faults import refuse
from tests.kizuki.rules.hub import Hub

VIEWED_TWICE = {"type": "statistic", "of": "count", "event": "Viewed", "op": "gte", "value": 2}
NOW = time.time_ns() // 1_000_000


@pytest.fixture
def athena(call):
    """The client that the function uses, to look at what it asks and to answer it."""
    return call.handler.__wrapped__.__globals__["athena"]._client


@pytest.fixture
def asked(athena):
    """Every query that Athena was asked to start."""
    queries = []
    athena.meta.events.register(
        "provide-client-params.athena.StartQueryExecution", lambda params, **_: queries.append(params["QueryString"])
    )
    return queries


def answer(athena, rows):
    """Let Athena answer any query with these rows."""
    names = list(rows[0]) if rows else []
    cells = [names, *[list(row.values()) for row in rows]]
    data = [{"Data": [{} if cell is None else {"VarCharValue": str(cell)} for cell in row]} for row in cells]
    columns = [{"Name": name, "Type": "varchar"} for name in names]
    refuse(
        athena,
        "athena.GetQueryResults",
        "",
        status=200,
        ResultSet={"Rows": data, "ResultSetMetadata": {"ColumnInfo": columns}},
    )


def event(n, person, name="Viewed", **fields):
    return Event(
        message_id=f"m{n}",
        type=fields.get("type", "track"),
        name=name,
        person=person,
        occurred_at=NOW - 1000 * n,
        received_at=NOW - 500 * n,
        position=n,
        traits=fields.get("traits", {}),
    )


def finished(call, id, path="/api/sites/shop/audiences/{}"):
    """Ask until the query, which moto lets run for a while, is done."""
    for _ in range(5):
        status, found = call(path.format(id))
        if found.get("status") != "running":
            return status, found
    raise AssertionError(found)


def test_the_people_are_counted_and_the_last_seen_are_named(call, athena, asked):
    hub = Hub()
    traits = {"name": "山田 太郎", "email": 5}
    events = [event(n, f"a:{n % 3}") for n in range(5)] + [event(9, "a:1", "identify", type="identify", traits=traits)]
    hub.fill(events)

    status, started = call("/api/sites/shop/audiences", "POST", {"condition": VIEWED_TWICE, "as_of": None})
    answer(athena, hub.ask(asked[0]))
    _, found = finished(call, started["id"])

    assert (status, started["status"], started["count"]) == (202, "running", None)
    assert found == {
        "id": started["id"],
        "status": "done",
        "count": 2,
        "of": 3,
        "sample": [
            {"id": "a:0", "name": None, "email": None, "last_seen": iso(NOW)},
            {"id": "a:1", "name": "山田 太郎", "email": None, "last_seen": iso(NOW - 1000)},
        ],
        "as_of": started["as_of"],
        "complete_up_to": iso(NOW),
        "scanned_bytes": found["scanned_bytes"],
        "reason": None,
    }


def test_an_empty_hub_answers_with_nobody(call, athena):
    _, started = call("/api/sites/shop/audiences", "POST", {"condition": VIEWED_TWICE})
    answer(athena, [])

    _, found = finished(call, started["id"])

    assert (found["count"], found["of"], found["sample"], found["complete_up_to"]) == (0, 0, [], None)


def test_now_is_the_end_of_this_minute_so_that_asking_again_is_the_same_question(call):
    _, started = call("/api/sites/shop/audiences", "POST", {"condition": VIEWED_TWICE})

    assert started["as_of"].endswith(":59.999Z")
    assert started["as_of"] > iso(NOW)


def test_a_day_of_the_past_is_asked_about_as_of_its_end(call, asked):
    _, started = call("/api/sites/shop/audiences", "POST", {"condition": VIEWED_TWICE, "as_of": "2026-03-01"})

    assert started["as_of"] == "2026-03-01T14:59:59.999Z"
    assert "'2026-03-01T14:59:59.999Z'" in asked[0]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"condition": {"type": "all", "of": [{"type": "visits", "op": "above", "value": 1}]}}, "condition.of[0].op"),
        ({"condition": VIEWED_TWICE | {"colour": "red"}}, "condition.colour"),
        ({"condition": None}, "condition"),
        ({}, "condition"),
        ({"condition": VIEWED_TWICE, "as_of": "2026-02-30"}, "as_of"),
        ({"condition": VIEWED_TWICE, "as_of": "20260201'; --"}, "as_of"),
        ({"condition": VIEWED_TWICE, "as_of": 20260201}, "as_of"),
        ({"condition": VIEWED_TWICE, "as_of": "1969-12-31"}, "as_of"),
        ({"condition": VIEWED_TWICE, "as_of": f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d}"}, "as_of"),
    ],
)
def test_a_question_that_is_none_is_refused_with_its_place(call, asked, body, path):
    status, document = call("/api/sites/shop/audiences", "POST", body)

    assert (status, document["error"]["path"]) == (400, path)
    assert asked == []


def test_segments_that_are_live_are_spoken_of_as_their_conditions(platform, call, asked):
    for id_, status in (("fans", "live"), ("drafts", "draft")):
        document = {"id": id_, "name": id_, "condition": {"type": "event", "name": f"Event of {id_}"}}
        platform.config.put_document("shop", "segment", StoredDocument(id_, status, iso(NOW), document))
    condition = {"type": "any", "of": [{"type": "segment", "id": id_} for id_ in ("fans", "drafts", "no-such")]}

    call("/api/sites/shop/audiences", "POST", {"condition": condition})

    assert "'Event of fans'" in asked[0]
    assert "'Event of drafts'" not in asked[0]


def test_a_segment_of_another_version_of_kizuki_has_nobody(platform, call):
    document = {"id": "old", "name": "Old", "condition": {"type": "count", "event": "Viewed"}}
    platform.config.put_document("shop", "segment", StoredDocument("old", "live", iso(NOW), document))

    status, _ = call("/api/sites/shop/audiences", "POST", {"condition": {"type": "segment", "id": "old"}})

    assert status == 202


def test_a_question_too_large_for_athena_is_refused(call):
    values = ["x" * 256 + str(n) for n in range(1000)]
    condition = {"type": "trait", "path": "name", "op": "in", "value": values}

    status, document = call("/api/sites/shop/audiences", "POST", {"condition": condition})

    assert (status, document["error"]["code"], document["error"]["path"]) == (413, "condition_too_large", "condition")


def test_operators_ask_only_about_their_own_sites(platform, call):
    platform.add_site("other", "wk_other", "sk_other")
    _, started = call("/api/sites/shop/audiences", "POST", {"condition": VIEWED_TWICE})

    assert call(f"/api/sites/other/audiences/{started['id']}", groups="[site-other]")[0] == 404
    assert call(f"/api/sites/shop/audiences/{started['id']}", groups="[site-other]")[0] == 403
    assert call("/api/sites/shop/audiences", "POST", {"condition": VIEWED_TWICE}, groups="[site-other]")[0] == 403


def test_a_question_over_the_limit_fails_with_its_reason(call, athena, asked):
    _, started = call("/api/sites/shop/audiences", "POST", {"condition": VIEWED_TWICE})
    status = {"State": "CANCELLED", "StateChangeReason": "Query cancelled! : Bytes scanned limit was exceeded"}
    query = {
        "QueryExecutionId": started["id"],
        "Query": asked[0],
        "Status": status,
        "Statistics": {"DataScannedInBytes": 7},
    }
    refuse(athena, "athena.GetQueryExecution", "", status=200, QueryExecution=query)

    _, found = call(f"/api/sites/shop/audiences/{started['id']}")

    assert (found["status"], found["count"], found["scanned_bytes"]) == ("failed", None, 7)
    assert (
        found["reason"]
        == "query_limit: it would have read more than 3 GB, the limit of one query (setting query_limit_gb)"
    )
