"""What every test may ask for."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from joserfc.jwk import RSAKey

os.environ.update(
    AWS_DEFAULT_REGION="ap-northeast-1",
    AWS_ACCESS_KEY_ID="testing",
    AWS_SECRET_ACCESS_KEY="testing",
    POWERTOOLS_TRACE_DISABLED="true",
    POWERTOOLS_METRICS_NAMESPACE="kizuki",
    POWERTOOLS_SERVICE_NAME="tests",
)
for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_PROFILE"):
    os.environ.pop(name, None)

from moto import mock_aws  # noqa: E402 - the account must look configured before any client is made

EVENTS = Path(__file__).parent.parent / "events"


@pytest.fixture
def sample() -> Callable[[str], dict[str, Any]]:
    """Read a real payload: `sample("ingest/batch")` is events/ingest/batch.json."""
    return lambda name: json.loads((EVENTS / f"{name}.json").read_text())


@dataclass
class LambdaContext:
    function_name: str = "tests"
    memory_limit_in_mb: int = 256
    invoked_function_arn: str = "arn:aws:lambda:ap-northeast-1:123456789012:function:tests"
    aws_request_id: str = "52fdfc07-2182-154f-163f-5f0f9a621d72"

    def get_remaining_time_in_millis(self) -> int:
        return 30_000


@pytest.fixture
def lambda_context() -> LambdaContext:
    return LambdaContext()


@cache
def _signing_key(text: str) -> Any:
    return RSAKey.import_key(json.loads(text))


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An empty AWS account in this process."""
    # Each user pool imports the same signing key, which takes longer than most tests.
    keys = SimpleNamespace(import_key=lambda key: _signing_key(json.dumps(key)))
    monkeypatch.setattr("moto.cognitoidp.models.jwk", SimpleNamespace(RSAKey=keys))
    with mock_aws():
        yield
