"""One local platform: an emulator, an inbox, and what is deployed to them."""

import json
import re
import shutil
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local import deployment, pages, seed
from local.emulator import REGION, emulator, inbox
from local.ports import INBOX_PORT, PORT
from local.processes import Process
from local.steps import LOCAL, StepError, step

NOT_RUNNING = "The platform is not running: make up"
CARRIED = {"admin_email", "admin_password", "site_id", "write_key", "secret_key"}


@dataclass(frozen=True)
class Platform:
    """Several can run beside each other: each has its ports and its folder."""

    folder: Path = LOCAL
    port: int = PORT
    inbox_port: int = INBOX_PORT

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def inbox_url(self) -> str:
        return f"http://127.0.0.1:{self.inbox_port}"

    def up(self, *, auth: bool = False) -> dict[str, Any]:
        """Start, deploy, seed; return the outputs when everything answers. What is up to date is left alone."""
        with step("Emulator and inbox"):
            self._start(auth=False)
            self._inbox.start()
        current = deployment.is_current(self.endpoint, self.folder)
        if not current:
            if self._enforces_policies():
                self._restart(auth=False)
            deployment.deploy(self.endpoint, self.folder)
        with step("Seed and pages"):
            found = self._outputs()
            found |= seed.seed_operator(found) | seed.seed_site(found)
            self._upload(found)
            self._outputs_file.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        # It saves its state when it stops, so a deployment is followed by a restart: not even a crash undoes it.
        if not current or self._enforces_policies() != auth:
            self._restart(auth=auth)
        return found

    def down(self) -> bool:
        """Stop, keeping the data; tell whether anything ran."""
        return any([self._emulator(auth=False).stop(), self._inbox.stop()])

    def outputs(self) -> dict[str, Any]:
        """What the last `up` found out; empty before the first."""
        try:
            return dict(json.loads(self._outputs_file.read_text()))
        except FileNotFoundError:
            return {}

    def running_outputs(self) -> dict[str, Any]:
        """What `up` found out of a platform that runs. Raises StepError when it does not."""
        found = self.outputs()
        if not found or self._emulator(auth=False).pid() is None:
            raise StepError(NOT_RUNNING)
        return found

    def _check_port(self) -> None:
        """The emulator keeps queues under URLs that have its port: its data belongs to one port."""
        note = self.folder / "state" / "port"
        note.parent.mkdir(parents=True, exist_ok=True)
        if note.exists() and note.read_text() != str(self.port):
            raise StepError(
                f"The data in {note.parent} was made on port {note.read_text()}: "
                "use that port, or remove that folder to begin anew."
            )
        note.write_text(str(self.port))

    @property
    def _outputs_file(self) -> Path:
        return self.folder / "outputs.json"

    @property
    def _inbox(self) -> Process:
        return inbox(self.folder, port=self.inbox_port)

    def _start(self, *, auth: bool) -> None:
        emulator = self._emulator(auth=auth)
        if emulator.pid() is None:
            # Each worker unpacks its layers here, and a stopped emulator leaves them behind.
            shutil.rmtree(self.folder / "tmp", ignore_errors=True)
            (self.folder / "tmp").mkdir(parents=True)
            state = self.folder / "state"
            if not (state / "services" / "cloudformation.json").exists():
                # It was killed before it had ever saved: objects without the buckets' stacks are of no use.
                shutil.rmtree(state, ignore_errors=True)
            self._check_port()
        emulator.start()

    def _restart(self, *, auth: bool) -> None:
        with step("Restart with policies " + ("enforced" if auth else "off")):
            self._emulator(auth=auth).stop()
            self._start(auth=auth)

    def _enforces_policies(self) -> bool:
        with urllib.request.urlopen(f"{self.endpoint}/_ministack/health") as response:  # noqa: S310 - loopback
            return bool(json.load(response)["auth"] == "enabled")

    def _emulator(self, *, auth: bool) -> Process:
        return emulator(self.folder, port=self.port, auth=auth)

    def _outputs(self) -> dict[str, Any]:
        """Name what is deployed as the docs do. Keys and passwords, which no service tells again, are carried over."""
        stacks = deployment.outputs(deployment.client("cloudformation", self.endpoint))
        carried = {name: value for name, value in self.outputs().items() if name in CARRIED}
        return carried | {
            "aws_endpoint_url": self.endpoint,
            "region": REGION,
            "ingest_url": stacks["IngestUrl"],
            "api_url": stacks["ApiUrl"],
            "console_url": stacks["ConsoleUrl"],
            "demo_url": stacks["DemoUrl"],
            "sdk_url": stacks["SdkUrl"],
            "websocket_url": None,
            "inbox_url": self.inbox_url,
            "user_pool_id": stacks["UserPoolId"],
            "client_id": stacks["ClientId"],
            "tables": _group(stacks, "Table"),
            "buckets": _group(stacks, "Bucket"),
            "stream": stacks["Stream"],
            "queues": _group(stacks, "Queue"),
            "functions": _group(stacks, "Function"),
            "log_groups": _group(stacks, "LogGroup"),
            "workgroup": stacks["Workgroup"],
            "database": stacks["Database"],
        }

    def _upload(self, found: dict[str, Any]) -> None:
        settings = {
            "console": {
                "api_url": found["console_url"],
                "region": found["region"],
                "user_pool_id": found["user_pool_id"],
                "client_id": found["client_id"],
                "cognito_endpoint": self.endpoint,
                "ingest_url": found["ingest_url"],
                "sdk_url": found["sdk_url"],
            },
            "demo": {name: found.get(name) for name in ("ingest_url", "sdk_url", "write_key")},
        }
        pages.upload(deployment.client("s3", self.endpoint), found["buckets"]["web"], settings)


def _group(stacks: dict[str, str], prefix: str) -> dict[str, str]:
    """`TableVisitors` is the table `visitors`; `QueueDeadLetters` the queue `dead_letters`."""
    return {
        re.sub(r"(?<!^)(?=[A-Z])", "_", name.removeprefix(prefix)).lower(): value
        for name, value in stacks.items()
        if name.startswith(prefix)
    }
