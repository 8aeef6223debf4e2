"""The CDK app, deployed to the emulator with the CDK command line."""

import sys
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import ClientError

from local import cdk
from local.emulator import ACCOUNT, CREDENTIALS, REGION, aws_environment
from local.steps import ROOT, done, fingerprint, once, run, step
from local.toolchain import node_environment

STAGE = "local"


def client(service: str, endpoint: str) -> Any:
    """Make a client for the emulator as its root user."""
    return boto3.client(
        service,  # type: ignore[call-overload]
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
    )


def is_current(endpoint: str, folder: Path) -> bool:
    """Tell whether the emulator runs what the source says."""
    return not once(folder / "deployed", _source(endpoint)) and all(_exists(endpoint, name) for name in stacks(STAGE))


def deploy(endpoint: str, folder: Path) -> None:
    """Bring the emulator up to date with the source."""
    source = _source(endpoint)
    environment = {**aws_environment(endpoint), **node_environment(), "CDK_VALIDATION": "false"}
    options = ["--output", str(folder / "cdk.out"), "--context", f"stage={STAGE}", "--context", f"local={endpoint}"]
    if not _exists(endpoint, "CDKToolkit"):
        with step("CDK bootstrap"):
            run(cdk.command("bootstrap", f"aws://{ACCOUNT}/{REGION}", *options), env=environment)
    with step("CDK deploy"):
        never = ["--require-approval", "never"]
        run(cdk.command("deploy", "--all", "--progress", "events", *never, *options), env=environment)
    _answer_preflights(endpoint)
    done(folder / "deployed", source)


def stacks(stage: str) -> tuple[str, str]:
    """Name a stage's stacks: what holds data, and what computes."""
    return f"kizuki-{stage}-data", f"kizuki-{stage}"


def outputs(cloudformation: Any, stage: str = STAGE) -> dict[str, str]:
    """Read the outputs of both stacks."""
    found: dict[str, str] = {}
    for name in stacks(stage):
        stack = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
        found |= {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    return {name: value for name, value in found.items() if not name.startswith("Exports")}


def _source(endpoint: str) -> str:
    parts = [ROOT / name for name in ("infra", "functions", "layers/kizuki", "uv.lock", "cdk.json")]
    return fingerprint(parts, endpoint, sys.version)


def _answer_preflights(endpoint: str) -> None:
    """Let browsers pass: the emulator answers every OPTIONS itself, where AWS hands it to the function."""
    api = outputs(client("cloudformation", endpoint))["IngestUrl"].split("/")[-2]
    anyone = {"AllowOrigins": ["*"], "AllowMethods": ["*"], "AllowHeaders": ["*"], "MaxAge": 7200}
    client("apigatewayv2", endpoint).update_api(ApiId=api, CorsConfiguration=anyone)


def _exists(endpoint: str, stack: str) -> bool:
    try:
        found = client("cloudformation", endpoint).describe_stacks(StackName=stack)["Stacks"]
    except ClientError:
        return False
    return bool(found) and found[0]["StackStatus"] in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}
