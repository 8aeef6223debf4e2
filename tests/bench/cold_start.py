"""CPU time of a fresh process: the imports and clients of ingest, against pydantic, boto3 and all of Powertools."""

import os
import statistics
import subprocess
import sys
from pathlib import Path

from tests.bench.measure import Row, row

ROOT = Path(__file__).parents[2]
ROUNDS = 9
SETTINGS = dict.fromkeys(("VISITORS_TABLE", "CONFIG_TABLE", "METRICS_TABLE", "EVENT_STREAM"), "x") | {
    "RULESET_MAX_AGE": "5",
    "AWS_DEFAULT_REGION": "ap-northeast-1",
    "AWS_ACCESS_KEY_ID": "x",
    "AWS_SECRET_ACCESS_KEY": "x",
    "POWERTOOLS_SERVICE_NAME": "ingest",
    # What a Lambda has: Powertools sets up tracing only where it believes to be on one.
    "AWS_LAMBDA_FUNCTION_NAME": "ingest",
}
OURS = f"import sys; sys.path.insert(0, {str(ROOT / 'functions/ingest')!r}); import handler"
OBVIOUS = """
import boto3
from typing import Any
from pydantic import BaseModel
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

class Event(BaseModel):
    type: str
    event: str | None = None
    properties: dict[str, Any] = {}

class Batch(BaseModel):
    batch: list[Event]

Logger(); Metrics(namespace="x"); Tracer(); APIGatewayHttpResolver(enable_validation=True)
boto3.client("dynamodb"); boto3.client("kinesis")
"""


def cold_start_row() -> Row:
    cpu: dict[str, list[float]] = {OURS: [], OBVIOUS: [], "pass": []}
    for _ in range(ROUNDS):
        for code, times in cpu.items():
            times.append(_cpu_ms(code))
    empty, mine, theirs = (statistics.median(cpu[code]) for code in ("pass", OURS, OBVIOUS))
    return row("cold_start", mine - empty, theirs - empty, "ms CPU", 0.5)


def _cpu_ms(code: str) -> float:
    measured = f"{code}\nimport time; print(time.process_time_ns())"
    command = [sys.executable, "-c", measured]
    done = subprocess.run(command, env=os.environ | SETTINGS, capture_output=True, text=True, check=True)  # noqa: S603
    return int(done.stdout) / 1e6
