"""What a deployment needs before its console is of use: sites, operators, destinations, and documents kept in git.

`python -m local.admin --stage prod site shop --name "Shop" --origin https://shop.example.jp`
"""

import argparse
import json
import secrets
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError, EndpointConnectionError

from kizuki.aws.config import ConfigStore, Site
from kizuki.aws.documents import StoredDocument
from kizuki.aws.publishing import publish
from kizuki.errors import KizukiError, NotFoundError
from kizuki.events.times import iso
from local import checks, deployment, seed
from local.platform import NOT_RUNNING, Platform
from local.steps import StepError, fail

TIMEZONE = "Asia/Tokyo"


@dataclass(frozen=True)
class Deployment:
    """One stage, on AWS or on this machine."""

    stage: str
    client: Callable[[str], Any]
    outputs: dict[str, str]

    @classmethod
    def of(cls, stage: str) -> "Deployment":
        """Find a deployment: the local one by its endpoint, others by the AWS credentials of the terminal."""
        local = Platform().running_outputs() if stage == deployment.STAGE else None

        def client(service: str) -> Any:
            if local is not None:
                return deployment.client(service, local["aws_endpoint_url"])
            return boto3.client(service)  # type: ignore[call-overload]

        return cls(stage, client, deployment.outputs(client("cloudformation"), stage))

    @property
    def is_local(self) -> bool:
        return self.stage == deployment.STAGE

    @property
    def config(self) -> ConfigStore:
        return ConfigStore(self.client("dynamodb"), self.outputs["TableConfig"])

    def secret(self, site: str, destination: str) -> str:
        return f"kizuki/{self.stage}/destinations/{site}/{destination}"


def put_site(
    target: Deployment,
    site: str,
    *,
    name: str | None,
    timezone: str | None,
    origins: list[str] | None,
    verify_identity: bool | None = None,
) -> dict[str, str]:
    """Create a site and return its keys, which nothing tells again; or change what is not None of one.

    Where members are to be proved, the secret that signs their tokens is returned with them.
    """
    checks.check_id("site", site)
    if name is not None:
        checks.check_name(name)
    if timezone is not None:
        checks.check_timezone(timezone)
    for origin in origins or []:
        checks.check_origin(origin)
    config = target.config
    try:
        found = config.site(site)
    except NotFoundError:
        if name is None:
            raise StepError(f"There is no site {site!r} yet; to create it, give it a --name.") from None
        new = Site(site, name, timezone or TIMEZONE, origins or [])
        return _create_site(config, new) | _verify(config, new, verify_identity)
    found.name = found.name if name is None else name
    moved = timezone is not None and found.timezone != timezone
    found.timezone = found.timezone if timezone is None else timezone
    found.origins = found.origins if origins is None else origins
    config.put_site(found)
    if moved:
        # Statistics by day are another's now: the next version folds them anew.
        publish(config, site)
    return {"write_key": found.write_key} | _verify(config, found, verify_identity)


def _verify(config: ConfigStore, site: Site, verify: bool | None) -> dict[str, str]:  # noqa: FBT001 - the only choice
    """Ask for proof of members, or no more; return the secret that signs it."""
    if verify is None:
        return {}
    site.verify_identity = verify
    site.identity_secret = site.identity_secret or secrets.token_urlsafe(32)
    config.put_site(site)
    return {"identity_secret": site.identity_secret} if verify else {}


def _create_site(config: ConfigStore, site: Site) -> dict[str, str]:
    keys = {"write_key": f"wk_{secrets.token_urlsafe(18)}", "secret_key": f"sk_{secrets.token_urlsafe(24)}"}
    site.write_key = keys["write_key"]
    config.put_site(site)
    now = _now()
    config.put_key(keys["write_key"], site=site.id, kind="write", created_at=now)
    config.put_key(keys["secret_key"], site=site.id, kind="secret", created_at=now)
    publish(config, site.id)
    return keys


def invite(target: Deployment, email: str, *, site: str | None) -> dict[str, str]:
    """Invite an operator by e-mail, to one site or (without one) to all; return their group.

    No mail leaves the local stage: there the temporary password is returned too, until the operator has chosen one.
    """
    checks.check_email(email)
    if site is not None:
        target.config.site(site)
    cognito, pool = target.client("cognito-idp"), target.outputs["UserPoolId"]
    group = f"site-{site}" if site else "admin"
    with suppress(cognito.exceptions.GroupExistsException):
        cognito.create_group(UserPoolId=pool, GroupName=group)
    attributes = [{"Name": "email", "Value": email}, {"Name": "email_verified", "Value": "true"}]
    delivery = {"MessageAction": "SUPPRESS"} if target.is_local else {}
    with suppress(cognito.exceptions.UsernameExistsException):
        cognito.admin_create_user(UserPoolId=pool, Username=email, UserAttributes=attributes, **delivery)
    cognito.admin_add_user_to_group(UserPoolId=pool, Username=email, GroupName=group)
    status = cognito.admin_get_user(UserPoolId=pool, Username=email)["UserStatus"]
    if not target.is_local or status != "FORCE_CHANGE_PASSWORD":
        return {"group": group}
    password = seed.password()
    cognito.admin_set_user_password(UserPoolId=pool, Username=email, Password=password, Permanent=False)
    return {"group": group, "temporary_password": password}


def put_secret(target: Deployment, site: str, destination: str, text: str) -> str:
    """Keep a destination's address (a Slack hook's URL, or JSON with a signing secret too); return its name."""
    checks.check_id("destination", destination)
    target.config.site(site)
    document = checks.read_secret(text, allow_http=target.is_local)
    manager, name = target.client("secretsmanager"), target.secret(site, destination)
    try:
        manager.create_secret(Name=name, SecretString=json.dumps(document))
    except manager.exceptions.ResourceExistsException:
        manager.put_secret_value(SecretId=name, SecretString=json.dumps(document))
    return name


AUTHOR = "local.admin apply"
"""How the audit trail names documents that came from git."""


def apply(target: Deployment, site: str, folder: Path) -> list[str]:
    """Check every document in `destinations/ segments/ rules/ campaigns/`, then make all of them live; return them."""
    config, now = target.config, _now()
    about = config.site(site)
    documents = checks.read_documents(folder, lambda id_: target.secret(site, id_))
    checks.check_references(documents, {kind: config.documents(site, kind) for kind in checks.MODELS})
    if not about.allow_scripts:
        checks.refuse_scripts(documents)
    for kind, _, document in documents:
        stored = StoredDocument(document["id"], "live", now, document)
        config.put_document(site, kind, stored, by=AUTHOR, change="published")
    publish(config, site)
    return [f"{kind} {document['id']}" for kind, _, document in documents]


def _now() -> str:
    return iso(time.time_ns() // 1_000_000)


def main() -> None:
    arguments = _arguments()
    try:
        print(_run(arguments))
    except EndpointConnectionError as error:
        fail(NOT_RUNNING if arguments.stage == deployment.STAGE else str(error))
    except (StepError, KizukiError, BotoCoreError, ClientError) as error:
        fail(str(error))


def _run(arguments: argparse.Namespace) -> str:
    if arguments.command == "schema":
        return json.dumps(checks.schema(arguments.kind), ensure_ascii=False, indent=2)
    target = Deployment.of(arguments.stage)
    match arguments.command:
        case "site":
            origins = [] if arguments.any_origin else arguments.origin
            chosen = {"name": arguments.name, "timezone": arguments.timezone, "origins": origins}
            chosen["verify_identity"] = arguments.verify_identity
            return json.dumps(put_site(target, arguments.site, **chosen), indent=2)
        case "operator":
            return json.dumps(invite(target, arguments.email, site=arguments.site), indent=2)
        case "secret":
            return put_secret(target, arguments.site, arguments.destination, sys.stdin.read())
        case _:
            return "\n".join(apply(target, arguments.site, arguments.folder))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local.admin", description="Sites, operators, destinations.")
    parser.add_argument("--stage", default=deployment.STAGE)
    commands = parser.add_subparsers(dest="command", required=True)
    site = commands.add_parser("site", help="create a site, or change it; prints its keys")
    site.add_argument("site")
    site.add_argument("--name", help="needed by a new site; what is not named here stays as it is")
    site.add_argument("--timezone", help=f"a new site's is {TIMEZONE} unless named")
    origins = site.add_mutually_exclusive_group()
    origins.add_argument("--origin", action="append", help="a page's origin that may send events (repeat)")
    origins.add_argument("--any-origin", action="store_true", help="pages of any origin may (a new site's default)")
    site.add_argument(
        "--verify-identity",
        action=argparse.BooleanOptionalAction,
        help="whether a user id needs a signed token; prints the secret that signs it",
    )
    operator = commands.add_parser("operator", help="invite an operator")
    operator.add_argument("email")
    operator.add_argument("--site", help="only this site; without it, every site")
    secret = commands.add_parser("secret", help="keep a destination's address, read from standard input")
    secret.add_argument("site")
    secret.add_argument("destination")
    documents = commands.add_parser("apply", help="make the JSON documents of a folder live")
    documents.add_argument("site")
    documents.add_argument("folder", type=Path)
    schema = commands.add_parser("schema", help="show the JSON Schema of a document that `apply` takes")
    schema.add_argument("kind", choices=checks.MODELS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
