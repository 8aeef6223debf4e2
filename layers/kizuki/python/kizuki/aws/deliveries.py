"""The delivery log in the metrics table: one line per notification, written when it is taken in and at every attempt.

A line keeps the notification itself beside it, so that it can be sent again.
"""

import base64
import binascii
import re
import time
from typing import Any, Literal

import msgspec
import zstandard

from kizuki.aws.clients import sort_key, translated
from kizuki.errors import MalformedError, NotFoundError
from kizuki.notifications.destinations import Type
from kizuki.notifications.model import Notification, decode, encode

LOG_DAYS = 30
DAY_SECONDS = 86_400
MAX_TRIES = 10
MAX_NOTIFICATION = 1024 * 1024
KEY = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^#]{0,10}#.+", re.DOTALL)

Status = Literal["waiting", "retrying", "delivered", "failed", "dropped"]


class Named(msgspec.Struct, frozen=True):
    id: str
    name: str


class To(msgspec.Struct, frozen=True):
    """The destination; its type is `unknown` where it does not exist."""

    id: str
    name: str
    type: Type | Literal["unknown"]


class Try(msgspec.Struct, frozen=True):
    """One attempt."""

    at: str
    response_code: int | None = None
    duration_ms: int | None = None
    error: str | None = None


class Delivery(msgspec.Struct, frozen=True):
    """Delivery of docs/api.md. `at` is when the event occurred: it stays the same over all attempts."""

    id: str
    at: str
    rule: Named
    destination: To
    person: str
    event: str
    status: Status
    attempts: int
    response_code: int | None = None
    error: str | None = None
    next_attempt: str | None = None
    duration_ms: int | None = None
    tries: list[Try] = []
    """The newest attempts, oldest first."""
    message: str | None = None
    """Names the message that carried it, together with `together` notifications in all."""
    together: int = 1

    def tried(self, made: Try, **changes: Any) -> "Delivery":
        """Return the line after another attempt."""
        return msgspec.structs.replace(
            self,
            attempts=self.attempts + 1,
            tries=[*self.tries, made][-MAX_TRIES:],
            response_code=made.response_code,
            duration_ms=made.duration_ms,
            error=made.error,
            **changes,
        )


encode_line = msgspec.json.Encoder().encode
decode_line = msgspec.json.Decoder(Delivery).decode


class DeliveryLog:
    """`client` is a botocore DynamoDB client."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

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
                ProjectionExpression="sk, delivery",
                ScanIndexForward=False,
                Limit=limit,
            )
        items = page["Items"]
        return [decode_line(item["delivery"]["S"]) for item in items], (
            items[-1]["sk"]["S"] if "LastEvaluatedKey" in page else None
        )

    def read(self, site: str, key: str) -> tuple[Delivery, Notification]:
        """Read one line with its notification, by what `key_of` names it. Raises NotFoundError."""
        with translated("reading the delivery log"):
            answer = self._client.get_item(
                TableName=self._table,
                Key={"pk": {"S": f"{site}#deliveries"}, "sk": {"S": _sort_key_of(key)}},
                ConsistentRead=True,
            )
        item = answer.get("Item")
        if item is None or "notification" not in item:
            raise NotFoundError("unknown_delivery", "there is no such delivery, or it is no longer kept")
        return decode_line(item["delivery"]["S"]), unpacked(item["notification"]["B"])


def line_key(site: str, at: str, id: str) -> dict[str, Any]:
    return {"pk": {"S": f"{site}#deliveries"}, "sk": {"S": f"{at}#{sort_key(id)}"}}


def expires_at() -> dict[str, str]:
    return {"N": str(int(time.time()) + LOG_DAYS * DAY_SECONDS)}


def key_of(delivery: Delivery) -> str:
    """Name a line for an address: opaque, of letters, digits, - and _."""
    told = f"{delivery.at}#{sort_key(delivery.id)}"
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def packed(notification: Notification) -> dict[str, bytes]:
    return {"B": zstandard.ZstdCompressor().compress(encode(notification))}


def unpacked(data: bytes) -> Notification:
    return decode(zstandard.ZstdDecompressor().decompress(data, max_output_size=MAX_NOTIFICATION))


def _sort_key_of(key: str) -> str:
    try:
        found = base64.b64decode(key + "=" * (-len(key) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError, UnicodeError):
        found = ""
    if not KEY.fullmatch(found):
        raise MalformedError("invalid_key", "this key was not given by this API", path="key")
    return found
