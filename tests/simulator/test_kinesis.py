import base64
from collections import defaultdict
from datetime import UTC, datetime

import boto3
import pytest
from moto import mock_aws

from tests.simulator.kinesis import Mapping
from tests.simulator.stream import Clock, KinesisStream, Stream


@pytest.fixture
def clock():
    return Clock(1_000_000.0)


@pytest.fixture
def stream(clock):
    return Stream(clock)


def data(event):
    return [base64.b64decode(record["kinesis"]["data"]).decode() for record in event["Records"]]


def numbers(event):
    return [record["kinesis"]["sequenceNumber"] for record in event["Records"]]


class Function:
    """Records what it was given; fails as `answer` says."""

    def __init__(self, answer=lambda event: None):
        self.answer = answer
        self.batches = []

    def __call__(self, event, context):
        self.batches.append(data(event))
        return self.answer(event)


def failing_at(*poison):
    """Report every poison record of a batch."""
    return lambda event: {
        "batchItemFailures": [
            {"itemIdentifier": number}
            for number, text in zip(numbers(event), data(event), strict=True)
            if text in poison
        ]
    }


def raising_on(poison):
    def answer(event):
        if poison in data(event):
            raise ValueError(poison)

    return answer


def put(stream, texts, key="k"):
    return [stream.put(key, text.encode()) for text in texts]


def test_a_healthy_function_receives_every_record_once_in_order(stream, clock):
    put(stream, "abcde")
    function = Function()

    Mapping(function, stream, clock=clock, batch_size=2).run_until_idle()

    assert function.batches == [["a", "b"], ["c", "d"], ["e"]]


def test_the_event_has_the_shape_that_lambda_sends(stream, clock):
    number = stream.put("site#a:1", b"{}")
    events = []

    Mapping(lambda event, context: events.append(event), stream, clock=clock).run_until_idle()

    assert events == [
        {
            "Records": [
                {
                    "kinesis": {
                        "kinesisSchemaVersion": "1.0",
                        "partitionKey": "site#a:1",
                        "sequenceNumber": number,
                        "data": "e30=",
                        "approximateArrivalTimestamp": 1_000_000.0,
                    },
                    "eventSource": "aws:kinesis",
                    "eventVersion": "1.0",
                    "eventID": f"shardId-000000000000:{number}",
                    "eventName": "aws:kinesis:record",
                    "invokeIdentityArn": "arn:aws:iam::123456789012:role/simulated",
                    "awsRegion": "ap-northeast-1",
                    "eventSourceARN": stream.arn,
                }
            ]
        }
    ]


def test_records_put_while_it_works_are_worked_too(stream, clock):
    put(stream, "a")
    function = Function(lambda event: put(stream, "b") and None if data(event) == ["a"] else None)

    Mapping(function, stream, clock=clock).run_until_idle()

    assert function.batches == [["a"], ["b"]]


def test_everything_behind_the_lowest_failure_is_delivered_again(stream, clock):
    put(stream, "abcde")
    function = Function(lambda event: failing_at("d", "b")(event) if "a" in data(event) else None)

    mapping = Mapping(function, stream, clock=clock, batch_size=4)
    mapping.run_until_idle()

    assert function.batches == [["a", "b", "c", "d"], ["b", "c", "d"], ["e"]]
    assert [call.outcome for call in mapping.invocations] == ["partial", "success", "success"]


@pytest.mark.parametrize("answer", [None, {}, {"batchItemFailures": []}, {"batchItemFailures": None}])
def test_these_answers_are_a_success(stream, clock, answer):
    put(stream, "ab")
    function = Function(lambda event: answer)

    Mapping(function, stream, clock=clock).run_until_idle()

    assert function.batches == [["a", "b"]]


@pytest.mark.parametrize(
    "answer",
    [
        {"batchItemFailures": [{"itemIdentifier": ""}]},
        {"batchItemFailures": [{"itemIdentifier": None}]},
        {"batchItemFailures": [{"sequenceNumber": "1"}]},
        {"batchItemFailures": [{"itemIdentifier": "not in this batch"}]},
        {"batchItemFailures": ["1"]},
        {"batchItemFailures": "1"},
        "batchItemFailures",
        {"batchItemFailures": object()},
    ],
)
def test_these_answers_fail_the_whole_batch(stream, clock, answer):
    put(stream, "ab")
    answers = iter([answer, None])
    function = Function(lambda event: next(answers))

    mapping = Mapping(function, stream, clock=clock)
    mapping.run_until_idle()

    assert function.batches == [["a", "b"], ["a", "b"]]
    assert [call.outcome for call in mapping.invocations] == ["failure", "success"]


def test_without_report_batch_item_failures_the_answer_is_ignored(stream, clock):
    put(stream, "ab")
    function = Function(failing_at("a"))

    Mapping(function, stream, clock=clock, report_batch_item_failures=False).run_until_idle()

    assert function.batches == [["a", "b"]]


def test_an_exception_fails_the_whole_batch_until_its_retries_are_used_up(stream, clock):
    first, last = put(stream, "ab")
    put(stream, "c")
    function = Function(raising_on("a"))
    discarded = []

    Mapping(function, stream, clock=clock, batch_size=2, retries=2, on_failure=discarded.append).run_until_idle()

    assert function.batches == [["a", "b"]] * 3 + [["c"]]
    [failure] = discarded
    assert data(failure["payload"]) == ["a", "b"]
    assert failure["requestContext"]["condition"] == "RetryAttemptsExhausted"
    assert failure["requestContext"]["approximateInvokeCount"] == 3
    assert failure["KinesisBatchInfo"] == {
        "shardId": "shardId-000000000000",
        "startSequenceNumber": first,
        "endSequenceNumber": last,
        "approximateArrivalOfFirstRecord": "1970-01-12T13:46:40.000Z",
        "approximateArrivalOfLastRecord": "1970-01-12T13:46:40.000Z",
        "batchSize": 2,
        "streamArn": stream.arn,
    }


def test_zero_retries_discard_at_the_first_failure(stream, clock):
    put(stream, "ab")
    function = Function(raising_on("a"))

    Mapping(function, stream, clock=clock, retries=0).run_until_idle()

    assert function.batches == [["a", "b"]]


def test_bisecting_isolates_the_record_that_raises_and_costs_no_retry(stream, clock):
    put(stream, "abcdefgh")
    function = Function(raising_on("f"))
    discarded = []

    Mapping(function, stream, clock=clock, bisect=True, retries=1, on_failure=discarded.append).run_until_idle()

    assert function.batches == [
        list("abcdefgh"),
        list("abcd"),
        list("efgh"),
        list("ef"),
        ["e"],
        ["f"],
        ["f"],
        list("gh"),
    ]
    assert [data(failure["payload"]) for failure in discarded] == [["f"]]


def test_a_partial_response_is_cut_at_the_returned_number_even_when_bisecting(stream, clock):
    put(stream, "abcd")
    function = Function(failing_at("c"))
    discarded = []

    Mapping(function, stream, clock=clock, bisect=True, retries=2, on_failure=discarded.append).run_until_idle()

    # A permanent failure that is only reported takes what stands behind it along: functions must not rely on bisecting.
    assert function.batches == [list("abcd"), list("cd"), list("cd")]
    assert [data(failure["payload"]) for failure in discarded] == [["c", "d"]]


def test_records_older_than_the_maximum_age_go_to_the_failure_destination(stream, clock):
    put(stream, "a")
    function = Function(raising_on("a"))
    discarded = []

    Mapping(function, stream, clock=clock, max_age=60, on_failure=discarded.append).run_until_idle()
    put(stream, "b")

    assert clock.now - 1_000_000 > 60
    assert [data(failure["payload"]) for failure in discarded] == [["a"]]
    assert discarded[0]["requestContext"]["condition"] == "RecordAgeExceeded"


def test_aged_records_do_not_take_younger_ones_along(stream, clock):
    put(stream, "a")
    clock.advance(61)
    put(stream, "b")
    function = Function()

    Mapping(function, stream, clock=clock, max_age=60).run_until_idle()

    assert function.batches == [["b"]]


def test_retrying_for_ever_ends_when_the_stream_drops_the_record(stream, clock):
    put(stream, "a")
    clock.advance(3600)
    put(stream, "b")
    function = Function(raising_on("a"))

    mapping = Mapping(function, stream, clock=clock, batch_size=1)
    mapping.run_until_idle()

    assert [record.data for record in mapping.expired] == [b"a"]
    assert function.batches[-1] == ["b"]


def test_a_failing_shard_blocks_no_other(clock):
    stream = Stream(clock, shards=2)
    keys = {stream.put(key, key.encode()): key for key in "abcdef"}
    shards = defaultdict(list)
    for record in stream.records():
        shards[record.shard].append(keys[record.sequence_number])
    blocked, free = sorted(shards.values(), key=lambda keys: "a" not in keys)
    function = Function(raising_on("a"))

    Mapping(function, stream, clock=clock, batch_size=10, retries=3).run_until_idle()

    assert function.batches.index(free) < 2
    assert function.batches.count(blocked) == 4


def test_parallel_lanes_keep_the_order_within_a_partition_key(stream, clock):
    for n in range(30):
        stream.put(f"k{n % 7}", f"k{n % 7}:{n}".encode())
    failed = set()

    def fail_each_record_once(event):
        news = [text for text in data(event) if text not in failed]
        failed.update(news[:1])
        return failing_at(*news[:1])(event)

    function = Function(fail_each_record_once)
    mapping = Mapping(function, stream, clock=clock, batch_size=3, parallelization=4)
    mapping.run_until_idle()

    seen = defaultdict(list)
    for batch in function.batches:
        for text in batch:
            if text not in seen[text.split(":")[0]]:
                seen[text.split(":")[0]].append(text)
    assert seen == {f"k{key}": [f"k{key}:{n}" for n in range(30) if n % 7 == key] for key in range(7)}
    assert len({call.lane for call in mapping.invocations}) > 1


def test_batches_stay_under_the_payload_limit(stream, clock):
    for _ in range(7):
        stream.put("k", bytes(1024 * 1024))
    sizes = []

    Mapping(lambda event, context: sizes.append(len(event["Records"])), stream, clock=clock).run_until_idle()

    assert sizes == [4, 3]


def test_the_starting_position_skips_what_came_before(stream, clock):
    put(stream, "a")
    clock.advance(10)
    put(stream, "b")
    latest, since = Function(), Function()

    from_now = Mapping(latest, stream, clock=clock, starting_position="LATEST")
    from_then = Mapping(since, stream, clock=clock, starting_position=datetime.fromtimestamp(1_000_005, UTC))
    put(stream, "c")
    from_now.run_until_idle()
    from_then.run_until_idle()

    assert latest.batches == [["c"]]
    assert since.batches == [["b", "c"]]


def test_it_reads_a_stream_through_boto3(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        client = boto3.client("kinesis", region_name="ap-northeast-1")
        client.create_stream(StreamName="events", ShardCount=2)
        for key in "abcd":
            client.put_record(StreamName="events", PartitionKey=key, Data=key.encode())
        function = Function()

        mapping = Mapping(function, KinesisStream(client, "events"), clock=Clock())
        mapping.run_until_idle()
        client.put_record(StreamName="events", PartitionKey="e", Data=b"e")
        mapping.run_until_idle()

    assert sorted(text for batch in function.batches for text in batch) == list("abcde")
    assert len({call.shard for call in mapping.invocations}) == 2
