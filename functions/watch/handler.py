"""Schedules: each minute, wake destinations that something waits for; each fifth, look for what should have come."""

import os
import time
from typing import Any

from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from kizuki.absence.wording import told
from kizuki.aws.clients import client
from kizuki.aws.config import ConfigStore, Site
from kizuki.aws.deliveries import DeliveryLog
from kizuki.aws.incidents import IncidentStore
from kizuki.aws.lanes import LaneStore
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.outcomes import OutcomeStore
from kizuki.aws.pulse import PulseStore
from kizuki.aws.queue import NotificationQueue
from kizuki.errors import MalformedError
from kizuki.events.times import epoch_ms
from kizuki.notifications.model import Alert
from kizuki.pipeline.alerts import alert
from kizuki.pipeline.drain import sweep
from kizuki.pipeline.evidence import Evidence
from kizuki.pipeline.watch import Alert as Found
from kizuki.pipeline.watch import Watch

CONSOLE_URL = os.environ["CONSOLE_URL"]

logger = Logger()
dynamodb = client("dynamodb")
queue = NotificationQueue(client("sqs"), os.environ["NOTIFICATION_QUEUE"])
config = ConfigStore(dynamodb, os.environ["CONFIG_TABLE"], ruleset_max_age=float(os.environ["RULESET_MAX_AGE"]))
lanes = LaneStore(dynamodb, os.environ["METRICS_TABLE"])
watch = Watch(
    config=config,
    metrics=MetricsStore(dynamodb, os.environ["METRICS_TABLE"]),
    pulse=PulseStore(dynamodb, os.environ["METRICS_TABLE"]),
    incidents=IncidentStore(dynamodb, os.environ["METRICS_TABLE"]),
    evidence=Evidence(
        config=config,
        outcomes=OutcomeStore(dynamodb, os.environ["SESSIONS_TABLE"]),
        deliveries=DeliveryLog(dynamodb, os.environ["METRICS_TABLE"]),
        console_url=CONSOLE_URL,
    ),
)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, int]:
    now = time.time_ns() // 1_000_000
    match event.get("task"):
        case "sweep":
            return {"woken": sweep(lanes, queue, now)}
        case "check":
            return {"alerts": sum(checked(site, now) for site in config.sites())}
        case task:
            raise MalformedError("unknown_task", f"there is no task {task!r}")


def checked(site: Site, now: int) -> int:
    """Look at one site; what goes wrong with it keeps no other from being looked at."""
    try:
        alerts = watch.check(site.id, now)
        for found in alerts:
            tell(site, found, now)
    except Exception:
        logger.exception("not checked", extra={"site": site.id})
        return 0
    return len(alerts)


def tell(site: Site, found: Found, now: int) -> None:
    """Queue the alert, then note that it is told: cut off in between, it comes again under the same id."""
    words = told(found.incident, "ended" if found.what == "ended" else "opened", site.timezone)
    said = Alert(
        {locale: each.title for locale, each in words.items()},
        {locale: "\n".join(each.lines) for locale, each in words.items()},
    )
    link = f"{CONSOLE_URL}/sites/{site.id}/incidents/{found.incident.id}"
    alert(config, queue, site.id, kind="incident", id=found.id, told=said, at=epoch_ms(found.at), link=link)
    watch.told(found, now)
    logger.info("incident", extra={"site": site.id, "incident": found.incident.id, "what": found.what})
