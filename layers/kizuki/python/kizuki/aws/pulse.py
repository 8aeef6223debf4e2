"""The pulse of a site in the metrics table, 35 days.

Rows of five minutes, which evaluate adds to, and of each day the sums by the hour, which the watch writes.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import zstandard

from kizuki.absence.pulse import expiry
from kizuki.aws.clients import translated

MAX_DAY_BYTES = 64 * 1024 * 1024
DAY = "day#"

Numbers = dict[str, int]
_decode = msgspec.json.Decoder(list[Numbers]).decode


class PulseStore:
    """`client` is a botocore DynamoDB client."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def buckets(self, site: str, first: str, last: str) -> dict[str, Numbers]:
        """Read the rows from one bucket to another, both included, by bucket; those without any event are not there."""
        return {item["sk"]["S"]: _numbers(item) for item in self._between(site, first, last)}

    def days(self, site: str, first: date, last: date) -> dict[date, list[Numbers]]:
        """Read what was written of each UTC day: 24 sums, by the hour."""
        items = self._between(site, f"{DAY}{first.isoformat()}", f"{DAY}{last.isoformat()}")
        return {date.fromisoformat(item["sk"]["S"].removeprefix(DAY)): _hours(item) for item in items}

    def sum_day(self, site: str, day: date) -> list[Numbers]:
        """Sum a UTC day by the hour, keep that, and return it."""
        hours: list[Numbers] = [{} for _ in range(24)]
        for bucket, numbers in self.buckets(site, f"{day}T00:00Z", f"{day}T23:59Z").items():
            hour = hours[int(bucket[11:13])]
            for name, n in numbers.items():
                hour[name] = hour.get(name, 0) + n
        packed = zstandard.ZstdCompressor().compress(msgspec.json.encode(hours))
        item = _key(site, f"{DAY}{day.isoformat()}") | {
            "hours": {"B": packed},
            "expires_at": {"N": str(expiry(f"{day}T00:00Z"))},
        }
        with translated("summing the pulse"):
            self._client.put_item(TableName=self._table, Item=item)
        return hours

    def _between(self, site: str, first: str, last: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        arguments: dict[str, Any] = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :pk AND sk BETWEEN :first AND :last",
            "ExpressionAttributeValues": {
                ":pk": {"S": f"{site}#pulse"},
                ":first": {"S": first},
                ":last": {"S": last},
            },
        }
        while True:
            with translated("reading the pulse"):
                page = self._client.query(**arguments)
            found += page["Items"]
            if "LastEvaluatedKey" not in page:
                return found
            arguments["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def utc_day(ms: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)).date()


def _key(site: str, sk: str) -> dict[str, Any]:
    return {"pk": {"S": f"{site}#pulse"}, "sk": {"S": sk}}


def _numbers(item: dict[str, Any]) -> Numbers:
    return {name: int(value["N"]) for name, value in item.items() if "N" in value and name != "expires_at"}


def _hours(item: dict[str, Any]) -> list[Numbers]:
    return _decode(zstandard.ZstdDecompressor().decompress(item["hours"]["B"], max_output_size=MAX_DAY_BYTES))
