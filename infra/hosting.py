"""Web pages out: one bucket, one distribution per origin."""

from collections.abc import Mapping

import aws_cdk as cdk
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.config import Config, Domain


class WebBucket(s3.Bucket):
    """Built pages, under `console/`, `sdk/` and `demo/`; made again by each deployment, so nothing is kept."""

    def __init__(self, scope: Construct, id: str, *, config: Config) -> None:
        super().__init__(
            scope,
            id,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=config.tls,
            minimum_tls_version=1.2 if config.tls else None,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        acknowledge(self, {"AwsSolutions-S1": "It holds public pages, and CloudFront logs who reads them."})


class Site(Construct):
    """A folder of the web bucket on an origin of its own."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        config: Config,
        bucket: s3.IBucket,
        logs: s3.IBucket,
        security_policy: str | None = None,
        any_origin: bool = False,
        single_page: bool = False,
        behaviors: Mapping[str, cloudfront.BehaviorOptions] | None = None,
        domain: Domain | None = None,
    ) -> None:
        super().__init__(scope, id)
        headers = cloudfront.ResponseHeadersPolicy(
            self,
            "headers",
            response_headers_policy_name=f"kizuki-{config.stage}-{id}-{cdk.Aws.REGION}",
            cors_behavior=_ANY_ORIGIN if any_origin else None,
            security_headers_behavior=_security_headers(config, security_policy),
        )
        rewrite = cloudfront.Function(
            self,
            "rewrite",
            code=cloudfront.FunctionCode.from_inline(_SINGLE_PAGE if single_page else _INDEX),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
        self.distribution = cloudfront.Distribution(
            self,
            "distribution",
            comment=f"kizuki-{config.stage} {id}",
            default_behavior=cloudfront.BehaviorOptions(
                origin=origins.S3BucketOrigin.with_origin_access_control(bucket, origin_path=f"/{id}"),
                viewer_protocol_policy=viewer_protocol(config),
                # Files carry a cache lifetime of their own: names with a hash are kept, the others are asked for again.
                cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
                response_headers_policy=headers,
                function_associations=[
                    cloudfront.FunctionAssociation(
                        event_type=cloudfront.FunctionEventType.VIEWER_REQUEST, function=rewrite
                    )
                ],
            ),
            additional_behaviors=dict(behaviors) if behaviors else None,
            default_root_object="index.html",
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021 if domain else None,
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            enable_logging=True,
            log_bucket=logs,
            log_file_prefix=f"{id}/",
            domain_names=[domain.name] if domain else None,
            certificate=acm.Certificate.from_certificate_arn(self, "certificate", domain.certificate_arn)
            if domain
            else None,
        )
        host = self.distribution.distribution_domain_name
        if config.endpoint:
            label = cdk.Fn.select(0, cdk.Fn.split(".", host))
            port = config.local.port if config.local else None
            self.url = f"http://{label}.cloudfront.localhost:{port}"
        else:
            self.url = f"https://{domain.name if domain else host}"
        if domain:
            cdk.CfnOutput(self, "alias", description=f"Point {domain.name} here", value=host)
        reasons = {
            "AwsSolutions-CFR1": "Visitors and operators come from wherever they are.",
            "AwsSolutions-CFR2": (
                "A company that wants AWS WAF attaches its own web ACL: idle, it costs more than the rest of Kizuki."
            ),
        }
        if domain is None:
            reasons["AwsSolutions-CFR4"] = (
                "The default certificate comes with its own TLS policy; a domain sets TLS 1.2."
            )
        acknowledge(self.distribution, reasons)


def viewer_protocol(config: Config) -> cloudfront.ViewerProtocolPolicy:
    """HTTPS, except on a developer's machine, which has no certificate."""
    policy = cloudfront.ViewerProtocolPolicy
    return policy.REDIRECT_TO_HTTPS if config.tls else policy.ALLOW_ALL


_ANY_ORIGIN = cloudfront.ResponseHeadersCorsBehavior(
    access_control_allow_credentials=False,
    access_control_allow_headers=["*"],
    access_control_allow_methods=["GET", "HEAD"],
    access_control_allow_origins=["*"],
    origin_override=True,
)


def _security_headers(
    config: Config, content_security_policy: str | None
) -> cloudfront.ResponseSecurityHeadersBehavior:
    return cloudfront.ResponseSecurityHeadersBehavior(
        content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
            content_security_policy=content_security_policy, override=True
        )
        if content_security_policy
        else None,
        content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
        frame_options=cloudfront.ResponseHeadersFrameOptions(
            frame_option=cloudfront.HeadersFrameOption.DENY, override=True
        )
        if content_security_policy
        else None,
        referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
            referrer_policy=cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override=True
        ),
        strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
            access_control_max_age=cdk.Duration.days(365), include_subdomains=False, override=True
        )
        if config.tls
        else None,
    )


# S3 knows files, not pages: a path without an extension is a page.
_INDEX = """\
function handler(event) {
  var request = event.request;
  if (!/\\.[a-z0-9]+$/i.test(request.uri)) request.uri = request.uri.replace(/\\/?$/, '/index.html');
  return request;
}
"""
# The console is one page that routes by itself; a missing file still answers 404.
_SINGLE_PAGE = """\
function handler(event) {
  var request = event.request;
  if (!/^\\/(assets\\/.*|[^\\/]+\\.[a-z0-9]+)$/i.test(request.uri)) request.uri = '/index.html';
  return request;
}
"""
