"""The CS team's page, and the API beside it on the same origin."""

import aws_cdk as cdk
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.config import Config
from infra.hosting import Site, viewer_protocol
from infra.http_api import HttpApi


class Console(Site):
    """One origin for page and API, so that no request of the console crosses origins except to Cognito and S3."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        config: Config,
        bucket: s3.IBucket,
        logs: s3.IBucket,
        api: HttpApi,
        replays: s3.IBucket,
    ) -> None:
        super().__init__(
            scope,
            id,
            config=config,
            bucket=bucket,
            logs=logs,
            single_page=True,
            domain=config.console_domain,
            security_policy=_security_policy(config, replays),
            behaviors={
                "/api/*": cloudfront.BehaviorOptions(
                    origin=_origin(config, api),
                    viewer_protocol_policy=viewer_protocol(config),
                    allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
                    cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
                    origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
                    response_headers_policy=cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS,
                )
            },
        )


def _origin(config: Config, api: HttpApi) -> origins.HttpOrigin:
    if config.local:
        return origins.HttpOrigin(
            "localhost",
            http_port=config.local.port,
            protocol_policy=cloudfront.OriginProtocolPolicy.HTTP_ONLY,
            origin_path=f"/_aws/execute-api/{api.api.api_id}/$default",
        )
    host = f"{api.api.api_id}.execute-api.{cdk.Aws.REGION}.{cdk.Aws.URL_SUFFIX}"
    return origins.HttpOrigin(host, protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY)


def _security_policy(config: Config, replays: s3.IBucket) -> str:
    """Nothing from elsewhere: whatever a forged recording names is neither run nor fetched."""
    connect = (
        [config.endpoint]
        if config.endpoint
        else [
            f"https://cognito-idp.{cdk.Aws.REGION}.{cdk.Aws.URL_SUFFIX}",
            f"https://{replays.bucket_regional_domain_name}",
        ]
    )
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            f"connect-src 'self' {' '.join(connect)}",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )
