"""What is posted to a destination, and what its answer means."""

from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from kizuki.notifications import line, slack, webhook, wording
from kizuki.notifications.catalogue import Locale
from kizuki.notifications.destinations import Destination, Secret
from kizuki.notifications.gathered import Gathering, gather, headline, plain_lines
from kizuki.notifications.model import Notification
from kizuki.notifications.retry import Verdict, verdict
from kizuki.notifications.template import fill

GONE = 410
UNAUTHORIZED = 401
SUCCESS = 200
CONTENT = {"content-type": "application/json; charset=utf-8", "user-agent": "Kizuki"}


class Request(NamedTuple):
    url: str
    body: bytes
    headers: dict[str, str]


class Parcel(msgspec.Struct):
    """What goes out in one message: one notification, or many gathered into one.

    `thread` is the Slack message to answer under, `replaces` the one that this one takes the place of.
    """

    notifications: list[Notification]
    digest: bool = False
    gathering: Gathering | None = None
    thread: str | None = None
    replaces: str | None = None

    @property
    def id(self) -> str:
        return webhook.webhook_id(*self.notifications)

    @property
    def mentioned(self) -> list[str]:
        return list(dict.fromkeys(who for each in self.notifications for who in each.manner.mention))

    def gathered(self, locale: Locale) -> Gathering | None:
        """Return the message of many; None for one."""
        if self.gathering is None and (self.digest or len(self.notifications) > 1):
            self.gathering = gather(self.notifications, locale, digest=self.digest)
        return self.gathering


class Judgement(NamedTuple):
    """`error` is a code of the destination's own; `disables` says why asking again is no use for any message."""

    verdict: Verdict
    error: str | None = None
    disables: str | None = None


def render(parcel: Parcel, destination: Destination, secret: Secret, *, at: datetime) -> Request:
    """Write a message as its destination understands it; `at` is the moment of this attempt. Raises Unrenderable."""
    match destination.type:
        case "slack":
            return _slack(parcel, destination, secret)
        case "line":
            return _line(parcel, destination, secret)
        case "json":
            filled = fill(destination.template, values(parcel, destination.locale))
            return Request(_reveal(secret.url), msgspec.json.encode(filled), CONTENT)
    gathers = parcel.digest or len(parcel.notifications) > 1
    body = webhook.digest(parcel.notifications) if gathers else webhook.payload(parcel.notifications[0])
    return Request(_reveal(secret.url), body, CONTENT | webhook.headers(parcel.id, body, secret.signing_secrets, at=at))


def slack_message(parcel: Parcel, locale: Locale) -> dict[str, Any]:
    """Return the message as Slack shows it, without where it goes."""
    if (gathering := parcel.gathered(locale)) is not None:
        return slack.summary(gathering, locale, parcel.mentioned)
    return slack.message(parcel.notifications[0], locale)


def values(parcel: Parcel, locale: Locale) -> dict[str, Any]:
    """Return what a JSON template may speak of: the notification's fields, and words ready to show.

    `title`, `text` (lines), `link`, `count`, `notifications`, and of the newest: `rule`, `person`, `event`, `links` …
    """
    newest = parcel.notifications[-1]
    gathering = parcel.gathered(locale)
    if gathering is not None:
        title, text = headline(gathering, locale), "\n".join(plain_lines(gathering, locale))
    else:
        title, text = wording.headline(newest, locale), "\n".join(wording.details(newest, locale))
    return webhook.data(newest) | {
        "title": wording.one_line(title),
        "text": text,
        "link": (gathering.log if gathering is not None else None) or newest.links.replay or newest.links.story,
        "count": len(parcel.notifications),
        "notifications": [webhook.data(each) for each in parcel.notifications],
    }


def judge(destination: Destination, status: int, answer: bytes) -> Judgement:
    """Judge an answer; `answer` is the beginning of its body, of a bot's all of it."""
    match destination.type:
        case "slack" if destination.by_bot and status == SUCCESS:
            return _judged_by_slack(slack_answer(answer))
        case "slack":
            error = answer[:100].decode("ascii", "replace").strip()
            return Judgement(verdict(status), None, error if status != SUCCESS and error in slack.FINAL else None)
        case "line" if status == line.ALREADY_ACCEPTED:
            return Judgement("delivered")
        case "line" if status == UNAUTHORIZED:
            return Judgement("refused", None, "the channel access token is not valid")
        case "webhook" | "json" if status == GONE:
            return Judgement("refused", None, "the receiver answers that it is gone (410)")
    return Judgement(verdict(status))


def slack_answer(answer: bytes) -> dict[str, Any]:
    """Read what Slack's Web API answers; what is none is an error that passes."""
    try:
        document = msgspec.json.decode(answer)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        document = None
    return document if isinstance(document, dict) else {"ok": False, "error": "internal_error"}


def _judged_by_slack(answer: dict[str, Any]) -> Judgement:
    if answer.get("ok") is True:
        return Judgement("delivered")
    error = wording.one_line(str(answer.get("error") or "internal_error"), 100)
    if error in slack.PASSING:
        return Judgement("retry", error)
    return Judgement("refused", error, error if error in slack.FINAL else None)


def _slack(parcel: Parcel, destination: Destination, secret: Secret) -> Request:
    message = slack_message(parcel, destination.locale)
    if not destination.by_bot:
        return Request(_reveal(secret.url), msgspec.json.encode(message), CONTENT)
    message["channel"] = destination.channel
    method = "chat.postMessage"
    if parcel.replaces is not None:
        # Slack changes a message only where it is, which it names by an id: the ts is kept with that.
        channel, _, ts = parcel.replaces.partition("/")
        message |= {"ts": ts, "channel": channel}
        method = "chat.update"
    elif parcel.thread is not None:
        message["thread_ts"] = parcel.thread
    authorized = CONTENT | {"authorization": f"Bearer {_reveal(secret.bot_token)}"}
    return Request(f"{secret.api_url or slack.API}/{method}", msgspec.json.encode(message), authorized)


def _line(parcel: Parcel, destination: Destination, secret: Secret) -> Request:
    gathering = parcel.gathered(destination.locale)
    text = (
        line.summary(gathering, destination.locale)
        if gathering is not None
        else line.text(parcel.notifications[0], destination.locale)
    )
    headers = CONTENT | {
        "authorization": f"Bearer {_reveal(secret.channel_access_token)}",
        "x-line-retry-key": line.retry_key(f"{destination.id}:{parcel.id}"),
    }
    body = msgspec.json.encode(line.payload(destination.to[0], text))
    return Request(f"{secret.api_url or line.API}{line.PATH}", body, headers)


def _reveal(secret: Any) -> str:
    return str(secret.get_secret_value())
