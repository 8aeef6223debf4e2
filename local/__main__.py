"""`python -m local up|down|outputs`."""

import argparse
import json

from local.platform import INBOX_PORT, PORT, Platform
from local.steps import LOCAL, StepError, fail


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m local", description=__doc__)
    parser.add_argument("command", choices=("up", "down", "outputs"))
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--inbox-port", type=int, default=INBOX_PORT)
    parser.add_argument("--auth", action="store_true", help="enforce every role's policies")
    arguments = parser.parse_args()
    platform = Platform(LOCAL, arguments.port, arguments.inbox_port)
    try:
        if arguments.command == "up":
            print(_summary(platform.up(auth=arguments.auth)))
        elif arguments.command == "down":
            print("Stopped; the data is kept." if platform.down() else "Nothing was running.")
        else:
            print(json.dumps(platform.outputs(), ensure_ascii=False, indent=2))
    except StepError as error:
        fail(str(error))


def _summary(found: dict[str, str]) -> str:
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
