"""The log of a function: one JSON object a line, with the request it belongs to.

Fields are named as Powertools names them, so that one query reads every function. Its own logger would add a fifth to
the cold start of a function that answers visitors.
"""

import logging
import os
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Protocol, TypeVar

import msgspec

from kizuki.events.times import iso

OWN = vars(logging.makeLogRecord({})).keys()
"""What every record has; whatever else one has is what its caller added (`extra`)."""

EventT = TypeVar("EventT")
AnswerT = TypeVar("AnswerT")


class Context(Protocol):
    """What Lambda tells a handler of its invocation."""

    @property
    def function_name(self) -> str: ...
    @property
    def aws_request_id(self) -> str: ...


class JsonLines(logging.Formatter):
    """Write a record as one line, with the fields of `request`."""

    def __init__(self) -> None:
        super().__init__()
        self.request: Mapping[str, Any] = {}

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "level": record.levelname,
            "location": f"{record.funcName}:{record.lineno}",
            "message": record.getMessage(),
            "timestamp": iso(int(record.created * 1000)),
            **self.request,
            **{name: value for name, value in vars(record).items() if name not in OWN},
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["exception_name"] = record.exc_info[0].__name__
            line["exception"] = self.formatException(record.exc_info)
        return msgspec.json.encode(line, enc_hook=str).decode()


class Stdout(logging.Handler):
    """Write to what is standard output now: it may have been exchanged since the import."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stdout.write(self.format(record) + "\n")
        sys.stdout.flush()


class FunctionLog(logging.LoggerAdapter[logging.Logger]):
    """The logger of a function, and the decorator that names the request it works on."""

    def __init__(self, service: str) -> None:
        logger = logging.getLogger(f"kizuki.{service}")
        self._lines = JsonLines()
        self._cold = True
        self._service = service
        handler = Stdout()
        handler.setFormatter(self._lines)
        logger.handlers = [handler]
        logger.propagate = False  # Lambda's own handler would write every line again
        # Set by Lambda where the function's log level is.
        logger.setLevel(os.environ.get("AWS_LAMBDA_LOG_LEVEL", "INFO"))
        super().__init__(logger)

    def process(self, msg: Any, kwargs: Any) -> tuple[Any, Any]:
        return msg, kwargs

    def of_request(self, handler: Callable[[EventT, Context], AnswerT]) -> Callable[[EventT, Context], AnswerT]:
        """Add to every line the invocation that it is about, and whether it was the first of this process."""

        @wraps(handler)
        def wrapped(event: EventT, context: Context) -> AnswerT:
            self._lines.request = {
                "service": self._service,
                "cold_start": self._cold,
                "function_name": context.function_name,
                "function_request_id": context.aws_request_id,
                "xray_trace_id": _trace_id(),
            }
            self._cold = False
            return handler(event, context)

        return wrapped


def _trace_id() -> str | None:
    """Read `Root=…;Parent=…;Sampled=…`, which Lambda sets anew for each invocation."""
    fields = os.environ.get("_X_AMZN_TRACE_ID", "").split(";")
    return next((field.removeprefix("Root=") for field in fields if field.startswith("Root=")), None)
