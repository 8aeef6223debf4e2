"""The delivery log as the console shows it, and sending again what is in it."""

import msgspec

from kizuki.aws.deliveries import Delivery as Line
from kizuki.aws.deliveries import DeliveryLog, key_of
from kizuki.aws.lanes import LaneStore
from kizuki.aws.outbox import Outbox
from kizuki.aws.queue import NotificationQueue
from kizuki.console.feeds import checked_cursor
from kizuki.console.models import Deliveries, Delivery


def listed(log: DeliveryLog, site: str, *, cursor: str | None, limit: int) -> Deliveries:
    found, following = log.list(site, limit=limit, cursor=checked_cursor(cursor))
    return Deliveries(items=[_shown(each) for each in found], next=following)


def one(log: DeliveryLog, site: str, key: str) -> Delivery:
    """Read one line. Raises NotFoundError."""
    return _shown(log.read(site, key)[0])


def redrive(
    log: DeliveryLog, site: str, key: str, *, outbox: Outbox, lanes: LaneStore, queue: NotificationQueue, now: int
) -> Delivery:
    """Send again what was given up or dropped. Raises NotFoundError, and ConflictError for what is waiting already."""
    line, notification = log.read(site, key)
    outbox.redrive(line, notification, now)
    lanes.touch(site, notification.destination)
    queue.wake(site, notification.destination)
    return one(log, site, key)


def _shown(line: Line) -> Delivery:
    return Delivery.model_validate(msgspec.to_builtins(line) | {"key": key_of(line)})
