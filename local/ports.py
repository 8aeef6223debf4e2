"""Look whether the platform's ports are free, before minutes are spent on building: `python3 -m local.ports`.

Standard library only: it runs before anything is installed.
"""

import argparse
from pathlib import Path

from local.emulator import emulator, inbox
from local.steps import LOCAL, StepError, fail

PORT = 4566
INBOX_PORT = 4580


def check(folder: Path, port: int, inbox_port: int) -> None:
    """Raise StepError if another program has one of the ports."""
    emulator(folder, port=port, auth=False).check_port()
    inbox(folder, port=inbox_port).check_port()


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--inbox-port", type=int, default=INBOX_PORT)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m local.ports", description="Are the platform's ports free?")
    add_options(parser)
    arguments = parser.parse_args()
    try:
        check(LOCAL, arguments.port, arguments.inbox_port)
    except StepError as error:
        fail(str(error))


if __name__ == "__main__":
    main()
