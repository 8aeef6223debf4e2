"""What starts the functions, and what they may do."""

import json
import re
from pathlib import Path

import pytest

ARCHITECTURE = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text()
NAMES = ("ingest", "replay", "evaluate", "notify", "api", "watch")


def properties(templates, name):
    (found,) = [
        function["Properties"]
        for function in templates.of("AWS::Lambda::Function").values()
        if function["Properties"].get("Environment", {}).get("Variables", {}).get("POWERTOOLS_SERVICE_NAME") == name
    ]
    return found


def statements(templates, name):
    """What the role of a function allows, as pairs of an action and the resources' text."""
    (policy,) = [
        policy["Properties"]
        for logical_id, policy in templates.of("AWS::IAM::Policy").items()
        if re.search(rf"{name}roleDefaultPolicy", logical_id)
    ]
    found = set()
    for statement in policy["PolicyDocument"]["Statement"]:
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        found |= {(action, json.dumps(statement["Resource"])) for action in actions}
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_function_is_small_named_and_traced(templates, name):
    function = properties(templates, name)

    assert (function["Runtime"], function["Architectures"], function["Handler"]) == (
        "python3.13",
        ["arm64"],
        "handler.handler",
    )
    assert len(function["Layers"]) == 2
    assert function["TracingConfig"] == {"Mode": "Active"}
    assert function["LoggingConfig"]["LogFormat"] == "JSON"
    assert "LogGroup" in function["LoggingConfig"]


@pytest.mark.parametrize("name", NAMES)
def test_a_function_has_the_documented_environment(templates, name):
    row = re.search(rf"^\| {name} \|.*\| `([A-Z_ ]+)` \|$", ARCHITECTURE, re.MULTILINE)
    assert row, f"docs/architecture.md has no environment for {name}"

    assert set(properties(templates, name)["Environment"]["Variables"]) == {
        "POWERTOOLS_SERVICE_NAME",
        *row[1].split(),
    }


@pytest.mark.parametrize("name", NAMES)
def test_no_function_may_do_everything_to_anything(templates, name):
    allowed = statements(templates, name)

    assert {action for action, _ in allowed if "*" in action} == set()
    assert {action for action, resource in allowed if resource == '"*"'} == {
        "xray:PutTelemetryRecords",
        "xray:PutTraceSegments",
    }


def test_only_notify_and_the_console_see_secrets_and_only_those_of_destinations(templates):
    seen = {
        (name, action.removeprefix("secretsmanager:"), resource)
        for name in NAMES
        for action, resource in statements(templates, name)
        if action.startswith("secretsmanager:")
    }

    assert {(name, action) for name, action, _ in seen} == {
        ("notify", "GetSecretValue"),
        *(("api", action) for action in ("CreateSecret", "DeleteSecret", "GetSecretValue", "PutSecretValue")),
    }
    assert all(":secret:kizuki/dev/destinations/*" in resource for _, _, resource in seen)


def test_mail_is_sent_from_the_deployments_own_address_and_where_it_has_none_not_at_all(templates, chosen):
    senders = {
        (name, identity)
        for name in NAMES
        for action, resources in statements(chosen, name)
        if action.startswith("ses:")
        for identity in re.findall(r':identity/([^"]+)"', resources)
    }

    assert senders == {(name, of) for name in ("api", "notify") for of in ("kizuki@example.jp", "example.jp")}
    assert [action for name in NAMES for action, _ in statements(templates, name) if action.startswith("ses:")] == []


def test_the_console_changes_nothing_that_visitors_did(templates):
    writes = " ".join(
        resource
        for action, resource in statements(templates, "api")
        if re.match(r"dynamodb:(Put|Update|Delete|BatchWrite)|s3:(Put|Delete)|kinesis:", action)
    )

    # Documents; what is said of recordings; incidents and deliveries; answers of the hub, and recordings to erase.
    assert set(re.findall(r"tables([a-z]+)[0-9A-F]", writes)) == {"config", "sessions", "metrics"}
    assert set(re.findall(r'"/([a-z]+)/\*"', writes)) <= {"index", "results", "replays"}
    assert "kinesis" not in writes


def test_a_poison_record_never_blocks_the_stream(templates):
    mapping = templates.one("AWS::Lambda::EventSourceMapping", "Kinesis")

    for reference in ("EventSourceArn", "FunctionName", "Tags"):
        mapping.pop(reference, None)
    destination = mapping.pop("DestinationConfig")["OnFailure"]["Destination"]
    assert mapping == {
        "StartingPosition": "TRIM_HORIZON",
        "BatchSize": 100,
        "ParallelizationFactor": 1,
        "BisectBatchOnFunctionError": True,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "MaximumRetryAttempts": 10,
        "MaximumRecordAgeInSeconds": 6 * 3600,
        "MetricsConfig": {"Metrics": ["EventCount"]},
    }
    assert "failures" in json.dumps(destination)


def test_records_are_set_aside_before_the_stream_forgets_them(templates):
    mapping = templates.one("AWS::Lambda::EventSourceMapping", "Kinesis")
    stream = templates.one("AWS::Kinesis::Stream")

    assert mapping["MaximumRecordAgeInSeconds"] < stream["RetentionPeriodHours"] * 3600


def test_fan_out_gives_the_stream_a_consumer_of_its_own(templates, chosen):
    assert templates.of("AWS::Kinesis::StreamConsumer") == {}
    (consumer,) = chosen.of("AWS::Kinesis::StreamConsumer")
    (mapping,) = [
        mapping["Properties"]
        for mapping in chosen.of("AWS::Lambda::EventSourceMapping").values()
        if "StartingPosition" in mapping["Properties"]
    ]
    assert mapping["EventSourceArn"] == {"Fn::GetAtt": [consumer, "ConsumerARN"]}


def test_a_notification_is_tried_for_most_of_a_day_and_then_rests(templates):
    queue = templates.one("AWS::SQS::Queue", "notificationsqueue")
    mapping = templates.one("AWS::Lambda::EventSourceMapping", "Sqs")
    timeout = properties(templates, "notify")["Timeout"]

    assert queue["VisibilityTimeout"] >= 6 * timeout
    assert queue["RedrivePolicy"]["maxReceiveCount"] == 8
    assert (queue["MessageRetentionPeriod"], queue["SqsManagedSseEnabled"]) == (14 * 86400, True)
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert 2 <= mapping["ScalingConfig"]["MaximumConcurrency"] <= 10


def test_loopback_is_reached_from_the_emulator_only(templates, emulated):
    def setting(found):
        return properties(found, "notify")["Environment"]["Variables"]["OUTBOUND_LOOPBACK"]

    assert setting(templates) == "refuse"
    assert setting(emulated) == "allow"
