"""Lanes: one destination's turn to be sent to. One sender at a time, by a lease, and how the destination is doing.

`pk = lanes`, `sk = <site>#<destination>`. `woken` counts what was put in its outbox; a sender gives the lease back only
on the condition that this has not moved since it looked, so that nothing put meanwhile is left lying.
"""

from secrets import token_hex
from typing import Any

import msgspec

from kizuki.aws.clients import translated
from kizuki.errors import ConflictError
from kizuki.notifications.health import Health

PARTITION = "lanes"
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Health).decode


class Lane(msgspec.Struct):
    """Moments are epoch ms. `due` is when there is something to do next, None when nothing is known of."""

    site: str
    destination: str
    woken: int = 0
    drained: int = 0
    """What `woken` was when its sender last looked."""
    due: int | None = None
    leased_until: int = 0
    lease: str = ""
    next_at: int = 0
    """Nothing is sent sooner."""
    health: Health = Health()

    def wants(self, moment: int) -> bool:
        """Tell whether there may be something to send by that moment."""
        return self.woken > self.drained or (self.due is not None and self.due <= moment)


class LaneStore:
    """`client` is a botocore DynamoDB client, `table` the metrics table."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def touch(self, site: str, destination: str) -> Lane:
        """Say that something was put in the outbox; return the lane as it is."""
        with translated("waking a lane"):
            answer = self._client.update_item(
                TableName=self._table,
                Key=_key(site, destination),
                UpdateExpression="ADD woken :one",
                ExpressionAttributeValues={":one": {"N": "1"}},
                ReturnValues="ALL_NEW",
            )
        return _lane(answer["Attributes"])

    def acquire(self, site: str, destination: str, *, now: int, until: int) -> Lane | None:
        """Lease the lane; None while somebody else has it."""
        try:
            with translated("leasing a lane"):
                answer = self._client.update_item(
                    TableName=self._table,
                    Key=_key(site, destination),
                    UpdateExpression="SET lease = :lease, leased_until = :until",
                    ConditionExpression="attribute_not_exists(leased_until) OR leased_until <= :now",
                    ExpressionAttributeValues={
                        ":lease": {"S": token_hex(8)},
                        ":until": {"N": str(until)},
                        ":now": {"N": str(now)},
                    },
                    ReturnValues="ALL_NEW",
                )
        except ConflictError:
            return None
        return _lane(answer["Attributes"])

    def renew(self, lane: Lane, *, until: int) -> bool:
        """Keep the lease, and write `next_at` and `health`. False when it was lost."""
        return self._update(lane, "leased_until = :until", {":until": {"N": str(until)}})

    def release(self, lane: Lane, *, due: int | None, unless_woken: bool) -> bool:
        """Give the lease back, due again at `due`. False when it was woken since `lane` was read, or was lost."""
        values: dict[str, Any] = {":zero": {"N": "0"}, ":drained": {"N": str(lane.woken)}}
        change = "leased_until = :zero, drained = :drained"
        if due is None:
            values[":due"] = {"NULL": True}
        else:
            values[":due"] = {"N": str(due)}
        change += ", due = :due"
        return self._update(lane, change, values, unless_woken=unless_woken)

    def read(self, site: str, destination: str) -> Lane:
        """Read a lane; one that was never used is a new one."""
        with translated("reading a lane"):
            item = self._client.get_item(TableName=self._table, Key=_key(site, destination), ConsistentRead=True).get(
                "Item"
            )
        return Lane(site, destination) if item is None else _lane(item)

    def all(self, site: str | None = None) -> list[Lane]:
        """Read every lane, or those of one site."""
        condition, values = "pk = :pk", {":pk": {"S": PARTITION}}
        if site is not None:
            condition += " AND begins_with(sk, :site)"
            values[":site"] = {"S": f"{site}#"}
        arguments: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": values,
        }
        found: list[Lane] = []
        while True:
            with translated("reading lanes"):
                page = self._client.query(**arguments)
            found += [_lane(item) for item in page["Items"]]
            if "LastEvaluatedKey" not in page:
                return found
            arguments["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def recover(self, site: str, destination: str) -> Lane:
        """Forget how a destination was doing: somebody has looked. Return the lane as it is.

        Who sends just now can write nothing over it, and stops; the next does not begin before that one's lease ends.
        """
        with translated("writing a lane"):
            answer = self._client.update_item(
                TableName=self._table,
                Key=_key(site, destination),
                UpdateExpression="SET health = :health, next_at = :zero, lease = :lease ADD woken :one",
                ExpressionAttributeValues={
                    ":health": {"S": _encode(Health()).decode()},
                    ":zero": {"N": "0"},
                    ":lease": {"S": token_hex(8)},
                    ":one": {"N": "1"},
                },
                ReturnValues="ALL_NEW",
            )
        return _lane(answer["Attributes"])

    def _update(self, lane: Lane, change: str, values: dict[str, Any], *, unless_woken: bool = False) -> bool:
        values |= {
            ":lease": {"S": lane.lease},
            ":next": {"N": str(lane.next_at)},
            ":health": {"S": _encode(lane.health).decode()},
        }
        condition = "lease = :lease"
        if unless_woken:
            condition += " AND woken = :woken"
            values[":woken"] = {"N": str(lane.woken)}
        try:
            with translated("writing a lane"):
                self._client.update_item(
                    TableName=self._table,
                    Key=_key(lane.site, lane.destination),
                    UpdateExpression=f"SET next_at = :next, health = :health, {change}",
                    ConditionExpression=condition,
                    ExpressionAttributeValues=values,
                )
        except ConflictError:
            return False
        return True


def _key(site: str, destination: str) -> dict[str, Any]:
    return {"pk": {"S": PARTITION}, "sk": {"S": f"{site}#{destination}"}}


def _lane(item: dict[str, Any]) -> Lane:
    site, _, destination = item["sk"]["S"].partition("#")
    numbers = {
        name: int(item[name]["N"])
        for name in ("woken", "drained", "due", "leased_until", "next_at")
        if "N" in item.get(name, {})
    }
    health = _decode(item["health"]["S"]) if "health" in item else Health()
    return Lane(site, destination, **numbers, lease=item.get("lease", {}).get("S", ""), health=health)
