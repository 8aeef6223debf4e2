"""The Lambda in `functions/NAME`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.acknowledge import acknowledge

FUNCTIONS = Path(__file__).parent.parent / "functions"
RUNTIME_CHOICE = "The layers are built and tested for 3.13, which AWS supports until 2029."
NO_ASYNC_CALLER = (
    "Nobody invokes it asynchronously: an API waits for its answer, and an event source mapping has a failure "
    "destination or a dead-letter queue of its own."
)
LOG_RETENTION = logs.RetentionDays.ONE_MONTH


class Function(lambda_.Function):
    """Python on Graviton with its own log group and a role that starts out with nothing but its logs and traces."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        layers: Sequence[lambda_.ILayerVersion],
        environment: Mapping[str, str],
        timeout: cdk.Duration,
        memory_size: int,
        description: str,
    ) -> None:
        log_group = logs.LogGroup(
            scope, f"{name}-logs", retention=LOG_RETENTION, removal_policy=cdk.RemovalPolicy.DESTROY
        )
        role = iam.Role(
            scope, f"{name}-role", assumed_by=cast("iam.IPrincipal", iam.ServicePrincipal("lambda.amazonaws.com"))
        )
        log_group.grant_write(role)
        super().__init__(
            scope,
            name,
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.ARM_64,
            code=lambda_.Code.from_asset(str(FUNCTIONS / name), exclude=["**/__pycache__"]),
            handler="handler.handler",
            layers=layers,
            environment={"POWERTOOLS_SERVICE_NAME": name, **environment},
            timeout=timeout,
            memory_size=memory_size,
            description=description,
            log_group=log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            role=cast("iam.IRole", role),
            tracing=lambda_.Tracing.ACTIVE,
        )
        acknowledge(
            role,
            {"AwsSolutions-IAM5[Resource::*]": "X-Ray's write actions name no resource, so they are granted on all."},
        )
        acknowledge(
            self,
            {
                "AwsSolutions-L1": RUNTIME_CHOICE,
                "Serverless-LambdaLatestVersion": RUNTIME_CHOICE,
                "Serverless-LambdaDLQ": NO_ASYNC_CALLER,
            },
        )
