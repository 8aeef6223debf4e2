"""Times: ISO 8601 at the edges, epoch milliseconds inside."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY_MS = 86_400_000


def iso(ms: int) -> str:
    """Write epoch milliseconds as `2026-11-21T10:00:00.000Z`."""
    moment = EPOCH + timedelta(milliseconds=ms)
    return moment.isoformat(timespec="milliseconds")[:-6] + "Z"


def epoch_ms(text: str) -> int:
    """Read ISO 8601; a time without a zone is UTC. Raises ValueError, also for a year no epoch can hold."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        since = moment - EPOCH
    except OverflowError as error:
        raise ValueError(str(error)) from error
    return since.days * DAY_MS + since.seconds * 1000 + since.microseconds // 1000
