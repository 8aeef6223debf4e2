"""POST /v1/replay/{session}: check one recorder chunk, store it, and index it."""

import os
import time
from http import HTTPStatus
from typing import Any

from kizuki.aws.clients import client
from kizuki.aws.config import ConfigStore
from kizuki.aws.logs import Context, FunctionLog
from kizuki.aws.replays import ReplayStore
from kizuki.aws.sessions import Known, SessionStore
from kizuki.errors import CallerError, KizukiError, MethodError
from kizuki.gateway import Request, answer, failure, preflight
from kizuki.replay.chunk import Address, Chunk

MAX_USER_AGENT = 512
RETENTION_DAYS = int(os.environ["REPLAY_RETENTION_DAYS"])
"""A site may choose fewer, not more: no object of the bucket is older."""

log = FunctionLog("replay")
dynamodb = client("dynamodb")
config = ConfigStore(dynamodb, os.environ["CONFIG_TABLE"])
sessions = SessionStore(dynamodb, os.environ["SESSIONS_TABLE"])
chunks = ReplayStore(client("s3"), os.environ["REPLAY_BUCKET"])


@log.of_request
def handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    origin = None
    try:
        request = Request.from_event(event)
        # Errors too are for the page to read: one that cannot would try again for ever.
        origin = request.origin
        # The key is in the URL, so even the preflight is answered for the site's own origins only.
        grant = config.site_for_key(request.query.get("writeKey"))
        grant.allow(origin)
        if request.method == "OPTIONS":
            return preflight(origin)
        if request.method != "POST":
            raise MethodError("wrong_method", "a replay chunk is sent with POST")
        address = Address.of(request.path_parameters.get("session", ""), request.query, request.headers)
        chunk = Chunk.read(grant.site, address, request.body)
        known = sessions.claim(chunk)
        stored = store(chunk, known, request.headers.get("user-agent"), days=grant.recording_days)
    except CallerError as error:
        log.info("refused", extra={"code": error.code, "path": error.path})
        return failure(error, origin=origin)
    except KizukiError as error:
        log.warning("failed", extra={"code": error.code, "reason": error.message})
        return failure(error, origin=origin)
    told = {"stored": True, "live": known is not None and known.watched_until > time.time()}
    return answer(HTTPStatus.CREATED if stored else HTTPStatus.OK, told, origin=origin)


def store(chunk: Chunk, known: Known | None, user_agent: str | None, *, days: int | None) -> bool:
    """Keep a chunk, bytes before index: what the index names can be played. False for a repeat."""
    days = min(days or RETENTION_DAYS, RETENTION_DAYS)
    chunks.put(chunk, days=days)
    return sessions.add(chunk, known, user_agent=user_agent[:MAX_USER_AGENT] if user_agent else None, days=days)
