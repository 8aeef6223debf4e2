"""The AWS bill of a million events: calls recorded while the real functions work, times the price list."""

import json
import math
import random
from collections import Counter
from typing import Any

import pytest
from moto import mock_aws

from tests.bench import shop
from tests.bench.measure import Row, row
from tests.bench.plain import plain
from tests.bench.rulebook import segments
from tests.conftest import LambdaContext
from tests.functions.conftest import Platform

EVENTS, PER_BATCH, VISITORS = 1000, 5, 20
# US dollars, us-east-1, on demand (performance of the design is a ratio: the region hardly moves it).
WRITE_UNIT, READ_UNIT = 0.625e-6, 0.125e-6
REQUEST, KINESIS_GB, LAMBDA_GB_S, LAMBDA_REQUEST = 1.0e-6, 0.12, 0.0000133334, 0.2e-6
INGEST_SECONDS, INGEST_GB = 0.03, 0.5
S3_PUT = 5e-6
CHUNKS = 60
"""Of five minutes, five seconds each."""
CHUNK_UNITS = 4
"""Two items in a transaction; what its indexes take comes on top."""


def bill() -> Row:
    """Price ours, five events a request, against one event a request with an item, a record and a state write each.

    Of visits that are not recorded; what a recording adds is a row of its own.
    """
    with mock_aws():
        counted = _counted(recorded=False)
    ours = (
        counted["write units"] * WRITE_UNIT
        + counted["read units"] * READ_UNIT
        + counted["kinesis bytes"] / 1e9 * KINESIS_GB
        + counted["requests"] * (REQUEST + LAMBDA_REQUEST + INGEST_SECONDS * INGEST_GB * LAMBDA_GB_S)
    )
    state_units = math.ceil(counted["state bytes"] / VISITORS / 1024)
    event_units = math.ceil(counted["row bytes"] / EVENTS / 1024)
    naive = EVENTS * (
        (event_units + state_units) * WRITE_UNIT
        + math.ceil(state_units / 4) * READ_UNIT
        + math.ceil(counted["row bytes"] / EVENTS / 1024) * 1024 / 1e9 * KINESIS_GB
        + REQUEST
        + LAMBDA_REQUEST
        + INGEST_SECONDS * INGEST_GB * LAMBDA_GB_S
    )
    scale = 1e6 / EVENTS
    return row(
        "bill",
        ours * scale,
        naive * scale,
        "USD per 1 M events",
        0.25,
        "requests, Lambda, DynamoDB, Kinesis; 5 a batch",
    )


def recording_bill() -> Row:
    """Price what recordings are found by, against what the chunks of the same visits cost to take in, of five minutes each."""
    counted = []
    for recorded in (True, False):
        with mock_aws():
            counted.append(_counted(recorded=recorded)["write units"])
    chunk = S3_PUT + REQUEST + LAMBDA_REQUEST + 0.1 * INGEST_GB * LAMBDA_GB_S + CHUNK_UNITS * WRITE_UNIT
    return row(
        "recording_bill",
        (counted[0] - counted[1]) / VISITORS * WRITE_UNIT * 1e6,
        CHUNKS * chunk * 1e6,
        "USD per 1 M visits",
        0.1,
        f"the lists and facts of a visit of {EVENTS // VISITORS} events, against its {CHUNKS} chunks",
    )


def _counted(*, recorded: bool) -> Counter[str]:
    """Send the events of one busy visit after another through ingest and evaluate; count what AWS would charge for."""
    counted: Counter[str] = Counter()
    with pytest.MonkeyPatch.context() as patch:
        platform = Platform(patch, LambdaContext())
        for client in (platform.ingest.dynamodb, platform.evaluate.dynamodb):
            client.meta.events.register(
                "provide-client-params.dynamodb.*", lambda params, model, **_: _writes(counted, params, model)
            )
            client.meta.events.register(
                "after-call.dynamodb.*", lambda parsed, model, **_: _reads(counted, parsed, model)
            )
        platform.publish(
            "segment", *({"id": each.id, "name": each.name, "condition": each.condition} for each in segments())
        )
        chance = random.Random(5)
        folded = 0
        for n in range(EVENTS // PER_BATCH):
            visitor = n // (EVENTS // PER_BATCH // VISITORS)
            calls = shop.calls(chance, shop.NOW + n * 1000, visitor=visitor, count=PER_BATCH)
            if not recorded:
                for call in calls:
                    del call["context"]["replay"]
            platform.post(shop.body(calls))
            counted["requests"] += 1
            if n % 10 == 9:
                records = platform.records()
                platform.fold(records[folded:])
                folded = len(records)
        for record in platform.records():
            counted["kinesis bytes"] += max(1024, len(record["Data"]))
            counted["row bytes"] += len(record["Data"])
        for visitor in range(VISITORS):
            person = f"a:{shop.anonymous_id(visitor)}"
            counted["state bytes"] += len(json.dumps(plain(platform.state(person))))
    return counted


def _writes(counted: Counter[str], params: dict[str, Any], model: Any) -> None:
    """A kilobyte is a write unit, twice that within a transaction."""
    if model.name == "UpdateItem":
        counted["write units"] += _units(params.get("ExpressionAttributeValues", {}), 1024)
    elif model.name == "PutItem":
        counted["write units"] += _units(params["Item"], 1024)
    elif model.name == "BatchWriteItem":
        for requests in params["RequestItems"].values():
            counted["write units"] += sum(_units(each["PutRequest"]["Item"], 1024) for each in requests)
    elif model.name == "TransactWriteItems":
        for each in params["TransactItems"]:
            counted["write units"] += 2 * (_units(each["Put"]["Item"], 1024) if "Put" in each else 1)


def _reads(counted: Counter[str], parsed: dict[str, Any], model: Any) -> None:
    """Four kilobytes of a consistent read are a read unit."""
    if model.name == "GetItem":
        counted["read units"] += _units(parsed.get("Item", {}), 4096)
    elif model.name == "Query":
        size = sum(_size(item) for item in parsed["Items"])
        counted["read units"] += max(1, math.ceil(size / 4096))


def _units(item: dict[str, Any], unit: int) -> int:
    return max(1, math.ceil(_size(item) / unit))


def _size(item: dict[str, Any]) -> int:
    return sum(len(name) + sum(len(value) for value in typed.values()) for name, typed in item.items())
