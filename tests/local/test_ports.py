"""Ports that others have are told before anything is built."""

import shutil
import socket
import subprocess
import sys

import pytest

from local.ports import check
from local.steps import ROOT, StepError


@pytest.fixture
def taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def free():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_taken_port_of_either_server_is_named(tmp_path, taken, free):
    check(tmp_path, free, free)
    with pytest.raises(StepError, match=f"Port {taken} is taken by another program, and ministack needs it"):
        check(tmp_path, taken, free)
    with pytest.raises(StepError, match=f"Port {taken} is taken by another program, and inbox needs it"):
        check(tmp_path, free, taken)


def test_ports_are_checked_with_the_standard_library_alone(free):
    command = [sys.executable, "-S", "-m", "local.ports", "--port", str(free), "--inbox-port", str(free)]

    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0  # noqa: S603 - this Python


def test_make_up_checks_the_ports_before_it_builds():
    make = [shutil.which("make") or "make", "--dry-run", "--no-print-directory", "up"]

    plan = subprocess.run(make, cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our Makefile

    assert [line.split()[2] for line in plan.splitlines()] == ["local.ports", "local.toolchain", "local"]
