"""Work that is done again only when what it depends on has changed.

Standard library only: it runs before anything is installed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCAL = ROOT / ".local"
SHOWN = 40
GENERATED = {"__pycache__", "node_modules", "dist", ".venv", ".local", "test-results", ".mypy_cache", ".ruff_cache"}


class StepError(Exception):
    """A step failed for a reason that its message explains to a person."""


def fingerprint(paths: Iterable[Path], *facts: str) -> str:
    """Hash the contents and names of files and folders (without what is generated in them), and some facts."""
    digest = hashlib.sha256("\0".join(facts).encode())
    for path in sorted(file for root in paths for file in _files(root)):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
        return
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if name not in GENERATED]
        yield from (Path(folder, name) for name in files)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    print(f"  {title} …", end="", flush=True)
    began = time.monotonic()
    try:
        yield
    except BaseException:
        print(" failed", flush=True)
        raise
    print(f" {time.monotonic() - began:.1f} s", flush=True)


def once(stamp: Path, key: str, *, made: Path | None = None) -> bool:
    """Tell whether the work that the stamp stands for is still to be done for this key."""
    return not (stamp.exists() and stamp.read_text() == key and (made is None or made.exists()))


def done(stamp: Path, key: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(key)


def run(
    command: Sequence[str | Path], *, cwd: Path = ROOT, env: Mapping[str, str] | None = None, hint: str = ""
) -> str:
    """Run a program to its end and return what it printed; if it fails, say so with its output, shortened."""
    completed = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if completed.returncode != 0:
        lines = completed.stdout.splitlines()
        shown = " ".join(Path(part).name if isinstance(part, Path) else part for part in command)
        LOCAL.mkdir(exist_ok=True)
        log = LOCAL / "failed-step.log"
        log.write_text(f"{shown}\n{completed.stdout}")
        if len(lines) > SHOWN:
            lines = [*lines[: SHOWN // 2], f"… all of it is in {log} …", *lines[-SHOWN // 2 :]]
        tail = "\n".join(lines)
        raise StepError(f"`{shown}` failed with {completed.returncode}:\n{tail}\n{hint}".rstrip())
    return completed.stdout


def which(name: str, *, folder: Path | None = None) -> Path | None:
    found = shutil.which(name, path=str(folder)) if folder else shutil.which(name)
    return Path(found) if found else None


def fail(message: str) -> None:
    print(message, file=sys.stderr)
    sys.exit(1)
