"""The metrics table: counters, the live feed, refused events."""

import time
from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

import msgspec

from kizuki.absence import pulse
from kizuki.aws.clients import put_all, translated
from kizuki.aws.visitors import padded
from kizuki.errors import ConflictError
from kizuki.events import Refusal

LOG_DAYS = 30
DAY_SECONDS = 86_400
FEED_SIZE = 50
FEED_BYTES = 300_000
MAX_EVENT_TEXT = 32 * 1024
# A transaction takes 100 items; one is the cursor.
MAX_COUNTERS = 99
MAX_NAMES = 250
"""Numbers of one counter in a transaction: an expression takes 4 KB."""

Counts = dict[tuple[str, str], Counter[str]]
"""(site, counter key such as `campaign#free-shipping`) to what is added to each of its numbers."""


class FeedEvent(msgspec.Struct, omit_defaults=True):
    """One line of the live feed (docs/api.md)."""

    message_id: str
    event: str
    type: str
    occurred_at: str
    person: str
    name: str | None = None
    url: str | None = None
    properties: dict[str, Any] = {}


_decode_feed = msgspec.json.Decoder(list[FeedEvent]).decode


class MetricsStore:
    """Read and write counters and logs. `client` is a botocore DynamoDB client."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def shard_cursor(self, shard: str) -> str:
        """Return the sequence number up to which this shard's records are counted; empty before the first."""
        with translated("reading the counters"):
            answer = self._client.get_item(TableName=self._table, Key=_key("cursor", shard), ConsistentRead=True)
        return str(answer["Item"]["sequence"]["S"]) if "Item" in answer else ""

    def count(self, shard: str, *, before: str, sequence: str, counts: Counts) -> None:
        """Add to the counters and move the shard's cursor in one transaction, so that a record counts once.

        Raises ConflictError, having moved nothing, when the cursor is no longer at `before`. More than MAX_COUNTERS can
        only come from a single record; what is beyond goes first, in transactions with cursors of their own.
        """
        additions = [self._addition(key, counts[key]) for key in sorted(counts)]
        for start in range(MAX_COUNTERS, len(additions), MAX_COUNTERS):
            part = f"{shard}/{start}"
            done = self.shard_cursor(part)
            if done != padded(sequence):
                self._move(part, done, sequence, additions[start : start + MAX_COUNTERS])
        self._move(shard, before, sequence, additions[:MAX_COUNTERS])

    def _move(self, cursor: str, before: str, sequence: str, additions: list[dict[str, Any]]) -> None:
        moved = {
            "Update": {
                "TableName": self._table,
                "Key": _key("cursor", cursor),
                "UpdateExpression": "SET #sequence = :new",
                "ConditionExpression": "#sequence = :before" if before else "attribute_not_exists(pk)",
                "ExpressionAttributeNames": {"#sequence": "sequence"},
                "ExpressionAttributeValues": {":new": {"S": padded(sequence)}}
                | ({":before": {"S": before}} if before else {}),
            }
        }
        with translated("counting"):
            self._client.transact_write_items(TransactItems=[moved, *additions])

    def counters(self, site: str, prefix: str, *, after: str = "") -> dict[str, dict[str, int]]:
        """Read the counters of a site whose key starts with `prefix`, by what follows it: those past `after` only."""
        found: dict[str, dict[str, int]] = {}
        arguments: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :pk AND sk BETWEEN :first AND :last",
            "ExpressionAttributeValues": {
                ":pk": {"S": f"{site}#counters"},
                ":first": {"S": f"{prefix}{after}"},
                ":last": {"S": f"{prefix}~"},
            },
        }
        while True:
            with translated("reading the counters"):
                page = self._client.query(**arguments)
            for item in page["Items"]:
                numbers = {name: int(value["N"]) for name, value in item.items() if "N" in value}
                found[item["sk"]["S"].removeprefix(prefix)] = numbers
            if "LastEvaluatedKey" not in page:
                return found
            arguments["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def take(self, site: str, campaign: str, limit: int) -> bool:
        """Take one of so many displays to everybody; False when all are taken. Never one more, whoever asks at once."""
        try:
            with translated("counting displays"):
                self._client.update_item(
                    TableName=self._table,
                    Key=_key(f"{site}#totals", campaign),
                    UpdateExpression="ADD #taken :one",
                    ConditionExpression="attribute_not_exists(#taken) OR #taken < :limit",
                    ExpressionAttributeNames={"#taken": "taken"},
                    ExpressionAttributeValues={":one": {"N": "1"}, ":limit": {"N": str(limit)}},
                )
        except ConflictError:
            return False
        return True

    def give_back(self, site: str, campaign: str) -> None:
        """Give back a display that was taken and then not shown."""
        with translated("counting displays"):
            self._client.update_item(
                TableName=self._table,
                Key=_key(f"{site}#totals", campaign),
                UpdateExpression="ADD #taken :one",
                ExpressionAttributeNames={"#taken": "taken"},
                ExpressionAttributeValues={":one": {"N": "-1"}},
            )

    def taken(self, site: str, campaign: str) -> int:
        """Return how many displays were taken."""
        with translated("counting displays"):
            answer = self._client.get_item(
                TableName=self._table, Key=_key(f"{site}#totals", campaign), ConsistentRead=True
            )
        return int(answer["Item"]["taken"]["N"]) if "Item" in answer else 0

    def feed(self, site: str) -> list[FeedEvent]:
        """Read the newest events of every shard, newest first, each once."""
        with translated("reading the feed"):
            items = self._client.query(
                TableName=self._table,
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={":pk": {"S": f"{site}#feed"}},
            )["Items"]
        events = {event.message_id: event for item in items for event in _decode_feed(item["events"]["S"])}
        return sorted(events.values(), key=lambda event: event.occurred_at, reverse=True)

    def put_feed(self, site: str, shard: str, events: list[FeedEvent]) -> None:
        """Replace what the feed shows of one shard by these events with the newest before them, FEED_SIZE in all."""
        key = _key(f"{site}#feed", shard)
        with translated("writing the feed"):
            answer = self._client.get_item(TableName=self._table, Key=key)
            known = _decode_feed(answer["Item"]["events"]["S"]) if "Item" in answer else []
            newest = list({event.message_id: event for event in [*known, *events]}.values())[-FEED_SIZE:]
            item = key | {"events": {"S": _feed_lines(newest)}, "expires_at": {"N": _expiry()}}
            self._client.put_item(TableName=self._table, Item=item)

    def put_refused(self, site: str, refused: Iterable[Refusal], *, refused_at: str) -> None:
        """Keep refused events apart, with their reason, for 30 days. Raises TryAgainError."""
        items = [_refused(site, refusal, refused_at) for refusal in refused]
        put_all(self._client, self._table, items, "keeping refused events")

    def refused(self, site: str, *, before: str | None, limit: int) -> tuple[list[dict[str, Any]], str | None]:
        """List refused events newest first; the cursor is the id of the last."""
        values = {":pk": {"S": f"{site}#refused"}}
        condition = "pk = :pk"
        if before is not None:
            condition += " AND sk < :before"
            values[":before"] = {"S": before}
        with translated("listing refused events"):
            page = self._client.query(
                TableName=self._table,
                KeyConditionExpression=condition,
                ExpressionAttributeValues=values,
                ScanIndexForward=False,
                Limit=limit,
            )
        items = [
            {
                "id": item["sk"]["S"],
                "refused_at": item["sk"]["S"].partition("#")[0],
                "code": item["code"]["S"],
                "reason": item["reason"]["S"],
                "path": item["path"]["S"],
                "event": item["event"]["S"],
            }
            for item in page["Items"]
        ]
        return items, items[-1]["id"] if "LastEvaluatedKey" in page else None

    def _addition(self, key: tuple[str, str], added: Counter[str]) -> dict[str, Any]:
        names = sorted(added)
        update: dict[str, Any] = {
            "TableName": self._table,
            "Key": _key(f"{key[0]}#counters", key[1]),
            "UpdateExpression": "ADD " + ", ".join(f"#n{i} :n{i}" for i in range(len(names))),
            "ExpressionAttributeNames": {f"#n{i}": name for i, name in enumerate(names)},
            "ExpressionAttributeValues": {f":n{i}": {"N": str(added[name])} for i, name in enumerate(names)},
        }
        if key[1].startswith(pulse.PREFIX):
            bucket = key[1].removeprefix(pulse.PREFIX)
            update["Key"] = _key(f"{key[0]}#pulse", bucket)
            update["UpdateExpression"] = f"SET #expires = :expires {update['UpdateExpression']}"
            update["ExpressionAttributeNames"]["#expires"] = "expires_at"
            update["ExpressionAttributeValues"][":expires"] = {"N": str(pulse.expiry(bucket))}
        return {"Update": update}


def _feed_lines(events: list[FeedEvent]) -> str:
    """Encode the newest events that fit: an item that is too large could never be written again."""
    lines: list[bytes] = []
    for event in reversed(events):
        lines.append(msgspec.json.encode(event))
        if sum(map(len, lines)) > FEED_BYTES:
            lines.pop()
            break
    return f"[{b','.join(reversed(lines)).decode()}]"


def _key(pk: str, sk: str) -> dict[str, Any]:
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def _expiry() -> str:
    return str(int(time.time()) + LOG_DAYS * DAY_SECONDS)


def _refused(site: str, refusal: Refusal, refused_at: str) -> dict[str, Any]:
    return _key(f"{site}#refused", f"{refused_at}#{uuid4()}") | {
        "code": {"S": refusal.code},
        "reason": {"S": refusal.reason},
        "path": {"S": refusal.path},
        "event": {"S": refusal.event[:MAX_EVENT_TEXT]},
        "expires_at": {"N": _expiry()},
    }
