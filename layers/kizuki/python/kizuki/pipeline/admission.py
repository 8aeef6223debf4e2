"""What only the site can say of an event: whether its member is proved, and that its name is not one of ours."""

import re
from typing import Any

import msgspec

from kizuki.aws.config import KeyGrant
from kizuki.errors import CallerError, MalformedError
from kizuki.events import Event, Refusal
from kizuki.events.model import person_of
from kizuki.events.parse import Batch
from kizuki.visitors.statistics import OWN_EVENTS

TOKEN = "userToken"  # noqa: S105 - its field's name
CLAIM = "identity"
OURS = {TOKEN, CLAIM}
"""Fields of a context that are not stored as they were sent."""
LEEWAY_SECONDS = 60
# What was refused is text, maybe not even JSON.
SECRETS = re.compile(rf'("(?:{TOKEN}|writeKey)"\s*:\s*)"(?:[^"\\]|\\.)*"?')


def admit(batch: Batch, grant: KeyGrant, *, alone: bool = False) -> Batch:
    """Verify members where the site wants it, and refuse what nobody but Kizuki may say. Tokens go no further.

    `alone` is the event of a request that is no batch.
    """
    admitted = Batch([], [_without_secrets(refusal) for refusal in batch.refused])
    reasons: dict[tuple[str, Any], str | None] = {}
    for accepted in batch.accepted:
        event = accepted.event
        token = event.context.get(TOKEN)
        if not OURS.isdisjoint(event.context):
            event.context = {name: value for name, value in event.context.items() if name not in OURS}
        try:
            if event.type == "track" and event.name in OWN_EVENTS:
                raise MalformedError("reserved_event", f"{event.name!r} is an event of Kizuki's own", path="event")
            if event.user_id is not None:
                claim = (event.user_id, token if isinstance(token, str) else None)
                if claim not in reasons:
                    reasons[claim] = _unproved(grant, *claim)
                _heed(event, grant, reasons[claim])
        except CallerError as error:
            path = error.path if alone else f"batch[{accepted.index}].{error.path}"
            admitted.refused.append(_refusal(accepted.index, event, error, path=path))
        else:
            admitted.accepted.append(accepted)
    return admitted


def _heed(event: Event, grant: KeyGrant, reason: str | None) -> None:
    """Keep an unproved claim's event with the visitor who made it; with none to keep it with, refuse it."""
    if reason is None:
        # A token proves who somebody is, not who they were before.
        by_token = grant.identity_secret is not None and event.type != "alias"
        event.verified = grant.kind == "secret" or by_token
        return
    if event.anonymous_id is None:
        text = f"the site wants members proved, and this one is not ({reason})"
        raise MalformedError("unverified_identity", text, path="userId")
    event.context = event.context | {CLAIM: {"claimed": event.user_id, "reason": reason}}
    event.user_id = None
    event.person = person_of(None, event.anonymous_id)


def _unproved(grant: KeyGrant, user_id: str, token: str | None) -> str | None:
    """Say why a claim to be this member does not count; None where it does."""
    if grant.identity_secret is None or grant.kind == "secret":
        return None
    if token is None:
        return "no_token"
    # Only sites that ask for tokens pay for what reads them.
    import jwt  # noqa: PLC0415

    try:
        claims = jwt.decode(
            token,
            grant.identity_secret,
            algorithms=["HS256"],
            leeway=LEEWAY_SECONDS,
            options={"require": ["sub"], "verify_aud": False, "verify_iat": False},
        )
    except jwt.ExpiredSignatureError:
        return "expired_token"
    except jwt.InvalidTokenError:
        return "invalid_token"
    return None if claims["sub"] == user_id else "token_of_another_user"


def _without_secrets(refusal: Refusal) -> Refusal:
    """Strike keys and tokens from what was sent: operators read it."""
    refusal.event = SECRETS.sub(r'\1"…"', refusal.event)
    return refusal


def _refusal(index: int, event: Event, error: CallerError, *, path: str | None) -> Refusal:
    told = {"type": event.type, "event": event.name, "userId": event.user_id, "properties": event.properties}
    return Refusal(
        index=index,
        code=error.code,
        reason=error.message,
        path=path or "$",
        message_id=event.message_id,
        event=msgspec.json.encode(told).decode(),
    )
