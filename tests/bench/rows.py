"""The rows of the performance table, by the names of the budgets."""

import gzip
import json
import os
import random
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from kizuki.events import decode_rows, encode_rows, parse
from kizuki.rules import Facts
from kizuki.rules.ruleset import Engine
from kizuki.visitors import decode_state, encode_state, fold
from tests.bench import shop
from tests.bench.bill import bill
from tests.bench.measure import Row, interleaved, row
from tests.bench.plain import plain

ROOT = Path(__file__).parents[2]
SDK = ROOT / "web" / "sdk" / "dist"
# What peers ship, gzip -9: npm @segment/analytics-next 1.84.3 standalone.js, posthog-js 1.449.2 array.js and lazy-recorder.js.
SEGMENT_STANDALONE, POSTHOG_ARRAY, POSTHOG_RECORDER = 31_298, 122_142, 72_784
COLD_STARTS = 7


def rows() -> Iterator[Row]:
    yield from sizes()
    yield from rule_rows()
    yield parse_row()
    yield compute_row()
    yield cold_start_row()
    yield state_row()
    yield bill()


def sizes() -> Iterator[Row]:
    core = _gzipped("kizuki.js")
    yield row("core_tag_gzip", core, SEGMENT_STANDALONE, "B", 0.15)
    yield row("core_actions_gzip", core + _gzipped("actions.js"), POSTHOG_ARRAY, "B", 0.10)
    yield row("recorder_gzip", _gzipped("recorder.js"), POSTHOG_RECORDER, "B", 0.35)


def _gzipped(name: str) -> int:
    return len(gzip.compress((SDK / name).read_bytes(), 9))


def rule_rows() -> Iterator[Row]:
    state = shop.visitor()
    chance = random.Random(3)
    events = [shop.event(chance, n) for n in range(20)]
    facts = [Facts(event, state, shop.CALENDAR) for event in events]
    documents = [
        {
            "event": {"name": event.name, "properties": event.properties},
            "state": {"visits": state.visits, "traits": state.traits},
        }
        for event in events
    ]
    small, large, functions = shop.engine(1000), shop.engine(10_000), shop.handwritten(1000)

    def ours(engine: Engine) -> list[list[int]]:
        return [[int(rule.id) for rule in engine.notifications.holding(each)] for each in facts]

    def by_hand() -> list[list[int]]:
        return [[n for n, function in enumerate(functions) if function(document)] for document in documents]

    if ours(small) != by_hand():
        raise AssertionError("the engine and the hand-written rules disagree")
    mine, theirs = interleaved(lambda: ours(small), by_hand, number=20)
    yield row("rules_1000", mine / len(facts), theirs / len(facts), "µs/event", 0.05)
    many, few = interleaved(lambda: ours(large), lambda: ours(small), number=5)
    yield row("rules_10000", many / len(facts), few / len(facts), "µs/event", 2.0, "against rules_1000")


class PydanticEvent(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    type: Literal["track", "page", "screen", "identify", "group", "alias"]
    event: str | None = None
    message_id: str | None = None
    anonymous_id: str | None = None
    user_id: str | None = None
    timestamp: str | None = None
    properties: dict[str, Any] = {}
    traits: dict[str, Any] = {}
    context: dict[str, Any] = {}


class PydanticBatch(BaseModel):
    batch: list[PydanticEvent]


def parse_row() -> Row:
    body = shop.batch()
    mine, theirs = interleaved(
        lambda: parse(body, received_at=shop.NOW), lambda: PydanticBatch.model_validate_json(body), number=200
    )
    return row(
        "parse_validate", mine, theirs, "µs/batch of 10", 0.5, "ours also checks ids, times, depth and size per event"
    )


def compute_row() -> Row:
    """Decode a batch and the state, fold, ask 1,000 rules, encode both: ours against stdlib json and a loop of functions."""
    body, engine, functions = shop.batch(), shop.engine(1000), shop.handwritten(1000)
    packed = encode_state(shop.visitor())
    written = json.dumps(plain(shop.visitor()))

    def ours() -> None:
        state = decode_state(packed)
        events = [accepted.event for accepted in parse(body, received_at=shop.NOW).accepted]
        for event in events:
            fold(state, event, shop.CALENDAR)
            facts = Facts(event, state, shop.CALENDAR)
            _ = engine.notifications.holding(facts)
        encode_state(state)
        decode_rows(b"".join(encode_rows("shop", events)))

    def theirs() -> None:
        state: Any = json.loads(written)
        for event in json.loads(body)["batch"]:
            document = {
                "event": {"name": event["event"], "properties": event["properties"]},
                "state": {"visits": 3, "traits": {"plan": "pro"}},
            }
            _ = [function for function in functions if function(document)]
        json.dumps(state)

    mine, against = interleaved(ours, theirs, number=5)
    return row("compute_path", mine / 10, against / 10, "µs/event", 0.03)


def cold_start_row() -> Row:
    """CPU time of a fresh process: the imports and clients of ingest, against pydantic, boto3 and all of Powertools."""
    settings = dict.fromkeys(("VISITORS_TABLE", "CONFIG_TABLE", "METRICS_TABLE", "EVENT_STREAM"), "x") | {
        "RULESET_MAX_AGE": "5",
        "AWS_DEFAULT_REGION": "ap-northeast-1",
        "POWERTOOLS_SERVICE_NAME": "ingest",
        # What a Lambda has: Powertools sets up tracing only where it believes to be on one.
        "AWS_LAMBDA_FUNCTION_NAME": "ingest",
    }
    ours = f"import sys; sys.path.insert(0, {str(ROOT / 'functions/ingest')!r}); import handler"
    obvious = (
        "import boto3\n"
        "from typing import Any\n"
        "from pydantic import BaseModel\n"
        "from aws_lambda_powertools import Logger, Metrics, Tracer\n"
        "from aws_lambda_powertools.event_handler import APIGatewayHttpResolver\n"
        "class Event(BaseModel):\n"
        "    type: str\n    event: str | None = None\n    properties: dict[str, Any] = {}\n"
        "class Batch(BaseModel):\n    batch: list[Event]\n"
        "Logger(); Metrics(namespace='x'); Tracer(); APIGatewayHttpResolver(enable_validation=True)\n"
        "boto3.client('dynamodb'); boto3.client('kinesis')"
    )
    cpu: dict[str, list[float]] = {ours: [], obvious: [], "pass": []}
    for _ in range(COLD_STARTS):
        for code, times in cpu.items():
            times.append(_cpu_ms(code, settings))
    empty, mine, theirs = (statistics.median(cpu[code]) for code in ("pass", ours, obvious))
    return row("cold_start", mine - empty, theirs - empty, "ms CPU", 0.5)


def _cpu_ms(code: str, settings: dict[str, str]) -> float:
    measured = f"{code}\nimport time; print(time.process_time_ns())"
    command = [sys.executable, "-c", measured]
    done = subprocess.run(command, env=os.environ | settings, capture_output=True, text=True, check=True)  # noqa: S603
    return int(done.stdout) / 1e6


def state_row() -> Row:
    state = shop.visitor()
    written = json.dumps(plain(state), separators=(",", ":"))
    return row("state_bytes", len(encode_state(state)), len(written.encode()), "B", 0.35)
