"""The stream side of the simulator: a virtual clock, and streams in memory or behind boto3."""

import hashlib
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self, now: float | None = None) -> None:
        self.now = time.time() if now is None else now

    def advance(self, seconds: float) -> None:
        self.now += seconds


@dataclass(frozen=True)
class Record:
    shard: str
    sequence_number: str
    partition_key: str
    data: bytes
    arrived_at: float


class Source(Protocol):
    arn: str

    def records(self) -> Iterable[Record]:
        """Yield everything the stream holds, each shard in its order."""


class Stream:
    """A stream in memory; sequence numbers look like the real ones: long, and increasing within the stream."""

    arn = "arn:aws:kinesis:ap-northeast-1:123456789012:stream/events"

    def __init__(self, clock: Clock, *, shards: int = 1) -> None:
        self.clock = clock
        self.shards = shards
        self._records: list[Record] = []

    def put(self, partition_key: str, data: bytes) -> str:
        shard = f"shardId-{md5(partition_key) * self.shards >> 128:012d}"
        sequence_number = str(49590338271490256608559692538361571095921575989136588898 + len(self._records))
        self._records.append(Record(shard, sequence_number, partition_key, data, self.clock.now))
        return sequence_number

    def records(self) -> list[Record]:
        return self._records


class KinesisStream:
    """A stream behind a boto3 client (moto's, in tests)."""

    def __init__(self, client: Any, name: str) -> None:
        self.client = client
        self.name = name
        self.arn: str = client.describe_stream_summary(StreamName=name)["StreamDescriptionSummary"]["StreamARN"]

    def records(self) -> Iterator[Record]:
        for shard in self.client.list_shards(StreamName=self.name)["Shards"]:
            iterator = self.client.get_shard_iterator(
                StreamName=self.name, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
            )["ShardIterator"]
            while page := self.client.get_records(ShardIterator=iterator):
                for record in page["Records"]:
                    yield Record(
                        shard["ShardId"],
                        record["SequenceNumber"],
                        record["PartitionKey"],
                        record["Data"],
                        record["ApproximateArrivalTimestamp"].timestamp(),
                    )
                if not page["Records"] or not (iterator := page.get("NextShardIterator")):
                    break


def md5(key: str) -> int:
    # Kinesis maps partition keys to shards by MD5.
    return int.from_bytes(hashlib.md5(key.encode(), usedforsecurity=False).digest())
