"""First steps with a deployment."""

import io
import json

import pytest

from kizuki.aws.clients import client
from kizuki.errors import ForbiddenError
from local import admin
from local.admin import Deployment, apply, invite, put_secret, put_site
from local.platform import NOT_RUNNING, Platform
from local.steps import StepError

HOOK = "https://hooks.slack.com/services/T/B/x"

RULE = {
    "id": "big",
    "name": "Big cart",
    "when": {"type": "event", "name": "Product Added"},
    "destination": "cs",
}


@pytest.fixture
def target(aws):
    client("dynamodb").create_table(
        TableName="config",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")],
        BillingMode="PAY_PER_REQUEST",
    )
    pool = client("cognito-idp").create_user_pool(PoolName="operators", UsernameAttributes=["email"])
    return Deployment("prod", client, {"TableConfig": "config", "UserPoolId": pool["UserPool"]["Id"]})


@pytest.fixture
def shop(target):
    put_site(target, "shop", name="Shop", timezone="UTC", origins=["https://shop.example.jp"])
    return target


@pytest.fixture
def run(shop, monkeypatch, capsys):
    """Run the command line against the deployment; return its exit code, output and errors."""

    def command(*arguments, standard_input=""):
        monkeypatch.setattr(Deployment, "of", lambda _stage: shop)
        monkeypatch.setattr("sys.argv", ["local.admin", *map(str, arguments)])
        monkeypatch.setattr("sys.stdin", io.StringIO(standard_input))
        try:
            admin.main()
        except SystemExit as ended:
            return ended.code, *capsys.readouterr()
        return 0, *capsys.readouterr()

    return command


def write(folder, kind, document):
    (folder / kind).mkdir(parents=True, exist_ok=True)
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


def test_what_is_not_named_of_a_site_stays_as_it_was(run, shop):
    assert run("site", "shop", "--name", "Shop 2")[0] == 0
    found = shop.config.site("shop")
    assert (found.name, found.timezone, found.origins) == ("Shop 2", "UTC", ["https://shop.example.jp"])

    assert run("site", "shop", "--timezone", "Asia/Tokyo")[0] == 0
    assert run("site", "shop", "--any-origin")[0] == 0
    found = shop.config.site("shop")
    assert (found.name, found.timezone, found.origins) == ("Shop 2", "Asia/Tokyo", [])


def test_proof_of_members_is_asked_for_with_a_secret_that_stays(run, shop):
    code, output, _ = run("site", "shop", "--verify-identity")
    secret = json.loads(output)["identity_secret"]
    found = shop.config.site("shop")
    assert (code, found.verify_identity, found.identity_secret, len(secret) > 40) == (0, True, secret, True)

    assert run("site", "shop", "--no-verify-identity")[0] == 0
    assert shop.config.site("shop").verify_identity is False
    assert json.loads(run("site", "shop", "--verify-identity")[1])["identity_secret"] == secret


def test_another_time_zone_is_published_at_once(run, shop):
    before = shop.config.ruleset_version("shop")

    run("site", "shop", "--timezone", "America/New_York")

    assert shop.config.ruleset_version("shop") == before + 1
    assert shop.config.engine("shop").calendar.timezone == "America/New_York"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["Bad Id", "--name", "x"], "'Bad Id' cannot be a site's id"),
        (["shop", "--name", " "], "The name is empty"),
        (["shop", "--origin", "ftp://x"], "'ftp://x' is not an origin"),
        (["shop", "--origin", "https://x.jp/"], "'https://x.jp/' is not an origin"),
        (["shop", "--origin", "https://x.jp:443"], "'https://x.jp:443' is not an origin"),
        (["shop", "--timezone", "Mars/X"], "'Mars/X' is not a time zone"),
        (["books"], "There is no site 'books' yet; to create it, give it a --name."),
    ],
)
def test_a_wrong_site_is_refused_and_nothing_is_changed(run, shop, arguments, named):
    before = shop.config.sites()

    code, output, errors = run("site", *arguments)

    assert (code, output) == (1, "")
    assert errors.startswith(named)
    assert errors.count("\n") == 1
    assert shop.config.sites() == before


def test_an_operator_is_invited_to_every_site_or_to_one(shop):
    target = shop
    assert invite(target, "a@example.jp", site=None) == {"group": "admin"}
    assert invite(target, "a@example.jp", site="shop") == {"group": "site-shop"}

    cognito = target.client("cognito-idp")
    groups = cognito.admin_list_groups_for_user(UserPoolId=target.outputs["UserPoolId"], Username="a@example.jp")
    assert {group["GroupName"] for group in groups["Groups"]} == {"admin", "site-shop"}


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(["x@example.jp", "--site", "nosuch"], "there is no site 'nosuch'"), (["x"], "'x' is not an e-mail address")],
)
def test_an_operator_of_nothing_is_not_invited(run, shop, arguments, named):
    code, output, errors = run("operator", *arguments)

    assert (code, output) == (1, "")
    assert errors.startswith(named)
    pool = shop.outputs["UserPoolId"]
    assert shop.client("cognito-idp").list_users(UserPoolId=pool)["Users"] == []


def test_on_this_machine_an_operator_signs_in_with_the_temporary_password_shown(shop):
    local = Deployment("local", shop.client, shop.outputs)
    cognito, pool = local.client("cognito-idp"), local.outputs["UserPoolId"]
    app = cognito.create_user_pool_client(
        UserPoolId=pool, ClientName="console", ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
    )["UserPoolClient"]["ClientId"]

    invite(local, "a@example.jp", site=None)
    shown = invite(local, "a@example.jp", site="shop")

    answer = cognito.admin_initiate_auth(
        UserPoolId=pool,
        ClientId=app,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "a@example.jp", "PASSWORD": shown["temporary_password"]},
    )
    assert answer["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_a_password_that_an_operator_chose_stays(shop):
    local = Deployment("local", shop.client, shop.outputs)
    invite(local, "a@example.jp", site=None)
    local.client("cognito-idp").admin_set_user_password(
        UserPoolId=local.outputs["UserPoolId"], Username="a@example.jp", Password="Chosen-by-them-1", Permanent=True
    )

    assert invite(local, "a@example.jp", site="shop") == {"group": "site-shop"}


def test_a_destinations_address_is_a_secret_of_the_stage(shop):
    name = put_secret(shop, "shop", "cs", "https://hooks.slack.com/services/T/B/x\n")
    put_secret(shop, "shop", "cs", '{"url": "https://hooks.slack.com/services/T/B/y"}')

    assert name == "kizuki/prod/destinations/shop/cs"
    kept = shop.client("secretsmanager").get_secret_value(SecretId=name)["SecretString"]
    assert json.loads(kept) == {"url": "https://hooks.slack.com/services/T/B/y"}


def test_a_wrong_signing_secret_is_refused_without_being_shown(shop):
    with pytest.raises(StepError) as refused:
        put_secret(shop, "shop", "crm", '{"url": "https://crm.example", "signing_secret": "hunter2"}')

    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("site", "destination", "text", "named"),
    [
        ("shop", "cs", "notaurl", "The destination's address cannot be called: only http and https"),
        ("shop", "cs", "http://hooks.example.jp/x", "The destination's address must begin with https://"),
        ("shop", "cs", "\n", "Standard input is empty"),
        ("shop", "cs", '{"url": ', "Standard input is not JSON"),
        ("shop", "cs", "{}", "Standard input: url: Field required"),
        ("shop", "C S", HOOK, "'C S' cannot be a destination's id"),
        ("nosuch", "cs", HOOK, "there is no site 'nosuch'"),
    ],
)
def test_a_wrong_address_is_refused_and_not_kept(run, shop, site, destination, text, named):
    code, output, errors = run("secret", site, destination, standard_input=text)

    assert (code, output) == (1, "")
    assert errors.startswith(named)
    assert errors.count("\n") == 1
    assert shop.client("secretsmanager").list_secrets()["SecretList"] == []


def test_on_this_machine_a_destination_may_be_the_inbox(shop):
    local = Deployment("local", shop.client, shop.outputs)

    assert put_secret(local, "shop", "cs", "http://127.0.0.1:4580/slack/cs") == "kizuki/local/destinations/shop/cs"


def test_a_folders_documents_go_live_together(shop, tmp_path):
    write(tmp_path, "destinations", {"id": "cs", "name": "#cs", "type": "slack"})
    write(tmp_path, "rules", RULE)

    assert apply(shop, "shop", tmp_path) == ["rule big", "destination cs"]

    assert shop.config.destination("shop", "cs")["secret"] == "kizuki/prod/destinations/shop/cs"
    assert [stored.status for stored in shop.config.documents("shop", "rule")] == ["live"]
    assert shop.config.ruleset_version("shop") == 2


def test_one_wrong_document_changes_nothing_and_is_named(shop, tmp_path):
    write(tmp_path, "destinations", {"id": "cs", "name": "#cs", "type": "slack"})
    write(tmp_path, "rules", RULE | {"when": {"type": "evnt"}})

    with pytest.raises(StepError, match=r"rules/big\.json"):
        apply(shop, "shop", tmp_path)

    assert shop.config.documents("shop", "destination") == []
    assert shop.config.ruleset_version("shop") == 1


def speaks_of(id, other):
    return {"id": id, "name": id, "condition": {"type": "not", "of": {"type": "segment", "id": other}}}


def test_documents_may_speak_of_each_other_and_of_what_the_site_has(shop, tmp_path):
    write(tmp_path / "1", "destinations", {"id": "cs", "name": "#cs", "type": "slack"})
    write(tmp_path / "1", "segments", speaks_of("a", "b"))
    write(tmp_path / "1", "segments", {"id": "b", "name": "B", "condition": RULE["when"]})
    write(tmp_path / "2", "rules", RULE | {"when": {"type": "segment", "id": "a"}})

    assert apply(shop, "shop", tmp_path / "1") == ["segment a", "segment b", "destination cs"]
    assert apply(shop, "shop", tmp_path / "2") == ["rule big"]


@pytest.mark.parametrize(
    ("kind", "document", "told"),
    [
        ("segments", speaks_of("a", "typo"), "condition: there is no segment 'typo'"),
        ("segments", speaks_of("a", "known"), "condition: segments speak of each other in a circle: a → known → a"),
        ("rules", RULE, "destination: there is no destination 'cs'"),
        ("rules", RULE | {"when": {"type": "segment", "id": "typo"}}, "when: there is no segment 'typo'"),
    ],
)
def test_documents_that_lead_nowhere_or_in_a_circle_change_nothing(run, shop, tmp_path, kind, document, told):
    write(tmp_path / "known", "segments", {"id": "a", "name": "A", "condition": RULE["when"]})
    write(tmp_path / "known", "segments", speaks_of("known", "a"))
    apply(shop, "shop", tmp_path / "known")
    write(tmp_path, "segments", {"id": "zebra", "name": "Z", "condition": RULE["when"]})
    write(tmp_path, kind, document)

    assert run("apply", "shop", tmp_path) == (1, "", f"{tmp_path / kind / document['id']}.json: {told}\n")
    assert [stored.id for stored in shop.config.documents("shop", "segment")] == ["a", "known"]


def test_a_condition_that_does_not_compile_is_refused(run, tmp_path):
    condition = RULE["when"]
    for _ in range(40):
        condition = {"type": "not", "of": condition}
    write(tmp_path, "segments", {"id": "deep", "name": "Deep", "condition": condition})

    told = "condition: a condition nests deeper than 32 levels"
    assert run("apply", "shop", tmp_path) == (1, "", f"{tmp_path / 'segments' / 'deep.json'}: {told}\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (json.dumps(RULE | {"quiet_seconds": -1}), "quiet_seconds: must be at least 0"),
        (json.dumps({name: RULE[name] for name in RULE if name != "id"}), "id: is missing"),
        ("{", "not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        ("[]", "not a JSON object"),
    ],
)
def test_a_wrong_document_is_told_by_file_path_and_message(run, tmp_path, text, told):
    path = tmp_path / "rules" / "big.json"
    path.parent.mkdir()
    path.write_text(text)

    assert run("apply", "shop", tmp_path) == (1, "", f"{path}: {told}\n")


def test_a_folder_without_documents_is_refused(run, tmp_path):
    assert run("apply", "shop", tmp_path / "x") == (1, "", f"There is no folder {tmp_path / 'x'}.\n")
    assert run("apply", "shop", tmp_path)[2].startswith(f"There are no documents in {tmp_path}")
    assert run("apply", "nosuch", tmp_path) == (1, "", "there is no site 'nosuch'\n")


@pytest.mark.parametrize("kind", ["campaign", "segment", "rule", "destination"])
def test_a_documents_schema_is_shown(run, kind):
    code, output, _ = run("schema", kind)

    schema = json.loads(output)
    assert code == 0
    assert {"id", "name"} <= schema["properties"].keys()
    assert "secret" not in schema["required"]
    assert schema["additionalProperties"] is False


def test_a_platform_that_does_not_run_is_told_in_a_line(tmp_path, monkeypatch, capsys):
    (tmp_path / "outputs.json").write_text('{"aws_endpoint_url": "http://127.0.0.1:9"}')
    monkeypatch.setattr(admin, "Platform", lambda: Platform(tmp_path))
    monkeypatch.setattr("sys.argv", ["local.admin", "site", "shop"])

    with pytest.raises(SystemExit) as ended:
        admin.main()

    assert (ended.value.code, capsys.readouterr().err) == (1, f"{NOT_RUNNING}\n")
