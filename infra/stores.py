"""What holds data: kept when the stack that declares it is deleted."""

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.config import Config

KEPT_DAYS = (1, 3, 7, 14, 30, 60, 90, 180, 365)
"""What a site may want less than the deployment keeps, as `kizuki.aws.replays` tags the objects."""
STRING, NUMBER = dynamodb.AttributeType.STRING, dynamodb.AttributeType.NUMBER


class Tables(Construct):
    """The four tables; keys, indexes and items are in docs/architecture.md."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        self.visitors = self._table("visitors")
        self.visitors.add_global_secondary_index(
            index_name="by_seen",
            partition_key=dynamodb.Attribute(name="site", type=STRING),
            sort_key=dynamodb.Attribute(name="seen_hour", type=STRING),
            projection_type=dynamodb.ProjectionType.KEYS_ONLY,
        )
        self.config = self._table("config")
        self.sessions = self._table("sessions")
        for index, key in (("by_person", "person_key"), ("by_site", "site")):
            self.sessions.add_global_secondary_index(
                index_name=index,
                partition_key=dynamodb.Attribute(name=key, type=STRING),
                sort_key=dynamodb.Attribute(name="started_at", type=NUMBER),
            )
        # Which recordings are still being added to.
        self.sessions.add_global_secondary_index(
            index_name="by_activity",
            partition_key=dynamodb.Attribute(name="site", type=STRING),
            sort_key=dynamodb.Attribute(name="active_at", type=NUMBER),
        )
        # What campaigns came to for each person, by the four groups.
        self.sessions.add_global_secondary_index(
            index_name="by_group",
            partition_key=dynamodb.Attribute(name="by_group", type=STRING),
            sort_key=dynamodb.Attribute(name="shown_at", type=NUMBER),
        )
        self.metrics = self._table("metrics")

    def _table(self, name: str) -> dynamodb.TableV2:
        return dynamodb.TableV2(
            self,
            name,
            partition_key=dynamodb.Attribute(name="pk", type=STRING),
            sort_key=dynamodb.Attribute(name="sk", type=STRING),
            billing=dynamodb.Billing.on_demand(),
            encryption=dynamodb.TableEncryptionV2.aws_managed_key(),
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            time_to_live_attribute="expires_at",
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )


class EventStream(kinesis.Stream):
    """Accepted batches, in order per person."""

    def __init__(self, scope: Construct, id: str, *, config: Config) -> None:
        provisioned = config.stream_mode == "provisioned"
        super().__init__(
            scope,
            id,
            stream_mode=kinesis.StreamMode.PROVISIONED if provisioned else kinesis.StreamMode.ON_DEMAND,
            shard_count=(config.shards or 1) if provisioned else None,
            retention_period=cdk.Duration.hours(config.stream_retention_hours),
            encryption=kinesis.StreamEncryption.MANAGED,
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )


class Buckets(Construct):
    """Replays, the lake, records that could not be evaluated, and the logs of access to them."""

    def __init__(self, scope: Construct, id: str, *, config: Config) -> None:
        super().__init__(scope, id)
        self._tls = config.tls
        # CloudFront writes its logs with an ACL, so this one bucket allows them.
        self.logs = self._bucket("logs", expire_after=90, object_ownership=s3.ObjectOwnership.BUCKET_OWNER_PREFERRED)
        acknowledge(self.logs, {"AwsSolutions-S1": "The bucket of access logs keeps none about itself."})
        self.replays = self._bucket(
            "replays",
            expire_after=config.replay_retention_days,
            server_access_logs_bucket=self.logs,
            server_access_logs_prefix="replays/",
            # The console reads chunks by presigned URL, which is the authorization; the origin adds nothing to it.
            cors=[
                s3.CorsRule(
                    allowed_methods=[s3.HttpMethods.GET, s3.HttpMethods.HEAD],
                    allowed_origins=["*"],
                    allowed_headers=["*"],
                    exposed_headers=["ETag"],
                    max_age=3600,
                )
            ],
        )
        for days in KEPT_DAYS:
            if days < config.replay_retention_days:
                self.replays.add_lifecycle_rule(
                    id=f"keep-{days}", tag_filters={"keep": str(days)}, expiration=cdk.Duration.days(days)
                )
        self.lake = self._bucket("lake", server_access_logs_bucket=self.logs, server_access_logs_prefix="lake/")
        self.lake.add_lifecycle_rule(id="results", prefix="results/", expiration=cdk.Duration.days(7))
        if config.retention_days:
            self.lake.add_lifecycle_rule(
                id="events", prefix="events/", expiration=cdk.Duration.days(config.retention_days)
            )
        self.failures = self._bucket(
            "failures", expire_after=90, server_access_logs_bucket=self.logs, server_access_logs_prefix="failures/"
        )

    def _bucket(
        self,
        name: str,
        *,
        expire_after: int | None = None,
        cors: list[s3.CorsRule] | None = None,
        object_ownership: s3.ObjectOwnership = s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        server_access_logs_bucket: s3.IBucket | None = None,
        server_access_logs_prefix: str | None = None,
    ) -> s3.Bucket:
        bucket = s3.Bucket(
            self,
            name,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=self._tls,
            minimum_tls_version=1.2 if self._tls else None,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=object_ownership,
            cors=cors,
            server_access_logs_bucket=server_access_logs_bucket,
            server_access_logs_prefix=server_access_logs_prefix,
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
        bucket.add_lifecycle_rule(id="unfinished", abort_incomplete_multipart_upload_after=cdk.Duration.days(1))
        if expire_after:
            bucket.add_lifecycle_rule(id="expire", expiration=cdk.Duration.days(expire_after))
        return bucket
