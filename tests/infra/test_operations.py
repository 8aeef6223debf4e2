"""docs/operations.md tells of every setting and every alarm."""

import re
from pathlib import Path

from infra.config import Config

OPERATIONS = (Path(__file__).parents[2] / "docs" / "operations.md").read_text()


def first_column(heading):
    section = OPERATIONS.split(f"## {heading}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([\w-]+)`", cell)}


def test_every_setting_is_documented_and_no_other():
    assert first_column("Settings") == set(Config.model_fields)


def test_every_alarm_is_documented_and_no_other(templates):
    alarms = {alarm["Properties"]["AlarmName"] for alarm in templates.of("AWS::CloudWatch::Alarm").values()}

    assert {f"kizuki-dev-{name}" for name in first_column("Alarms")} == alarms
