"""AWS clients and what their failures mean. botocore alone: boto3 would add a tenth of a second to every cold start."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from kizuki.errors import ConflictError, TryAgainError

# Short time-outs and the SDK's own jittered retries fit well inside a function's 10 seconds.
CONFIG = Config(
    connect_timeout=2,
    read_timeout=4,
    retries={"mode": "standard", "total_max_attempts": 3},
    tcp_keepalive=True,
)
# For presigned URLs: botocore's defaults sign with version 2 in older regions, which S3 refuses for buckets made since
# 2020, and name the global endpoint, which redirects while a bucket is new, and that breaks the signature.
S3_CONFIG = CONFIG.merge(Config(signature_version="s3v4", s3={"addressing_style": "virtual"}))


BATCH_WRITE = 25
ATTEMPTS = 4
MAX_SORT_KEY = 900
PAUSE = 0.1


@cache
def session() -> botocore.session.Session:
    """Share one session: what it has read of the service models serves every client."""
    return botocore.session.get_session()


def client(service: str) -> Any:
    """Make a client for the region and endpoint that the environment names."""
    return session().create_client(service, config=S3_CONFIG if service == "s3" else CONFIG)


def pauses() -> Iterator[None]:
    """Yield before each attempt at what a batch call did not take, after growing, jittered pauses; end when to give up.

    The SDK repeats a call that failed, but not the part of a batch that was refused within an answer of 200.
    """
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(random.uniform(0, PAUSE * 2**attempt))  # noqa: S311 - jitter is no secret
        yield


def sort_key(id_: str) -> str:
    """Return an id that a client made up as a part of a sort key, which has at most 1,024 bytes: its hash if longer."""
    encoded = id_.encode()
    return id_ if len(encoded) <= MAX_SORT_KEY else sha256(encoded).hexdigest()


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Raise ConflictError for a failed condition and TryAgainError for everything else that AWS answers."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in {"ConditionalCheckFailedException", "TransactionCanceledException", "TransactionConflictException"}:
            raise ConflictError("moved", f"{what}: it was changed meanwhile") from error
        raise TryAgainError("unavailable", f"{what} failed for now ({code})") from error
    except BotoCoreError as error:
        raise TryAgainError("unavailable", f"{what} failed for now ({type(error).__name__})") from error


def put_all(client: Any, table: str, items: list[dict[str, Any]], what: str) -> None:
    """Put items, 25 a request and again what DynamoDB did not take. Raises TryAgainError when one was not written."""
    for start in range(0, len(items), BATCH_WRITE):
        pending = {table: [{"PutRequest": {"Item": item}} for item in items[start : start + BATCH_WRITE]]}
        for _ in pauses():
            with translated(what):
                pending = client.batch_write_item(RequestItems=pending).get("UnprocessedItems") or {}
            if not pending:
                break
        else:
            raise TryAgainError("unavailable", f"{what}: {len(pending[table])} items were not written")
