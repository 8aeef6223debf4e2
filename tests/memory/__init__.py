"""AWS in memory, for thousands of runs with crashes between any two writes. moto has more of AWS, and is slower."""

import re
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

Item = dict[str, Any]


class Crash(Exception):  # noqa: N818 - what happens to a process, not what it raises
    """The process is gone."""


class Account:
    """Clients of DynamoDB, Kinesis and SQS that know the calls Kizuki makes, and nothing else.

    `crash_after` writes the process ends: before the write takes effect, or with `executed`, just after it did.
    """

    def __init__(self, shards: int = 2) -> None:
        self.dynamodb = DynamoDB(self._write)
        self.kinesis = Kinesis(self._write, shards)
        self.sqs = Sqs(self._write)
        self.crash_after: int | None = None
        self.executed = False
        self.writes = 0

    def _write(self, effect: Callable[[], Any]) -> Any:
        self.writes += 1
        if self.crash_after is None:
            return effect()
        self.crash_after -= 1
        if self.crash_after >= 0:
            return effect()
        self.crash_after = None
        if self.executed:
            effect()
        raise Crash


class DynamoDB:
    """Tables of `pk` and `sk`."""

    def __init__(self, write: Callable[[Callable[[], Any]], Any]) -> None:
        self._tables: dict[str, dict[tuple[str, str], Item]] = {}
        self._write = write

    def get_item(self, *, TableName: str, Key: Item, **_: Any) -> Item:  # noqa: N803 - botocore's names
        item = self._table(TableName).get(_key(Key))
        return {} if item is None else {"Item": dict(item)}

    def query(self, *, TableName: str, ScanIndexForward: bool = True, **asked: Any) -> Item:  # noqa: N803
        values = asked["ExpressionAttributeValues"]
        found = [
            item for item in self._table(TableName).values() if _holds(asked["KeyConditionExpression"], item, values)
        ]
        found.sort(key=lambda item: item["sk"]["S"], reverse=not ScanIndexForward)
        return {"Items": [dict(item) for item in found]}

    def put_item(self, **put: Any) -> Item:
        return self._write(lambda: self._transact([("Put", put)]))

    def update_item(self, **update: Any) -> Item:
        return self._write(lambda: self._transact([("Update", update)]))

    def delete_item(self, **delete: Any) -> Item:
        return self._write(lambda: self._transact([("Delete", delete)]))

    def transact_write_items(self, *, TransactItems: list[Item]) -> Item:  # noqa: N803
        operations = [next(iter(item.items())) for item in TransactItems]
        assert len(operations) <= 100, "over the limit of a transaction"
        return self._write(lambda: self._transact(operations))

    def batch_write_item(self, *, RequestItems: dict[str, list[Item]]) -> Item:  # noqa: N803
        puts = [{"TableName": table, **each["PutRequest"]} for table, some in RequestItems.items() for each in some]
        assert len(puts) <= 25, "over the limit of a batch"
        for put in puts:
            self.put_item(**put)
        return {}

    def _table(self, name: str) -> dict[tuple[str, str], Item]:
        return self._tables.setdefault(name, {})

    def _transact(self, operations: list[tuple[str, Item]]) -> Item:
        for _, operation in operations:
            item = self._table(operation["TableName"]).get(_key(operation.get("Item") or operation["Key"]), {})
            condition, names = operation.get("ConditionExpression"), operation.get("ExpressionAttributeNames", {})
            if condition and not _holds(condition, item, operation.get("ExpressionAttributeValues", {}), names):
                raise ClientError({"Error": {"Code": "ConditionalCheckFailedException"}}, "Write")
        answer = {}
        for kind, operation in operations:
            if kind == "Put":
                self._table(operation["TableName"])[_key(operation["Item"])] = dict(operation["Item"])
            elif kind == "Delete":
                self._table(operation["TableName"]).pop(_key(operation["Key"]), None)
            else:
                answer = {"Attributes": self._update(operation)}
        return answer

    def _update(self, update: Item) -> Item:
        item = self._table(update["TableName"]).setdefault(_key(update["Key"]), dict(update["Key"]))
        names, values = update.get("ExpressionAttributeNames", {}), update["ExpressionAttributeValues"]
        for clause in re.split(r" (?=ADD )", update["UpdateExpression"]):
            action, _, parts = clause.partition(" ")
            for part in re.split(r", (?![^(]*\))", parts):
                name, value = re.split(r" = | ", part, maxsplit=1)
                name = names.get(name, name)
                if first := re.fullmatch(r"if_not_exists\(.+, (:\w+)\)", value):
                    item.setdefault(name, values[first[1]])
                elif action == "SET":
                    item[name] = values[value]
                elif "SS" in values[value]:
                    known = item.get(name, {"SS": []})["SS"]
                    item[name] = {"SS": sorted({*known, *values[value]["SS"]})}
                else:
                    before = int(item.get(name, {"N": "0"})["N"])
                    item[name] = {"N": str(before + int(values[value]["N"]))}
        return dict(item)


class Kinesis:
    """Records by shard, oldest first."""

    def __init__(self, write: Callable[[Callable[[], Any]], Any], shards: int) -> None:
        self._write = write
        self.shards: list[list[tuple[str, bytes]]] = [[] for _ in range(shards)]
        self._next = 10**20

    def put_record(self, *, PartitionKey: str, Data: bytes, **_: Any) -> Item:  # noqa: N803
        return self._write(lambda: {"SequenceNumber": self._put(PartitionKey, Data)})

    def put_records(self, *, Records: list[Item], **_: Any) -> Item:  # noqa: N803
        return self._write(
            lambda: {"Records": [{"SequenceNumber": self._put(each["PartitionKey"], each["Data"])} for each in Records]}
        )

    def _put(self, key: str, data: bytes) -> str:
        self._next += 1
        self.shards[sum(key.encode()) % len(self.shards)].append((str(self._next), data))
        return str(self._next)


class Sqs:
    def __init__(self, write: Callable[[Callable[[], Any]], Any]) -> None:
        self._write = write
        self.bodies: list[str] = []

    def send_message_batch(self, *, Entries: list[Item], **_: Any) -> Item:  # noqa: N803
        return self._write(lambda: self.bodies.extend(entry["MessageBody"] for entry in Entries) or {})


def _key(item: Item) -> tuple[str, str]:
    return item["pk"]["S"], item["sk"]["S"]


def _holds(expression: str, item: Item, values: Item, names: dict[str, str] | None = None) -> bool:
    """Evaluate the forms of condition that Kizuki writes."""
    if " OR " in expression:
        return any(_holds(part, item, values, names) for part in expression.split(" OR "))
    if between := re.fullmatch(r"(.*) AND sk BETWEEN (:\w+) AND (:\w+)", expression):
        rest, first, last = between.groups()
        return _holds(rest, item, values) and values[first]["S"] <= item["sk"]["S"] <= values[last]["S"]
    if " AND " in expression:
        return all(_holds(part, item, values, names) for part in expression.split(" AND "))
    if absent := re.fullmatch(r"attribute_not_exists\((#?\w+)\)", expression):
        return (names or {}).get(absent[1], absent[1]) not in item
    if begins := re.fullmatch(r"begins_with\((\w+), (:\w+)\)", expression):
        return bool(item) and item[begins[1]]["S"].startswith(values[begins[2]]["S"])
    name, operator, value = expression.split(" ")
    found = item.get((names or {}).get(name, name))
    if found is None:
        return False
    (mine,), (theirs,) = found.values(), values[value].values()
    return {"=": mine == theirs, "<": mine < theirs}[operator]
