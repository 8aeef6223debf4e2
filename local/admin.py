"""What a deployment needs before its console is of use: sites, operators, destinations, and documents kept in git.

`python -m local.admin --stage prod site shop --name "Shop" --origin https://shop.example.jp`
"""

import argparse
import json
import secrets
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from pydantic import BaseModel, ValidationError

from kizuki.aws.config import ConfigStore, Kind, Site, StoredDocument
from kizuki.aws.publishing import publish
from kizuki.campaigns.definition import Campaign
from kizuki.errors import KizukiError, NotFoundError
from kizuki.events.times import iso
from kizuki.notifications.definition import Destination, NotificationRule, Secret
from kizuki.rules.definition import Segment
from local import deployment
from local.platform import Platform
from local.steps import StepError, fail

MODELS: dict[str, type[BaseModel]] = {
    "destination": Destination,
    "segment": Segment,
    "rule": NotificationRule,
    "campaign": Campaign,
}


@dataclass(frozen=True)
class Deployment:
    """One stage, on AWS or on this machine."""

    stage: str
    client: Callable[[str], Any]
    outputs: dict[str, str]

    @classmethod
    def of(cls, stage: str) -> "Deployment":
        """Find a deployment: the local one by its endpoint, others by the AWS credentials of the terminal."""

        def client(service: str) -> Any:
            if stage == deployment.STAGE:
                return deployment.client(service, Platform().outputs().get("aws_endpoint_url", Platform().endpoint))
            return boto3.client(service)  # type: ignore[call-overload]

        return cls(stage, client, deployment.outputs(client("cloudformation"), stage))

    @property
    def config(self) -> ConfigStore:
        return ConfigStore(self.client("dynamodb"), self.outputs["TableConfig"])

    def secret(self, site: str, destination: str) -> str:
        return f"kizuki/{self.stage}/destinations/{site}/{destination}"


def put_site(target: Deployment, site: str, *, name: str, timezone: str, origins: list[str]) -> dict[str, str]:
    """Create a site and return its keys, which nothing tells again; or change its name, time zone and origins."""
    config = target.config
    try:
        found = config.site(site)
    except NotFoundError:
        keys = {"write_key": f"wk_{secrets.token_urlsafe(18)}", "secret_key": f"sk_{secrets.token_urlsafe(24)}"}
        config.put_site(Site(site, name, timezone, origins, keys["write_key"]))
        now = _now()
        config.put_key(keys["write_key"], site=site, kind="write", created_at=now)
        config.put_key(keys["secret_key"], site=site, kind="secret", created_at=now)
        publish(config, site)
        return keys
    found.name, found.timezone, found.origins = name, timezone, origins
    config.put_site(found)
    return {"write_key": found.write_key}


def invite(target: Deployment, email: str, *, site: str | None) -> str:
    """Invite an operator by e-mail, to one site or (without one) to all; return their group."""
    cognito, pool = target.client("cognito-idp"), target.outputs["UserPoolId"]
    group = f"site-{site}" if site else "admin"
    with suppress(cognito.exceptions.GroupExistsException):
        cognito.create_group(UserPoolId=pool, GroupName=group)
    attributes = [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}]
    with suppress(cognito.exceptions.UsernameExistsException):
        cognito.admin_create_user(UserPoolId=pool, Username=email, UserAttributes=attributes)
    cognito.admin_add_user_to_group(UserPoolId=pool, Username=email, GroupName=group)
    return group


def put_secret(target: Deployment, site: str, destination: str, text: str) -> str:
    """Keep a destination's address (a Slack hook's URL, or JSON with a signing secret too); return its name."""
    document = json.loads(text) if text.lstrip().startswith("{") else {"url": text.strip()}
    try:
        Secret.model_validate(document)
    except ValidationError as error:
        raise StepError(f"This is no address of a destination: {error.errors()[0]['msg']}") from None
    manager, name = target.client("secretsmanager"), target.secret(site, destination)
    try:
        manager.create_secret(Name=name, SecretString=json.dumps(document))
    except manager.exceptions.ResourceExistsException:
        manager.put_secret_value(SecretId=name, SecretString=json.dumps(document))
    return name


def apply(target: Deployment, site: str, folder: Path) -> list[str]:
    """Check every document in `destinations/ segments/ rules/ campaigns/`, then make all of them live; return them."""
    documents = list(_documents(target, site, folder))
    config, now = target.config, _now()
    for kind, document in documents:
        config.put_document(site, kind, StoredDocument(document["id"], "live", now, document))
    publish(config, site)
    return [f"{kind} {document['id']}" for kind, document in documents]


def _documents(target: Deployment, site: str, folder: Path) -> Iterable[tuple[Kind, dict[str, Any]]]:
    for kind in get_args(Kind):
        for path in sorted((folder / f"{kind}s").glob("*.json")):
            try:
                document = json.loads(path.read_text())
                if kind == "destination":
                    document.setdefault("secret", target.secret(site, document["id"]))
                MODELS[kind].model_validate(document)
            except (ValueError, KeyError, TypeError) as error:
                raise StepError(f"{path}: {error}") from None
            yield kind, document


def _now() -> str:
    return iso(time.time_ns() // 1_000_000)


def main() -> None:
    arguments = _arguments()
    try:
        target = Deployment.of(arguments.stage)
        match arguments.command:
            case "site":
                chosen = {"name": arguments.name, "timezone": arguments.timezone, "origins": arguments.origin}
                print(json.dumps(put_site(target, arguments.site, **chosen), indent=2))
            case "operator":
                print(invite(target, arguments.email, site=arguments.site))
            case "secret":
                print(put_secret(target, arguments.site, arguments.destination, sys.stdin.read()))
            case "apply":
                print("\n".join(apply(target, arguments.site, arguments.folder)))
    except (StepError, KizukiError, BotoCoreError, ClientError) as error:
        fail(str(error))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local.admin", description="Sites, operators, destinations.")
    parser.add_argument("--stage", default=deployment.STAGE)
    commands = parser.add_subparsers(dest="command", required=True)
    site = commands.add_parser("site", help="create a site, or change it; prints its keys")
    site.add_argument("site")
    site.add_argument("--name", required=True)
    site.add_argument("--timezone", default="Asia/Tokyo")
    site.add_argument("--origin", action="append", default=[], help="a page's origin that may send events (repeat)")
    operator = commands.add_parser("operator", help="invite an operator")
    operator.add_argument("email")
    operator.add_argument("--site", help="only this site; without it, every site")
    secret = commands.add_parser("secret", help="keep a destination's address, read from standard input")
    secret.add_argument("site")
    secret.add_argument("destination")
    documents = commands.add_parser("apply", help="make the JSON documents of a folder live")
    documents.add_argument("site")
    documents.add_argument("folder", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
