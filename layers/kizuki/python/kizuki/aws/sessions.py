"""The sessions table: the index of recordings."""

import re
import time
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from kizuki.aws.clients import translated
from kizuki.errors import ConflictError, ForbiddenError, MalformedError, NotFoundError, TooLargeError, TryAgainError
from kizuki.replay.chunk import SESSION as SESSION_ID
from kizuki.replay.chunk import Chunk
from kizuki.replay.recording import Recording, StoredChunk, Summary, tabs

SESSION = "~session"
CURSOR_TIME = re.compile(r"[0-9]{1,16}")
DAY_SECONDS = 86_400
MAX_SESSION_BYTES = 50 * 1024 * 1024
PAGE = 100
# Two tabs that send at the same moment meet in one item; a transaction then has to start again.
ATTEMPTS = 5


class Known(NamedTuple):
    """What is known of a recording already: its beginning and end (ms), its size, and until when (s) it is watched."""

    started_at: int
    ended_at: int
    bytes: int
    watched_until: int


class SessionStore:
    """`client` is a botocore DynamoDB client."""

    def __init__(self, client: Any, table: str, *, clock: Callable[[], float] = time.time) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    def claim(self, chunk: Chunk) -> Known | None:
        """Return what is known of the chunk's session; knowing a session's id must not be enough to write to it.

        Raises ForbiddenError when the session is another visitor's, TooLargeError when it is full.
        """
        with translated("reading the session"):
            # Consistent: what was erased a moment ago takes nothing more.
            answer = self._client.get_item(TableName=self._table, Key=_session_key(chunk), ConsistentRead=True)
        item = answer.get("Item")
        if item is None:
            return None
        if "erased" in item:
            raise ForbiddenError("erased_session", "this recording was erased", path="session")
        if item["anonymous_id"]["S"] != chunk.address.anonymous_id:
            raise _foreign()
        known = Known(*(int(item.get(name, {"N": "0"})["N"]) for name in Known._fields))
        if known.bytes > MAX_SESSION_BYTES:
            raise TooLargeError(
                "session_full", f"a recording is at most {MAX_SESSION_BYTES} bytes", limit=MAX_SESSION_BYTES
            )
        return known

    def add(self, chunk: Chunk, known: Known | None, *, user_agent: str | None, days: int = 30) -> bool:
        """Index a stored chunk for so many days; False when it was known.

        It counts once, in any order, from any number of tabs.
        """
        added = self._count(chunk, user_agent, {"N": str(int(self._clock()) + days * DAY_SECONDS)})
        # Bounds only ever widen, so stale knowledge costs no more than a write. A repeat widens too: the answer before
        # it may have been lost half-way.
        if known is None or known.started_at > chunk.started_at:
            self._widen(chunk, "started_at", ">", chunk.started_at)
        if known is None or known.ended_at < chunk.ended_at:
            self._widen(chunk, "ended_at", "<", chunk.ended_at)
        return added

    def session(self, site: str, session: str) -> Recording:
        """Read a recording with its chunks. Raises NotFoundError."""
        of_session = {":pk": {"S": f"{site}#{session}"}}
        items = list(self._items(KeyConditionExpression="pk = :pk", ExpressionAttributeValues=of_session))
        sessions = [item for item in items if item["sk"]["S"] == SESSION and "erased" not in item]
        summaries = [read_summary(item, now=self._clock()) for item in sessions]
        if not summaries:
            raise NotFoundError("unknown_session", f"there is no recording of session {session!r}")
        chunks = [_stored(item) for item in items if item["sk"]["S"].startswith("chunk#")]
        return Recording(summaries[0], list(tabs(chunks)))

    def by_person(self, site: str, anonymous_id: str) -> list[Summary]:
        """List a device's recordings, newest first, at most 100."""
        items, _ = self._listed("by_person", "person_key", f"{site}#a:{anonymous_id}", 100, {})
        return [read_summary(item, now=self._clock()) for item in items]

    def by_site(self, site: str, *, limit: int, cursor: str | None = None) -> tuple[list[Summary], str | None]:
        """List a site's recordings, newest first, and the cursor to go on from."""
        items, more = self._listed("by_site", "site", site, limit, _start(site, cursor) if cursor else {})
        summaries = [read_summary(item, now=self._clock()) for item in items]
        if not more:
            return summaries, None
        return summaries, f"{items[-1]['started_at']['N']}#{summaries[-1].session}"

    def newest(self, site: str, below: str) -> Iterator[str]:
        """Yield a site's recordings as keys `<started_at, 13 digits>#<session>`, newest first, from below a key."""
        items = self._items(
            IndexName="by_site",
            KeyConditionExpression="site = :site AND started_at <= :until",
            ExpressionAttributeValues={":site": {"S": site}, ":until": {"N": str(int(below.partition("#")[0]))}},
            ScanIndexForward=False,
            Limit=PAGE,
        )
        # The index has no order among those that began in the same millisecond.
        for _, began_together in groupby(items, key=lambda item: item["started_at"]["N"]):
            yield from sorted((key for key in map(_key_of, began_together) if key < below), reverse=True)

    def active(self, site: str, *, since: int, limit: int) -> list[Summary]:
        """List recordings that were added to since a moment (epoch ms), the last one first."""
        with translated("listing recordings"):
            page = self._client.query(
                TableName=self._table,
                IndexName="by_activity",
                KeyConditionExpression="site = :site AND active_at >= :since",
                ExpressionAttributeValues={":site": {"S": site}, ":since": {"N": str(since)}},
                ScanIndexForward=False,
                Limit=limit,
            )
        return [read_summary(item, now=self._clock()) for item in page["Items"]]

    def _count(self, chunk: Chunk, user_agent: str | None, expiry: dict[str, str]) -> bool:
        writes = [{"Put": self._chunk_put(chunk, expiry)}, {"Update": self._session_update(chunk, user_agent, expiry)}]
        for _ in range(ATTEMPTS):
            try:
                with translated("indexing the chunk"):
                    self._client.transact_write_items(TransactItems=writes)
            except ConflictError as error:
                reasons = _answer(error).get("CancellationReasons") or [{}, {}]
                of_chunk, of_session = (reason.get("Code") for reason in reasons)
                if of_session == "ConditionalCheckFailed":
                    raise _foreign() from error
                if of_chunk == "ConditionalCheckFailed":
                    return False
            else:
                return True
        raise _crowded()

    def _chunk_put(self, chunk: Chunk, expiry: dict[str, str]) -> dict[str, Any]:
        item = {
            "pk": {"S": _pk(chunk)},
            "sk": {"S": f"chunk#{chunk.address.tab}#{chunk.address.sequence:06d}"},
            "key": {"S": chunk.key},
            "started_at": {"N": str(chunk.started_at)},
            "ended_at": {"N": str(chunk.ended_at)},
            "events": {"N": str(chunk.events)},
            "bytes": {"N": str(len(chunk.body))},
            "full_snapshot": {"BOOL": chunk.full_snapshot},
            "expires_at": expiry,
        }
        return {"TableName": self._table, "Item": item, "ConditionExpression": "attribute_not_exists(pk)"}

    def _session_update(self, chunk: Chunk, user_agent: str | None, expiry: dict[str, str]) -> dict[str, Any]:
        anonymous_id = chunk.address.anonymous_id
        firsts: dict[str, Any] = {
            "site": {"S": chunk.site},
            "anonymous_id": {"S": anonymous_id},
            "person_key": {"S": f"{chunk.site}#a:{anonymous_id}"},
            "started_at": {"N": str(chunk.started_at)},
            "ended_at": {"N": str(chunk.ended_at)},
        }
        if chunk.url:
            firsts["url"] = {"S": chunk.url}
        if user_agent:
            firsts["user_agent"] = {"S": user_agent}
        values: dict[str, Any] = {
            ":one": {"N": "1"},
            ":bytes": {"N": str(len(chunk.body))},
            ":active_at": {"N": str(round(self._clock() * 1000))},
            ":expires_at": expiry,
            ":owner": {"S": anonymous_id},
        }
        settings = ["active_at = :active_at", "expires_at = :expires_at"]
        settings += [f"#{name} = if_not_exists(#{name}, :{name})" for name in firsts]
        if chunk.full_snapshot:
            settings.append("full_snapshot = :true")
            values[":true"] = {"BOOL": True}
        return {
            "TableName": self._table,
            "Key": _session_key(chunk),
            "UpdateExpression": f"SET {', '.join(settings)} ADD chunks :one, #bytes :bytes",
            # One that was erased takes nothing, whoever owned it.
            "ConditionExpression": (
                "attribute_not_exists(pk) OR (anonymous_id = :owner AND attribute_not_exists(erased))"
            ),
            "ExpressionAttributeNames": {"#bytes": "bytes"} | {f"#{name}": name for name in firsts},
            "ExpressionAttributeValues": values | {f":{name}": value for name, value in firsts.items()},
        }

    def _widen(self, chunk: Chunk, name: str, beyond: str, value: int) -> None:
        for _ in range(ATTEMPTS):
            try:
                with translated("indexing the chunk"):
                    self._client.update_item(
                        TableName=self._table,
                        Key=_session_key(chunk),
                        UpdateExpression="SET #name = :value",
                        ConditionExpression=f"#name {beyond} :value",
                        ExpressionAttributeNames={"#name": name},
                        ExpressionAttributeValues={":value": {"N": str(value)}},
                    )
            except ConflictError as error:
                if _answer(error)["Error"]["Code"] == "ConditionalCheckFailedException":
                    # Another chunk reaches further already.
                    return
            else:
                return
        raise _crowded()

    def _items(self, **query: Any) -> Iterator[dict[str, Any]]:
        while True:
            with translated("reading recordings"):
                page = self._client.query(TableName=self._table, **query)
            yield from page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            query["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def _listed(
        self, index: str, key: str, value: str, limit: int, start: dict[str, Any]
    ) -> tuple[list[dict[str, Any]], bool]:
        with translated("listing recordings"):
            page = self._client.query(
                TableName=self._table,
                IndexName=index,
                KeyConditionExpression="#key = :value",
                ExpressionAttributeNames={"#key": key},
                ExpressionAttributeValues={":value": {"S": value}},
                ScanIndexForward=False,
                Limit=limit,
                **start,
            )
        return page["Items"], "LastEvaluatedKey" in page


def read_summary(item: dict[str, Any], *, now: float) -> Summary:
    """Read the summary from the session's own row; `now` in epoch seconds."""
    return Summary.of(
        session=item["pk"]["S"].removeprefix(f"{item['site']['S']}#"),
        anonymous_id=item["anonymous_id"]["S"],
        started_at=int(item["started_at"]["N"]),
        ended_at=int(item["ended_at"]["N"]),
        # Recordings from before it was noted have none.
        active_at=int(item.get("active_at", item["ended_at"])["N"]),
        url=item.get("url", {}).get("S"),
        chunks=int(item["chunks"]["N"]),
        full_snapshot=item.get("full_snapshot", {}).get("BOOL", False),
        expired=int(item["expires_at"]["N"]) <= now,
    )


def _pk(chunk: Chunk) -> str:
    return f"{chunk.site}#{chunk.address.session}"


def _key_of(item: dict[str, Any]) -> str:
    session = item["pk"]["S"].removeprefix(f"{item['site']['S']}#")
    return f"{int(item['started_at']['N']):013d}#{session}"


def _session_key(chunk: Chunk) -> dict[str, Any]:
    return {"pk": {"S": _pk(chunk)}, "sk": {"S": SESSION}}


def _start(site: str, cursor: str) -> dict[str, Any]:
    started_at, _, session = cursor.partition("#")
    if not CURSOR_TIME.fullmatch(started_at) or not SESSION_ID.fullmatch(session):
        raise MalformedError("invalid_cursor", "the cursor is not one that this list gave", path="cursor")
    return {
        "ExclusiveStartKey": {
            "pk": {"S": f"{site}#{session}"},
            "sk": {"S": SESSION},
            "site": {"S": site},
            "started_at": {"N": started_at},
        }
    }


def _stored(item: dict[str, Any]) -> StoredChunk:
    _, tab, sequence = item["sk"]["S"].split("#")
    return StoredChunk(
        tab=tab,
        sequence=int(sequence),
        key=item["key"]["S"],
        started_at=int(item["started_at"]["N"]),
        ended_at=int(item["ended_at"]["N"]),
        full_snapshot=item["full_snapshot"]["BOOL"],
    )


def _answer(error: ConflictError) -> dict[str, Any]:
    answer: dict[str, Any] = getattr(error.__cause__, "response", {"Error": {"Code": ""}})
    return answer


def _foreign() -> ForbiddenError:
    return ForbiddenError("foreign_session", "this session belongs to another visitor", path="session")


def _crowded() -> TryAgainError:
    return TryAgainError("unavailable", "the session is being written to by too many at once")
