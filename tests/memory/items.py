"""DynamoDB in memory: the expressions that senders of notifications write, evaluated as DynamoDB documents them.

Quicker than moto by far, so that ten thousand notifications fit into a test; `at_call` is told of every call, to let
time pass or the process end.
"""

import re
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

Item = dict[str, Any]
CANCELLED = "TransactionCanceledException"
FAILED = "ConditionalCheckFailed"


class Items:
    """Tables of `pk` and `sk`; what is read is a copy."""

    def __init__(self, at_call: Callable[[str, bool], None] = lambda name, after: None) -> None:
        self.tables: dict[str, dict[tuple[str, str], Item]] = defaultdict(dict)
        self._sorted: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._at_call = at_call
        self.calls: dict[str, int] = defaultdict(int)

    def get_item(self, *, TableName: str, Key: Item, **_: Any) -> Item:  # noqa: N803 - botocore's names
        self._at_call("get_item", False)
        item = self.tables[TableName].get(_key(Key))
        return {} if item is None else {"Item": dict(item)}

    def query(self, *, TableName: str, ScanIndexForward: bool = True, Limit: int = 10**9, **asked: Any) -> Item:  # noqa: N803
        self._at_call("query", False)
        self.calls["query"] += 1
        condition, values = asked["KeyConditionExpression"], asked["ExpressionAttributeValues"]
        pk = values[":pk"]["S"]
        keys = self._sorted[TableName, pk]
        low, high = 0, len(keys)
        if "begins_with" in condition:
            prefix = next(value["S"] for name, value in values.items() if name != ":pk")
            low, high = bisect_left(keys, prefix), bisect_left(keys, prefix + "\U0010ffff")
        elif bound := re.search(r"sk < (:\w+)", condition):
            high = bisect_left(keys, values[bound[1]]["S"])
        elif between := re.search(r"sk BETWEEN (:\w+) AND (:\w+)", condition):
            low = bisect_left(keys, values[between[1]]["S"])
            high = bisect_right(keys, values[between[2]]["S"])
        found = keys[low:high] if ScanIndexForward else keys[low:high][::-1]
        if start := asked.get("ExclusiveStartKey"):
            found = found[found.index(start["sk"]["S"]) + 1 :]
        page = [dict(self.tables[TableName][pk, sk]) for sk in found[:Limit]]
        more = {"LastEvaluatedKey": {"pk": {"S": pk}, "sk": page[-1]["sk"]}} if len(found) > Limit else {}
        return {"Items": page} | more

    def put_item(self, **put: Any) -> Item:
        return self._write("put_item", [("Put", put)])

    def update_item(self, **update: Any) -> Item:
        return self._write("update_item", [("Update", update)])

    def delete_item(self, **delete: Any) -> Item:
        return self._write("delete_item", [("Delete", delete)])

    def transact_write_items(self, *, TransactItems: list[Item]) -> Item:  # noqa: N803
        assert len(TransactItems) <= 100, "over the limit of a transaction"
        return self._write("transact_write_items", [next(iter(item.items())) for item in TransactItems])

    def _write(self, name: str, operations: list[tuple[str, Item]]) -> Item:
        self._at_call(name, False)
        self.calls[name] += 1
        reasons = [{"Code": "None" if self._allowed(operation) else FAILED} for _, operation in operations]
        if any(reason["Code"] == FAILED for reason in reasons):
            code = CANCELLED if name == "transact_write_items" else "ConditionalCheckFailedException"
            raise ClientError({"Error": {"Code": code}, "CancellationReasons": reasons}, name)
        answer: Item = {}
        for kind, operation in operations:
            answer = self._apply(kind, operation)
        self._at_call(name, True)
        return answer

    def _allowed(self, operation: Item) -> bool:
        condition = operation.get("ConditionExpression")
        if condition is None:
            return True
        item = self.tables[operation["TableName"]].get(_key(operation.get("Item") or operation["Key"]))
        return _holds(condition, item, operation)

    def _apply(self, kind: str, operation: Item) -> Item:
        table, key = self.tables[operation["TableName"]], _key(operation.get("Item") or operation["Key"])
        keys = self._sorted[operation["TableName"], key[0]]
        if kind == "Delete":
            if table.pop(key, None) is not None:
                keys.remove(key[1])
            return {}
        if key not in table:
            insort(keys, key[1])
        if kind == "Put":
            table[key] = dict(operation["Item"])
            return {}
        item = table.setdefault(key, dict(operation["Key"]))
        names, values = operation.get("ExpressionAttributeNames", {}), operation["ExpressionAttributeValues"]
        for clause in re.split(r" (?=ADD |SET )", operation["UpdateExpression"]):
            action, _, parts = clause.partition(" ")
            for part in parts.split(", "):
                name, value = re.split(r" = | ", part)
                name = names.get(name, name)
                if action == "SET":
                    item[name] = values[value]
                else:
                    item[name] = {"N": str(int(item.get(name, {"N": "0"})["N"]) + int(values[value]["N"]))}
        return {"Attributes": dict(item)}


def _key(item: Item) -> tuple[str, str]:
    return item["pk"]["S"], item["sk"]["S"]


def _holds(condition: str, item: Item | None, operation: Item) -> bool:
    if " OR " in condition:
        return any(_holds(part, item, operation) for part in condition.split(" OR "))
    if " AND " in condition:
        return all(_holds(part, item, operation) for part in condition.split(" AND "))
    if function := re.fullmatch(r"attribute_(not_)?exists\((.+)\)", condition):
        return (item is None or function[2] not in item) is bool(function[1])
    name, operator, value = condition.split(" ")
    name = operation.get("ExpressionAttributeNames", {}).get(name, name)
    found = (item or {}).get(name)
    if found is None:
        return False
    mine, theirs = _value(found), _value(operation["ExpressionAttributeValues"][value])
    return {"=": mine == theirs, "<=": mine <= theirs, "<": mine < theirs}[operator]


def _value(attribute: Item) -> Any:
    kind, value = next(iter(attribute.items()))
    return int(value) if kind == "N" else value
