"""The data hub."""

import json
import re
from pathlib import Path

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
