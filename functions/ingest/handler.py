"""ANY /v1/{proxy+}: accept events, answer with the actions that campaigns decided."""
# ruff: noqa: E402

import gc

# A visitor waits for this cold start. All that is made in it stays: looking for garbage would be a tenth of it.
gc.disable()

import os
from typing import Any

from kizuki.aws.clients import client
from kizuki.aws.config import ConfigStore
from kizuki.aws.logs import Context, FunctionLog
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.stream import EventStream
from kizuki.aws.visitors import VisitorStore
from kizuki.errors import CallerError, KizukiError, MethodError, NotFoundError
from kizuki.gateway import Request, answer, failure, preflight
from kizuki.pipeline.ingest import KINDS, Ingest
from kizuki.pipeline.openapi import document

PREVIEW = "/v1/preview/"

log = FunctionLog("ingest")
dynamodb = client("dynamodb")
ingest = Ingest(
    visitors=VisitorStore(dynamodb, os.environ["VISITORS_TABLE"]),
    config=ConfigStore(dynamodb, os.environ["CONFIG_TABLE"], ruleset_max_age=float(os.environ["RULESET_MAX_AGE"])),
    metrics=MetricsStore(dynamodb, os.environ["METRICS_TABLE"]),
    stream=EventStream(client("kinesis"), os.environ["EVENT_STREAM"]),
)
gc.enable()


@log.of_request
def handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    origin = None
    try:
        request = Request.from_event(event)
        origin = request.origin
        if request.method == "OPTIONS":
            return preflight(origin)
        if request.path == "/v1/openapi.json" and request.method == "GET":
            return answer(200, document(), origin=origin)
        if request.path.startswith(PREVIEW) and request.method == "GET":
            shown = ingest.preview(request, request.path.removeprefix(PREVIEW))
            return answer(shown.status, shown.document, origin=shown.origin)
        if request.path not in KINDS:
            raise NotFoundError("unknown_path", f"there is no {request.path}", path=request.path)
        if request.method != "POST":
            raise MethodError("wrong_method", f"{request.path} takes POST", path=request.path)
        accepted = ingest.accept(request, KINDS[request.path])
        return answer(accepted.status, accepted.document, origin=accepted.origin)
    except CallerError as error:
        log.info("refused", extra={"code": error.code, "reason": error.message, "path": error.path})
        return failure(error, origin=origin)
    except KizukiError as error:
        log.exception("not accepted")
        return failure(error, origin=origin)
