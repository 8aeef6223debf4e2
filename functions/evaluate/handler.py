"""Kinesis: fold events into visitor state; a poison record is reported, and goes to the failure destination."""

import base64
import os
from typing import Any

from kizuki.aws.clients import client
from kizuki.aws.config import ConfigStore
from kizuki.aws.logs import Context, FunctionLog
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.outcomes import OutcomeStore
from kizuki.aws.problems import ProblemLog
from kizuki.aws.queue import NotificationQueue
from kizuki.aws.session_index import SessionIndex
from kizuki.aws.stream import EventStream
from kizuki.aws.visitors import VisitorStore
from kizuki.pipeline.evaluate import Evaluate, PoisonError
from kizuki.pipeline.plan import Record

log = FunctionLog("evaluate")
dynamodb = client("dynamodb")
evaluate = Evaluate(
    visitors=VisitorStore(dynamodb, os.environ["VISITORS_TABLE"]),
    config=ConfigStore(dynamodb, os.environ["CONFIG_TABLE"], ruleset_max_age=float(os.environ["RULESET_MAX_AGE"])),
    metrics=MetricsStore(dynamodb, os.environ["METRICS_TABLE"]),
    outcomes=OutcomeStore(dynamodb, os.environ["SESSIONS_TABLE"]),
    problems=ProblemLog(dynamodb, os.environ["METRICS_TABLE"]),
    sessions=SessionIndex(
        dynamodb, os.environ["SESSIONS_TABLE"], retention_days=int(os.environ["REPLAY_RETENTION_DAYS"])
    ),
    queue=NotificationQueue(client("sqs"), os.environ["NOTIFICATION_QUEUE"]),
    stream=EventStream(client("kinesis"), os.environ["EVENT_STREAM"]),
    console_url=os.environ["CONSOLE_URL"],
)


@log.of_request
def handler(event: dict[str, Any], context: Context) -> dict[str, Any]:
    shard = event["Records"][0]["eventID"].partition(":")[0]
    records = [
        Record(each["kinesis"]["sequenceNumber"], base64.b64decode(each["kinesis"]["data"]))
        for each in event["Records"]
    ]
    try:
        evaluate.process(shard, records)
    except PoisonError as error:
        log.exception("poison record", extra={"shard": shard, "sequence": error.record.sequence})
        if error.record is records[0] and len(records) > 1:
            # Reporting the first record makes no progress: after the last retry the mapping would discard the good
            # ones behind it too. An error makes it bisect the batch until the poison stands alone.
            raise
        return {"batchItemFailures": [{"itemIdentifier": error.record.sequence}]}
    return {"batchItemFailures": []}
