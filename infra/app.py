"""`cdk deploy` starts here."""

import os
import sys
from pathlib import Path

import aws_cdk as cdk
from cdk_nag import AwsSolutionsChecks, ServerlessChecks

from infra.config import Config, ConfigError
from infra.pages import WEB
from infra.stacks import DataStack, PlatformStack


def build(app: cdk.App, *, web: Path = WEB) -> tuple[DataStack, PlatformStack]:
    """Declare both stacks from the app's context."""
    config = Config.of(app)
    name = f"kizuki-{config.stage}"
    data = DataStack(app, f"{name}-data", config=config, description="Kizuki: what holds data")
    platform = PlatformStack(app, name, config=config, data=data, web=web, description="Kizuki: what computes")
    cdk.Tags.of(app).add("application", "kizuki")
    cdk.Tags.of(app).add("stage", config.stage)
    return data, platform


def main() -> None:
    app = cdk.App()
    try:
        build(app)
    except ConfigError as error:
        sys.exit(f"The CDK context does not fit (cdk.json, or -c name=value):\n{error}")
    # A developer's deployment skips this: it takes longer than the deployment.
    if os.environ.get("CDK_VALIDATION") != "false":
        cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app))
    app.synth()


if __name__ == "__main__":
    main()
