"""What is known of a recording besides its chunks: its facts, who of the team has seen it, and their comments."""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import msgspec

from kizuki.aws.clients import sort_key, translated
from kizuki.aws.session_index import facts_of
from kizuki.aws.sessions import DAY_SECONDS, SESSION, read_summary
from kizuki.errors import ConflictError, NotFoundError
from kizuki.events.times import iso
from kizuki.replay.facts import SessionFacts
from kizuki.replay.recording import Summary

AFTER_CHUNKS = "chunk$"
"""Sort keys of chunks begin with `chunk#`; everything else of a session sorts behind this."""
MAX_PAGES = 4
"""Of a megabyte each: what reading one session may cost, whatever was sent of it."""
WORKERS = 8
WATCHED_SECONDS = 30


class Comment(msgspec.Struct, frozen=True):
    """What an operator wrote at a moment of a recording, `offset` in milliseconds from its start."""

    id: str
    offset: int
    at: str
    by: str
    text: str


class Seen(msgspec.Struct, frozen=True):
    by: str
    at: str


class Review(msgspec.Struct):
    """One recording, without its chunks."""

    summary: Summary
    facts: SessionFacts | None
    seen: list[Seen]
    comments: list[Comment]


class ReviewStore:
    """`client` is a botocore DynamoDB client, `table` the sessions table."""

    def __init__(
        self, client: Any, table: str, *, retention_days: int = 30, clock: Callable[[], float] = time.time
    ) -> None:
        self._client = client
        self._table = table
        self._retention_days = retention_days
        self._clock = clock

    def review(self, site: str, session: str) -> Review:
        """Read one. Raises NotFoundError for a session of which nothing was recorded."""
        items = self._items(site, session)
        of_session = next((item for item in items if item["sk"]["S"] == SESSION), None)
        if of_session is None or "erased" in of_session:
            raise NotFoundError("unknown_session", f"there is no recording of session {session!r}")
        return Review(
            summary=read_summary(of_session, now=self._clock()),
            facts=facts_of(session, items),
            seen=[Seen(item["by"]["S"], item["at"]["S"]) for item in items if item["sk"]["S"].startswith("seen#")],
            comments=[_comment(item) for item in items if item["sk"]["S"].startswith("comment#")],
        )

    def reviews(self, site: str, sessions: Sequence[str]) -> list[Review]:
        """Read several, in order, without those of which nothing was recorded."""

        def read(session: str) -> Review | None:
            try:
                return self.review(site, session)
            except NotFoundError:
                return None

        if len(sessions) < 2:  # noqa: PLR2004 - nothing to do side by side
            return _present(map(read, sessions))
        with ThreadPoolExecutor(min(WORKERS, len(sessions))) as pool:
            return _present(pool.map(read, sessions))

    def mark_seen(self, site: str, session: str, *, by: str) -> None:
        """Note that an operator has played it; the first time counts. Raises NotFoundError."""
        self._recorded(site, session)
        item = {"by": {"S": by}, "at": {"S": self._now()}}
        try:
            self._put(site, session, f"seen#{sort_key(by)}", item, once=True)
        except ConflictError:
            return

    def comment(self, site: str, session: str, *, offset: int, text: str, by: str) -> Comment:
        """Keep a comment at a moment of a recording. Raises NotFoundError."""
        self._recorded(site, session)
        comment = Comment(f"{offset:010d}-{uuid4().hex[:12]}", offset, self._now(), by, text)
        item = {"by": {"S": by}, "at": {"S": comment.at}, "text": {"S": text}}
        self._put(site, session, f"comment#{comment.id}", item)
        return comment

    def delete_comment(self, site: str, session: str, id: str) -> None:
        """Delete a comment. Raises NotFoundError."""
        try:
            with translated("deleting a comment"):
                self._client.delete_item(
                    TableName=self._table,
                    Key=_key(site, session, f"comment#{id}"),
                    ConditionExpression="attribute_exists(pk)",
                )
        except ConflictError as error:
            raise NotFoundError("unknown_comment", "there is no such comment") from error

    def watch(self, site: str, session: str) -> int:
        """Ask the visitor's tag, for half a minute, to send what it records at once; return until when, epoch seconds.

        Raises NotFoundError.
        """
        until = int(self._clock()) + WATCHED_SECONDS
        try:
            with translated("watching a session"):
                self._client.update_item(
                    TableName=self._table,
                    Key=_key(site, session, SESSION),
                    UpdateExpression="SET watched_until = :until",
                    ConditionExpression="attribute_exists(anonymous_id)",
                    ExpressionAttributeValues={":until": {"N": str(until)}},
                )
        except ConflictError as error:
            raise NotFoundError("unknown_session", f"there is no recording of session {session!r}") from error
        return until

    def _recorded(self, site: str, session: str) -> None:
        with translated("reading the session"):
            answer = self._client.get_item(TableName=self._table, Key=_key(site, session, SESSION))
        if "erased" in answer.get("Item", {"erased": True}):
            raise NotFoundError("unknown_session", f"there is no recording of session {session!r}")

    def _put(self, site: str, session: str, sk: str, item: dict[str, Any], *, once: bool = False) -> None:
        expires_at = {"N": str(int(self._clock()) + self._retention_days * DAY_SECONDS)}
        condition = {"ConditionExpression": "attribute_not_exists(pk)"} if once else {}
        with translated("noting a review"):
            self._client.put_item(
                TableName=self._table, Item=_key(site, session, sk) | item | {"expires_at": expires_at}, **condition
            )

    def _items(self, site: str, session: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        start: dict[str, Any] = {}
        for _ in range(MAX_PAGES):
            with translated("reading the session"):
                page = self._client.query(
                    TableName=self._table,
                    KeyConditionExpression="pk = :pk AND sk > :after",
                    ExpressionAttributeValues={":pk": {"S": f"{site}#{session}"}, ":after": {"S": AFTER_CHUNKS}},
                    # Newest first: `~session` and `~index` must be there however many facts there are.
                    ScanIndexForward=False,
                    **start,
                )
            found += page["Items"]
            if "LastEvaluatedKey" not in page:
                break
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
        return found[::-1]

    def _now(self) -> str:
        return iso(round(self._clock() * 1000))


def _present(found: Iterable[Review | None]) -> list[Review]:
    return [review for review in found if review is not None]


def _comment(item: dict[str, Any]) -> Comment:
    id_ = item["sk"]["S"].removeprefix("comment#")
    return Comment(id_, int(id_.partition("-")[0]), item["at"]["S"], item["by"]["S"], item["text"]["S"])


def _key(site: str, session: str, sk: str) -> dict[str, Any]:
    return {"pk": {"S": f"{site}#{session}"}, "sk": {"S": sk}}
