"""Who is told when something is wrong, and the page that shows what."""

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.config import Config

MINUTE = cdk.Duration.minutes(1)
FIVE_MINUTES = cdk.Duration.minutes(5)


class Alarms(Construct):
    """One topic, one alarm for each promise that could break, one dashboard."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        config: Config,
        apis: dict[str, apigwv2.HttpApi],
        functions: dict[str, lambda_.Function],
        stream: kinesis.Stream,
        queue: sqs.Queue,
        dead_letters: sqs.Queue,
        set_aside: cloudwatch.Metric,
        delivery_stream: str,
    ) -> None:
        super().__init__(scope, id)
        self._stage = config.stage
        self.topic = sns.Topic(self, "topic", enforce_ssl=config.tls, display_name=f"Kizuki {config.stage}")
        self.topic.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                actions=["sns:Publish"],
                resources=[self.topic.topic_arn],
            )
        )
        acknowledge(
            self.topic,
            {
                "AwsSolutions-SNS2": (
                    "Alarms name metrics, nothing about visitors; CloudWatch could not use the AWS-managed key."
                )
            },
        )
        if config.alarm_email:
            subscription = self.topic.add_subscription(subscriptions.EmailSubscription(config.alarm_email))
            reason = "SNS tries mail again by itself, and what an alarm did is in CloudWatch."
            acknowledge(subscription, {"Serverless-SNSRedrivePolicy": reason})

        evaluate = functions["evaluate"]
        iterator_age = evaluate.metric("IteratorAge", statistic="Maximum", period=MINUTE)
        throttled_writes = stream.metric("WriteProvisionedThroughputExceeded", statistic="Sum", period=FIVE_MINUTES)
        undelivered = dead_letters.metric_approximate_number_of_messages_visible(statistic="Maximum", period=MINUTE)
        oldest_notification = queue.metric_approximate_age_of_oldest_message(statistic="Maximum", period=MINUTE)
        freshness = cloudwatch.Metric(
            namespace="AWS/Firehose",
            metric_name="DeliveryToS3.DataFreshness",
            dimensions_map={"DeliveryStreamName": delivery_stream},
            statistic="Maximum",
            period=FIVE_MINUTES,
        )
        lost = evaluate.metric("DestinationDeliveryFailures", statistic="Sum", period=FIVE_MINUTES)

        for name, api in apis.items():
            self._alarm(
                f"{name}-5xx",
                # Each request counts as 0 or 1, so the average is the share of errors.
                api.metric_server_error(statistic="Average", period=FIVE_MINUTES),
                threshold=0.01,
                periods=3,
                description=f"More than 1% of the {name} API's answers have been server errors for 15 minutes.",
            )
        for name, function in functions.items():
            self._alarm(
                f"{name}-errors",
                function.metric_errors(period=FIVE_MINUTES),
                threshold=0,
                periods=3,
                description=f"{name} has been failing for 15 minutes; look at its log group.",
            )
            self._alarm(
                f"{name}-throttles",
                function.metric_throttles(period=FIVE_MINUTES),
                threshold=0,
                periods=3,
                description=f"{name} is throttled: raise the account's Lambda concurrency.",
            )
        self._alarm(
            "evaluate-behind",
            iterator_age,
            threshold=60_000,
            periods=5,
            description="Folding is more than a minute behind: segments and notifications are late. More shards help.",
        )
        self._alarm(
            "records-set-aside",
            set_aside,
            threshold=0,
            description="Records that could not be folded are in the failures bucket.",
        )
        self._alarm(
            "records-lost",
            lost,
            threshold=0,
            description="Records were neither folded nor set aside: the stream has them until its retention ends.",
        )
        self._alarm(
            "notifications-undelivered",
            undelivered,
            threshold=0,
            description="Notifications are in the dead-letter queue.",
        )
        self._alarm(
            "notifications-late",
            oldest_notification,
            threshold=900,
            periods=5,
            description="A notification has waited for more than 15 minutes.",
        )
        self._alarm(
            "stream-full",
            throttled_writes,
            threshold=0,
            periods=3,
            description="Writes to the stream are throttled: add shards, or use on_demand.",
        )
        self._alarm(
            "lake-late",
            freshness,
            threshold=3600,
            periods=3,
            description="The data hub is more than an hour behind.",
        )

        dashboard = cloudwatch.Dashboard(self, "dashboard", dashboard_name=f"kizuki-{config.stage}")
        dashboard.add_widgets(*(_api_widget(name, api) for name, api in apis.items()))
        dashboard.add_widgets(
            _graph("Duration p99 (ms)", *(f.metric_duration(statistic="p99", label=n) for n, f in functions.items())),
            _graph("Errors", *(f.metric_errors(label=n) for n, f in functions.items())),
        )
        dashboard.add_widgets(
            _graph("Stream: records in", stream.metric_incoming_records()),
            _graph("Folding: age of the newest record (ms)", iterator_age),
            _graph("Set aside", set_aside, lost),
        )
        dashboard.add_widgets(
            _graph("Notifications: oldest (s)", oldest_notification),
            _graph("Notifications: sent, undelivered", queue.metric_number_of_messages_deleted(), undelivered),
            _graph("Data hub: age (s)", freshness),
        )

    def _alarm(
        self, id: str, metric: cloudwatch.IMetric, *, threshold: float, description: str, periods: int = 1
    ) -> None:
        alarm = cloudwatch.Alarm(
            self,
            id,
            alarm_name=f"kizuki-{self._stage}-{id}",
            alarm_description=description,
            metric=metric,
            threshold=threshold,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
            evaluation_periods=periods,
            datapoints_to_alarm=periods,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(actions.SnsAction(self.topic))
        alarm.add_ok_action(actions.SnsAction(self.topic))


def _api_widget(name: str, api: apigwv2.HttpApi) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(
        title=f"API {name}: requests, errors, latency p99 (ms)",
        left=[
            api.metric_count(statistic="Sum"),
            api.metric_client_error(statistic="Sum"),
            api.metric_server_error(statistic="Sum"),
        ],
        right=[api.metric_latency(statistic="p99")],
        width=12,
    )


def _graph(title: str, *metrics: cloudwatch.IMetric) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(title=title, left=list(metrics), width=8)
