"""The data hub: every row of the stream as Parquet, open to SQL."""

import aws_cdk as cdk
from aws_cdk import aws_athena as athena
from aws_cdk import aws_glue as glue
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kinesisfirehose as firehose
from aws_cdk import aws_logs as logs
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.acknowledge import acknowledge, wildcard
from infra.config import Config
from infra.function import LOG_RETENTION

# "A row" in docs/architecture.md.
COLUMNS = {
    "site": "string",
    "person": "string",
    "message_id": "string",
    "type": "string",
    "event": "string",
    "anonymous_id": "string",
    "user_id": "string",
    "group_id": "string",
    "previous_id": "string",
    "occurred_at": "string",
    "received_at": "string",
    "session_id": "string",
    "session_n": "bigint",
    "properties": "string",
    "traits": "string",
    "context": "string",
    "decisions": "string",
    "verified": "boolean",
    "position": "bigint",
}
TABLE = "events"
FOLDERS = ("events", "errors")
PARQUET = "org.apache.hadoop.hive.ql.io.parquet"


class Lake(Construct):
    """Firehose, a Glue table whose partitions are worked out from their names, and an Athena workgroup."""

    def __init__(
        self, scope: Construct, id: str, *, config: Config, stream: kinesis.IStream, bucket: s3.IBucket
    ) -> None:
        super().__init__(scope, id)
        stack = cdk.Stack.of(self)
        database_name = f"kizuki_{config.stage}".replace("-", "_")
        database = glue.CfnDatabase(
            self,
            "database",
            catalog_id=stack.account,
            database_input=glue.CfnDatabase.DatabaseInputProperty(
                name=database_name, description="Kizuki: events of every site"
            ),
        )
        self.database_name = database_name
        table = glue.CfnTable(
            self,
            "events",
            catalog_id=stack.account,
            database_name=database_name,
            table_input=glue.CfnTable.TableInputProperty(
                name=TABLE,
                table_type="EXTERNAL_TABLE",
                parameters={
                    "classification": "parquet",
                    "projection.enabled": "true",
                    "projection.dt.type": "date",
                    "projection.dt.format": "yyyy-MM-dd",
                    "projection.dt.range": "2026-01-01,NOW",
                    "storage.location.template": f"s3://{bucket.bucket_name}/events/dt=${{dt}}",
                },
                partition_keys=[glue.CfnTable.ColumnProperty(name="dt", type="string")],
                storage_descriptor=glue.CfnTable.StorageDescriptorProperty(
                    columns=[glue.CfnTable.ColumnProperty(name=name, type=kind) for name, kind in COLUMNS.items()],
                    location=f"s3://{bucket.bucket_name}/events/",
                    input_format=f"{PARQUET}.MapredParquetInputFormat",
                    output_format=f"{PARQUET}.MapredParquetOutputFormat",
                    serde_info=glue.CfnTable.SerdeInfoProperty(
                        serialization_library=f"{PARQUET}.serde.ParquetHiveSerDe"
                    ),
                ),
            ),
        )
        table.add_resource_dependency(database)

        self.delivery = Delivery(self, "delivery", config=config, stream=stream, bucket=bucket, table=table)

        self.workgroup = athena.CfnWorkGroup(
            self,
            "workgroup",
            name=f"kizuki-{config.stage}",
            description="Kizuki: SQL over events",
            recursive_delete_option=True,
            work_group_configuration=athena.CfnWorkGroup.WorkGroupConfigurationProperty(
                enforce_work_group_configuration=True,
                publish_cloud_watch_metrics_enabled=True,
                bytes_scanned_cutoff_per_query=config.query_limit_gb * 1024**3,
                engine_version=athena.CfnWorkGroup.EngineVersionProperty(
                    selected_engine_version="Athena engine version 3"
                ),
                result_configuration=athena.CfnWorkGroup.ResultConfigurationProperty(
                    output_location=f"s3://{bucket.bucket_name}/results/",
                    encryption_configuration=athena.CfnWorkGroup.EncryptionConfigurationProperty(
                        encryption_option="SSE_S3"
                    ),
                ),
            ),
        )
        self._bucket, self._every_workgroup = bucket, config.endpoint is not None

    def grant_query(self, grantee: iam.IGrantable) -> None:
        """Let a function ask: start and read queries of this workgroup, by which Athena reads what it reads as them."""
        stack = cdk.Stack.of(self)
        workgroup = stack.format_arn(service="athena", resource="workgroup", resource_name=self.workgroup.name)
        statements = {
            # The emulator does not see whose workgroup a query belongs to.
            ("athena:StartQueryExecution", "athena:GetQueryExecution", "athena:GetQueryResults"): (
                ["*"] if self._every_workgroup else [workgroup]
            ),
            ("glue:GetDatabase", "glue:GetTable", "glue:GetPartitions"): catalog(stack, self.database_name, TABLE),
            ("s3:GetBucketLocation", "s3:ListBucket"): [self._bucket.bucket_arn],
            ("s3:GetObject",): [self._bucket.arn_for_objects(f"{folder}/*") for folder in ("events", "results")],
            ("s3:PutObject", "s3:AbortMultipartUpload"): [self._bucket.arn_for_objects("results/*")],
        }
        for actions, resources in statements.items():
            grantee.grant_principal.add_to_principal_policy(
                iam.PolicyStatement(actions=list(actions), resources=resources)
            )


class Delivery(Construct):
    """Firehose from the stream to Parquet files, a folder for each day."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        config: Config,
        stream: kinesis.IStream,
        bucket: s3.IBucket,
        table: glue.CfnTable,
    ) -> None:
        super().__init__(scope, id)
        log_group = logs.LogGroup(self, "logs", retention=LOG_RETENTION, removal_policy=cdk.RemovalPolicy.DESTROY)
        log_stream = log_group.add_stream("errors")
        database_name, table_name = table.database_name, table.ref
        role = iam.Role(
            self,
            "role",
            assumed_by=iam.ServicePrincipal("firehose.amazonaws.com"),
            inline_policies={"delivery": self._policy(stream, bucket, log_group, database_name, table_name)},
        )
        acknowledge(
            role,
            {
                wildcard(bucket, bucket.bucket_arn, f"/{folder}/*"): "Firehose names the files that it writes here."
                for folder in FOLDERS
            },
        )
        s3_destination = firehose.CfnDeliveryStream.ExtendedS3DestinationConfigurationProperty(
            bucket_arn=bucket.bucket_arn,
            role_arn=role.role_arn,
            prefix="events/dt=!{timestamp:yyyy-MM-dd}/",
            error_output_prefix="errors/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/",
            # Large files make queries cheap; a developer wants to see the event that he has just sent.
            buffering_hints=firehose.CfnDeliveryStream.BufferingHintsProperty(
                interval_in_seconds=5 if config.endpoint else 900, size_in_m_bs=128
            ),
            # Parquet compresses by itself.
            compression_format="UNCOMPRESSED",
            cloud_watch_logging_options=firehose.CfnDeliveryStream.CloudWatchLoggingOptionsProperty(
                enabled=True, log_group_name=log_group.log_group_name, log_stream_name=log_stream.log_stream_name
            ),
            data_format_conversion_configuration=firehose.CfnDeliveryStream.DataFormatConversionConfigurationProperty(
                enabled=True,
                input_format_configuration=firehose.CfnDeliveryStream.InputFormatConfigurationProperty(
                    deserializer=firehose.CfnDeliveryStream.DeserializerProperty(open_x_json_ser_de={})
                ),
                output_format_configuration=firehose.CfnDeliveryStream.OutputFormatConfigurationProperty(
                    serializer=firehose.CfnDeliveryStream.SerializerProperty(parquet_ser_de={"compression": "SNAPPY"})
                ),
                schema_configuration=firehose.CfnDeliveryStream.SchemaConfigurationProperty(
                    role_arn=role.role_arn,
                    catalog_id=cdk.Aws.ACCOUNT_ID,
                    region=cdk.Aws.REGION,
                    database_name=database_name,
                    table_name=table_name,
                ),
            ),
        )
        self.resource = firehose.CfnDeliveryStream(
            self,
            "stream",
            delivery_stream_type="KinesisStreamAsSource",
            kinesis_stream_source_configuration=firehose.CfnDeliveryStream.KinesisStreamSourceConfigurationProperty(
                kinesis_stream_arn=stream.stream_arn, role_arn=role.role_arn
            ),
            extended_s3_destination_configuration=s3_destination,
        )
        acknowledge(
            self.resource,
            {"AwsSolutions-KDF1": "The source is an encrypted Kinesis stream, which Firehose does not encrypt again."},
        )

    def _policy(
        self, stream: kinesis.IStream, bucket: s3.IBucket, log_group: logs.ILogGroup, database: str, table: str
    ) -> iam.PolicyDocument:
        stack = cdk.Stack.of(self)
        reading = ["kinesis:DescribeStream", "kinesis:GetShardIterator", "kinesis:GetRecords", "kinesis:ListShards"]
        writing = ["s3:PutObject", "s3:AbortMultipartUpload"]
        return iam.PolicyDocument(
            statements=[
                iam.PolicyStatement(actions=reading, resources=[stream.stream_arn]),
                iam.PolicyStatement(
                    actions=writing, resources=[bucket.arn_for_objects(f"{folder}/*") for folder in FOLDERS]
                ),
                iam.PolicyStatement(
                    actions=["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
                    resources=[bucket.bucket_arn],
                ),
                iam.PolicyStatement(
                    actions=["glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions"],
                    resources=catalog(stack, database, table),
                ),
                iam.PolicyStatement(
                    actions=["logs:PutLogEvents"],
                    resources=[log_group.log_group_arn],
                ),
            ]
        )


def catalog(stack: cdk.Stack, database: str, table: str) -> list[str]:
    """Name what must be readable of Glue for a table to be."""
    return [
        stack.format_arn(service="glue", resource="catalog"),
        stack.format_arn(service="glue", resource="database", resource_name=database),
        stack.format_arn(service="glue", resource="table", resource_name=f"{database}/{table}"),
    ]
