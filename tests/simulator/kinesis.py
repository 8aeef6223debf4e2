"""Simulate AWS's Kinesis → Lambda event source mapping, on a virtual clock.

moto invokes a function once per record, without retries; emulators take a partial batch response for a success. What
evaluate promises ("each record once, whatever is redelivered") needs the real contract, written down here after
https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html,
https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html and services-kinesis-parameters.html.
Where AWS leaves a question open, the answer taken is the one that is worse for the function:
a partial response that makes no progress is not bisected, and retries count on while a batch shrinks.
"""

import base64
import json
import math
import uuid
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from tests.simulator.stream import Clock, Record, Source, md5

MAX_PAYLOAD = 6 * 1024 * 1024
MAX_BACKOFF = 60.0


@dataclass(frozen=True)
class Invocation:
    """One call of the function, for tests to look at."""

    shard: str
    lane: int
    at: float
    sequence_numbers: tuple[str, ...]
    outcome: Literal["success", "partial", "failure"]


@dataclass
class _Batch:
    records: list[Record]
    failures: int = 0


@dataclass
class _Lane:
    """What is worked off strictly in order: a shard, or a part of it when the parallelization factor is above one."""

    shard: str
    number: int
    waiting: deque[Record] = field(default_factory=deque)
    # A batch in work; several once it has been bisected.
    batches: deque[_Batch] = field(default_factory=deque)
    ready_at: float = 0.0

    def next_batch(self, size: int) -> _Batch | None:
        if not self.batches and self.waiting:
            taken: list[Record] = []
            payload = 0
            while self.waiting and len(taken) < size:
                payload += math.ceil(len(self.waiting[0].data) * 4 / 3)
                if taken and payload > MAX_PAYLOAD:
                    break
                taken.append(self.waiting.popleft())
            self.batches.append(_Batch(taken))
        return self.batches[0] if self.batches else None


class Mapping:
    """Feed a stream to a Lambda handler as an event source mapping does.

    `on_failure` receives what AWS writes to an S3 failure destination: metadata and the invocation's records.
    `retries` and `max_age` (seconds) of None mean for ever: until the stream's retention drops the record (`expired`).
    """

    def __init__(
        self,
        handler: Callable[[dict[str, Any], Any], Any],
        stream: Source,
        *,
        clock: Clock,
        context: Any = None,
        batch_size: int = 100,
        bisect: bool = False,
        report_batch_item_failures: bool = True,
        retries: int | None = None,
        max_age: float | None = None,
        on_failure: Callable[[dict[str, Any]], object] | None = None,
        parallelization: int = 1,
        starting_position: Literal["TRIM_HORIZON", "LATEST"] | datetime = "TRIM_HORIZON",
        retention: float = 24 * 3600,
    ) -> None:
        self.handler = handler
        self.stream = stream
        self.clock = clock
        self.context = context
        self.batch_size = batch_size
        self.bisect = bisect
        self.report_batch_item_failures = report_batch_item_failures
        self.retries = retries
        self.max_age = max_age
        self.on_failure = on_failure
        self.parallelization = parallelization
        self.retention = retention
        self.invocations: list[Invocation] = []
        self.expired: list[Record] = []
        self._lanes: dict[tuple[str, int], _Lane] = {}
        self._read: set[tuple[str, str]] = set()
        if starting_position != "TRIM_HORIZON":
            since = starting_position.timestamp() if isinstance(starting_position, datetime) else math.inf
            self._read = {(r.shard, r.sequence_number) for r in stream.records() if r.arrived_at < since}

    def run_until_idle(self) -> None:
        """Work off the stream, retries and all; waiting for a retry advances the clock."""
        while True:
            self._poll()
            busy = [lane for lane in self._lanes.values() if lane.batches or lane.waiting]
            if not busy:
                return
            lane = min(busy, key=lambda lane: lane.ready_at)
            if lane.ready_at > self.clock.now:
                self.clock.advance(lane.ready_at - self.clock.now)
            self._work(lane)

    def _poll(self) -> None:
        for record in self.stream.records():
            position = (record.shard, record.sequence_number)
            if position in self._read:
                continue
            self._read.add(position)
            number = md5(record.partition_key) % self.parallelization
            lane = self._lanes.setdefault((record.shard, number), _Lane(record.shard, number))
            lane.waiting.append(record)

    def _work(self, lane: _Lane) -> None:
        batch = lane.next_batch(self.batch_size)
        if batch is None:
            return
        self._drop_aged(lane, batch)
        if not batch.records:
            lane.batches.popleft()
            return

        done, failed = self._invoke(lane, batch)
        batch.records = batch.records[done:]
        if not batch.records:
            lane.batches.popleft()
            lane.ready_at = self.clock.now
            return

        # "If your invocation fails the batch is bisected … splitting a batch doesn't count towards the retry quota."
        if failed and self.bisect and len(batch.records) > 1:
            middle = len(batch.records) // 2
            halves = [_Batch(batch.records[:middle], batch.failures), _Batch(batch.records[middle:], batch.failures)]
            lane.batches.popleft()
            lane.batches.extendleft(reversed(halves))
        else:
            batch.failures += 1
            if self.retries is not None and batch.failures > self.retries:
                self._discard(lane, batch.records, "RetryAttemptsExhausted", batch.failures)
                lane.batches.popleft()
        lane.ready_at = self.clock.now + min(2.0 ** min(batch.failures, 10), MAX_BACKOFF)

    def _drop_aged(self, lane: _Lane, batch: _Batch) -> None:
        gone = [r for r in batch.records if self.clock.now - r.arrived_at > self.retention]
        self.expired += gone
        kept = batch.records[len(gone) :]
        aged = [r for r in kept if self.max_age is not None and self.clock.now - r.arrived_at > self.max_age]
        if aged:
            # The name is ours: AWS documents only RetryAttemptsExhausted.
            self._discard(lane, aged, "RecordAgeExceeded", batch.failures)
        batch.records = kept[len(aged) :]

    def _invoke(self, lane: _Lane, batch: _Batch) -> tuple[int, bool]:
        """Call the function; return how many leading records are done, and whether the invocation failed as a whole."""
        records = batch.records
        numbers = [r.sequence_number for r in records]
        try:
            # Lambda serialises what the function returns; what cannot be serialised is a function error.
            answer = json.loads(
                json.dumps(self.handler({"Records": [_event(r, self.stream.arn) for r in records]}, self.context))
            )
        except Exception:  # noqa: BLE001 - Lambda turns whatever the function raises into a failed invocation
            done = None
        else:
            done = _first_failed(answer, numbers) if self.report_batch_item_failures else len(records)
        outcome: Literal["success", "partial", "failure"]
        outcome = "failure" if done is None else "success" if done == len(records) else "partial"
        self.invocations.append(Invocation(lane.shard, lane.number, self.clock.now, tuple(numbers), outcome))
        return done or 0, done is None

    def _discard(self, lane: _Lane, records: Sequence[Record], condition: str, invocations: int) -> None:
        if self.on_failure is None:
            return
        self.on_failure(
            {
                "requestContext": {
                    "requestId": str(uuid.uuid4()),
                    "functionArn": "arn:aws:lambda:ap-northeast-1:123456789012:function:simulated",
                    "condition": condition,
                    "approximateInvokeCount": invocations,
                },
                "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
                "version": "1.0",
                "timestamp": _iso(self.clock.now),
                "KinesisBatchInfo": {
                    "shardId": lane.shard,
                    "startSequenceNumber": records[0].sequence_number,
                    "endSequenceNumber": records[-1].sequence_number,
                    "approximateArrivalOfFirstRecord": _iso(records[0].arrived_at),
                    "approximateArrivalOfLastRecord": _iso(records[-1].arrived_at),
                    "batchSize": len(records),
                    "streamArn": self.stream.arn,
                },
                "payload": {"Records": [_event(r, self.stream.arn) for r in records]},
            }
        )


def _first_failed(answer: Any, numbers: Sequence[str]) -> int | None:
    """Read a partial batch response: the index of the lowest failed record, or None when the whole batch failed."""
    if not answer:
        return len(numbers)
    if not isinstance(answer, dict):
        return None
    failures = answer.get("batchItemFailures")
    if not failures:
        return len(numbers)
    if not isinstance(failures, list):
        return None
    positions = []
    for failure in failures:
        identifier = failure.get("itemIdentifier") if isinstance(failure, dict) else None
        if identifier not in numbers:
            return None
        positions.append(numbers.index(identifier))
    return min(positions)


def _event(record: Record, stream_arn: str) -> dict[str, Any]:
    return {
        "kinesis": {
            "kinesisSchemaVersion": "1.0",
            "partitionKey": record.partition_key,
            "sequenceNumber": record.sequence_number,
            "data": base64.b64encode(record.data).decode(),
            "approximateArrivalTimestamp": round(record.arrived_at, 3),
        },
        "eventSource": "aws:kinesis",
        "eventVersion": "1.0",
        "eventID": f"{record.shard}:{record.sequence_number}",
        "eventName": "aws:kinesis:record",
        "invokeIdentityArn": "arn:aws:iam::123456789012:role/simulated",
        "awsRegion": "ap-northeast-1",
        "eventSourceARN": stream_arn,
    }


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
