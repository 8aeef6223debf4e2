"""The built web pages, copied to their bucket by each deployment to AWS."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_s3_deployment as deployment
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.config import ConfigError
from infra.hosting import Site

WEB = Path(__file__).parent.parent / "web"
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
FEW_MINUTES = "public, max-age=300, stale-while-revalidate=86400"
# What `BucketDeployment` calls the one function that all of them share.
COPIER = "Custom::CDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C512MiB"


class Pages(Construct):
    """One folder of the bucket per page, with a `config.json` where the page reads one."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        bucket: s3.IBucket,
        sites: Mapping[str, Site],
        settings: Mapping[str, Mapping[str, str]],
        web: Path,
    ) -> None:
        super().__init__(scope, id)
        for name, site in sites.items():
            built = web / name / "dist"
            if not built.is_dir():
                raise ConfigError(f"web/{name}/dist is not there: build the pages first (`make build`)")
            source = deployment.Source.asset(str(built), exclude=["**/*.ts"])
            config = [deployment.Source.json_data("config.json", settings[name])] if name in settings else []
            # Names in `assets/` carry a hash of what they hold.
            self._copy(
                f"{name}-assets",
                site=site,
                folder=name,
                bucket=bucket,
                sources=[source],
                lifetime=FOREVER,
                exclude=["*"],
                include=["assets/*"],
            )
            self._copy(
                name,
                site=site,
                folder=name,
                bucket=bucket,
                sources=[source, *config],
                lifetime=FEW_MINUTES if name == "sdk" else ASK_AGAIN,
                exclude=["assets/*"],
            )
        self._acknowledge(bucket)

    def _copy(
        self,
        id: str,
        *,
        site: Site,
        folder: str,
        bucket: s3.IBucket,
        sources: list[deployment.ISource],
        lifetime: str,
        exclude: Sequence[str],
        include: Sequence[str] = (),
    ) -> None:
        deployment.BucketDeployment(
            self,
            id,
            sources=sources,
            destination_bucket=bucket,
            destination_key_prefix=folder,
            cache_control=[deployment.CacheControl.from_string(lifetime)],
            exclude=list(exclude),
            include=list(include),
            distribution=site.distribution,
            distribution_paths=["/*"],
            memory_limit=512,
        )

    def _acknowledge(self, bucket: s3.IBucket) -> None:
        stack = cdk.Stack.of(self)
        name = stack.resolve(bucket.bucket_arn)["Fn::GetAtt"][0]
        reason = "CDK's own function, which copies files while a deployment runs and never otherwise."
        findings = [
            "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]",
            "AwsSolutions-IAM5[Action::s3:GetObject*]",
            "AwsSolutions-IAM5[Action::s3:GetBucket*]",
            "AwsSolutions-IAM5[Action::s3:List*]",
            "AwsSolutions-IAM5[Action::s3:DeleteObject*]",
            "AwsSolutions-IAM5[Action::s3:Abort*]",
            "AwsSolutions-IAM5[Resource::*]",
            f"AwsSolutions-IAM5[Resource::<{name}.Arn>/*]",
            "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*]",
            "AwsSolutions-L1",
            "Serverless-LambdaDLQ",
            "Serverless-LambdaLatestVersion",
            "Serverless-LambdaTracing",
            "Serverless-LambdaDefaultMemorySize",
        ]
        acknowledge(stack.node.find_child(COPIER), dict.fromkeys(findings, reason))
