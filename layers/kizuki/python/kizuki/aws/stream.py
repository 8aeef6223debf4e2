"""The event stream."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from kizuki.aws.clients import pauses, translated
from kizuki.errors import TryAgainError

# A record is one timeline item too: DynamoDB takes 400 KB with its keys, and some rows do not compress.
MAX_RECORD_BYTES = 390_000
MAX_KEY_LENGTH = 256
MAX_RECORDS = 500
MAX_REQUEST_BYTES = 5_000_000


class EventStream:
    """Put batches on the Kinesis stream. `client` is a botocore Kinesis client."""

    def __init__(self, client: Any, name: str) -> None:
        self._client = client
        self._name = name

    def put(self, partition_key: str, data: bytes) -> str:
        """Put one record and return its sequence number. Raises TryAgainError."""
        with translated("writing to the stream"):
            answer = self._client.put_record(StreamName=self._name, PartitionKey=short(partition_key), Data=data)
        return str(answer["SequenceNumber"])

    def put_many(self, records: list[tuple[str, bytes]]) -> list[str]:
        """Put records, each a partition key and its data, and return their sequence numbers in that order.

        Raises TryAgainError when one was not taken; the others may have been, which a repeat makes harmless.
        """
        sequences: dict[int, str] = {}
        for positions in _requests(records):
            pending = positions
            for _ in pauses():
                entries = [{"PartitionKey": short(records[n][0]), "Data": records[n][1]} for n in pending]
                with translated("writing to the stream"):
                    answers = self._client.put_records(StreamName=self._name, Records=entries)["Records"]
                taken = {
                    n: answer["SequenceNumber"]
                    for n, answer in zip(pending, answers, strict=True)
                    if "ErrorCode" not in answer
                }
                sequences |= taken
                pending = [n for n in pending if n not in taken]
                if not pending:
                    break
            else:
                raise TryAgainError("unavailable", f"{len(pending)} records were not taken by the stream")
        return [sequences[n] for n in range(len(records))]


def short(partition_key: str) -> str:
    """Return a key that Kinesis takes, the same for the same person."""
    if len(partition_key) <= MAX_KEY_LENGTH:
        return partition_key
    return sha256(partition_key.encode()).hexdigest()


def _requests(records: list[tuple[str, bytes]]) -> Iterator[list[int]]:
    """Split positions into requests that PutRecords takes: 500 records, 5 MiB in all with their keys."""
    request: list[int] = []
    size = 0
    for position, (key, data) in enumerate(records):
        length = len(key.encode()) + len(data)
        if request and (len(request) == MAX_RECORDS or size + length > MAX_REQUEST_BYTES):
            yield request
            request, size = [], 0
        request.append(position)
        size += length
    if request:
        yield request


def slices(rows: list[bytes], limit: int = MAX_RECORD_BYTES) -> list[list[int]]:
    """Split rows, in order, into records within the limit; return the positions in each. Nearly always one."""
    parts: list[list[int]] = [[]]
    size = 0
    for position, row in enumerate(rows):
        if parts[-1] and size + len(row) > limit:
            parts.append([])
            size = 0
        parts[-1].append(position)
        size += len(row)
    return parts
