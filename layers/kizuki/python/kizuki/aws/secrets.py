"""Secrets of destinations, in Secrets Manager; what was read is kept for a minute."""

import time
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from kizuki.aws.clients import translated
from kizuki.errors import NotFoundError

MAX_AGE = 60.0


class SecretStore:
    """`client` is a botocore Secrets Manager client."""

    def __init__(self, client: Any, *, max_age: float = MAX_AGE, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._max_age = max_age
        self._clock = clock
        self._known: dict[str, tuple[float, str]] = {}

    def get(self, name: str, *, fresh: bool = False) -> str:
        """Return a secret's text, at most a minute old; `fresh` reads it again. Raises NotFoundError."""
        now = self._clock()
        known = self._known.get(name)
        if known is not None and not fresh and now - known[0] < self._max_age:
            return known[1]
        with translated("reading a secret"):
            try:
                text: str = self._client.get_secret_value(SecretId=name)["SecretString"]
            except ClientError as error:
                self._known.pop(name, None)
                # A secret marked for deletion is refused as an invalid request.
                if error.response["Error"]["Code"] in {"ResourceNotFoundException", "InvalidRequestException"}:
                    raise NotFoundError("unknown_secret", "the destination's secret does not exist") from error
                raise
        self._known[name] = (now, text)
        return text

    def put(self, name: str, text: str) -> None:
        """Write a secret, new or known. Its text is in no error that this raises."""
        self._known.pop(name, None)
        with translated("writing a secret"):
            try:
                self._client.put_secret_value(SecretId=name, SecretString=text)
            except ClientError as error:
                if error.response["Error"]["Code"] != "ResourceNotFoundException":
                    raise
                self._client.create_secret(Name=name, SecretString=text)

    def delete(self, name: str) -> None:
        """Delete a secret at once; one that does not exist is deleted."""
        self._known.pop(name, None)
        with translated("deleting a secret"):
            try:
                self._client.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
            except ClientError as error:
                if error.response["Error"]["Code"] != "ResourceNotFoundException":
                    raise
