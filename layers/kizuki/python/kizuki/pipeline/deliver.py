"""Send one message to one destination: the secret behind it, one request, and what the answer means."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Protocol

import msgspec
from pydantic import ValidationError

from kizuki.aws.config import ConfigStore
from kizuki.aws.deliveries import To
from kizuki.aws.email import Mailer, MailRefusedError
from kizuki.aws.secrets import SecretStore
from kizuki.aws.threads import Summary, ThreadStore
from kizuki.errors import CallerError, KizukiError, NotFoundError, TryAgainError
from kizuki.notifications import mail
from kizuki.notifications.destinations import Destination, Secret
from kizuki.notifications.gathered import joined
from kizuki.notifications.request import Parcel, judge, render, slack_answer
from kizuki.notifications.retry import Verdict
from kizuki.notifications.slack import UNCHANGEABLE
from kizuki.notifications.template import Unrenderable
from kizuki.outbound import RefusedUrlError, Response, UnreachableError, post

# The address was changed and what we remember is a minute old: worth one more try.
STALE = frozenset({401, 403, 404})
KNOWN_SECONDS = 5.0
SUMMARIES = "flood"
"""What a message is about that gathers what came too fast."""
UNTELLABLE = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)
"""What one message's content can raise while it is written: it would again, however often it was tried."""


class RefusedError(CallerError):
    """The notification cannot be delivered as things are: trying again would not help."""


class Result(msgspec.Struct, frozen=True):
    """What became of one message. `disables` says why the destination is asked no more; `retry_after` in seconds.

    `reached` is whether the destination itself was asked: only that says something of its health.
    """

    verdict: Verdict
    destination: To
    response_code: int | None = None
    error: str | None = None
    duration_ms: int | None = None
    retry_after: float | None = None
    disables: str | None = None
    reached: bool = True


class Post(Protocol):
    def __call__(
        self, url: str, body: bytes, headers: dict[str, str], *, allow_loopback: bool, answer: bool
    ) -> Response: ...


class Courier:
    """Sends to Slack, webhooks, mail and LINE. `allow_loopback` is for the platform on one machine only."""

    def __init__(
        self,
        *,
        config: ConfigStore,
        secrets: SecretStore,
        threads: ThreadStore,
        mailer: Mailer,
        allow_loopback: bool,
        post: Post = post,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._config = config
        self._secrets = secrets
        self._threads = threads
        self._mailer = mailer
        self._allow_loopback = allow_loopback
        self._post = post
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[float, Destination]] = {}

    def destination(self, site: str, id: str, *, fresh: bool = False) -> Destination:
        """Read a destination, at most five seconds old unless `fresh`. Raises RefusedError for no valid one."""
        known = self._known.get((site, id))
        if known is not None and not fresh and self._clock() - known[0] < KNOWN_SECONDS:
            return known[1]
        try:
            destination = Destination.model_validate(self._config.destination(site, id))
        except NotFoundError as error:
            raise RefusedError("unknown_destination", "the destination does not exist") from error
        except ValidationError as error:
            raise RefusedError("invalid_destination", "the destination's document is not valid") from error
        self._known[site, id] = (self._clock(), destination)
        return destination

    def about(self, site: str, id: str) -> To:
        """Name a destination for the log."""
        try:
            found = self.destination(site, id)
        except RefusedError:
            return To(id, id, "unknown")
        return To(found.id, found.name, found.type)

    def send(self, parcel: Parcel, destination: Destination) -> Result:
        """Try once, whether or not the destination is switched off. Raises nothing that a destination can cause."""
        to = To(destination.id, destination.name, destination.type)
        try:
            if destination.type == "email":
                return self._mail(parcel, destination, to)
            return self._request(parcel, destination, to)
        except (RefusedError, RefusedUrlError, MailRefusedError) as error:
            return Result("refused", to, error=reason(error))
        except UnreachableError as error:
            return Result("retry", to, error=reason(error))
        except TryAgainError as error:
            # Secrets Manager, SES or a table: nothing is said of the destination.
            return Result("retry", to, error=reason(error), reached=False)
        except Unrenderable as error:
            return Result("refused", to, error=f"unrenderable: {error}")
        except UNTELLABLE as error:
            return Result("refused", to, error=f"unrenderable: {type(error).__name__}", reached=False)

    def _mail(self, parcel: Parcel, destination: Destination, to: To) -> Result:
        gathering = parcel.gathered(destination.locale)
        written = (
            mail.summary(gathering, destination.locale)
            if gathering is not None
            else mail.mail(parcel.notifications[0], destination.locale)
        )
        sent = self._mailer.send(destination.to, written)
        return Result("delivered", to, sent.status, duration_ms=sent.duration_ms)

    def _request(self, parcel: Parcel, destination: Destination, to: To) -> Result:
        if destination.by_bot:
            self._find_place(parcel, destination)
        secret = self._secret(parcel, destination)
        response = self._exchange(parcel, destination, secret)
        if response.status in STALE:
            fresh = self._secret(parcel, destination, fresh=True)
            if fresh != secret:
                response, secret = self._exchange(parcel, destination, fresh), fresh
        if destination.by_bot and parcel.replaces is not None:
            error = slack_answer(response.body).get("error")
            if error in UNCHANGEABLE:
                # Somebody deleted it: what is new is told anew.
                parcel.replaces, parcel.gathering = None, None
                response = self._exchange(parcel, destination, secret)
        judged = judge(destination, response.status, response.body)
        if judged.verdict == "delivered":
            if destination.by_bot:
                self._note_place(parcel, destination, slack_answer(response.body))
            return Result("delivered", to, response.status, duration_ms=response.duration_ms)
        told = f"slack: {judged.error}" if judged.error else _answered(response)
        return Result(
            judged.verdict,
            to,
            response.status,
            told,
            response.duration_ms,
            response.retry_after,
            judged.disables,
        )

    def _find_place(self, parcel: Parcel, destination: Destination) -> None:
        """Choose the thread of one notification, and the message that many are added to."""
        first = parcel.notifications[0]
        gathering = parcel.gathered(destination.locale)
        if gathering is None:
            if destination.threads and first.manner.group is not None:
                parcel.thread = self._threads.thread(first.site, destination.id, first.manner.group)
            return
        out = self._threads.summary(first.site, destination.id, _subject(parcel))
        # Whoever is called must be: a message that changes calls nobody.
        if out is not None and not parcel.mentioned:
            parcel.replaces, parcel.gathering = out.message, joined(out.gathering, gathering)

    def _note_place(self, parcel: Parcel, destination: Destination, answer: dict[str, Any]) -> None:
        """Keep where the message is. It is out: a table that fails now costs a thread, not a second message."""
        ts, channel, first = answer.get("ts"), answer.get("channel"), parcel.notifications[0]
        if not isinstance(ts, str) or not isinstance(channel, str):
            return
        try:
            if parcel.gathering is not None:
                summary, begun = Summary(f"{channel}/{ts}", parcel.gathering), parcel.replaces is None
                self._threads.put_summary(first.site, destination.id, _subject(parcel), summary, begun=begun)
            elif destination.threads and first.manner.group is not None and parcel.thread is None:
                self._threads.begin(first.site, destination.id, first.manner.group, ts)
        except KizukiError:
            return

    def _secret(self, parcel: Parcel, destination: Destination, *, fresh: bool = False) -> Secret:
        site, name = parcel.notifications[0].site, destination.secret
        # Whoever may edit a site's destinations must not reach the secrets of another site by naming them.
        if name is None or not name.endswith(f"/destinations/{site}/{destination.id}"):
            raise RefusedError("foreign_secret", "the destination names a secret that is not its own")
        try:
            secret = Secret.model_validate_json(self._secrets.get(name, fresh=fresh))
        except NotFoundError as error:
            raise RefusedError(error.code, error.message) from error
        except ValidationError:
            # Not chained: pydantic's error could quote the secret.
            raise RefusedError("invalid_secret", "the destination's secret is not valid") from None
        if (field := secret.lacking(destination)) is not None:
            raise RefusedError("invalid_secret", f"the destination's secret has no {field}")
        if secret.api_url is not None and not self._allow_loopback:
            # A token must go nowhere but to whom it is for.
            raise RefusedError("invalid_secret", "api_url is for the platform on one machine only")
        return secret

    def _exchange(self, parcel: Parcel, destination: Destination, secret: Secret) -> Response:
        request = render(parcel, destination, secret, at=datetime.now(UTC))
        return self._post(
            request.url,
            request.body,
            request.headers,
            allow_loopback=self._allow_loopback,
            answer=destination.by_bot,
        )


def reason(error: KizukiError) -> str:
    return f"{error.code}: {error.message}"


def _subject(parcel: Parcel) -> str:
    return f"#{parcel.notifications[0].rule.id}" if parcel.digest else f"#{SUMMARIES}"


def _answered(response: Response) -> str:
    return f"http_{response.status}: {response.snippet}" if response.snippet else f"http_{response.status}"
