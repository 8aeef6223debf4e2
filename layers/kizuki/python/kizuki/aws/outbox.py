"""What is to be sent, by destination, in the order it is due. An item is there until its destination has accepted it.

`pk = <site>#outbox#<destination>`, `sk = <due, 13 digits of epoch ms>#<id>`. Being put is once per id: the line of the
delivery log, written in the same transaction on the condition that there is none, says so. What a rule keeps quiet
about is one item each, `pk = <site>#quiet`, claimed in that transaction too.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, Literal

import msgspec

from kizuki.aws.clients import sort_key, translated
from kizuki.aws.deliveries import (
    Delivery,
    decode_line,
    encode_line,
    expires_at,
    line_key,
    packed,
    unpacked,
)
from kizuki.errors import ConflictError, TryAgainError
from kizuki.events.times import iso
from kizuki.notifications.model import Notification, encode

TOGETHER = 33
"""Entries of one transaction: each is up to three of its hundred writes."""
TOGETHER_BYTES = 2_500_000
ATTEMPTS = 4
SECOND_MS = 1000
DIGITS = 13
MAX_TAKEN = 1000
RETRIES_MS = 2 * 86_400_000
"""Nothing waits longer for another attempt."""

Put = Literal["put", "known", "quiet"]


class Entry(msgspec.Struct, frozen=True):
    """One notification that waits: `due` epoch ms, `line` its line of the delivery log so far."""

    notification: Notification
    line: Delivery
    due: int


class Settled(msgspec.Struct, frozen=True):
    """What became of an entry; `again` is when it is due next, None when it is done with."""

    entry: Entry
    line: Delivery
    again: int | None = None


class Outbox:
    """`client` is a botocore DynamoDB client, `table` the metrics table."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def put(self, entry: Entry, *, occurred_at: int) -> Put:
        """Take a notification in, once per id; `quiet` where its rule has spoken about the same too lately.

        What it said itself then counts too: whether it is known, `drop` tells. Raises TryAgainError.
        """
        quiet = [self._claim(entry, about, seconds, occurred_at) for about, seconds in _quiet(entry).items()]
        # Read first: a rule that everybody fulfils would otherwise have everybody wait for one item.
        if any(self._is_quiet(claim, occurred_at) for claim in quiet):
            return "quiet"
        writes = [self._new_line(entry.notification, entry.line), self._new_entry(entry), *quiet]
        for _ in range(ATTEMPTS):
            try:
                self._transact(writes, "taking in a notification")
            except ConflictError as error:
                refused = [n for n, code in enumerate(_reasons(error)) if code == "ConditionalCheckFailed"]
                if 0 in refused:
                    return "known"
                if refused:
                    return "quiet"
            else:
                return "put"
        raise TryAgainError("unavailable", "the outbox is being written to by others")

    def drop(self, notification: Notification, line: Delivery) -> bool:
        """Write down a notification that is not to be sent; False where it is known already, sent or not."""
        try:
            self._transact([self._new_line(notification, line)], "writing the delivery log")
        except ConflictError:
            return False
        return True

    def due(self, site: str, destination: str, now: int, *, limit: int = MAX_TAKEN) -> list[Entry]:
        """Return what is due, the longest first."""
        found: list[Entry] = []
        arguments = self._asked() | {
            "KeyConditionExpression": "pk = :pk AND sk < :sk",
            "ExpressionAttributeValues": {
                ":pk": {"S": _partition(site, destination)},
                # What is due this very millisecond is due.
                ":sk": {"S": f"{now + 1:0{DIGITS}d}"},
            },
        }
        while len(found) < limit:
            with translated("reading the outbox"):
                page = self._client.query(**arguments, Limit=limit - len(found))
            found += [_entry(item) for item in page["Items"]]
            if "LastEvaluatedKey" not in page:
                break
            arguments["ExclusiveStartKey"] = page["LastEvaluatedKey"]
        return found

    def first_due(self, site: str, destination: str) -> int | None:
        """Return the moment (epoch ms) of the first entry, None where there is none."""
        with translated("reading the outbox"):
            items = self._client.query(
                **self._asked(),
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={":pk": {"S": _partition(site, destination)}},
                Limit=1,
            )["Items"]
        return int(items[0]["sk"]["S"][:DIGITS]) if items else None

    def settle(self, settled: Sequence[Settled]) -> None:
        """Write down what became of entries, and take them out or put them off, each together with its line."""
        for some in _transactions(settled):
            try:
                self._settle(some)
            except ConflictError:
                # Somebody else settled one of them: the others are still to be.
                for each in some:
                    self._settle_one(each)

    def hasten(self, site: str, destination: str, now: int) -> None:
        """Make due what waits for another attempt, among the first thousand entries; what waits by its rule stays."""
        self.settle(
            [
                Settled(each, msgspec.structs.replace(each.line, next_attempt=iso(now)), now)
                for each in self.due(site, destination, now + RETRIES_MS)
                if each.due > now and each.line.status == "retrying"
            ]
        )

    def redrive(self, line: Delivery, notification: Notification, now: int) -> None:
        """Make a notification that was given up, or dropped, due again, as if it were new.

        Raises ConflictError where it is waiting already, or changed in this moment.
        """
        if line.status in {"waiting", "retrying"}:
            raise ConflictError("delivery_under_way", "it is waiting to be sent already")
        again = msgspec.structs.replace(line, status="waiting", attempts=0, error=None, next_attempt=None, message=None)
        entry = Entry(notification, again, now)
        update = self._line_update(notification.site, again)
        update["Update"]["ConditionExpression"] = "delivery = :before"
        update["Update"]["ExpressionAttributeValues"][":before"] = {"S": encode_line(line).decode()}
        self._transact([update, self._new_entry(entry)], "sending a notification again")

    def _settle(self, some: Iterable[Settled]) -> None:
        writes = []
        for each in some:
            entry = each.entry
            site, destination = entry.notification.site, entry.notification.destination
            gone = {
                "TableName": self._table,
                "Key": _key(site, destination, entry.due, entry.notification.id),
                # Its sender may have been taken for dead meanwhile: what another has settled stays settled.
                "ConditionExpression": "attribute_exists(pk)",
            }
            writes += [{"Delete": gone}, self._line_update(site, each.line)]
            if each.again is not None:
                due = each.again if each.again != entry.due else each.again + 1
                writes.append(self._new_entry(Entry(entry.notification, each.line, due)))
        if writes:
            self._transact(writes, "settling deliveries")

    def _settle_one(self, each: Settled) -> None:
        for _ in range(ATTEMPTS):
            try:
                self._settle([each])
            except ConflictError as error:
                if "ConditionalCheckFailed" in _reasons(error):
                    return
            else:
                return
        raise TryAgainError("unavailable", "a delivery could not be settled: others write to it")

    def _asked(self) -> dict[str, Any]:
        return {"TableName": self._table, "ConsistentRead": True}

    def _new_line(self, notification: Notification, line: Delivery) -> dict[str, Any]:
        item = line_key(notification.site, line.at, line.id) | {
            "delivery": {"S": encode_line(line).decode()},
            "notification": packed(notification),
            "expires_at": expires_at(),
        }
        return {"Put": {"TableName": self._table, "Item": item, "ConditionExpression": "attribute_not_exists(pk)"}}

    def _line_update(self, site: str, line: Delivery) -> dict[str, Any]:
        return {
            "Update": {
                "TableName": self._table,
                "Key": line_key(site, line.at, line.id),
                "UpdateExpression": "SET delivery = :delivery, expires_at = :expires",
                "ExpressionAttributeValues": {
                    ":delivery": {"S": encode_line(line).decode()},
                    ":expires": expires_at(),
                },
            }
        }

    def _new_entry(self, entry: Entry) -> dict[str, Any]:
        notification = entry.notification
        item = _key(notification.site, notification.destination, entry.due, notification.id) | {
            "delivery": {"S": encode_line(entry.line).decode()},
            "notification": packed(notification),
        }
        return {"Put": {"TableName": self._table, "Item": item}}

    def _claim(self, entry: Entry, about: str, seconds: int, occurred_at: int) -> dict[str, Any]:
        notification = entry.notification
        told = f"{notification.rule.id}@{notification.destination}"
        subject = f"#{sha256(about.encode()).hexdigest()[:32]}" if about else ""
        until = occurred_at + seconds * SECOND_MS
        return {
            "Update": {
                "TableName": self._table,
                "Key": {"pk": {"S": f"{notification.site}#quiet"}, "sk": {"S": f"{told}{subject}"}},
                "UpdateExpression": "SET quiet_until = :until, expires_at = :expires",
                "ConditionExpression": "attribute_not_exists(pk) OR quiet_until <= :at",
                "ExpressionAttributeValues": {
                    ":until": {"N": str(until)},
                    ":at": {"N": str(occurred_at)},
                    ":expires": {"N": str(max(until // SECOND_MS, int(time.time())) + 1)},
                },
            }
        }

    def _is_quiet(self, claim: dict[str, Any], occurred_at: int) -> bool:
        with translated("reading what is quiet"):
            answer = self._client.get_item(TableName=self._table, Key=claim["Update"]["Key"], ConsistentRead=True)
        item = answer.get("Item")
        return item is not None and int(item["quiet_until"]["N"]) > occurred_at

    def _transact(self, writes: list[dict[str, Any]], what: str) -> None:
        with translated(what):
            self._client.transact_write_items(TransactItems=writes)


def _transactions(settled: Sequence[Settled]) -> Iterator[list[Settled]]:
    """Cut what is to be settled into what a transaction takes: a hundred writes, and 4 MB."""
    some: list[Settled] = []
    size = 0
    for each in settled:
        # A notification that is put off is written again; its compressed size is at most about this.
        added = 0 if each.again is None else len(encode(each.entry.notification))
        if some and (len(some) == TOGETHER or size + added > TOGETHER_BYTES):
            yield some
            some, size = [], 0
        some.append(each)
        size += added
    if some:
        yield some


def _quiet(entry: Entry) -> dict[str, int]:
    return entry.notification.manner.quiet


def _partition(site: str, destination: str) -> str:
    return f"{site}#outbox#{destination}"


def _key(site: str, destination: str, due: int, id: str) -> dict[str, Any]:
    return {"pk": {"S": _partition(site, destination)}, "sk": {"S": f"{due:0{DIGITS}d}#{sort_key(id)}"}}


def _entry(item: dict[str, Any]) -> Entry:
    return Entry(
        unpacked(item["notification"]["B"]),
        decode_line(item["delivery"]["S"]),
        int(item["sk"]["S"][:DIGITS]),
    )


def _reasons(error: ConflictError) -> list[str]:
    """Say why each write of a transaction was refused; `None` is that it was not."""
    answer = getattr(error.__cause__, "response", {})
    return [reason.get("Code", "None") for reason in answer.get("CancellationReasons", [])]
