"""The data hub's queries, in a workgroup that bounds what one may read. A query says itself whose it is."""

from hashlib import sha256
from typing import Any, Literal

import msgspec
from botocore.exceptions import ClientError

from kizuki.aws.clients import translated
from kizuki.errors import KizukiError, NotFoundError

TRINO = "trino"
"""What Athena speaks; the emulator speaks DuckDB."""
Status = Literal["running", "done", "failed"]
STATUS: dict[str, Status] = {"QUEUED": "running", "RUNNING": "running", "SUCCEEDED": "done"}
NOTE = "\n-- kizuki "
PAGE = 1000
INVALID = "InvalidRequestException"
LIMIT_WORDS = "bytes scanned limit"


class Note(msgspec.Struct):
    """What a query says of itself, in a comment at its end: only our own queries, for their own site, can be read."""

    site: str
    as_of: str
    asked_at: str
    """To the minute: the same question within one is the same query."""


class Query(msgspec.Struct):
    """A query and what became of it."""

    id: str
    note: Note
    status: Status
    scanned_bytes: int
    reason: str | None = None


_decode_note = msgspec.json.Decoder(Note).decode


class Athena:
    """`client` is a botocore Athena client; `limit_gb` is what the workgroup lets one query read."""

    def __init__(self, client: Any, *, workgroup: str, database: str, limit_gb: int, dialect: str = TRINO) -> None:
        self._client = client
        self._workgroup = workgroup
        self._database = database
        self._limit_gb = limit_gb
        self._dialect = dialect

    def start(self, sql: str, note: Note) -> str:
        """Start a query and return its id; the one that runs already, for what was asked in the same minute."""
        text = _spoken(sql, self._dialect) + NOTE + msgspec.json.encode(note).decode()
        with translated("asking the data hub"):
            try:
                answer = self._client.start_query_execution(
                    QueryString=text,
                    ClientRequestToken=sha256(text.encode()).hexdigest(),
                    QueryExecutionContext={"Database": self._database},
                    WorkGroup=self._workgroup,
                )
            except ClientError as error:
                if error.response["Error"]["Code"] == INVALID:
                    raise KizukiError("query_refused", "Athena does not take the query") from error
                raise
        return str(answer["QueryExecutionId"])

    def query(self, site: str, id: str) -> Query:
        """Tell what became of a query. Raises NotFoundError for one that is not ours or not this site's."""
        with translated("asking about the query"):
            try:
                found = self._client.get_query_execution(QueryExecutionId=id)["QueryExecution"]
            except ClientError as error:
                if error.response["Error"]["Code"] == INVALID:
                    raise _unknown(id) from error
                raise
        note = _note(found["Query"])
        if note is None or note.site != site:
            raise _unknown(id)
        state = found["Status"]
        status = STATUS.get(state["State"], "failed")
        scanned = int(found.get("Statistics", {}).get("DataScannedInBytes", 0))
        reason = self._reason(state.get("StateChangeReason", "")) if status == "failed" else None
        return Query(id, note, status, scanned, reason)

    def rows(self, id: str) -> list[dict[str, str | None]]:
        """Read the first page of a query's answer, by column. Raises NotFoundError once the results have expired."""
        with translated("reading the answer"):
            try:
                answer = self._client.get_query_results(QueryExecutionId=id, MaxResults=PAGE)["ResultSet"]
            except ClientError as error:
                if error.response["Error"]["Code"] == INVALID:
                    raise NotFoundError("expired_query", "the answer is no longer kept: ask again") from error
                raise
        names = [column["Name"] for column in answer["ResultSetMetadata"]["ColumnInfo"]]
        # The first row repeats the names.
        cells = [[cell.get("VarCharValue") for cell in row["Data"]] for row in answer["Rows"][1:]]
        return [dict(zip(names, row, strict=True)) for row in cells]

    def _reason(self, told: str) -> str:
        """Say why a query failed. Athena's own words may quote any row of the table, and so another site's."""
        if LIMIT_WORDS in told.lower():
            read = f"it would have read more than {self._limit_gb} GB"
            return f"query_limit: {read}, the limit of one query (setting query_limit_gb)"
        return "query_failed: Athena could not answer it; its history of queries says why"


def _note(sql: str) -> Note | None:
    _, found, written = sql.rpartition(NOTE)
    try:
        return _decode_note(written) if found else None
    except msgspec.MsgspecError:
        return None


def _unknown(id: str) -> NotFoundError:
    return NotFoundError("unknown_query", f"there is no query {id!r}")


def _spoken(sql: str, dialect: str) -> str:
    """Translate for the emulator, which runs DuckDB as it is."""
    if dialect == TRINO:
        return sql
    from sqlglot import transpile  # noqa: PLC0415 - only the local stage's layer has it

    return transpile(sql, read=TRINO, write=dialect)[0]
