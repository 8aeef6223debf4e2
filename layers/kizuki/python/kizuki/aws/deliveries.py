"""The delivery log in the metrics table: one line per notification, rewritten at every attempt."""

import time
from hashlib import sha256
from typing import Any, Literal

import msgspec

from kizuki.aws.clients import translated

LOG_DAYS = 30
DAY_SECONDS = 86_400
# A sort key takes 1,024 bytes; ids hold the client's messageId.
MAX_ID_BYTES = 900


class Named(msgspec.Struct, frozen=True):
    id: str
    name: str


class To(msgspec.Struct, frozen=True):
    """The destination; its type is `unknown` where it does not exist."""

    id: str
    name: str
    type: Literal["slack", "webhook", "unknown"]


class Delivery(msgspec.Struct, frozen=True):
    """Delivery of docs/api.md. `at` is when the event occurred: it stays the same over all attempts."""

    id: str
    at: str
    rule: Named
    destination: To
    person: str
    event: str
    status: Literal["delivered", "retrying", "failed"]
    attempts: int
    response_code: int | None = None
    error: str | None = None
    next_attempt: str | None = None
    duration_ms: int | None = None


_decode = msgspec.json.Decoder(Delivery).decode


class DeliveryLog:
    """`client` is a botocore DynamoDB client."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def put(self, site: str, delivery: Delivery) -> None:
        """Write the line of a notification over what its attempt before said."""
        item = {
            "pk": {"S": f"{site}#deliveries"},
            "sk": {"S": f"{delivery.at}#{_short(delivery.id)}"},
            "delivery": {"S": msgspec.json.encode(delivery).decode()},
            "expires_at": {"N": str(int(time.time()) + LOG_DAYS * DAY_SECONDS)},
        }
        with translated("writing the delivery log"):
            self._client.put_item(TableName=self._table, Item=item)

    def list(self, site: str, *, limit: int, cursor: str | None = None) -> tuple[list[Delivery], str | None]:
        """List a site's deliveries, newest first, and the cursor to go on from."""
        condition, values = "pk = :pk", {":pk": {"S": f"{site}#deliveries"}}
        if cursor:
            condition += " AND sk < :cursor"
            values[":cursor"] = {"S": cursor}
        with translated("listing deliveries"):
            page = self._client.query(
                TableName=self._table,
                KeyConditionExpression=condition,
                ExpressionAttributeValues=values,
                ScanIndexForward=False,
                Limit=limit,
            )
        items = page["Items"]
        return [_decode(item["delivery"]["S"]) for item in items], (
            items[-1]["sk"]["S"] if "LastEvaluatedKey" in page else None
        )


def _short(id: str) -> str:
    return id if len(id.encode()) <= MAX_ID_BYTES else sha256(id.encode()).hexdigest()
