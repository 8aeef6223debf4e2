"""The stream's consumer: the only writer of visitor state."""

from collections.abc import Sequence
from typing import Any

import aws_cdk as cdk
import jsii
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.acknowledge import acknowledge, wildcard
from infra.config import Config
from infra.function import Function
from infra.notify import NotificationQueue
from infra.stores import Tables


class Evaluate(Construct):
    """Folds each record once; what cannot be folded goes to the failures bucket and blocks nobody."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        config: Config,
        layers: Sequence[lambda_.ILayerVersion],
        tables: Tables,
        stream: kinesis.IStream,
        failures: s3.IBucket,
        notifications: NotificationQueue,
        console_url: str,
    ) -> None:
        super().__init__(scope, id)
        self.function = Function(
            self,
            "evaluate",
            description="Fold events into visitor state, segments, goals and notifications",
            layers=layers,
            environment={
                "VISITORS_TABLE": tables.visitors.table_name,
                "CONFIG_TABLE": tables.config.table_name,
                "METRICS_TABLE": tables.metrics.table_name,
                "SESSIONS_TABLE": tables.sessions.table_name,
                "REPLAY_RETENTION_DAYS": str(config.replay_retention_days),
                "NOTIFICATION_QUEUE": notifications.queue.queue_url,
                "EVENT_STREAM": stream.stream_name,
                "CONSOLE_URL": console_url,
                "RULESET_MAX_AGE": str(config.ruleset_max_age),
            },
            timeout=cdk.Duration.seconds(60),
            memory_size=1024,
        )
        tables.visitors.grant_read_write_data(self.function)
        tables.config.grant_read_write_data(self.function)
        tables.metrics.grant_read_write_data(self.function)
        # What campaigns came to for each person, beside the recordings of it.
        tables.sessions.grant_read_write_data(self.function)
        notifications.grant_send(self.function)
        # It says who entered and left segments, on the stream that it reads.
        stream.grant_write(self.function)

        for actions, resource in (
            (["s3:ListBucket"], failures.bucket_arn),
            (["s3:PutObject"], failures.arn_for_objects("*")),
        ):
            self.function.add_to_role_policy(iam.PolicyStatement(actions=actions, resources=[resource]))
        acknowledge(
            self, {wildcard(failures, failures.bucket_arn, "/*"): "Lambda names the records that it sets aside."}
        )
        source = self._source(config, stream, failures)
        self.function.add_event_source(source)
        self.set_aside = cloudwatch.Metric(
            namespace="AWS/Lambda",
            metric_name="OnFailureDestinationDeliveredEventCount",
            dimensions_map={"EventSourceMappingUUID": source.event_source_mapping_id},
            statistic="Sum",
        )

    def _source(
        self, config: Config, stream: kinesis.IStream, failures: s3.IBucket
    ) -> sources.KinesisEventSource | sources.KinesisConsumerEventSource:
        options: Any = {
            "starting_position": lambda_.StartingPosition.TRIM_HORIZON,
            "batch_size": 100,
            # One batch of a shard at a time: counters are folded up to one sequence number per shard.
            "parallelization_factor": 1,
            "report_batch_item_failures": True,
            "bisect_batch_on_error": True,
            "retry_attempts": 10,
            "max_record_age": cdk.Duration.hours(6),
            "on_failure": _SetAside(failures),
            "metrics_config": lambda_.MetricsConfig(metrics=[lambda_.MetricType.EVENT_COUNT]),
        }
        if not config.enhanced_fan_out:
            return sources.KinesisEventSource(stream, **options)
        name = f"kizuki-{config.stage}-evaluate"
        consumer = kinesis.StreamConsumer(self, "consumer", stream_consumer_name=name, stream=stream)
        return sources.KinesisConsumerEventSource(consumer, **options)


@jsii.implements(lambda_.IEventSourceDlq)
class _SetAside:
    """A bucket for whole records (CDK's own `S3OnFailureDestination` would also let the function delete them)."""

    def __init__(self, bucket: s3.IBucket) -> None:
        self._bucket = bucket

    def bind(self, _target: lambda_.IEventSourceMapping, _handler: lambda_.IFunction) -> lambda_.DlqDestinationConfig:
        return lambda_.DlqDestinationConfig(destination=self._bucket.bucket_arn)
