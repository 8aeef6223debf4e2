"""First steps with a deployment."""

import json

import boto3
import pytest

from kizuki.errors import ForbiddenError
from local.admin import Deployment, apply, invite, put_secret, put_site
from local.steps import StepError

RULE = {
    "id": "big",
    "name": "Big cart",
    "when": {"type": "event", "name": "Product Added"},
    "destination": "cs",
}


@pytest.fixture
def target(aws):
    boto3.client("dynamodb").create_table(
        TableName="config",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
        BillingMode="PAY_PER_REQUEST",
    )
    pool = boto3.client("cognito-idp").create_user_pool(PoolName="operators", UsernameAttributes=["email"])
    return Deployment("prod", boto3.client, {"TableConfig": "config", "UserPoolId": pool["UserPool"]["Id"]})


def write(folder, kind, document):
    (folder / kind).mkdir(exist_ok=True)
    (folder / kind / f"{document['id']}.json").write_text(json.dumps(document))


def test_a_new_site_has_a_public_and_a_secret_key(target):
    keys = put_site(target, "shop", name="Shop", timezone="Asia/Tokyo", origins=["https://shop.example.jp"])

    assert keys["write_key"].startswith("wk_")
    assert keys["secret_key"].startswith("sk_")
    assert target.config.site_for_key(keys["write_key"]).site == "shop"
    assert target.config.site_for_key(keys["secret_key"]).kind == "secret"
    with pytest.raises(ForbiddenError):
        target.config.site_for_key(keys["write_key"]).allow("https://elsewhere.example")


def test_changing_a_site_keeps_its_keys(target):
    keys = put_site(target, "shop", name="Shop", timezone="Asia/Tokyo", origins=[])

    assert put_site(target, "shop", name="店", timezone="UTC", origins=["https://a.jp"]) == {
        "write_key": keys["write_key"]
    }
    assert target.config.site("shop").name == "店"


def test_an_operator_is_invited_to_every_site_or_to_one(target):
    assert invite(target, "a@example.jp", site=None) == "admin"
    assert invite(target, "a@example.jp", site="shop") == "site-shop"

    cognito = target.client("cognito-idp")
    groups = cognito.admin_list_groups_for_user(UserPoolId=target.outputs["UserPoolId"], Username="a@example.jp")
    assert {group["GroupName"] for group in groups["Groups"]} == {"admin", "site-shop"}


def test_a_destinations_address_is_a_secret_of_the_stage(target):
    name = put_secret(target, "shop", "cs", "https://hooks.slack.com/services/T/B/x\n")
    put_secret(target, "shop", "cs", '{"url": "https://hooks.slack.com/services/T/B/y"}')

    assert name == "kizuki/prod/destinations/shop/cs"
    kept = target.client("secretsmanager").get_secret_value(SecretId=name)["SecretString"]
    assert json.loads(kept) == {"url": "https://hooks.slack.com/services/T/B/y"}


def test_a_wrong_signing_secret_is_refused_without_being_shown(target):
    with pytest.raises(StepError) as refused:
        put_secret(target, "shop", "crm", '{"url": "https://crm.example", "signing_secret": "hunter2"}')

    assert "hunter2" not in str(refused.value)


def test_a_folders_documents_go_live_together(target, tmp_path):
    put_site(target, "shop", name="Shop", timezone="Asia/Tokyo", origins=[])
    write(tmp_path, "destinations", {"id": "cs", "name": "#cs", "type": "slack"})
    write(tmp_path, "rules", RULE)

    assert apply(target, "shop", tmp_path) == ["rule big", "destination cs"]

    assert target.config.destination("shop", "cs")["secret"] == "kizuki/prod/destinations/shop/cs"
    assert [stored.status for stored in target.config.documents("shop", "rule")] == ["live"]
    assert target.config.ruleset_version("shop") == 2


def test_one_wrong_document_changes_nothing_and_is_named(target, tmp_path):
    put_site(target, "shop", name="Shop", timezone="Asia/Tokyo", origins=[])
    write(tmp_path, "destinations", {"id": "cs", "name": "#cs", "type": "slack"})
    write(tmp_path, "rules", RULE | {"when": {"type": "evnt"}})

    with pytest.raises(StepError, match=r"rules/big\.json"):
        apply(target, "shop", tmp_path)

    assert target.config.documents("shop", "destination") == []
    assert target.config.ruleset_version("shop") == 1
