"""The app, synthesised once for each configuration that a test asks for."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from local.steps import ROOT
from local.toolchain import node_environment

# jsii starts Node as soon as it is imported.
os.environ.update(node_environment())

import aws_cdk as cdk

from infra.app import build

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b"
CHOICES: dict[str, Any] = {
    "stage": "prod",
    "stream_mode": "on_demand",
    "enhanced_fan_out": True,
    "retention_days": 400,
    "replay_retention_days": 7,
    "requests_per_second": 50,
    "burst": 80,
    "query_limit_gb": 3,
    "alarm_email": "ops@example.jp",
    "mail_from": "kizuki@example.jp",
    "demo_write_key": "wk_x-1",
    "console_domain": {"name": "cx.example.jp", "certificate_arn": CERTIFICATE},
    "ingest_domain": json.dumps({"name": "t.example.jp", "certificate_arn": CERTIFICATE}),
}
FLAGS: dict[str, Any] = json.loads((ROOT / "cdk.json").read_text())["context"]
Resources = dict[str, dict[str, Any]]


class Templates:
    """Both templates of one configuration."""

    def __init__(self, assembly: cdk.cx_api.CloudAssembly, stage: str) -> None:
        self.folder = Path(assembly.directory)
        self.data = _template(assembly, f"kizuki-{stage}-data")
        self.platform = _template(assembly, f"kizuki-{stage}")

    @property
    def resources(self) -> Resources:
        return {**self.data["Resources"], **self.platform["Resources"]}

    def of(self, type: str) -> Resources:
        """Resources of a type, by logical id."""
        return {name: resource for name, resource in self.resources.items() if resource["Type"] == type}

    def one(self, type: str, marker: str = "") -> dict[str, Any]:
        """Properties of the one resource of a type whose logical id contains a marker."""
        found = [resource for name, resource in self.of(type).items() if marker in name]
        assert len(found) == 1, [*self.of(type)]
        return dict(found[0]["Properties"])


def _template(assembly: cdk.cx_api.CloudAssembly, name: str) -> dict[str, Any]:
    return dict(assembly.get_stack_by_name(name).template)


@pytest.fixture(scope="session")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages as the web workspaces build them."""
    folder = tmp_path_factory.mktemp("web")
    for page in ("console", "sdk", "demo"):
        (folder / page / "dist").mkdir(parents=True)
        (folder / page / "dist" / "index.html").write_text("<!doctype html>")
    return folder


@pytest.fixture(scope="session")
def synthesise(web: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, Any]], Templates]:
    def synthesised(context: dict[str, Any]) -> Templates:
        app = cdk.App(context={**FLAGS, **context}, outdir=str(tmp_path_factory.mktemp("cdk")))
        build(app, web=web)
        return Templates(app.synth(), context.get("stage", "dev"))

    return synthesised


@pytest.fixture(scope="session")
def templates(synthesise: Callable[[dict[str, Any]], Templates]) -> Templates:
    """What a deployment is when nothing is chosen."""
    return synthesise({})


@pytest.fixture(scope="session")
def chosen(synthesise: Callable[[dict[str, Any]], Templates]) -> Templates:
    """What it is when everything is chosen."""
    return synthesise(CHOICES)


@pytest.fixture(scope="session")
def emulated(synthesise: Callable[[dict[str, Any]], Templates]) -> Templates:
    """What it is on a developer's machine."""
    return synthesise({"stage": "local", "local": "http://127.0.0.1:4566", "shards": 2})
