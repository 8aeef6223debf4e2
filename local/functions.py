"""Look at the deployed functions, and call one."""

import json
import re
import sys
import time
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from botocore.exceptions import ConnectionClosedError, EndpointConnectionError

from local.deployment import client
from local.platform import NOT_RUNNING
from local.steps import StepError

POLL_SECONDS = 1
LOOK_BACK_SECONDS = 600


def follow(outputs: Mapping[str, Any], function: str | None) -> None:
    """Print what the functions (or one of them) log, the last ten minutes first, until interrupted."""
    logs = client("logs", outputs["aws_endpoint_url"])
    groups = {name: _known(outputs["log_groups"], name) for name in ([function] if function else outputs["log_groups"])}
    since = dict.fromkeys(groups, int((time.time() - LOOK_BACK_SECONDS) * 1000))
    while True:
        try:
            _print_new(logs, groups, since)
        except (EndpointConnectionError, ConnectionClosedError):
            raise StepError(NOT_RUNNING) from None
        time.sleep(POLL_SECONDS)


def _print_new(logs: Any, groups: Mapping[str, str], since: dict[str, int]) -> None:
    for name, group in groups.items():
        events = logs.filter_log_events(logGroupName=group, startTime=since[name]).get("events", [])
        for event in events:
            print(f"{name:9} {event['message'].rstrip()}", flush=True)
            since[name] = max(since[name], event["timestamp"] + 1)


def invoke(outputs: Mapping[str, Any], function: str, event: Path) -> None:
    """Call a function with the event in a file and print its answer."""
    name = _known(outputs["functions"], function)
    if not event.is_file():
        raise StepError(f"There is no file {event}; samples are in events/{function}/.")
    lambda_ = client("lambda", outputs["aws_endpoint_url"])
    payload = with_keys(event.read_text(), outputs)
    answer = lambda_.invoke(FunctionName=name, Payload=payload.encode())
    document = json.loads(answer["Payload"].read() or b"null")
    print(json.dumps(document, ensure_ascii=False, indent=2))
    if "FunctionError" in answer:
        sys.exit(1)


def with_keys(event: str, outputs: Mapping[str, Any]) -> str:
    """Put the platform's keys where a sample has `wk_shop` and `sk_shop`: in body, query and Basic authorization."""
    keys = {"wk_shop": outputs["write_key"], "sk_shop": outputs["secret_key"]}

    def replaced(text: str) -> str:
        return re.sub(r"\b(wk_shop|sk_shop)\b", lambda found: keys[found[0]], text)

    def credentials(found: re.Match[str]) -> str:
        try:
            return found[1] + b64encode(replaced(b64decode(found[2]).decode()).encode()).decode()
        except ValueError:
            return found[0]

    return re.sub(r"(\bBasic )([A-Za-z0-9+/]+=*)", credentials, replaced(event), flags=re.IGNORECASE)


def _known(names: Mapping[str, str], name: str) -> str:
    if name not in names:
        raise StepError(f"There is no function {name!r}; there are {', '.join(names)}.")
    return names[name]
