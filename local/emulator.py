"""MiniStack on loopback, its state kept across restarts, and the inbox beside it."""

import os
import sys
from pathlib import Path

from local.processes import Process
from local.toolchain import EMULATOR_ENVIRONMENT

REGION = "ap-northeast-1"
ACCOUNT = "000000000000"
# The emulator takes this key for the account's root user; no other place would accept it.
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


def emulator(folder: Path, *, port: int, auth: bool) -> Process:
    """Describe the emulator: `auth` makes it enforce every role's policies."""
    state = folder / "state"
    program = str(EMULATOR_ENVIRONMENT / "bin" / "ministack")
    return Process(
        name="ministack",
        command=[program],
        marker=program,
        port=port,
        ready_path="/_ministack/ready",
        folder=folder,
        environment={
            **CREDENTIALS,
            "AUTH": "true" if auth else "false",
            "AWS_DEFAULT_REGION": REGION,
            "MINISTACK_REGION": REGION,
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(port),
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "LAMBDA_EXECUTOR": "local",
            "LOG_LEVEL": "WARNING",
            "PERSIST_STATE": "1",
            "S3_PERSIST": "1",
            "STATE_DIR": str(state / "services"),
            "S3_DATA_DIR": str(state / "s3"),
            "TMPDIR": str(folder / "tmp"),
            # Its workers keep no bytecode otherwise.
            "PYTHONDONTWRITEBYTECODE": "",
        },
    )


def inbox(folder: Path, *, port: int) -> Process:
    """Describe the inbox: Slack and webhooks, as far as the platform can tell."""
    command = [sys.executable, "-m", "local.inbox", str(folder / "inbox"), str(port)]
    return Process("inbox", command, "local.inbox", port, "/health", folder, {})


def aws_environment(endpoint: str) -> dict[str, str]:
    """Environment variables with which any AWS client, the CDK's too, talks to the emulator and to nothing else."""
    return {
        **CREDENTIALS,
        "AWS_SESSION_TOKEN": "",
        "AWS_PROFILE": "",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ENDPOINT_URL_S3": endpoint,
    }
