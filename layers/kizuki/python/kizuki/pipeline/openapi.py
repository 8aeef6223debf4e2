"""GET /v1/openapi.json: the tracking and replay API, its schemas generated from the structs that parse it."""

from typing import Any, get_args

import msgspec

from kizuki.campaigns import Action, Watch
from kizuki.events import Kind, Refusal
from kizuki.events.limits import MAX_BATCH_BYTES, MAX_EVENT_BYTES, MAX_EVENTS
from kizuki.events.wire import SegmentEvent
from kizuki.replay.chunk import SEQUENCE_HEADER, TAB_HEADER

REFS = "#/components/schemas/{name}"


class BatchRequest(msgspec.Struct, rename="camel", omit_defaults=True):
    batch: list[SegmentEvent]
    write_key: str | None = None
    sent_at: str | None = None
    context: dict[str, Any] | None = None


class SessionAnswer(msgspec.Struct):
    id: str
    n: int | None


class BatchAnswer(msgspec.Struct):
    success: bool
    accepted: int
    refused: list[Refusal]
    session: SessionAnswer | None
    actions: list[Action]
    withdrawn: list[str]
    watch: list[Watch]


class ErrorDetail(msgspec.Struct, omit_defaults=True):
    code: str
    message: str
    path: str | None = None
    limit: int | None = None


class ErrorAnswer(msgspec.Struct, omit_defaults=True):
    error: ErrorDetail
    refused: list[Refusal] = []


def document() -> dict[str, Any]:
    """Build the OpenAPI 3.1 document."""
    models = (SegmentEvent, BatchRequest, BatchAnswer, ErrorAnswer)
    (event, batch, success, error), schemas = msgspec.json.schema_components(models, ref_template=REFS)
    errors = {
        "400": _answer("Malformed, or every event was refused; `path` says where", error),
        "401": _answer("No key, or one that is not known", error),
        "403": _answer("The origin is not allowed, or the secret key came from a browser", error),
        "413": _answer(f"The body is over {MAX_BATCH_BYTES} bytes, or {MAX_EVENTS} events", error),
        "503": _answer("Nothing was accepted: send it again after Retry-After seconds", error),
    }
    answers = {"200": _answer("Durable; with what campaigns decided", success)} | errors
    paths: dict[str, Any] = {
        "/v1/batch": _post(f"Send up to {MAX_BATCH_BYTES} bytes of events, {MAX_EVENT_BYTES} each", batch, answers)
    }
    for kind in get_args(Kind):
        paths[f"/v1/{kind}"] = _post(f"Send one {kind} call", event, answers)
    paths["/v1/replay/{session}"] = _replay(errors)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Kizuki tracking API", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"key": {"type": "http", "scheme": "basic", "description": "The key is the user name"}},
        },
        "security": [{"key": []}, {}],
    }


def _post(summary: str, schema: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}, "text/plain": {"schema": {"type": "string"}}}
    return {"post": {"summary": summary, "requestBody": {"required": True, "content": content}, "responses": answers}}


def _replay(errors: dict[str, Any]) -> dict[str, Any]:
    parameters = [
        {"name": name, "in": where, "required": True, "schema": {"type": kind}}
        for name, where, kind in (
            ("session", "path", "string"),
            ("writeKey", "query", "string"),
            ("anonymousId", "query", "string"),
            (TAB_HEADER, "header", "string"),
            (SEQUENCE_HEADER, "header", "integer"),
        )
    ]
    body = {"application/octet-stream": {"schema": {"type": "string", "contentMediaType": "application/gzip"}}}
    return {
        "post": {
            "summary": "Store one recorder chunk: a gzip-compressed JSON array of rrweb events",
            "parameters": parameters,
            "requestBody": {"required": True, "content": body},
            "responses": {"201": {"description": "Stored"}, "200": {"description": "Stored before"}} | errors,
        }
    }


def _answer(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}
