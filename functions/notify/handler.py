"""SQS: take notifications in, each once, and send what is due; a destination that hangs holds up nobody else's."""

import os
from typing import Any

from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from kizuki.aws.clients import client
from kizuki.aws.config import ConfigStore
from kizuki.aws.email import Mailer
from kizuki.aws.lanes import LaneStore
from kizuki.aws.outbox import Outbox
from kizuki.aws.queue import NotificationQueue
from kizuki.aws.secrets import SecretStore
from kizuki.aws.threads import ThreadStore
from kizuki.errors import MalformedError, TryAgainError
from kizuki.notifications.model import Wake, decode_message
from kizuki.pipeline.deliver import Courier
from kizuki.pipeline.drain import Dispatcher

# One message takes at most two requests of 10 seconds; what could not end in time is not begun.
ATTEMPT_MILLIS = 25_000
AGAIN_SECONDS = 30.0

logger = Logger()
dynamodb = client("dynamodb")
queue = NotificationQueue(client("sqs"), os.environ["NOTIFICATION_QUEUE"])
config = ConfigStore(dynamodb, os.environ["CONFIG_TABLE"])
courier = Courier(
    config=config,
    secrets=SecretStore(client("secretsmanager")),
    threads=ThreadStore(dynamodb, os.environ["METRICS_TABLE"]),
    mailer=Mailer(client("sesv2"), os.environ["MAIL_FROM"]),
    allow_loopback=os.environ["OUTBOUND_LOOPBACK"] == "allow",
)
dispatcher = Dispatcher(
    outbox=Outbox(dynamodb, os.environ["METRICS_TABLE"]),
    lanes=LaneStore(dynamodb, os.environ["METRICS_TABLE"]),
    courier=courier,
    queue=queue,
    config=config,
    log=lambda what, about: logger.info(what, extra=about),
)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    kept = [message for message in event["Records"] if not settled(message, context)]
    return {"batchItemFailures": [{"itemIdentifier": message["messageId"]} for message in kept]}


def settled(message: dict[str, Any], context: LambdaContext) -> bool:
    """Handle one message; False where the queue keeps it, for another time or for the dead-letter queue."""
    within = context.get_remaining_time_in_millis() - ATTEMPT_MILLIS
    try:
        told = decode_message(message["body"])
        if isinstance(told, Wake):
            dispatcher.drain(told.site, told.destination, within=within)
        else:
            dispatcher.accept(told, within=within)
    except MalformedError:
        # Its receives are soon used up. Not logged with its content: it is somebody's data.
        logger.error("not a notification", extra={"message_id": message["messageId"]})  # noqa: TRY400 - see above
        queue.delay(message["receiptHandle"], 0)
    except TryAgainError as error:
        logger.warning("not settled", extra={"message_id": message["messageId"], "error": error.message})
        queue.delay(message["receiptHandle"], AGAIN_SECONDS)
    except Exception:
        # The edge of the batch: what happens to this message must not happen to its neighbours.
        logger.exception("not settled", extra={"message_id": message["messageId"]})
    else:
        return True
    return False
