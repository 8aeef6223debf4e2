"""`python -m local up|down|outputs|logs|invoke`."""

import argparse
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from local import ports
from local.platform import Platform
from local.steps import LOCAL, StepError, fail


def main() -> None:
    arguments = _arguments()
    platform = Platform(LOCAL, arguments.port, arguments.inbox_port)
    try:
        match arguments.command:
            case "up":
                print(_summary(platform.up(auth=arguments.auth)))
            case "down":
                print("Stopped; the data is kept." if platform.down() else "Nothing was running.")
            case "outputs":
                print(json.dumps(_outputs(platform), ensure_ascii=False, indent=2))
            case "logs":
                from local import functions  # noqa: PLC0415 - boto3 takes longer than `down`

                with suppress(KeyboardInterrupt):
                    functions.follow(platform.running_outputs(), arguments.function)
            case "invoke":
                from local import functions  # noqa: PLC0415

                functions.invoke(platform.running_outputs(), arguments.function, arguments.event)
    except StepError as error:
        fail(str(error))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local", description="The local platform.")
    ports.add_options(parser)
    commands = parser.add_subparsers(dest="command", required=True)
    up = commands.add_parser("up", help="start, deploy, seed")
    up.add_argument("--auth", action="store_true", help="enforce every role's policies")
    commands.add_parser("down", help="stop, keeping the data")
    commands.add_parser("outputs", help="show URLs, keys and names")
    logs = commands.add_parser("logs", help="follow the functions' logs")
    logs.add_argument("function", nargs="?")
    invoke = commands.add_parser("invoke", help="call a function")
    invoke.add_argument("function")
    invoke.add_argument("event", type=Path)
    return parser.parse_args()


def _outputs(platform: Platform) -> dict[str, Any]:
    found = platform.outputs()
    if not found:
        raise StepError("The platform has not been deployed yet: `make up`.")
    return found


def _summary(found: dict[str, Any]) -> str:
    return f"""
  Console   {found["console_url"]}
            {found["admin_email"]}  {found["admin_password"]}
  Demo      {found["demo_url"]}
  Inbox     {found["inbox_url"]}   (Slack messages and webhooks arrive here)
  Ingest    {found["ingest_url"]}/v1
  API       {found["api_url"]}/api

  Everything else: .local/outputs.json
"""


if __name__ == "__main__":
    main()
