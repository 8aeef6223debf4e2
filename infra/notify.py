"""Notifications out: the queue, its consumer, and where the undeliverable rest."""

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.config import Config
from infra.function import Function
from infra.stores import Tables

TIMEOUT = cdk.Duration.seconds(60)


class NotificationQueue(Construct):
    """Notifications on their way out; what could not be taken in at eight receives rests in the dead-letter queue."""

    def __init__(self, scope: Construct, id: str, *, config: Config) -> None:
        super().__init__(scope, id)
        self._local = config.local is not None
        self.dead_letters = sqs.Queue(
            self,
            "dead-letters",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=config.tls,
            retention_period=cdk.Duration.days(14),
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
        acknowledge(self.dead_letters, {"Serverless-SQSRedrivePolicy": "It is where redriving ends."})
        self.queue = sqs.Queue(
            self,
            "queue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=config.tls,
            retention_period=cdk.Duration.days(14),
            # AWS asks for six times the consumer's timeout, so that a throttled batch is not received twice.
            visibility_timeout=cdk.Duration.seconds(6 * TIMEOUT.to_seconds()),
            dead_letter_queue=sqs.DeadLetterQueue(queue=self.dead_letters, max_receive_count=8),
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )

    def grant_send(self, function: lambda_.IFunction) -> None:
        """Let a function queue notifications."""
        self.queue.grant_send_messages(function)
        if self._local:
            # The emulator has an action of its own for batches; on AWS the one for messages covers them.
            self.queue.grant(function, "sqs:SendMessageBatch")


class Notify(Construct):
    """Delivers to Slack, webhooks, mail and LINE."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        config: Config,
        layers: Sequence[lambda_.ILayerVersion],
        tables: Tables,
        notifications: NotificationQueue,
    ) -> None:
        super().__init__(scope, id)
        self.function = Function(
            self,
            "notify",
            description="Deliver notifications, each once",
            layers=layers,
            environment={
                "CONFIG_TABLE": tables.config.table_name,
                "METRICS_TABLE": tables.metrics.table_name,
                "NOTIFICATION_QUEUE": notifications.queue.queue_url,
                "OUTBOUND_LOOPBACK": "allow" if config.endpoint else "refuse",
                "MAIL_FROM": config.mail_from or "",
            },
            timeout=TIMEOUT,
            memory_size=512,
        )
        tables.config.grant_read_data(self.function)
        # A destination that is gone, or fails for days, is switched off.
        tables.config.grant(self.function, "dynamodb:PutItem")
        tables.metrics.grant_read_write_data(self.function)
        notifications.grant_send(self.function)
        stack = cdk.Stack.of(self)
        secrets = stack.format_arn(
            service="secretsmanager",
            resource="secret",
            resource_name=f"{config.secret_prefix}/*",
            arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME,
        )
        self.function.add_to_role_policy(
            iam.PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=[secrets])
        )
        grant_mail(self.function, config)
        self.function.add_event_source(
            sources.SqsEventSource(
                # One message an invocation: a destination that hangs holds up nobody else's.
                notifications.queue,
                batch_size=1,
                report_batch_item_failures=True,
                max_concurrency=10,
            )
        )
        pseudo = "arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>"
        acknowledge(
            self,
            {
                f"AwsSolutions-IAM5[Resource::{pseudo}:secret:{config.secret_prefix}/*]": (
                    "Operators make destinations; their secrets share this prefix, and no others do."
                ),
                "Serverless-LambdaEventSourceMappingDestination": "A queue's mapping has none: the queue redrives.",
            },
        )


def grant_mail(function: lambda_.Function, config: Config) -> None:
    """Let a function send mail from the deployment's address, where it has one."""
    if config.mail_from is None:
        return
    stack = cdk.Stack.of(function)
    # SES asks for the identity that was verified: the address or its domain.
    identities = [
        stack.format_arn(service="ses", resource="identity", resource_name=name)
        for name in (config.mail_from, config.mail_from.partition("@")[2])
    ]
    function.add_to_role_policy(iam.PolicyStatement(actions=["ses:SendEmail"], resources=identities))
