"""Slack messages that later ones go under, or take the place of: `pk = <site>#threads#<destination>`."""

import time
from hashlib import sha256
from typing import Any

import msgspec

from kizuki.aws.clients import translated
from kizuki.notifications.gathered import Gathering

THREAD_SECONDS = 86_400
SUMMARY_SECONDS = 600
SUMMARY = "~summary"


class Summary(msgspec.Struct, frozen=True):
    """A message that gathers, which is out: `message` is `<channel>/<ts>`."""

    message: str
    gathering: Gathering


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Summary).decode


class ThreadStore:
    """`client` is a botocore DynamoDB client, `table` the metrics table."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def thread(self, site: str, destination: str, group: str) -> str | None:
        """Return the `ts` of the first message about somebody in the last 24 hours."""
        item = self._get(site, destination, _hashed(group))
        return item["ts"]["S"] if item else None

    def begin(self, site: str, destination: str, group: str, ts: str) -> None:
        self._put(site, destination, _hashed(group), {"ts": {"S": ts}}, THREAD_SECONDS)

    def summary(self, site: str, destination: str, subject: str) -> Summary | None:
        """Return the message that gathers about a subject and is younger than ten minutes."""
        item = self._get(site, destination, f"{SUMMARY}{subject}")
        return _decode(item["summary"]["S"]) if item else None

    def put_summary(self, site: str, destination: str, subject: str, summary: Summary, *, begun: bool) -> None:
        """Keep what a message says by now; `begun` when it is new: its ten minutes are counted from there."""
        told = {"summary": {"S": _encode(summary).decode()}}
        if begun:
            self._put(site, destination, f"{SUMMARY}{subject}", told, SUMMARY_SECONDS)
            return
        with translated("keeping a summary"):
            self._client.update_item(
                TableName=self._table,
                Key=_key(site, destination, f"{SUMMARY}{subject}"),
                UpdateExpression="SET summary = :summary",
                ExpressionAttributeValues={":summary": told["summary"]},
            )

    def _get(self, site: str, destination: str, sk: str) -> dict[str, Any] | None:
        with translated("reading a thread"):
            answer = self._client.get_item(TableName=self._table, Key=_key(site, destination, sk), ConsistentRead=True)
        item: dict[str, Any] | None = answer.get("Item")
        # DynamoDB takes its time to delete what has expired.
        return item if item is not None and int(item.get("expires_at", {"N": "0"})["N"]) > time.time() else None

    def _put(self, site: str, destination: str, sk: str, told: dict[str, Any], seconds: int) -> None:
        expires = {"expires_at": {"N": str(int(time.time()) + seconds)}}
        with translated("keeping a thread"):
            self._client.put_item(TableName=self._table, Item=_key(site, destination, sk) | told | expires)


def _key(site: str, destination: str, sk: str) -> dict[str, Any]:
    return {"pk": {"S": f"{site}#threads#{destination}"}, "sk": {"S": sk}}


def _hashed(group: str) -> str:
    return sha256(group.encode()).hexdigest()
