"""What holds data: kept, encrypted, recoverable, private."""

import pytest

from infra import stores
from kizuki.aws import replays

STATEFUL = (
    "AWS::DynamoDB::GlobalTable",
    "AWS::Kinesis::Stream",
    "AWS::S3::Bucket",
    "AWS::SQS::Queue",
    "AWS::Cognito::UserPool",
)


def test_deleting_the_data_stack_deletes_no_data(templates):
    stores = {name: resource for name, resource in templates.data["Resources"].items() if resource["Type"] in STATEFUL}

    assert len(stores) == 4 + 1 + 4 + 2 + 1
    assert {name for name, resource in stores.items() if resource.get("DeletionPolicy") != "Retain"} == set()
    assert {name for name, resource in stores.items() if resource.get("UpdateReplacePolicy") != "Retain"} == set()


def test_the_platform_stack_holds_only_what_can_be_made_again(templates):
    stores = [resource for resource in templates.platform["Resources"].values() if resource["Type"] in STATEFUL]

    assert [(store["Type"], store["DeletionPolicy"]) for store in stores] == [("AWS::S3::Bucket", "Delete")]


@pytest.mark.parametrize("name", ["visitors", "config", "sessions", "metrics"])
def test_a_table_is_encrypted_recoverable_and_forgets(templates, name):
    table = templates.one("AWS::DynamoDB::GlobalTable", f"tables{name}")

    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["SSESpecification"] == {"SSEEnabled": True, "SSEType": "KMS"}
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    assert table["KeySchema"] == [
        {"AttributeName": "pk", "KeyType": "HASH"},
        {"AttributeName": "sk", "KeyType": "RANGE"},
    ]
    assert [replica["PointInTimeRecoverySpecification"] for replica in table["Replicas"]] == [
        {"PointInTimeRecoveryEnabled": True}
    ]


def test_tables_have_the_documented_indexes(templates):
    def indexes(name):
        table = templates.one("AWS::DynamoDB::GlobalTable", f"tables{name}")
        return {
            index["IndexName"]: (
                *(key["AttributeName"] for key in index["KeySchema"]),
                index["Projection"]["ProjectionType"],
            )
            for index in table.get("GlobalSecondaryIndexes", [])
        }

    assert indexes("visitors") == {"by_seen": ("site", "seen_hour", "KEYS_ONLY")}
    assert indexes("sessions") == {
        "by_person": ("person_key", "started_at", "ALL"),
        "by_site": ("site", "started_at", "ALL"),
        "by_activity": ("site", "active_at", "ALL"),
        "by_group": ("by_group", "shown_at", "ALL"),
    }
    assert indexes("config") == indexes("metrics") == {}


def test_times_in_indexes_are_numbers(templates):
    sessions = templates.one("AWS::DynamoDB::GlobalTable", "tablessessions")

    assert {"AttributeName": "started_at", "AttributeType": "N"} in sessions["AttributeDefinitions"]


def test_no_bucket_is_public_or_in_clear(templates):
    for bucket in templates.of("AWS::S3::Bucket").values():
        properties = bucket["Properties"]
        assert properties["PublicAccessBlockConfiguration"] == {
            "BlockPublicAcls": True,
            "BlockPublicPolicy": True,
            "IgnorePublicAcls": True,
            "RestrictPublicBuckets": True,
        }
        assert properties["BucketEncryption"]["ServerSideEncryptionConfiguration"] == [
            {"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
        ]


def test_every_bucket_refuses_plain_http_and_old_tls(templates):
    refusing = {
        policy["Properties"]["Bucket"]["Ref"]
        for policy in templates.of("AWS::S3::BucketPolicy").values()
        for conditions in [
            [
                statement["Condition"]
                for statement in policy["Properties"]["PolicyDocument"]["Statement"]
                if statement["Effect"] == "Deny" and statement["Principal"] == {"AWS": "*"}
            ]
        ]
        if {"Bool": {"aws:SecureTransport": "false"}} in conditions
        and {"NumericLessThan": {"s3:TlsVersion": 1.2}} in conditions
    }

    assert refusing == set(templates.of("AWS::S3::Bucket"))


def test_recordings_end_after_the_days_that_were_chosen(chosen):
    bucket = chosen.one("AWS::S3::Bucket", "bucketsreplays")

    rules = bucket["LifecycleConfiguration"]["Rules"]
    assert {"Id": "expire", "Status": "Enabled", "ExpirationInDays": 7} in rules
    assert {rule["Id"]: rule["ExpirationInDays"] for rule in rules if "TagFilters" in rule} == {
        "keep-1": 1,
        "keep-3": 3,
    }


def test_a_site_may_choose_each_span_that_its_recordings_are_marked_with():
    assert stores.KEPT_DAYS == replays.KEPT_DAYS


def test_recordings_are_read_by_link_and_nothing_else_crosses_origins(templates):
    rules = templates.one("AWS::S3::Bucket", "bucketsreplays")["CorsConfiguration"]["CorsRules"]

    assert [rule["AllowedMethods"] for rule in rules] == [["GET", "HEAD"]]
    assert [
        name for name, bucket in templates.of("AWS::S3::Bucket").items() if "CorsConfiguration" in bucket["Properties"]
    ] == [name for name in templates.of("AWS::S3::Bucket") if "replays" in name]


def test_events_are_kept_forever_unless_days_are_chosen(templates, chosen):
    def rules(found):
        return {
            rule["Id"]: rule.get("ExpirationInDays")
            for rule in found.one("AWS::S3::Bucket", "bucketslake")["LifecycleConfiguration"]["Rules"]
        }

    assert rules(templates) == {"unfinished": None, "results": 7}
    assert rules(chosen) == {"unfinished": None, "results": 7, "events": 400}


def test_a_stream_is_one_encrypted_shard_unless_chosen_otherwise(templates, chosen, emulated):
    stream = templates.one("AWS::Kinesis::Stream")
    on_demand = chosen.one("AWS::Kinesis::Stream")

    assert (stream["ShardCount"], stream["RetentionPeriodHours"]) == (1, 24)
    assert stream["StreamEncryption"] == {"EncryptionType": "KMS", "KeyId": "alias/aws/kinesis"}
    assert on_demand["StreamModeDetails"] == {"StreamMode": "ON_DEMAND"}
    assert "ShardCount" not in on_demand
    assert emulated.one("AWS::Kinesis::Stream")["ShardCount"] == 2


def test_nobody_signs_up_by_themselves(templates):
    pool = templates.one("AWS::Cognito::UserPool")
    client = templates.one("AWS::Cognito::UserPoolClient")

    assert pool["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}
    assert pool["DeletionProtection"] == "ACTIVE"
    assert pool["Policies"]["PasswordPolicy"]["MinimumLength"] == 12
    assert client["ExplicitAuthFlows"] == ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    assert client["PreventUserExistenceErrors"] == "ENABLED"
    assert "GenerateSecret" not in client or client["GenerateSecret"] is False
    assert templates.one("AWS::Cognito::UserPoolGroup")["GroupName"] == "admin"


def test_passwords_are_sent_as_they_are_to_the_emulator_only(emulated):
    client = emulated.one("AWS::Cognito::UserPoolClient")

    assert "ALLOW_USER_PASSWORD_AUTH" in client["ExplicitAuthFlows"]
