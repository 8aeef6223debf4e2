"""The two layers that every function has: the domain package, and the dependencies locked in uv.lock."""

import hashlib
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, cast

import aws_cdk as cdk
import jsii
from aws_cdk import aws_lambda as lambda_
from constructs import Construct
from uv import find_uv_bin

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "layers" / "kizuki"
DEPENDENCIES = ROOT / "layers" / "dependencies"
# A layer is read-only, so nothing checks sources against bytecode: a cold start only loads.
COMPILE = ("-m", "compileall", "-q", "-j", "1", "--invalidation-mode", "unchecked-hash")


@dataclass(frozen=True)
class Target:
    """The interpreter that will import a layer."""

    name: str
    python: str
    """A version for uv, or the path of an interpreter."""
    wheels: tuple[str, ...] = ()
    """What uv needs to choose wheels for a machine other than this one."""
    groups: tuple[str, ...] = ()
    """Dependency groups that only this target needs."""

    @classmethod
    def aws(cls) -> Self:
        # manylinux2014 would be accepted and silently choose outdated wheels.
        wheels = ("--python-platform", "aarch64-manylinux_2_28", "--python-version", "3.13", "--only-binary", ":all:")
        return cls(name="aws-arm64-cp313", python="3.13", wheels=wheels)

    @classmethod
    def host(cls) -> Self:
        tag = f"cp{sys.version_info.major}{sys.version_info.minor}"
        return cls(name=f"{sysconfig.get_platform()}-{tag}", python=sys.executable, groups=("local",))

    def interpreter(self) -> str | None:
        """Find an interpreter whose bytecode the target can load."""
        found = _run("python", "find", self.python, "--no-project", "--no-python-downloads", check=False)
        return found.stdout.strip() if found.returncode == 0 else None


class Layers:
    """`/opt/python` of every function."""

    def __init__(self, scope: Construct, target: Target) -> None:
        interpreter = target.interpreter()
        if interpreter is None:
            print(  # noqa: T201 - `cdk deploy` shows it
                f"Python {target.python} is not installed here: the layers carry no bytecode, which slows cold starts.",
                file=sys.stderr,
            )
        dependencies = build_dependencies(target, interpreter)
        self.all = [
            lambda_.LayerVersion(
                scope,
                "kizuki",
                code=lambda_.Code.from_asset(
                    str(PACKAGE),
                    exclude=["**/__pycache__", "**/.*"],
                    bundling=cdk.BundlingOptions(
                        image=cdk.DockerImage.from_registry("not-used"),
                        local=cast("cdk.ILocalBundling", _Compiled(interpreter)),
                    ),
                ),
                description="The domain package",
                compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
                compatible_architectures=[lambda_.Architecture.ARM_64],
            ),
            lambda_.LayerVersion(
                scope,
                "dependencies",
                code=lambda_.Code.from_asset(
                    str(dependencies),
                    # Bytecode differs from build to build; what the layer holds follows from what it was asked for.
                    asset_hash=hashlib.sha256((dependencies / "request").read_bytes()).hexdigest(),
                    asset_hash_type=cdk.AssetHashType.CUSTOM,
                ),
                description="What uv.lock says the domain package needs",
                compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
                compatible_architectures=[lambda_.Architecture.ARM_64],
            ),
        ]


@jsii.implements(cdk.ILocalBundling)
class _Compiled:
    """Copy the package and compile it."""

    def __init__(self, interpreter: str | None) -> None:
        self.interpreter = interpreter

    def try_bundle(self, output_dir: str, *_options: Any) -> bool:
        ignore = shutil.ignore_patterns("__pycache__", ".*")
        shutil.copytree(PACKAGE, output_dir, ignore=ignore, dirs_exist_ok=True)
        _compile(Path(output_dir), self.interpreter)
        return True


def build_dependencies(target: Target, interpreter: str | None) -> Path:
    """Install the locked runtime dependencies for a target, unless that has been done; return the layer's folder."""
    groups = [f"--group={group}" for group in target.groups]
    wanted = _run("export", "--frozen", "--no-dev", *groups, "--no-emit-project", "--no-header", "--no-annotate").stdout
    request = f"{target}\nbytecode: {interpreter is not None}\n{wanted}"
    folder = DEPENDENCIES / target.name
    stamp = folder / "request"
    if stamp.exists() and stamp.read_text() == request:
        return folder
    building = folder.with_suffix(".building")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    requirements = building / "requirements.txt"
    requirements.write_text(wanted)
    python = ("--python", interpreter) if interpreter else ()
    _run(
        "pip", "install", "--quiet", "--no-deps", "--require-hashes", "--link-mode", "copy",
        "--target", str(building / "python"), *python, *target.wheels, "-r", str(requirements),
    )  # fmt: skip
    requirements.unlink()
    shutil.rmtree(building / "python" / "bin", ignore_errors=True)
    _compile(building, interpreter)
    (building / "request").write_text(request)
    shutil.rmtree(folder, ignore_errors=True)
    building.rename(folder)
    return folder


def _compile(folder: Path, interpreter: str | None) -> None:
    if interpreter:
        subprocess.run([interpreter, *COMPILE, "-s", str(folder), "-p", "/opt", str(folder)], check=True)  # noqa: S603


def _run(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run([find_uv_bin(), *arguments], cwd=ROOT, check=check, capture_output=True, text=True)  # noqa: S603
