"""Looking at the functions of the local platform, and calling one."""

import json
from base64 import b64encode

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError

from local import __main__ as command
from local import functions
from local.platform import NOT_RUNNING
from local.steps import StepError

OUTPUTS = {"write_key": "wk_real-1", "secret_key": "sk_real_2"}


def with_keys(event):
    return json.loads(functions.with_keys(json.dumps(event), OUTPUTS))


def test_a_samples_write_key_is_the_platforms_own_in_body_and_query(sample):
    beacon, chunk = with_keys(sample("ingest/beacon")), with_keys(sample("replay/chunk"))

    assert json.loads(beacon["body"])["writeKey"] == "wk_real-1"
    assert chunk["rawQueryString"].startswith("writeKey=wk_real-1&")
    assert chunk["queryStringParameters"]["writeKey"] == "wk_real-1"
    assert chunk["body"] == sample("replay/chunk")["body"]


def test_a_samples_secret_key_is_the_platforms_own_in_the_authorization(sample):
    event = with_keys(sample("ingest/server"))

    assert event["headers"]["authorization"] == "Basic " + b64encode(b"sk_real_2:").decode()


def test_other_keys_and_other_credentials_stay():
    event = {"headers": {"authorization": "Basic dXNlcjpwYXNz"}, "body": "wk_shopping sk_shop2 Basic %%"}

    assert with_keys(event) == event


@pytest.mark.parametrize("arguments", [["logs"], ["invoke", "ingest", "events/ingest/beacon.json"]])
def test_a_platform_that_does_not_run_is_told_in_a_line(tmp_path, monkeypatch, capsys, arguments):
    (tmp_path / "outputs.json").write_text('{"aws_endpoint_url": "http://127.0.0.1:9"}')
    monkeypatch.setattr(command, "LOCAL", tmp_path)
    monkeypatch.setattr("sys.argv", ["local", *arguments])

    with pytest.raises(SystemExit) as ended:
        command.main()

    assert (ended.value.code, capsys.readouterr().err) == (1, f"{NOT_RUNNING}\n")


def test_a_platform_that_stops_while_its_logs_are_followed_is_told(aws, monkeypatch):
    logs = boto3.client("logs")
    logs.create_log_group(logGroupName="g")

    def refuse(**_):
        raise EndpointConnectionError(endpoint_url="http://127.0.0.1:9")

    logs.meta.events.register_first("before-send.cloudwatch-logs.FilterLogEvents", refuse)
    monkeypatch.setattr(functions, "client", lambda *_: logs)

    with pytest.raises(StepError, match=NOT_RUNNING):
        functions.follow({"aws_endpoint_url": "", "log_groups": {"ingest": "g"}}, None)
