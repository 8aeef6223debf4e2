"""Who fulfils a condition: what was sent to ingest, asked of the data hub through the API."""

import base64
import json
import random
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kizuki.events import Event, decode_rows
from kizuki.events.times import epoch_ms, iso
from local.deployment import client
from tests.e2e.conftest import Outputs, eventually, token
from tests.e2e.test_every_event import query
from tests.kizuki.rules import naive
from tests.kizuki.rules.histories import DAY, HOUR, MINUTE
from tests.kizuki.rules.memory import Memory

pytestmark = pytest.mark.e2e

TOKYO = "Asia/Tokyo"
COLOURS = ["赤", "blue's", 'gr"een', "5", 5, True, None, ["赤", 5], {"deep": 1}]
ORDERED = {"type": "event", "name": "Order Completed"}
BUYS = {"event": "Order Completed", "where": [{"type": "property", "path": "currency", "op": "eq", "value": "JPY"}]}


def statistic(of: str, op: str, value: Any = None, **more: Any) -> dict[str, Any]:
    compared = {"op": op} if value is None else {"op": op, "value": value}
    return {"type": "statistic", "of": of} | more | compared


CONDITIONS = [
    ORDERED,
    {"type": "property", "path": "products[].colour", "op": "in", "value": ["赤", "blue's"]},
    {"type": "context", "path": "page.path", "op": "starts_with", "value": "/商"},
    {"type": "trait", "path": "plan.tags[]", "op": "not_contains", "value": "pro"},
    {"type": "group_trait", "path": "size", "op": "gte", "value": 10},
    statistic("count", "gte", 2, event="Product Added", window={"days": 7}),
    statistic("sum", "gt", 1000.5, path="revenue", window="all", **BUYS),
    statistic("avg", "lte", 700, path="products[].price"),
    statistic("last", "eq", 5, path="colour", window="visit"),
    statistic("previous", "exists", path="colour"),
    statistic("most_frequent", "eq", "赤", path="products[].colour"),
    statistic("distinct", "gte", 3, path="colour", window={"days": 28}),
    statistic("since_last", "lt", 86_400, event="page"),
    {"type": "sequence", "first": {"event": "Product Added"}, "then": {"event": "Order Completed"}, "within": 3600},
    {"type": "sequence", "first": {"event": "Product Added"}, "then": BUYS, "within": 86_400, "absent": True},
    {"type": "any", "of": [{"type": "visits", "op": "eq", "value": 1}, {"type": "not", "of": ORDERED}]},
]


def made_up(run: str, now: int) -> list[dict[str, Any]]:
    """What a shop's server knows of its history: devices, members, companies; some of it said twice."""
    chance = random.Random(11)
    devices, members = [f"{run}-d{n}" for n in range(8)], [f"{run}-会員{n}" for n in range(5)]
    events: list[dict[str, Any]] = []
    for n in range(160):
        type_ = chance.choice(["track", "track", "track", "track", "page", "identify", "group", "alias"])
        device, member = chance.choice(devices), chance.choice(members)
        who: dict[str, Any] = {"anonymousId": device} if chance.random() < 0.6 else {"userId": member}
        if chance.random() < 0.1:
            who = {"anonymousId": device, "userId": member}
        past = chance.choice([chance.randrange(HOUR), chance.randrange(2 * DAY), chance.randrange(40) * DAY])
        event: dict[str, Any] = {"type": type_, "messageId": f"{run}-{n}", "timestamp": iso(now - MINUTE - past)} | who
        event["context"] = {"page": {"path": chance.choice(["/", "/商品/1", "/cart"])}}
        if chance.random() < 0.7:
            event["context"]["session"] = {"id": f"{run}-v{chance.randrange(3)}"}
        products = [
            {"price": chance.choice([100, 250.5, "300"]), "colour": chance.choice(COLOURS)}
            for _ in range(chance.randrange(3))
        ]
        properties = {"products": products, "colour": chance.choice(COLOURS)}
        match type_:
            case "track":
                event["event"] = chance.choice(["Product Added", "Order Completed", "Viewed"])
                event["properties"] = properties | {
                    "revenue": chance.choice([999.999999, 0.1, 2000]),
                    "currency": chance.choice(["JPY", "USD"]),
                }
            case "page":
                event["properties"] = properties
            case "identify":
                event["traits"] = {"plan": {"tags": chance.sample(["pro", "年間", "x'y"], 2)}, "name": f"山田{n}"}
            case "group":
                event |= {"groupId": f"{run}-{chance.choice('ab')}", "traits": {"size": chance.choice([5, 10, "10"])}}
            case _:
                event |= {"userId": members[0], "previousId": chance.choice([*devices, members[1]])}
        events.append(event)
    marks = [
        {"type": "identify", "messageId": f"{run}-mark-{who}", "timestamp": iso(now - 41 * DAY), "traits": {"run": run}}
        | ({"userId": who} if "会員" in who else {"anonymousId": who})
        for who in [*devices, *members]
    ]
    return [*marks, *events, *chance.sample(events, 10)]


def send(platform: Outputs, events: list[dict[str, Any]]) -> None:
    key = base64.b64encode(f"{platform['secret_key']}:".encode()).decode()
    for start in range(0, len(events), 30):
        body = json.dumps({"batch": events[start : start + 30]}).encode()
        headers = {"authorization": f"Basic {key}", "content-type": "application/json"}
        request = urllib.request.Request(f"{platform['ingest_url']}/v1/batch", data=body, headers=headers)
        with urllib.request.urlopen(request) as answer:
            assert json.load(answer)["refused"] == []


def on_the_stream(platform: Outputs, run: str) -> list[Event]:
    kinesis = client("kinesis", platform["aws_endpoint_url"])
    found: list[Event] = []
    for shard in kinesis.list_shards(StreamName=platform["stream"])["Shards"]:
        iterator = kinesis.get_shard_iterator(
            StreamName=platform["stream"], ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        while records := (page := kinesis.get_records(ShardIterator=iterator, Limit=10_000))["Records"]:
            for record in records:
                found += [event for event in decode_rows(record["Data"])[1] if event.message_id.startswith(run)]
            iterator = page["NextShardIterator"]
    return found


def call(platform: Outputs, path: str, body: Any = None) -> tuple[int, Any]:
    data = None if body is None else json.dumps(body).encode()
    headers = {"authorization": f"Bearer {token(platform)}", "content-type": "application/json"}
    request = urllib.request.Request(f"{platform['api_url']}/api/sites/{path}", data=data, headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def audience(platform: Outputs, condition: dict[str, Any], as_of: str | None = None) -> dict[str, Any]:
    status, started = call(platform, "shop/audiences", {"condition": condition, "as_of": as_of})
    assert (status, started["status"]) == (202, "running"), started
    ask = f"shop/audiences/{started['id']}"
    return eventually(lambda: call(platform, ask)[1], lambda found: found["status"] != "running")


@pytest.fixture(scope="module")
def sent(platform: Outputs) -> tuple[str, list[Event]]:
    """A history that has arrived in the hub: the name of this run, and its events as the stream has them."""
    run, now = f"{time.time_ns():x}", time.time_ns() // 1_000_000
    events = made_up(run, now)
    send(platform, events)
    # A write to the stream whose answer is lost is made again: copies do not count.
    sql = f"SELECT count(DISTINCT message_id) FROM events WHERE message_id LIKE '{run}%'"  # noqa: S608 - ours
    eventually(
        lambda: query(platform, sql), lambda rows: rows == [[str(len({event["messageId"] for event in events}))]]
    )
    return run, on_the_stream(platform, run)


def expected(events: list[Event], condition: dict[str, Any], now: int) -> set[str]:
    by_then = [event for event in naive.first_copies(events) if event.occurred_at <= now]
    people = naive.people(by_then)
    found = {
        person
        for person, theirs in people.items()
        if naive.Person(theirs, now=now, timezone=TOKYO, segments={}).holds(condition)
    }
    memory = Memory(condition, timezone=TOKYO, segments={})
    memory.fold(by_then)
    assert memory.matching(people, now) == found
    return found


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.get("of", condition["type"]))
def test_the_hub_names_the_people_that_the_events_name(platform, sent, condition):
    run, events = sent
    of_this_run = {"type": "trait", "path": "run", "op": "eq", "value": run}

    found = audience(platform, {"type": "all", "of": [of_this_run, condition]})

    people = expected(events, condition, epoch_ms(found["as_of"]))
    assert {person["id"] for person in found["sample"]} == people
    assert (found["status"], found["count"], found["reason"]) == ("done", len(people), None)
    assert found["of"] >= len(naive.people(events))
    assert found["scanned_bytes"] > 0
    assert found["complete_up_to"] >= max(iso(event.received_at) for event in events)


def test_who_was_in_it_on_that_day(platform, sent):
    run, events = sent
    of_this_run = {"type": "trait", "path": "run", "op": "eq", "value": run}
    bought = statistic("count", "gte", 1, event="Order Completed", window="all")
    day = datetime.fromtimestamp(time.time() - 10 * 86_400, ZoneInfo(TOKYO)).date()
    last = datetime(day.year, day.month, day.day, 23, 59, 59, 999_000, ZoneInfo(TOKYO))

    found = audience(platform, {"type": "all", "of": [of_this_run, bought]}, day.isoformat())

    assert found["as_of"] == iso(epoch_ms(last.astimezone(UTC).isoformat()))
    people = expected(events, bought, epoch_ms(found["as_of"]))
    assert {person["id"] for person in found["sample"]} == people
    assert people
    assert people != expected(events, bought, time.time_ns() // 1_000_000)


def test_the_sample_says_who_they_are_the_last_seen_first(platform, sent):
    run, events = sent

    found = audience(platform, {"type": "trait", "path": "run", "op": "eq", "value": run})

    people = naive.people(naive.first_copies(events))
    assert [person["last_seen"] for person in found["sample"]] == sorted(
        (iso(theirs[-1].occurred_at) for theirs in people.values()), reverse=True
    )
    names = {
        person: next((event.traits["name"] for event in reversed(theirs) if "name" in event.traits), None)
        for person, theirs in people.items()
    }
    assert {person["id"]: person["name"] for person in found["sample"]} == names


def test_another_site_cannot_read_the_answer(platform, sent):
    started = audience(platform, ORDERED)

    status, document = call(platform, f"other/audiences/{started['id']}")

    assert (status, document["error"]["code"]) == (404, "unknown_query")
