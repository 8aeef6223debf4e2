"""The stream's consumer: the only writer of visitor state."""

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.config import Config
from infra.function import Function
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
        notifications: sqs.IQueue,
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
                "NOTIFICATION_QUEUE": notifications.queue_url,
                "CONSOLE_URL": console_url,
                "RULESET_MAX_AGE": str(config.ruleset_max_age),
            },
            timeout=cdk.Duration.seconds(60),
            memory_size=1024,
        )
        tables.visitors.grant_read_write_data(self.function)
        tables.config.grant_read_write_data(self.function)
        tables.metrics.grant_read_write_data(self.function)
        notifications.grant_send_messages(self.function)

        options = sources.KinesisEventSourceProps(
            starting_position=lambda_.StartingPosition.TRIM_HORIZON,
            batch_size=100,
            # One batch of a shard at a time: counters are folded up to one sequence number per shard.
            parallelization_factor=1,
            report_batch_item_failures=True,
            bisect_batch_on_error=True,
            retry_attempts=10,
            max_record_age=cdk.Duration.hours(6),
            on_failure=sources.S3OnFailureDestination(failures),
            metrics_config=lambda_.MetricsConfig(metrics=[lambda_.MetricType.EVENT_COUNT]),
        )._values
        source: sources.KinesisEventSource | sources.KinesisConsumerEventSource
        if config.enhanced_fan_out:
            consumer = kinesis.StreamConsumer(
                self, "consumer", stream_consumer_name=f"kizuki-{config.stage}-evaluate", stream=stream
            )
            source = sources.KinesisConsumerEventSource(consumer, **options)
        else:
            source = sources.KinesisEventSource(stream, **options)
        self.function.add_event_source(source)
        self.set_aside = cloudwatch.Metric(
            namespace="AWS/Lambda",
            metric_name="OnFailureDestinationDeliveredEventCount",
            dimensions_map={"EventSourceMappingUUID": source.event_source_mapping_id},
            statistic="Sum",
        )
