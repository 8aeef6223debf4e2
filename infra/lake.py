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

from infra.acknowledge import acknowledge
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
}
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
                name="events",
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
                    columns=[glue.CfnTable.ColumnProperty(name=name, type=type) for name, type in COLUMNS.items()],
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

        log_group = logs.LogGroup(self, "delivery", retention=LOG_RETENTION, removal_policy=cdk.RemovalPolicy.DESTROY)
        role = iam.Role(self, "role", assumed_by=iam.ServicePrincipal("firehose.amazonaws.com"))
        self.delivery = firehose.DeliveryStream(
            self,
            "events-to-parquet",
            source=firehose.KinesisStreamSource(stream),
            role=role,
            destination=firehose.S3Bucket(
                bucket,
                role=role,
                data_output_prefix="events/dt=!{timestamp:yyyy-MM-dd}/",
                error_output_prefix="errors/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/",
                # Large files make queries cheap; a developer wants to see the event he has just sent.
                buffering_interval=cdk.Duration.seconds(5 if config.endpoint else 900),
                buffering_size=cdk.Size.mebibytes(128),
                logging_config=firehose.EnableLogging(log_group),
                data_format_conversion=firehose.DataFormatConversionProps(
                    schema_configuration=firehose.SchemaConfiguration.from_cfn_table(table),
                    input_format=firehose.InputFormat.OPENX_JSON,
                    output_format=firehose.OutputFormat.PARQUET,
                ),
            ),
        )

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
        acknowledge(
            self.delivery,
            {"AwsSolutions-KDF1": "The source is an encrypted Kinesis stream, which Firehose does not encrypt again."},
        )
