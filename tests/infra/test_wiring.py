"""Every function starts with exactly what the template gives it: its folder, the layers, the environment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from infra.layers import PACKAGE, Target, build_dependencies

NAMES = ("ingest", "replay", "evaluate", "notify", "api", "watch")
# What Lambda itself adds, and where a client would look for keys.
LAMBDA = {
    "AWS_REGION": "ap-northeast-1",
    "AWS_DEFAULT_REGION": "ap-northeast-1",
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_LAMBDA_FUNCTION_NAME": "wiring",
    "AWS_XRAY_SDK_ENABLED": "false",
}


@pytest.fixture(scope="module")
def dependencies() -> Path:
    """The layer as deployed, for the interpreter that runs this test."""
    target = Target.host()
    return build_dependencies(target, target.interpreter()) / "python"


@pytest.fixture(scope="module")
def functions(templates):
    """Folder and environment of every function, from the template."""
    assets = {}
    for function in templates.of("AWS::Lambda::Function").values():
        properties = function["Properties"]
        variables = properties.get("Environment", {}).get("Variables", {})
        if name := variables.get("POWERTOOLS_SERVICE_NAME"):
            folder = templates.folder / f"asset.{properties['Code']['S3Key'].removesuffix('.zip')}"
            # A name that only a deployment knows stands for itself.
            environment = {
                key: value if isinstance(value, str) else f"https://{key}" for key, value in variables.items()
            }
            assets[name] = (folder, environment)
    return assets


PROGRAM = """
import os, sys
sys.path[:0] = {path!r}
read = set()
class Read(type(os.environ)):
    def __getitem__(self, key):
        read.add(key)
        return super().__getitem__(key)
os.environ.__class__ = Read
import handler
assert callable(handler.handler)
print(*sorted(read & {names!r}))
"""


def start(folder, dependencies, environment):
    """Import the handler as Lambda does (no site-packages, no user's settings, nothing of this checkout).

    Prints the settings of the environment that were read.
    """
    path = [str(folder), str(PACKAGE / "python"), str(dependencies)]
    return subprocess.run(  # noqa: S603 - this interpreter
        [sys.executable, "-I", "-S", "-c", PROGRAM.format(path=path, names=set(environment))],
        cwd=os.path.sep,
        env={**LAMBDA, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_template_has_every_function_of_the_repository(functions):
    folders = {path.parent.name for path in (Path(__file__).parents[2] / "functions").glob("*/handler.py")}

    assert set(functions) == folders == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_function_starts_and_reads_every_setting(functions, dependencies, name):
    folder, environment = functions[name]

    started = start(folder, dependencies, environment)

    assert started.returncode == 0, started.stderr
    assert set(started.stdout.split()) >= environment.keys() - {"POWERTOOLS_SERVICE_NAME"}


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_setting_stops_the_cold_start(functions, dependencies, name):
    folder, environment = functions[name]
    missing = max(environment.keys() - {"POWERTOOLS_SERVICE_NAME"})

    started = start(folder, dependencies, {key: value for key, value in environment.items() if key != missing})

    assert started.returncode != 0, f"{name} does not need {missing}"
    assert f"KeyError: '{missing}'" in started.stderr
