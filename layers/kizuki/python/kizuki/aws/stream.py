"""The event stream."""

from typing import Any

from kizuki.aws.clients import translated

# Kinesis takes 1 MiB with the partition key; the emulators do not check, so we do by splitting before it.
MAX_RECORD_BYTES = 1_000_000


class EventStream:
    """Put batches on the Kinesis stream. `client` is a botocore Kinesis client."""

    def __init__(self, client: Any, name: str) -> None:
        self._client = client
        self._name = name

    def put(self, partition_key: str, data: bytes) -> str:
        """Put one record and return its sequence number. Raises TryAgainError."""
        with translated("writing to the stream"):
            answer = self._client.put_record(StreamName=self._name, PartitionKey=partition_key, Data=data)
        return str(answer["SequenceNumber"])


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
