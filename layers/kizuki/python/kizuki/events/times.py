"""Times: ISO 8601 at the edges, epoch milliseconds inside."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def iso(ms: int) -> str:
    """Write epoch milliseconds as `2026-11-21T10:00:00.000Z`."""
    moment = datetime.fromtimestamp(ms // 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{ms % 1000:03d}Z"


def epoch_ms(text: str) -> int:
    """Read ISO 8601; a time without a zone is UTC. Raises ValueError, also for a year no epoch can hold."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return (moment - EPOCH) // MILLISECOND
    except OverflowError as error:
        raise ValueError(str(error)) from error
