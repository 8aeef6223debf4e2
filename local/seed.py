"""What a fresh platform needs before anyone can use it: an operator, and a site."""

import json
import secrets
import string
from collections.abc import Mapping
from typing import Any

from local import demo
from local.deployment import client

ADMIN = "admin@example.com"


def seed_operator(outputs: Mapping[str, Any]) -> dict[str, str]:
    """Make sure that an administrator exists; return `admin_email` and `admin_password`."""
    cognito = client("cognito-idp", outputs["aws_endpoint_url"])
    pool = outputs["user_pool_id"]
    chosen = outputs.get("admin_password") or password()
    try:
        cognito.admin_create_user(
            UserPoolId=pool,
            Username=ADMIN,
            MessageAction="SUPPRESS",
            UserAttributes=[{"Name": "email", "Value": ADMIN}, {"Name": "email_verified", "Value": "true"}],
        )
    except cognito.exceptions.UsernameExistsException:
        if "admin_password" in outputs:
            return {"admin_email": ADMIN, "admin_password": chosen}
    cognito.admin_set_user_password(UserPoolId=pool, Username=ADMIN, Password=chosen, Permanent=True)
    cognito.admin_add_user_to_group(UserPoolId=pool, Username=ADMIN, GroupName="admin")
    return {"admin_email": ADMIN, "admin_password": chosen}


def seed_destination_secret(outputs: Mapping[str, Any], site: str, destination: str, value: str) -> str:
    """Keep a destination's secret (for Slack, the hook's URL); return the secret's name."""
    manager = client("secretsmanager", outputs["aws_endpoint_url"])
    name = f"kizuki/local/destinations/{site}/{destination}"
    try:
        manager.create_secret(Name=name, SecretString=value)
    except manager.exceptions.ResourceExistsException:
        manager.put_secret_value(SecretId=name, SecretString=value)
    return name


def seed_site(outputs: Mapping[str, Any]) -> dict[str, str]:
    """Make sure that the demo site exists; return its `site_id`, `write_key` and `secret_key`.

    Only the keys' hashes are stored: `outputs` carries the keys of the last run, if there was one.
    """
    secret = seed_destination_secret(
        outputs, demo.SITE, demo.DESTINATION["id"], json.dumps({"url": f"{outputs['inbox_url']}/slack/cs"})
    )
    return demo.seed(client("dynamodb", outputs["aws_endpoint_url"]), outputs, secret=secret)


def password() -> str:
    """Twenty random characters with one of each kind that the user pool asks for."""
    alphabet = string.ascii_letters + string.digits
    return "".join(secrets.choice(alphabet) for _ in range(16)) + "aA1!"
