"""The layers hold what uv.lock says, for the machine that runs them."""

import importlib.util
import re
import subprocess

import pytest
from uv import find_uv_bin

from infra.layers import PACKAGE, ROOT, Target, build_dependencies


@pytest.fixture(scope="module", params=["aws", "host"])
def built(request):
    target = getattr(Target, request.param)()
    return target, build_dependencies(target, target.interpreter())


def locked(target):
    groups = [f"--group={group}" for group in target.groups]
    command = [
        find_uv_bin(),
        "export",
        "--frozen",
        "--no-dev",
        *groups,
        "--no-emit-project",
        "--no-hashes",
        "--no-header",
    ]
    text = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603 - uv
    return {
        tuple(match.groups())
        for line in text.splitlines()
        if (match := re.match(r"([a-z0-9.-]+)==([^ ;]+)", line)) and "sys_platform == 'win32'" not in line
    }


def installed(folder):
    return {
        (re.sub(r"[-_.]+", "-", name).lower(), version)
        for path in (folder / "python").glob("*.dist-info")
        for name, version in [path.name.removesuffix(".dist-info").rsplit("-", 1)]
    }


def test_a_layer_has_every_locked_package_and_no_other(built):
    target, folder = built

    assert installed(folder) == locked(target)


def test_native_code_is_for_the_machine_that_runs_it(built):
    target, folder = built
    machines = {path.read_bytes()[18] for path in (folder / "python").rglob("*.so")}

    aarch64, x86_64 = 0xB7, 0x3E
    assert machines == {aarch64} if target == Target.aws() else machines <= {aarch64, x86_64}


def test_bytecode_is_loaded_without_looking_at_sources():
    target = Target.host()
    folder = build_dependencies(target, target.interpreter())
    source = folder / "python" / "boto3" / "__init__.py"
    flags = (
        source.parent / "__pycache__" / importlib.util.cache_from_source("__init__.py").split("/")[-1]
    ).read_bytes()[4]

    unchecked_hash = 0b01
    assert flags == unchecked_hash


def test_a_second_build_does_nothing():
    target = Target.host()
    before = build_dependencies(target, target.interpreter()).stat().st_ino

    assert build_dependencies(target, target.interpreter()).stat().st_ino == before


def test_the_package_is_shipped_compiled_and_without_leftovers(templates):
    (layer,) = [
        layer["Properties"]
        for layer in templates.of("AWS::Lambda::LayerVersion").values()
        if layer["Properties"]["Description"] == "The domain package"
    ]
    folder = templates.folder / f"asset.{layer['Content']['S3Key'].removesuffix('.zip')}"
    shipped = {path.relative_to(folder) for path in folder.rglob("*.py")}

    assert shipped == {path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py")}
