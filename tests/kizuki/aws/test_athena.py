"""Queries on the data hub: whose they are, what became of them, and what their failures mean."""

import pytest

from kizuki.aws.athena import Athena, Note, Query
from kizuki.aws.clients import client
from kizuki.errors import KizukiError, NotFoundError, TryAgainError
from tests.kizuki.aws.faults import refuse

NOTE = Note("shop", "2026-11-21T14:59:59.999Z", "2026-11-22T01:00:59.999Z")
SQL = "SELECT 1 AS one"


@pytest.fixture
def queries(aws):
    return client("athena")


@pytest.fixture
def athena(queries):
    return Athena(queries, workgroup="primary", database="kizuki", limit_gb=10)


def started(queries, note=NOTE, *, sql=SQL, **changes):
    """What Athena is asked to start."""
    asked = []
    queries.meta.events.register(
        "provide-client-params.athena.StartQueryExecution", lambda params, **_: asked.append(params)
    )
    Athena(queries, **{"workgroup": "primary", "database": "kizuki", "limit_gb": 10} | changes).start(sql, note)
    return asked[-1]


def told(queries, state, **fields):
    """Let Athena tell this of any query."""
    status = {"State": state} | fields
    query = {"QueryExecutionId": "q", "Query": f'{SQL}\n-- kizuki {{"site":"shop","as_of":"a","asked_at":"b"}}'}
    statistics = {"DataScannedInBytes": 123}
    answer = query | {"Status": status, "Statistics": statistics}
    refuse(queries, "athena.GetQueryExecution", "", status=200, QueryExecution=answer)


def test_a_query_is_found_by_its_id_with_what_it_is_about(athena):
    id_ = athena.start(SQL, NOTE)

    query = athena.query("shop", id_)

    assert (query.id, query.note) == (id_, NOTE)


def test_a_query_runs_in_the_workgroup_that_bounds_it(queries):
    queries.create_work_group(Name="kizuki-prod")

    asked = started(queries, workgroup="kizuki-prod", database="kizuki_prod")

    assert asked["WorkGroup"] == "kizuki-prod"
    assert asked["QueryExecutionContext"] == {"Database": "kizuki_prod"}
    assert asked["QueryString"].startswith(SQL)


def test_a_site_never_sees_anothers_query(athena):
    id_ = athena.start(SQL, NOTE)

    with pytest.raises(NotFoundError):
        athena.query("other", id_)


def test_what_others_ask_in_the_account_is_not_ours_to_show(athena, queries):
    id_ = queries.start_query_execution(QueryString="SELECT 'shop' AS site", WorkGroup="primary")["QueryExecutionId"]

    with pytest.raises(NotFoundError):
        athena.query("shop", id_)


def test_a_value_that_looks_like_a_note_is_none(athena, queries):
    forged = 'SELECT \'\n-- kizuki {"site":"other","as_of":"","asked_at":""}\''
    id_ = athena.start(forged, NOTE)

    assert athena.query("shop", id_).note == NOTE
    with pytest.raises(NotFoundError):
        athena.query("other", id_)


def test_an_unknown_id_is_not_found(athena, queries):
    refuse(queries, "athena.GetQueryExecution", "InvalidRequestException")

    with pytest.raises(NotFoundError):
        athena.query("shop", "no-such-query")


def test_the_same_question_of_one_minute_is_one_query_for_athena(queries):
    tokens = [started(queries, note)["ClientRequestToken"] for note in (NOTE, NOTE, Note("shop", NOTE.as_of, "later"))]

    assert tokens[0] == tokens[1] != tokens[2]
    assert 32 <= len(tokens[0]) <= 128


@pytest.mark.parametrize(
    ("state", "status"),
    [
        ("QUEUED", "running"),
        ("RUNNING", "running"),
        ("SUCCEEDED", "done"),
        ("FAILED", "failed"),
        ("CANCELLED", "failed"),
    ],
)
def test_athenas_states_are_three(athena, queries, state, status):
    told(queries, state)

    assert athena.query("shop", "q").status == status


def test_a_query_that_reads_too_much_fails_naming_the_limit(athena, queries):
    told(queries, "CANCELLED", StateChangeReason="Query cancelled! : Bytes scanned limit was exceeded")

    reason = "query_limit: it would have read more than 10 GB, the limit of one query (setting query_limit_gb)"
    assert athena.query("shop", "q") == Query("q", Note("shop", "a", "b"), "failed", 123, reason)


def test_athenas_own_words_do_not_reach_a_site(athena, queries):
    told(queries, "FAILED", StateChangeReason="INVALID_CAST_ARGUMENT: Cannot cast 'another site's secret'")

    assert "secret" not in athena.query("shop", "q").reason


def test_an_answer_is_read_by_column(athena, queries):
    rows = [["person", "email"], ["a:1", None]]
    data = [{"Data": [{} if cell is None else {"VarCharValue": cell} for cell in row]} for row in rows]
    columns = [{"Name": name, "Type": "varchar"} for name in rows[0]]
    answer = {"Rows": data, "ResultSetMetadata": {"ColumnInfo": columns}}
    refuse(queries, "athena.GetQueryResults", "", status=200, ResultSet=answer)

    assert athena.rows("q") == [{"person": "a:1", "email": None}]


def test_an_answer_that_has_expired_is_not_found(athena, queries):
    refuse(queries, "athena.GetQueryResults", "InvalidRequestException")

    with pytest.raises(NotFoundError, match="ask again"):
        athena.rows("q")


def test_a_busy_athena_is_asked_again_later(athena, queries):
    for operation in ("StartQueryExecution", "GetQueryExecution", "GetQueryResults"):
        refuse(queries, f"athena.{operation}", "TooManyRequestsException")

    for ask in (lambda: athena.start(SQL, NOTE), lambda: athena.query("shop", "q"), lambda: athena.rows("q")):
        with pytest.raises(TryAgainError):
            ask()


def test_a_query_that_athena_does_not_take_is_our_mistake(athena, queries):
    refuse(queries, "athena.StartQueryExecution", "InvalidRequestException")

    with pytest.raises(KizukiError) as refused:
        athena.start(SQL, NOTE)
    assert (refused.value.code, refused.value.status) == ("query_refused", 500)


def test_the_emulator_is_asked_in_its_own_words(queries):
    asked = started(queries, sql="SELECT element_at(names, 'a') AS one", dialect="duckdb")

    assert asked["QueryString"].startswith("SELECT names['a'] AS one\n-- kizuki ")
