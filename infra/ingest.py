"""Events and recorder chunks in: the one API that websites talk to."""

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.acknowledge import acknowledge, wildcard
from infra.config import Config
from infra.function import Function
from infra.http_api import HttpApi
from infra.stores import Buckets, Tables


class Ingest(Construct):
    """`/v1`: the key in each request is the authorization, checked by the functions."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        config: Config,
        layers: Sequence[lambda_.ILayerVersion],
        tables: Tables,
        stream: kinesis.IStream,
        buckets: Buckets,
    ) -> None:
        super().__init__(scope, id)
        self.ingest = Function(
            self,
            "ingest",
            description="Accept events, decide what the page shows, answer when both are durable",
            layers=layers,
            environment={
                "VISITORS_TABLE": tables.visitors.table_name,
                "CONFIG_TABLE": tables.config.table_name,
                "METRICS_TABLE": tables.metrics.table_name,
                "EVENT_STREAM": stream.stream_name,
                "RULESET_MAX_AGE": str(config.ruleset_max_age),
            },
            timeout=cdk.Duration.seconds(15),
            memory_size=1024,
        )
        tables.visitors.grant_read_write_data(self.ingest)
        tables.config.grant_read_data(self.ingest)
        tables.metrics.grant_read_write_data(self.ingest)
        stream.grant_write(self.ingest)

        self.replay = Function(
            self,
            "replay",
            description="Check one recorder chunk and store it",
            layers=layers,
            environment={
                "CONFIG_TABLE": tables.config.table_name,
                "SESSIONS_TABLE": tables.sessions.table_name,
                "REPLAY_BUCKET": buckets.replays.bucket_name,
                "REPLAY_RETENTION_DAYS": str(config.replay_retention_days),
            },
            timeout=cdk.Duration.seconds(15),
            memory_size=1024,
        )
        tables.config.grant_read_data(self.replay)
        tables.sessions.grant_read_write_data(self.replay)
        chunks = iam.PolicyStatement(
            actions=["s3:PutObject", "s3:PutObjectTagging"], resources=[buckets.replays.arn_for_objects("replays/*")]
        )
        self.replay.add_to_role_policy(chunks)
        acknowledge(
            self,
            {
                wildcard(buckets.replays, buckets.replays.bucket_arn, "/replays/*"): (
                    "Chunks are named by site, session and tab."
                )
            },
        )

        self.api = HttpApi(
            self, "tracking", config=config, description="Kizuki: events and recordings in", domain=config.ingest_domain
        )
        public = [
            *self.api.route("/v1/{proxy+}", self.ingest),
            *self.api.route("/v1/replay/{session}", self.replay),
        ]
        for route in public:
            acknowledge(
                route,
                {
                    "AwsSolutions-APIG4": (
                        "Visitors' browsers have no identity to check: the site's key is in the request."
                    )
                },
            )
