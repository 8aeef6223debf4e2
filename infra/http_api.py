"""An HTTP API with throttling and access logs."""

import json
from typing import cast

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigwv2
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.config import Config, Domain
from infra.function import LOG_RETENTION

# Neither the query (it carries keys) nor the caller's address is kept.
ACCESS_LOG = {
    name: f"$context.{variable}"
    for name, variable in {
        "requestId": "requestId",
        "time": "requestTime",
        "method": "httpMethod",
        "route": "routeKey",
        "status": "status",
        "bytes": "responseLength",
        "latency": "responseLatency",
        "error": "error.message",
        "integrationError": "integrationErrorMessage",
        "authorizerError": "authorizer.error",
    }.items()
}


class HttpApi(Construct):
    """Routes to functions; the functions answer CORS themselves, since origins are a site's own setting."""

    def __init__(
        self, scope: Construct, id: str, *, config: Config, description: str, domain: Domain | None = None
    ) -> None:
        super().__init__(scope, id)
        self.api = apigwv2.HttpApi(
            self,
            "api",
            api_name=f"kizuki-{config.stage}-{id}",
            description=description,
            create_default_stage=False,
            # With a domain of one's own the generated host is a second way in that nobody watches.
            disable_execute_api_endpoint=domain is not None,
        )
        log_group = logs.LogGroup(self, "access", retention=LOG_RETENTION, removal_policy=cdk.RemovalPolicy.DESTROY)
        self.stage = apigwv2.HttpStage(
            self,
            "stage",
            http_api=self.api,
            stage_name="$default",
            auto_deploy=True,
            detailed_metrics_enabled=True,
            throttle=apigwv2.ThrottleSettings(rate_limit=config.requests_per_second, burst_limit=config.burst),
        )
        cast(
            "apigwv2.CfnStage", self.stage.node.default_child
        ).access_log_settings = apigwv2.CfnStage.AccessLogSettingsProperty(
            destination_arn=log_group.log_group_arn, format=json.dumps(ACCESS_LOG)
        )
        if config.endpoint:
            self.url = f"{config.endpoint}/_aws/execute-api/{self.api.api_id}/$default"
        elif domain:
            self.url = f"https://{domain.name}"
            self._serve_on(domain)
        else:
            self.url = self.api.api_endpoint

    def route(
        self,
        path: str,
        function: lambda_.IFunction,
        *,
        method: apigwv2.HttpMethod = apigwv2.HttpMethod.ANY,
        authorizer: apigwv2.IHttpRouteAuthorizer | None = None,
    ) -> list[apigwv2.HttpRoute]:
        """Send what arrives on a path to a function."""
        integration = integrations.HttpLambdaIntegration(function.node.id, function)
        return self.api.add_routes(path=path, methods=[method], integration=integration, authorizer=authorizer)

    def _serve_on(self, domain: Domain) -> None:
        name = apigwv2.DomainName(
            self,
            "domain",
            domain_name=domain.name,
            certificate=acm.Certificate.from_certificate_arn(self, "certificate", domain.certificate_arn),
        )
        apigwv2.ApiMapping(self, "mapping", api=self.api, domain_name=name, stage=self.stage)
        cdk.CfnOutput(self, "alias", description=f"Point {domain.name} here", value=name.regional_domain_name)
