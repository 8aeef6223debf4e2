"""The visitors table: state and timeline of every person (docs/architecture.md, Stores)."""

from collections.abc import Iterator
from typing import Any

import msgspec

from kizuki.aws.clients import put_all, translated
from kizuki.events import Decision, Event, compress, decode_rows, decompress
from kizuki.events.times import iso
from kizuki.visitors import State, decode_state, encode_state
from kizuki.visitors.fold import was_folded

STATE_KEY = "~state"
CLAIMS_KEY = "~claims"
CLAIM_MS = 60_000
"""How long a claim counts by itself: its event is on the timeline long before, or its client sends it again."""
MAX_CLAIMS = 500
"""One request can hold more, and would outgrow the item: its own events hold them a moment later."""
BATCH_PREFIX = "e#"
SEQUENCE_DIGITS = 60
PAGE = 25
HISTORY_PAGE = 500
MAX_HISTORY = 20_000
"""Batches of one source that are folded again for a new statistic."""
MAX_HISTORY_BYTES = 64_000_000
"""Rows of one person that are folded again: four times as much memory, and a second or two."""
MAX_TOGETHER = 100
"""Items that one transaction takes."""
CLAIMS_SECONDS = 86_400

_encode_claims = msgspec.msgpack.Encoder().encode


class StoredBatch(msgspec.Struct):
    """One accepted batch of the timeline, newest events last."""

    sequence: str
    events: list[Event]
    size: int = 0
    """Bytes of its rows."""


class TimelineBatch(msgspec.Struct):
    """A batch to write: `rows` as they went to the stream under `sequence`."""

    person: str
    sequence: str
    rows: bytes


class Claim(msgspec.Struct, array_like=True):
    """What was decided on an event that may not be on the timeline yet."""

    message_id: str
    occurred_at: int
    session_id: str | None
    decisions: list[Decision]
    at: int = 0
    """When it was noted."""


_decode_claims = msgspec.msgpack.Decoder(list[Claim]).decode


class Claims(msgspec.Struct):
    """The newest decisions on a person. Whoever adds one says which revision they have read."""

    rev: int = 0
    items: list[Claim] = []

    def counting(self, now: int) -> list[Claim]:
        """Return those that still count by themselves."""
        return [claim for claim in self.items if claim.at > now - CLAIM_MS]


class Visitor(msgspec.Struct):
    """A person as stored: the state, and the newest batches, oldest first: at least all that are not folded yet."""

    state: State
    rev: int
    batches: list[StoredBatch]
    claims: Claims

    def unfolded(self, person: str) -> list[Event]:
        """Return this person's events that were accepted after the newest one of their state."""
        cursor = self.state.cursors.get(person, "")
        return [event for batch in self.batches if batch.sequence > cursor for event in batch.events]


class VisitorStore:
    """Read and write visitors. `client` is a botocore DynamoDB client."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def read(self, site: str, person: str) -> Visitor:
        """Read state and tail in one consistent query, newest first; one who is not known yet has an empty state."""
        state, rev, claims = State(person), 0, Claims()
        batches: list[StoredBatch] = []
        for item in self._newest_first(site, person):
            if item["sk"]["S"] == STATE_KEY:
                state, rev = decode_state(item["state"]["B"]), int(item["rev"]["N"])
                continue
            if item["sk"]["S"] == CLAIMS_KEY:
                claims = Claims(int(item["rev"]["N"]), _decode_claims(item["claims"]["B"]))
                continue
            batches.append(_batch(item))
            if len(batches) >= PAGE and batches[-1].sequence <= state.cursors.get(person, ""):
                break
        return Visitor(state, rev, batches[::-1], claims)

    def claim(self, site: str, person: str, known: Claims, new: list[Claim], *, now: int) -> None:
        """Note decisions before their events are written, so that no other request decides without knowing of them.

        Raises ConflictError where another request was first: read again, and decide again.
        """
        items = [*known.counting(now), *new][-MAX_CLAIMS:]
        item = _key(site, person, CLAIMS_KEY) | {
            "rev": {"N": str(known.rev + 1)},
            "claims": {"B": _encode_claims(items)},
            "expires_at": {"N": str(now // 1000 + CLAIMS_SECONDS)},
        }
        put: dict[str, Any] = {
            "TableName": self._table,
            "Item": item,
            "ConditionExpression": "attribute_not_exists(pk)",
        }
        if known.rev:
            put |= {"ConditionExpression": "rev = :rev", "ExpressionAttributeValues": {":rev": {"N": str(known.rev)}}}
        with translated("noting decisions"):
            self._client.put_item(**put)

    def state(self, site: str, person: str) -> tuple[State, int]:
        """Read the state and its revision; an empty one of revision 0 for a person not known yet."""
        with translated("reading a visitor"):
            answer = self._client.get_item(
                TableName=self._table, Key=_key(site, person, STATE_KEY), ConsistentRead=True
            )
        item = answer.get("Item")
        return (decode_state(item["state"]["B"]), int(item["rev"]["N"])) if item else (State(person), 0)

    def history(self, site: str, state: State, *, since: int = 0, most: int = MAX_HISTORY) -> list[Event]:
        """Read every event that was folded into a state, each once, in the order it happened: on every device.

        `since` leaves out what was received before that moment (epoch ms), `most` all but the newest so many batches.
        """
        events: dict[str, Event] = {}
        size = 0
        persons = {state.person, *(f"u:{alias}" for alias in state.aliases)}
        for source in [*sorted(persons), *(f"a:{device}" for device in state.devices)]:
            cursor = state.cursors.get(source, "")
            batches = 0
            for item in self._newest_first(site, source, limit=HISTORY_PAGE):
                if item["sk"]["S"] == STATE_KEY:
                    stored = decode_state(item["state"]["B"])
                    if source != state.person:
                        if stored.merged_into not in persons:
                            break
                        cursor = stored.cursors.get(source, "")
                    continue
                if item["sk"]["S"] == CLAIMS_KEY:
                    continue
                batch = _batch(item)
                batches += 1
                size += batch.size
                newest = max(event.received_at for event in batch.events)
                if batches > most or size > MAX_HISTORY_BYTES or newest < since:
                    break
                for event in batch.events:
                    if batch.sequence <= cursor or was_folded(state, event):
                        events[event.message_id] = event
        return sorted(events.values(), key=lambda event: (event.occurred_at, event.received_at, event.position))

    def has(self, site: str, person: str, sequence: str) -> bool:
        """Tell whether this batch has arrived on the timeline: it is written just after it went to the stream."""
        with translated("reading the timeline"):
            key = _key(site, person, f"{BATCH_PREFIX}{padded(sequence)}")
            answer = self._client.get_item(
                TableName=self._table, Key=key, ConsistentRead=True, ProjectionExpression="pk"
            )
        return "Item" in answer

    def append(self, site: str, batch: TimelineBatch, *, expires_at: int) -> None:
        """Write one accepted batch to the timeline. Writing the same again changes nothing. Raises TryAgainError."""
        with translated("writing to the timeline"):
            self._client.put_item(TableName=self._table, Item=_timeline_item(site, batch, expires_at))

    def append_many(self, site: str, batches: list[TimelineBatch], *, expires_at: int) -> None:
        """Write many people's batches. Raises TryAgainError when one was not written."""
        items = [_timeline_item(site, batch, expires_at) for batch in batches]
        put_all(self._client, self._table, items, "writing to the timeline")

    def save(self, site: str, states: list[tuple[State, int]]) -> None:
        """Write states on the condition that none has moved since it was read; two or more in one transaction.

        Raises ConflictError when one has, and then writes none.
        """
        puts = [self._put(site, state, rev) for state, rev in states]
        with translated("writing a visitor"):
            if len(puts) == 1:
                self._client.put_item(**puts[0])
            else:
                self._client.transact_write_items(TransactItems=[{"Put": put} for put in puts])

    def timeline(
        self, site: str, person: str, *, before: str | None, limit: int
    ) -> tuple[list[StoredBatch], str | None]:
        """Read batches newest first, older than `before`; return them with the cursor of the next page."""
        batches: list[StoredBatch] = []
        for item in self._newest_first(site, person, before=before, limit=limit):
            if item["sk"]["S"].startswith(BATCH_PREFIX):
                batches.append(_batch(item))
            if len(batches) == limit:
                return batches, batches[-1].sequence
        return batches, None

    def start(self, site: str, person: str, seen_hour: str) -> dict[str, Any]:
        """Return the key of `people` to go on behind."""
        return _key(site, person, STATE_KEY) | {"site": {"S": site}, "seen_hour": {"S": seen_hour}}

    def people(
        self, site: str, *, start: dict[str, Any] | None, limit: int
    ) -> tuple[list[State], dict[str, Any] | None]:
        """List people by the hour they were last seen, newest first, without those merged into another."""
        arguments: dict[str, Any] = {
            "TableName": self._table,
            "IndexName": "by_seen",
            "KeyConditionExpression": "site = :site",
            "ExpressionAttributeValues": {":site": {"S": site}},
            "ScanIndexForward": False,
            "Limit": limit,
        }
        if start is not None:
            arguments["ExclusiveStartKey"] = start
        with translated("listing people"):
            page = self._client.query(**arguments)
            states = [
                self._client.get_item(TableName=self._table, Key={"pk": item["pk"], "sk": item["sk"]})
                for item in page["Items"]
            ]
        found = [decode_state(answer["Item"]["state"]["B"]) for answer in states if "Item" in answer]
        return [state for state in found if state.merged_into is None], page.get("LastEvaluatedKey")

    def _put(self, site: str, state: State, rev: int) -> dict[str, Any]:
        item = _key(site, state.person, STATE_KEY) | {
            "state": {"B": encode_state(state)},
            "rev": {"N": str(rev + 1)},
        }
        if state.merged_into is None:
            # The index moves once an hour, not with every event: an index write costs as much as the state's own.
            item |= {"site": {"S": site}, "seen_hour": {"S": iso(state.last_seen)[:13]}}
        put: dict[str, Any] = {"TableName": self._table, "Item": item}
        if rev:
            return put | {"ConditionExpression": "rev = :rev", "ExpressionAttributeValues": {":rev": {"N": str(rev)}}}
        return put | {"ConditionExpression": "attribute_not_exists(pk)"}

    def _newest_first(
        self, site: str, person: str, *, before: str | None = None, limit: int = PAGE
    ) -> Iterator[dict[str, Any]]:
        condition, values = "pk = :pk", {":pk": {"S": f"{site}#{person}"}}
        if before is not None:
            condition += " AND sk < :before"
            values[":before"] = {"S": BATCH_PREFIX + before}
        arguments: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": values,
            "ScanIndexForward": False,
            "ConsistentRead": True,
            "Limit": limit + 1,
        }
        while True:
            with translated("reading a visitor"):
                page = self._client.query(**arguments)
            yield from page["Items"]
            if "LastEvaluatedKey" not in page:
                return
            arguments["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def padded(sequence: str) -> str:
    """Pad a Kinesis sequence number so that text sorts as numbers do."""
    return sequence.zfill(SEQUENCE_DIGITS)


def _key(site: str, person: str, sk: str) -> dict[str, Any]:
    return {"pk": {"S": f"{site}#{person}"}, "sk": {"S": sk}}


def _timeline_item(site: str, batch: TimelineBatch, expires_at: int) -> dict[str, Any]:
    return _key(site, batch.person, f"{BATCH_PREFIX}{padded(batch.sequence)}") | {
        "rows": {"B": compress(batch.rows)},
        "expires_at": {"N": str(expires_at)},
    }


def _batch(item: dict[str, Any]) -> StoredBatch:
    rows = decompress(item["rows"]["B"])
    _, events = decode_rows(rows)
    return StoredBatch(item["sk"]["S"].removeprefix(BATCH_PREFIX), events, len(rows))
