"""Two stacks: what holds data, and what computes. No redeployment of the second can lose what is in the first."""

from pathlib import Path
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.acknowledge import acknowledge, wildcard
from infra.alarms import Alarms
from infra.api import Api
from infra.config import Config
from infra.console import Console
from infra.evaluate import Evaluate
from infra.hosting import Site, WebBucket
from infra.ingest import Ingest
from infra.lake import Lake
from infra.layers import Layers, Target
from infra.notify import NotificationQueue, Notify
from infra.operators import Operators
from infra.pages import WEB, Pages
from infra.stores import Buckets, EventStream, Tables
from infra.watch import Watch


class DataStack(cdk.Stack):
    """Tables, stream, buckets, queues and operators: retained on delete."""

    def __init__(self, scope: Construct, id: str, *, config: Config, **props: Any) -> None:
        super().__init__(scope, id, termination_protection=config.endpoint is None, **props)
        self.tables = Tables(self, "tables")
        self.stream = EventStream(self, "events", config=config)
        self.buckets = Buckets(self, "buckets", config=config)
        self.notifications = NotificationQueue(self, "notifications", config=config)
        self.operators = Operators(self, "operators", config=config)
        _outputs(
            self,
            TableVisitors=self.tables.visitors.table_name,
            TableConfig=self.tables.config.table_name,
            TableSessions=self.tables.sessions.table_name,
            TableMetrics=self.tables.metrics.table_name,
            BucketReplays=self.buckets.replays.bucket_name,
            BucketLake=self.buckets.lake.bucket_name,
            BucketFailures=self.buckets.failures.bucket_name,
            BucketLogs=self.buckets.logs.bucket_name,
            QueueNotifications=self.notifications.queue.queue_url,
            QueueDeadLetters=self.notifications.dead_letters.queue_url,
            Stream=self.stream.stream_name,
            UserPoolId=self.operators.pool.user_pool_id,
            ClientId=self.operators.client.user_pool_client_id,
        )


class PlatformStack(cdk.Stack):
    """Functions, APIs, pages, lake and alarms: made again from source at will."""

    def __init__(
        self, scope: Construct, id: str, *, config: Config, data: DataStack, web: Path = WEB, **props: Any
    ) -> None:
        super().__init__(scope, id, **props)
        layers = Layers(self, Target.host() if config.endpoint else Target.aws()).all

        ingest = Ingest(
            self, "ingest", config=config, layers=layers, tables=data.tables, stream=data.stream, buckets=data.buckets
        )
        lake = Lake(self, "lake", config=config, stream=data.stream, bucket=data.buckets.lake)
        api = Api(
            self,
            "api",
            config=config,
            layers=layers,
            tables=data.tables,
            buckets=data.buckets,
            operators=data.operators,
            lake=lake,
            notifications=data.notifications,
        )

        bucket = WebBucket(self, "web", config=config)
        logs = data.buckets.logs
        console = Console(
            self, "console", config=config, bucket=bucket, logs=logs, api=api.api, replays=data.buckets.replays
        )
        # Samples link into the console, as notifications do.
        api.function.add_environment("CONSOLE_URL", console.url)
        sdk = Site(self, "sdk", config=config, bucket=bucket, logs=logs, any_origin=True, domain=config.sdk_domain)
        sdk_url = f"{sdk.url}/kizuki.js"
        demo = (
            Site(self, "demo", config=config, bucket=bucket, logs=logs)
            if config.demo_write_key or config.local
            else None
        )

        evaluate = Evaluate(
            self,
            "evaluate",
            config=config,
            layers=layers,
            tables=data.tables,
            stream=data.stream,
            failures=data.buckets.failures,
            notifications=data.notifications,
            console_url=console.url,
        )
        notify = Notify(
            self,
            "notify",
            config=config,
            layers=layers,
            tables=data.tables,
            notifications=data.notifications,
        )
        watch = Watch(
            self,
            "watch",
            config=config,
            layers=layers,
            tables=data.tables,
            notifications=data.notifications,
            console_url=console.url,
        )
        # The emulator cannot run CDK's copying function: there, local/pages.py uploads.
        if not config.local:
            sites = {"console": console, "sdk": sdk} | ({"demo": demo} if demo else {})
            tag = {"ingest_url": ingest.api.url, "sdk_url": sdk_url}
            operators = data.operators
            settings = {
                "console": tag
                | {
                    "api_url": console.url,
                    "region": self.region,
                    "user_pool_id": operators.pool.user_pool_id,
                    "client_id": operators.client.user_pool_client_id,
                }
            }
            if config.demo_write_key:
                settings["demo"] = tag | {"write_key": config.demo_write_key}
            Pages(self, "pages", bucket=bucket, sites=sites, settings=settings, web=web)
        functions: dict[str, lambda_.Function] = {
            "ingest": ingest.ingest,
            "replay": ingest.replay,
            "evaluate": evaluate.function,
            "notify": notify.function,
            "api": api.function,
            "watch": watch.function,
        }
        alarms = Alarms(
            self,
            "alarms",
            config=config,
            apis={"tracking": ingest.api.api, "console": api.api.api},
            functions=functions,
            stream=data.stream,
            queue=data.notifications.queue,
            dead_letters=data.notifications.dead_letters,
            set_aside=evaluate.set_aside,
            delivery_stream=lake.delivery.resource.ref,
        )
        acknowledge(
            self,
            {
                wildcard(table, table.table_arn, "/index/*"): "A table's indexes hold nothing that the table does not."
                for table in (data.tables.visitors, data.tables.sessions)
            },
        )
        _outputs(
            self,
            IngestUrl=ingest.api.url,
            ApiUrl=api.api.url,
            ConsoleUrl=console.url,
            SdkUrl=sdk_url,
            BucketWeb=bucket.bucket_name,
            Workgroup=lake.workgroup.name,
            Database=lake.database_name,
            AlarmTopic=alarms.topic.topic_arn,
            **({"DemoUrl": demo.url} if demo else {}),
            **{f"Function{name.capitalize()}": function.function_name for name, function in functions.items()},
            **{
                f"LogGroup{name.capitalize()}": function.log_group.log_group_name
                for name, function in functions.items()
            },
        )


def _outputs(stack: cdk.Stack, **values: str) -> None:
    for name, value in values.items():
        cdk.CfnOutput(stack, name, value=value)
