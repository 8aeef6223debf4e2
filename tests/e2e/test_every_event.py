"""Every accepted event is on the stream, on the timeline, in the state and in the data hub: once."""

import json
import random
import time
import urllib.request
from collections import Counter
from typing import Any

import pytest
from segment import analytics

from kizuki.aws.visitors import VisitorStore
from kizuki.events import decode_rows
from local.deployment import client
from tests.e2e.conftest import Outputs, eventually

pytestmark = pytest.mark.e2e


def post(platform: Outputs, batch: list[dict[str, Any]]) -> dict[str, Any]:
    body = json.dumps({"batch": batch, "writeKey": platform["write_key"]}).encode()
    with urllib.request.urlopen(f"{platform['ingest_url']}/v1/batch", data=body) as answer:
        return json.load(answer)


def on_the_stream(platform: Outputs, people: list[str]) -> list[str]:
    """Message ids of these people's records on the real stream."""
    kinesis = client("kinesis", platform["aws_endpoint_url"])
    found: list[str] = []
    for shard in kinesis.list_shards(StreamName=platform["stream"])["Shards"]:
        iterator = kinesis.get_shard_iterator(
            StreamName=platform["stream"], ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        while records := (page := kinesis.get_records(ShardIterator=iterator, Limit=10_000))["Records"]:
            for record in records:
                found += [event.message_id for event in decode_rows(record["Data"])[1] if event.person in people]
            iterator = page["NextShardIterator"]
    return found


def query(platform: Outputs, sql: str) -> list[list[str]]:
    """Ask the data hub and return the rows, without the header."""
    athena = client("athena", platform["aws_endpoint_url"])
    started = athena.start_query_execution(
        QueryString=sql, WorkGroup=platform["workgroup"], QueryExecutionContext={"Database": platform["database"]}
    )["QueryExecutionId"]

    def state() -> str:
        status = athena.get_query_execution(QueryExecutionId=started)["QueryExecution"]["Status"]
        assert status["State"] != "FAILED", status
        return status["State"]

    eventually(state, lambda found: found == "SUCCEEDED")
    rows = athena.get_query_results(QueryExecutionId=started)["ResultSet"]["Rows"]
    return [[cell.get("VarCharValue", "") for cell in row["Data"]] for row in rows[1:]]


def test_a_thousand_events_with_duplicates_are_everywhere_once(platform):
    chance = random.Random(2)
    run = f"{time.time_ns():x}"
    people = [f"a:{run}-{n}" for n in range(20)]
    events = [
        {
            "type": "track",
            "event": "Counted",
            "messageId": f"{run}-{n}",
            "anonymousId": chance.choice(people)[2:],
            "properties": {"n": n},
        }
        for n in range(950)
    ]
    sent = events + chance.sample(events, 50)
    chance.shuffle(sent)

    accepted = sum(post(platform, sent[start : start + 20])["accepted"] for start in range(0, 1000, 20))

    expected = Counter(f"a:{event['anonymousId']}" for event in events)
    visitors = VisitorStore(client("dynamodb", platform["aws_endpoint_url"]), platform["tables"]["visitors"])

    def folded() -> dict[str, int]:
        return {person: visitors.state("shop", person)[0].events for person in people}

    def timeline(person: str) -> set[str]:
        batches, _ = visitors.timeline("shop", person, before=None, limit=10_000)
        return {event.message_id for batch in batches for event in batch.events}

    eventually(folded, lambda counts: sum(counts.values()) >= 950)
    assert accepted == 1000
    assert folded() == expected
    assert {person: len(timeline(person)) for person in people} == expected
    stream = on_the_stream(platform, people)
    assert (len(stream), len(set(stream))) == (1000, 950)
    sql = f"SELECT count(*), count(DISTINCT message_id) FROM events WHERE message_id LIKE '{run}-%'"  # noqa: S608
    assert eventually(lambda: query(platform, sql), lambda rows: rows == [["1000", "950"]])


def test_segments_own_python_client_only_changes_its_host(platform):
    run = f"{time.time_ns():x}"
    refused: list[object] = []
    segment = analytics.Client(
        platform["write_key"],
        host=platform["ingest_url"],
        on_error=lambda error, items: refused.append(error),
    )

    segment.identify(run, {"name": "山田 太郎", "email": "taro@example.com"})
    for n in range(30):
        segment.track(run, "Report Exported", {"rows": n})
    segment.group(run, "acme", {"plan": "pro"})
    segment.flush()
    segment.join()

    visitors = VisitorStore(client("dynamodb", platform["aws_endpoint_url"]), platform["tables"]["visitors"])
    state = eventually(lambda: visitors.state("shop", f"u:{run}")[0], lambda state: state.events == 32)
    assert refused == []
    assert state.traits["name"] == "山田 太郎"
    assert state.counts["Report Exported"] == 30
    assert (state.group_id, state.group_traits) == ("acme", {"plan": "pro"})
