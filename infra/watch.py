"""What looks by itself, whether anybody comes or not."""

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.config import Config
from infra.function import Function
from infra.notify import NotificationQueue
from infra.stores import Tables

TASKS = {"sweep": cdk.Duration.minutes(1), "check": cdk.Duration.minutes(5)}
"""How often each is done."""


class Watch(Construct):
    """Wakes destinations that something waits for, and looks for what should have come and did not."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        config: Config,
        layers: Sequence[lambda_.ILayerVersion],
        tables: Tables,
        notifications: NotificationQueue,
        console_url: str,
    ) -> None:
        super().__init__(scope, id)
        self.function = Function(
            self,
            "watch",
            description="Wake destinations that something waits for; look for what should have come and did not",
            layers=layers,
            environment={
                "CONFIG_TABLE": tables.config.table_name,
                "METRICS_TABLE": tables.metrics.table_name,
                "SESSIONS_TABLE": tables.sessions.table_name,
                "NOTIFICATION_QUEUE": notifications.queue.queue_url,
                "CONSOLE_URL": console_url,
                "RULESET_MAX_AGE": str(config.ruleset_max_age),
            },
            timeout=cdk.Duration.minutes(4),
            memory_size=1024,
        )
        tables.config.grant_read_data(self.function)
        tables.metrics.grant_read_write_data(self.function)
        tables.sessions.grant_read_data(self.function)
        notifications.grant_send(self.function)
        for task, every in TASKS.items():
            rule = events.Rule(self, task, schedule=events.Schedule.rate(every))
            # The next one does what this one did not: a late look is worth nothing.
            rule.add_target(
                targets.LambdaFunction(
                    self.function, event=events.RuleTargetInput.from_object({"task": task}), retry_attempts=0
                )
            )
            acknowledge(rule, {"Serverless-EventBusDLQ": "The next look does what this one did not."})
