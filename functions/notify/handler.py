"""SQS: deliver notifications, each once; what fails for now comes back later, what fails for good is in the log."""

import os
import random
import time
from typing import Any

import msgspec
from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyAlreadyInProgressError,
)
from aws_lambda_powertools.utilities.typing import LambdaContext

from kizuki.aws.clients import client
from kizuki.aws.config import ConfigStore
from kizuki.aws.deliveries import Delivery, DeliveryLog, Named
from kizuki.aws.queue import NotificationQueue
from kizuki.aws.secrets import SecretStore
from kizuki.errors import MalformedError
from kizuki.events.times import iso
from kizuki.notifications.model import Notification, decode
from kizuki.notifications.retry import wait
from kizuki.pipeline.deliver import Courier, Outcome, PostponedError

# One attempt takes at most two requests of 10 seconds; what could not end in time is not begun.
ATTEMPT_MILLIS = 25_000
# Longer than the queue and its dead-letter queue keep a message, which may be sent there and back.
REMEMBERED_SECONDS = 29 * 86_400

logger = Logger()
dynamodb = client("dynamodb")
queue = NotificationQueue(client("sqs"), os.environ["NOTIFICATION_QUEUE"])
log = DeliveryLog(dynamodb, os.environ["METRICS_TABLE"])
courier = Courier(
    config=ConfigStore(dynamodb, os.environ["CONFIG_TABLE"]),
    secrets=SecretStore(client("secretsmanager")),
    allow_loopback=os.environ["OUTBOUND_LOOPBACK"] == "allow",
)
deliveries = DynamoDBPersistenceLayer(
    os.environ["METRICS_TABLE"],
    key_attr="pk",
    static_pk_value="idempotency#notify",
    sort_key_attr="sk",
    expiry_attr="expires_at",
    boto3_client=dynamodb,
)
once = IdempotencyConfig(expires_after_seconds=REMEMBERED_SECONDS, hash_function="sha256")


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    # Bounds how long a delivery counts as under way: one that a time-out cut off is taken up again.
    once.register_lambda_context(context)
    kept = [message for message in event["Records"] if not settled(message, context)]
    return {"batchItemFailures": [{"itemIdentifier": message["messageId"]} for message in kept]}


def settled(message: dict[str, Any], context: LambdaContext) -> bool:
    """Deliver one message; False where the queue keeps it, for another time or for the dead-letter queue."""
    try:
        if context.get_remaining_time_in_millis() < ATTEMPT_MILLIS:
            queue.delay(message["receiptHandle"], 0)
            return False
        return deliver(message, decode(message["body"]))
    except MalformedError:
        # Its receives are soon used up. Not logged with its content: it is somebody's data.
        logger.error("not a notification", extra={"message_id": message["messageId"]})  # noqa: TRY400 - see above
        queue.delay(message["receiptHandle"], 0)
    except IdempotencyAlreadyInProgressError:
        logger.info("under way elsewhere", extra={"message_id": message["messageId"]})
    except Exception:
        # The edge of the batch: what happens to this message must not happen to its neighbours.
        logger.exception("not settled", extra={"message_id": message["messageId"]})
    return False


def deliver(message: dict[str, Any], notification: Notification) -> bool:
    """Make one attempt, and write down what came of it."""
    attempts = int(message["attributes"]["ApproximateReceiveCount"])
    last = 0 < queue.max_receives() <= attempts
    key = {"site": notification.site, "id": notification.id}
    try:
        outcome = msgspec.convert(deliver_once(key=key, notification=notification, last=last), Outcome)
    except PostponedError as error:
        seconds = 0.0 if last else wait(attempts, retry_after=error.retry_after, jitter=random.random())  # noqa: S311
        queue.delay(message["receiptHandle"], seconds)
        failed = Outcome("failed", error.destination, error.response_code, error.message, error.duration_ms)
        write_down(notification, failed, attempts, again_in=None if last else seconds)
        return False
    write_down(notification, outcome, attempts)
    return True


@idempotent_function(  # type: ignore[untyped-decorator]
    data_keyword_argument="key", persistence_store=deliveries, config=once, key_prefix="deliver"
)
def deliver_once(*, key: dict[str, str], notification: Notification, last: bool) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.to_builtins(courier.deliver(notification, last=last))
    return document


def write_down(notification: Notification, outcome: Outcome, attempts: int, *, again_in: float | None = None) -> None:
    line = Delivery(
        id=notification.id,
        at=notification.occurred_at,
        rule=Named(notification.rule.id, notification.rule.name),
        destination=outcome.destination,
        person=notification.person.id,
        event=notification.event.name,
        status=outcome.status if again_in is None else "retrying",
        attempts=attempts,
        response_code=outcome.response_code,
        error=outcome.error,
        next_attempt=None if again_in is None else iso(round((time.time() + again_in) * 1000)),
        duration_ms=outcome.duration_ms,
    )
    log.put(notification.site, line)
    level = logger.info if line.status == "delivered" else logger.warning
    level(
        line.status,
        extra={
            "site": notification.site,
            "notification_id": line.id,
            "destination": line.destination.id,
            "attempts": attempts,
            "response_code": line.response_code,
            "error": line.error,
        },
    )
