"""The notification queue: evaluate sends, notify takes out."""

import math
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from kizuki.aws.clients import translated
from kizuki.errors import TryAgainError
from kizuki.notifications.model import Notification, Wake, encode

MAX_ENTRIES = 10
# SQS counts a batch as one message; accounts still limited to 256 KiB exist.
MAX_BYTES = 256 * 1024
ATTEMPTS = 3
# SQS counts the 12 hours from the receive, and a function may have held the message for up to 15 minutes.
MAX_DELAY = 12 * 3600 - 15 * 60
# SQS would hold a message for 15 minutes; its age is watched, and what is due later the sweep finds.
MAX_WAKE_SECONDS = 600
_encode = msgspec.json.Encoder().encode


class NotificationQueue:
    """`client` is a botocore SQS client, `url` the queue's."""

    def __init__(self, client: Any, url: str) -> None:
        self._client = client
        self._url = url

    def send(self, notifications: Iterable[Notification]) -> None:
        """Queue every notification. Raises TryAgainError when one was not: then all may be sent again, ids are kept."""
        for batch in _batches(_body(notification) for notification in notifications):
            pending = [{"Id": str(index), "MessageBody": body} for index, body in enumerate(batch)]
            for _ in range(ATTEMPTS):
                with translated("queueing notifications"):
                    answer = self._client.send_message_batch(QueueUrl=self._url, Entries=pending)
                failed = {failure["Id"] for failure in answer.get("Failed", [])}
                pending = [entry for entry in pending if entry["Id"] in failed]
                if not pending:
                    break
            else:
                raise TryAgainError("unavailable", f"{len(pending)} notifications were not queued")

    def wake(self, site: str, destination: str, *, seconds: float = 0) -> None:
        """Have a destination looked after, in at most ten minutes."""
        delay = min(max(math.ceil(seconds), 0), MAX_WAKE_SECONDS)
        with translated("waking a lane"):
            self._client.send_message(
                QueueUrl=self._url, MessageBody=_encode(Wake(site, destination)).decode(), DelaySeconds=delay
            )

    def delay(self, receipt_handle: str, seconds: float) -> None:
        """Let a received message come again after this long, at most about 12 hours."""
        with translated("delaying a notification"):
            self._client.change_message_visibility(
                QueueUrl=self._url, ReceiptHandle=receipt_handle, VisibilityTimeout=round(min(seconds, MAX_DELAY))
            )


def _batches(bodies: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for body in bodies:
        length = len(body.encode())
        if batch and (len(batch) == MAX_ENTRIES or size + length > MAX_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(body)
        size += length
    if batch:
        yield batch


def _body(notification: Notification) -> str:
    body = encode(notification)
    if len(body) > MAX_BYTES:
        # Only traits can grow so: an event is at most 32 KB. A message that cannot be queued would block the shard.
        person = msgspec.structs.replace(notification.person, traits={})
        body = encode(msgspec.structs.replace(notification, person=person))
    # SQS refuses the two characters that XML cannot hold, even inside JSON, where their escapes mean the same.
    return body.decode().replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
