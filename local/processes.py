"""Programs that outlive the command that starts them, known by their process id."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from local.steps import StepError

_started: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True)
class Process:
    """A server on loopback, with its id and log kept in files."""

    name: str
    command: Sequence[str]
    marker: str
    """The argument that tells it from other programs, whatever its port."""
    port: int
    ready_path: str
    folder: Path
    environment: Mapping[str, str]

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.log"

    def pid(self) -> int | None:
        """The id of the running process, or None."""
        try:
            pid = int(self._pid_file.read_text())
        except (FileNotFoundError, ValueError):
            return None
        return pid if _is(pid, self.marker) else None

    def start(self, *, within: float = 60) -> None:
        """Start it unless it runs, and return when it answers."""
        if self.pid() is not None:
            self._wait(lambda: self.pid() is None, within)
            return
        self.check_port()
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            process = subprocess.Popen(
                self.command,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Its own session: Ctrl-C in the terminal that ran `make up` leaves it running.
                start_new_session=True,
            )
        # Kept, so that nothing complains of a child that is meant to run on.
        _started.append(process)
        self._pid_file.write_text(str(process.pid))
        self._wait(lambda: process.poll() is not None, within)

    def check_port(self) -> None:
        """Raise StepError if another program has the port."""
        if self.pid() is None and _taken(self.port):
            raise StepError(
                f"Port {self.port} is taken by another program, and {self.name} needs it: stop that program, "
                f"or choose another port (make up PORT=4666 INBOX_PORT=4680)."
            )

    def stop(self, *, within: float = 60) -> bool:
        """Ask it to end, wait until it has; tell whether there was anything to stop."""
        pid = self.pid()
        if pid is not None:
            os.kill(pid, signal.SIGTERM)
            if not _until(lambda: _ended(pid), within):
                raise StepError(
                    f"{self.name} (process {pid}) did not end within {within:.0f} s; its log is {self.log}."
                )
        self._pid_file.unlink(missing_ok=True)
        return pid is not None

    @property
    def _pid_file(self) -> Path:
        return self.folder / f"{self.name}.pid"

    def _wait(self, ended: Callable[[], bool], within: float) -> None:
        url = f"http://127.0.0.1:{self.port}{self.ready_path}"
        if not _until(lambda: ended() or _answers(url), within) or ended():
            tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-20:])
            raise StepError(f"{self.name} does not answer at {url}. The end of {self.log}:\n{tail}")


def _reap() -> None:
    """Take note of children that have ended: until then they look alive."""
    _started[:] = [process for process in _started if process.poll() is None]


def _is(pid: int, marker: str) -> bool:
    """Tell whether the process has this argument: ids are reused, and a zombie runs nothing."""
    _reap()
    listing = Path(f"/proc/{pid}/cmdline")
    if listing.parent.parent.joinpath("self").exists():
        try:
            return marker.encode() in listing.read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            return False
    shown = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return marker in shown.split()


def _ended(pid: int) -> bool:
    """Tell whether no thread of it runs any more.

    A server's main thread may end, and look like a zombie, before the others have let go of the port and of the data.
    """
    _reap()
    status = Path(f"/proc/{pid}/status")
    if Path("/proc/self").exists():
        try:
            told = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except (FileNotFoundError, ProcessLookupError):
            return True
        return told["State"].strip().startswith("Z") and int(told["Threads"]) <= 1
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - always http on loopback
            return True
    except OSError:
        return False


def _until(condition: Callable[[], bool], within: float) -> bool:
    """Poll until the condition holds or the time is up."""
    deadline = time.monotonic() + within
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
