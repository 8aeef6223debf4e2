"""Answers of AWS that moto never gives, injected below the SDK so that its own retries run."""

import json
from collections.abc import Callable
from typing import Any

from botocore.awsrequest import AWSResponse


class _Body:
    def __init__(self, data: bytes) -> None:
        self._data = data

    def stream(self, **_: object):
        yield self._data

    def read(self) -> bytes:
        return self._data


def refuse(
    client: Any,
    operation: str,
    code: str,
    *,
    times: float = float("inf"),
    status: int = 400,
    executed: bool = False,
    **fields: Any,
) -> Callable[[], int]:
    """Refuse the first `times` calls of `service.Operation`; returns how often it did.

    With `executed` the call takes effect and only its answer is lost.
    """
    refused = [0]
    xml = f"<Error><Code>{code}</Code><Message>injected</Message></Error>".encode()
    document = json.dumps({"__type": code, "message": "injected"} | fields).encode()

    def hook(request, **_):
        if refused[0] >= times:
            return None
        refused[0] += 1
        url = request.url
        if not executed:
            # botocore asks every hook and takes the first answer: moto would carry the call out behind ours.
            request.url = "https://refused.invalid/"
        data = xml if operation.startswith("s3.") else document
        return AWSResponse(url, status, {"content-type": "application/x-amz-json-1.0"}, _Body(data))

    client.meta.events.register_first(f"before-send.{operation}", hook)
    return lambda: refused[0]
