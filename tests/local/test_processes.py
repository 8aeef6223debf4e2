"""Servers that outlive the command that started them."""

import socket
import sys

import pytest

from local.processes import Process
from local.steps import StepError


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def inbox(tmp_path, port):
    command = [sys.executable, "-m", "local.inbox", str(tmp_path / "inbox"), str(port)]
    process = Process("inbox", command, "local.inbox", port, "/health", tmp_path, {})
    yield process
    process.stop()


def test_a_server_is_started_once_found_again_and_stopped(inbox):
    inbox.start()
    pid = inbox.pid()
    inbox.start()

    assert inbox.pid() == pid is not None
    assert inbox.stop() is True
    assert inbox.pid() is None
    assert inbox.stop() is False


def test_a_taken_port_is_named(inbox, port):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()

        with pytest.raises(StepError, match=f"Port {port} is taken by another program"):
            inbox.start()


def test_a_server_that_ends_at_once_is_told_with_its_log(tmp_path, port):
    program = "raise SystemExit('no such setting')"
    broken = Process("broken", [sys.executable, "-c", program], program, port, "/", tmp_path, {})

    with pytest.raises(StepError, match="no such setting"):
        broken.start()


def test_another_programs_process_id_is_not_ours(inbox):
    inbox.folder.mkdir(exist_ok=True)
    (inbox.folder / "inbox.pid").write_text("1")

    assert inbox.pid() is None
    assert inbox.stop() is False
