"""Look at the deployed functions, and call one."""

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from local.deployment import client
from local.steps import StepError

POLL_SECONDS = 1
LOOK_BACK_SECONDS = 600


def follow(outputs: Mapping[str, Any], function: str | None) -> None:
    """Print what the functions (or one of them) log, the last ten minutes first, until interrupted."""
    logs = client("logs", outputs["aws_endpoint_url"])
    groups = {name: _known(outputs["log_groups"], name) for name in ([function] if function else outputs["log_groups"])}
    since = dict.fromkeys(groups, int((time.time() - LOOK_BACK_SECONDS) * 1000))
    while True:
        for name, group in groups.items():
            events = logs.filter_log_events(logGroupName=group, startTime=since[name]).get("events", [])
            for event in events:
                print(f"{name:9} {event['message'].rstrip()}", flush=True)
                since[name] = max(since[name], event["timestamp"] + 1)
        time.sleep(POLL_SECONDS)


def invoke(outputs: Mapping[str, Any], function: str, event: Path) -> None:
    """Call a function with the event in a file and print its answer."""
    name = _known(outputs["functions"], function)
    if not event.is_file():
        raise StepError(f"There is no file {event}; samples are in events/{function}/.")
    lambda_ = client("lambda", outputs["aws_endpoint_url"])
    answer = lambda_.invoke(FunctionName=name, Payload=event.read_bytes())
    document = json.loads(answer["Payload"].read() or b"null")
    print(json.dumps(document, ensure_ascii=False, indent=2))
    if "FunctionError" in answer:
        sys.exit(1)


def _known(names: Mapping[str, str], name: str) -> str:
    if name not in names:
        raise StepError(f"There is no function {name!r}; there are {', '.join(names)}.")
    return names[name]
