"""Deliver one notification: its destination, the secret behind it, one request, and what the answer means."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Literal

import msgspec
from pydantic import ValidationError

from kizuki.aws.config import ConfigStore
from kizuki.aws.deliveries import To
from kizuki.aws.secrets import SecretStore
from kizuki.errors import KizukiError, NotFoundError, TryAgainError
from kizuki.events.times import iso
from kizuki.notifications.definition import Destination, Secret
from kizuki.notifications.model import Notification
from kizuki.notifications.request import render
from kizuki.notifications.retry import GONE, verdict
from kizuki.outbound import RefusedUrlError, Response, UnreachableError, post

# A destination that fails is left alone for this long, so that its queue costs others no waiting.
PAUSE_SECONDS = 20.0
# The address was changed and what we remember is a minute old: worth one more try.
STALE = frozenset({401, 403, 404})


class Outcome(msgspec.Struct, frozen=True):
    """What became of a notification for good."""

    status: Literal["delivered", "failed"]
    destination: To
    response_code: int | None = None
    error: str | None = None
    duration_ms: int | None = None


class PostponedError(TryAgainError):
    """Not delivered, and worth another attempt: after `retry_after` seconds at the soonest, where somebody said so."""

    def __init__(
        self, destination: To, error: str, *, response: Response | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__("postponed", error)
        self.destination = destination
        self.response_code = response.status if response else None
        self.duration_ms = response.duration_ms if response else None
        self.retry_after = retry_after


class RefusedError(KizukiError):
    """The notification cannot be delivered as things are: trying again would not help."""


class Courier:
    """Delivers to Slack and webhooks. `allow_loopback` is for the platform on one machine only."""

    def __init__(
        self,
        *,
        config: ConfigStore,
        secrets: SecretStore,
        allow_loopback: bool,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._config = config
        self._secrets = secrets
        self._allow_loopback = allow_loopback
        self._clock = clock
        self._paused: dict[tuple[str, str], tuple[float, str]] = {}

    def deliver(self, notification: Notification, *, last: bool = False) -> Outcome:
        """Try once. Raises PostponedError where another attempt may help; `last` tries even a paused destination."""
        to = To(notification.destination, notification.destination, "unknown")
        try:
            destination = self._destination(notification)
            to = To(destination.id, destination.name, destination.type)
            if not last:
                self._heed_pause(notification, to)
            response = self._send(notification, destination)
        except (RefusedError, RefusedUrlError) as error:
            return Outcome("failed", to, error=_reason(error))
        except UnreachableError as error:
            self._pause(notification, PAUSE_SECONDS, _reason(error))
            raise PostponedError(to, _reason(error)) from error
        except PostponedError:
            raise
        except TryAgainError as error:
            raise PostponedError(to, _reason(error)) from error
        return self._judged(notification, to, response)

    def _judged(self, notification: Notification, to: To, response: Response) -> Outcome:
        match verdict(response.status):
            case "delivered":
                return Outcome("delivered", to, response.status, None, response.duration_ms)
            case "retry":
                reason = _answered(response)
                asked = response.retry_after
                self._pause(notification, PAUSE_SECONDS if asked is None else asked, reason)
                raise PostponedError(to, reason, response=response, retry_after=response.retry_after)
            case "refused":
                if response.status == GONE and to.type == "webhook":
                    self._switch_off(notification.site, to.id)
                return Outcome("failed", to, response.status, _answered(response), response.duration_ms)

    def _switch_off(self, site: str, id: str) -> None:
        """Do what Standard Webhooks asks on 410: send no more until somebody switches the destination on again."""
        # Where this fails the next notification meets the same answer, and tries it again.
        with suppress(KizukiError):
            stored = self._config.document(site, "destination", id)
            stored.document["enabled"] = False
            stored.updated_at = iso(round(time.time() * 1000))
            self._config.put_document(site, "destination", stored)

    def _destination(self, notification: Notification) -> Destination:
        try:
            document = self._config.destination(notification.site, notification.destination)
            destination = Destination.model_validate(document)
        except NotFoundError as error:
            raise RefusedError("unknown_destination", "the destination does not exist") from error
        except ValidationError as error:
            raise RefusedError("invalid_destination", "the destination's document is not valid") from error
        if not destination.enabled:
            raise RefusedError("disabled_destination", "the destination is switched off")
        # Whoever may edit a site's destinations must not reach the secrets of another site by naming them.
        if not destination.secret.endswith(f"/destinations/{notification.site}/{destination.id}"):
            raise RefusedError("foreign_secret", "the destination names a secret that is not its own")
        return destination

    def _send(self, notification: Notification, destination: Destination) -> Response:
        secret = self._secret(destination.secret)
        response = self._post(notification, destination, secret)
        if response.status in STALE:
            fresh = self._secret(destination.secret, fresh=True)
            if fresh != secret:
                return self._post(notification, destination, fresh)
        return response

    def _secret(self, name: str, *, fresh: bool = False) -> Secret:
        try:
            return Secret.model_validate_json(self._secrets.get(name, fresh=fresh))
        except NotFoundError as error:
            raise RefusedError(error.code, error.message) from error
        except ValidationError:
            # Not chained: pydantic's error could quote the secret.
            raise RefusedError("invalid_secret", "the destination's secret is not valid") from None

    def _post(self, notification: Notification, destination: Destination, secret: Secret) -> Response:
        request = render(notification, destination, secret, at=datetime.now(UTC))
        url = secret.url.get_secret_value()
        return post(url, request.body, request.headers, allow_loopback=self._allow_loopback)

    def _heed_pause(self, notification: Notification, to: To) -> None:
        until, reason = self._paused.get((notification.site, to.id), (0.0, ""))
        remaining = until - self._clock()
        if remaining > 0:
            raise PostponedError(to, f"waiting: {reason}", retry_after=remaining)

    def _pause(self, notification: Notification, seconds: float, reason: str) -> None:
        self._paused[notification.site, notification.destination] = (self._clock() + seconds, reason)


def _reason(error: KizukiError) -> str:
    return f"{error.code}: {error.message}"


def _answered(response: Response) -> str:
    return f"http_{response.status}: {response.snippet}" if response.snippet else f"http_{response.status}"
