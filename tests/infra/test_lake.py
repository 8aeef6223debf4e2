"""The data hub."""

import json
import re
from pathlib import Path

import pytest

ARCHITECTURE = (Path(__file__).parents[2] / "docs" / "architecture.md").read_text()


def documented_columns():
    """Read the table under "A row" in docs/architecture.md."""
    table = ARCHITECTURE.split("### A row")[1].split("\n## ")[0]
    columns = {}
    for names, kind in re.findall(r"^\| ((?:`\w+` ?)+) \| (\w+)", table, re.MULTILINE):
        columns |= dict.fromkeys(re.findall(r"`(\w+)`", names), kind)
    return columns


def test_the_table_has_the_documented_columns(templates):
    table = templates.one("AWS::Glue::Table")["TableInput"]

    assert {column["Name"]: column["Type"] for column in table["StorageDescriptor"]["Columns"]} == documented_columns()
    assert table["PartitionKeys"] == [{"Name": "dt", "Type": "string"}]


def test_days_are_found_by_their_names(templates):
    table = templates.one("AWS::Glue::Table")["TableInput"]
    delivery = templates.one("AWS::KinesisFirehose::DeliveryStream")["ExtendedS3DestinationConfiguration"]

    assert delivery["Prefix"] == "events/dt=!{timestamp:yyyy-MM-dd}/"
    assert table["Parameters"]["projection.enabled"] == "true"
    assert table["Parameters"]["projection.dt.format"] == "yyyy-MM-dd"
    assert "/events/dt=${dt}" in json.dumps(table["Parameters"]["storage.location.template"])


def test_rows_become_parquet_by_that_tables_schema(templates):
    delivery = templates.one("AWS::KinesisFirehose::DeliveryStream")
    conversion = delivery["ExtendedS3DestinationConfiguration"]["DataFormatConversionConfiguration"]
    (table,) = templates.of("AWS::Glue::Table")

    assert delivery["DeliveryStreamType"] == "KinesisStreamAsSource"
    assert conversion["Enabled"] is True
    assert conversion["OutputFormatConfiguration"]["Serializer"] == {"ParquetSerDe": {"Compression": "SNAPPY"}}
    assert conversion["SchemaConfiguration"]["TableName"] == {"Ref": table}


def test_a_query_can_only_cost_so_much(chosen):
    workgroup = chosen.one("AWS::Athena::WorkGroup")["WorkGroupConfiguration"]

    assert workgroup["BytesScannedCutoffPerQuery"] == 3 * 1024**3
    assert workgroup["EnforceWorkGroupConfiguration"] is True
    assert workgroup["ResultConfiguration"]["EncryptionConfiguration"] == {"EncryptionOption": "SSE_S3"}


def statements(templates):
    """What the api's role may do, by action."""
    policies = [
        policy["Properties"]["PolicyDocument"]["Statement"] for policy in templates.of("AWS::IAM::Policy").values()
    ]
    granted = {}
    for statement in (each for policy in policies for each in policy):
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        for action in actions:
            if action.startswith(("athena:", "glue:")):
                granted[action] = json.dumps(statement["Resource"])
    return granted


def test_the_api_asks_in_this_workgroup_alone(chosen):
    granted = statements(chosen)

    assert {action for action in granted if action.startswith("athena:")} == {
        "athena:StartQueryExecution",
        "athena:GetQueryExecution",
        "athena:GetQueryResults",
    }
    assert all("workgroup/kizuki-prod" in granted[action] for action in granted if action.startswith("athena:"))
    assert all(
        "kizuki_prod" in granted[action] and "*" not in granted[action]
        for action in granted
        if action.startswith("glue:")
    )


@pytest.mark.parametrize(("stage", "dialect", "limit"), [("chosen", "trino", "3"), ("emulated", "duckdb", "10")])
def test_the_api_knows_where_to_ask_and_in_which_words(request, stage, dialect, limit):
    templates = request.getfixturevalue(stage)
    variables = [
        function["Properties"]["Environment"]["Variables"]
        for function in templates.of("AWS::Lambda::Function").values()
        if "ATHENA_WORKGROUP" in function["Properties"].get("Environment", {}).get("Variables", {})
    ]
    name = templates.one("AWS::Athena::WorkGroup")["Name"]

    [found] = variables
    assert (found["ATHENA_WORKGROUP"], found["SQL_DIALECT"], found["QUERY_LIMIT_GB"]) == (name, dialect, limit)
    assert found["ATHENA_DATABASE"] == name.replace("-", "_")
