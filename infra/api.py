"""What the console and scripts call."""

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.acknowledge import acknowledge, wildcard
from infra.config import Config
from infra.function import Function
from infra.http_api import HttpApi
from infra.lake import Lake
from infra.notify import NotificationQueue, grant_mail
from infra.operators import Operators
from infra.stores import Buckets, Tables


class Api(Construct):
    """`/api`, for operators who have signed in."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        config: Config,
        layers: Sequence[lambda_.ILayerVersion],
        tables: Tables,
        buckets: Buckets,
        operators: Operators,
        lake: Lake,
        notifications: NotificationQueue,
    ) -> None:
        super().__init__(scope, id)
        self.function = Function(
            self,
            "api",
            description="People, replays, campaigns and deliveries for the console",
            layers=layers,
            environment={
                "VISITORS_TABLE": tables.visitors.table_name,
                "CONFIG_TABLE": tables.config.table_name,
                "SESSIONS_TABLE": tables.sessions.table_name,
                "METRICS_TABLE": tables.metrics.table_name,
                "REPLAY_BUCKET": buckets.replays.bucket_name,
                "REPLAY_RETENTION_DAYS": str(config.replay_retention_days),
                "RULESET_MAX_AGE": str(config.ruleset_max_age),
                "ATHENA_WORKGROUP": lake.workgroup.name,
                "ATHENA_DATABASE": lake.database_name,
                "QUERY_LIMIT_GB": str(config.query_limit_gb),
                "SQL_DIALECT": config.sql_dialect,
                "USER_POOL_ID": operators.pool.user_pool_id,
                "NOTIFICATION_QUEUE": notifications.queue.queue_url,
                "OUTBOUND_LOOPBACK": "allow" if config.endpoint else "refuse",
                "MAIL_FROM": config.mail_from or "",
                "SECRET_PREFIX": config.secret_prefix,
            },
            timeout=cdk.Duration.seconds(29),
            memory_size=1024,
        )
        tables.visitors.grant_read_data(self.function)
        tables.config.grant_read_write_data(self.function)
        # Comments, who has seen what, and who watches.
        tables.sessions.grant_read_write_data(self.function)
        # Incidents are snoozed and closed; deliveries are sent again.
        tables.metrics.grant_read_write_data(self.function)
        notifications.grant_send(self.function)
        # Destinations are written, with their secrets, and tried.
        grant_mail(self.function, config)
        secrets = cdk.Stack.of(self).format_arn(
            service="secretsmanager",
            resource="secret",
            resource_name=f"{config.secret_prefix}/*",
            arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME,
        )
        actions = [
            f"secretsmanager:{verb}" for verb in ("CreateSecret", "DeleteSecret", "GetSecretValue", "PutSecretValue")
        ]
        self.function.add_to_role_policy(iam.PolicyStatement(actions=actions, resources=[secrets]))
        chunks = iam.PolicyStatement(actions=["s3:GetObject"], resources=[buckets.replays.arn_for_objects("replays/*")])
        self.function.add_to_role_policy(chunks)
        # Recordings of a person are erased on demand.
        erase = iam.PolicyStatement(
            actions=["s3:DeleteObject"], resources=[buckets.replays.arn_for_objects("replays/*")]
        )
        self.function.add_to_role_policy(erase)
        self.function.add_to_role_policy(
            iam.PolicyStatement(actions=["s3:ListBucket"], resources=[buckets.replays.bucket_arn])
        )
        lake.grant_query(self.function)
        # The audit trail names its authors.
        operators.pool.grant(self.function, "cognito-idp:AdminGetUser")
        pseudo = "arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>"
        acknowledge(
            self,
            {
                f"AwsSolutions-IAM5[Resource::{pseudo}:secret:{config.secret_prefix}/*]": (
                    "Operators make destinations; their secrets share this prefix, and no others do."
                ),
                wildcard(buckets.replays, buckets.replays.bucket_arn, "/replays/*"): (
                    "It presigns links to the chunks of any replay; who may see which site's, it checks itself."
                ),
                **{
                    wildcard(buckets.lake, buckets.lake.bucket_arn, f"/{folder}/*"): (
                        "Athena reads the hub, and keeps its answers there, as whoever asks."
                    )
                    for folder in ("events", "results")
                },
            },
        )

        self.api = HttpApi(self, "console", config=config, description="Kizuki: the console's API")
        operator = authorizers.HttpUserPoolAuthorizer("operators", operators.pool, user_pool_clients=[operators.client])
        self.api.route("/api/{proxy+}", self.function, authorizer=operator)
        for route in self.api.route("/api/openapi.json", self.function, method=apigwv2.HttpMethod.GET):
            acknowledge(route, {"AwsSolutions-APIG4": "The description of the API holds no data and is open to read."})
