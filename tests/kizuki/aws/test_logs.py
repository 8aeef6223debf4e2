"""What operators read in a function's log: one JSON object a line."""

import json

import pytest

from kizuki.aws.logs import FunctionLog


@pytest.fixture
def log(monkeypatch):
    monkeypatch.setenv("_X_AMZN_TRACE_ID", "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1")
    return FunctionLog("shop")


@pytest.fixture
def lines(capsys):
    return lambda: [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_says_what_happened_where_and_in_which_request(log, lines, lambda_context):
    @log.of_request
    def handler(event, context):
        log.info("refused %s", event, extra={"code": "too_long", "limit": 256})
        return "answer"

    answers = [handler("x", lambda_context), handler("y", lambda_context)]

    assert answers == ["answer", "answer"]
    first, second = lines()
    assert first.pop("location").startswith("handler:")
    assert first.pop("timestamp").endswith("Z")
    assert first == {
        "level": "INFO",
        "message": "refused x",
        "service": "shop",
        "cold_start": True,
        "function_name": "tests",
        "function_request_id": lambda_context.aws_request_id,
        "xray_trace_id": "1-5759e988-bd862e3fe1be46a994272793",
        "code": "too_long",
        "limit": 256,
    }
    assert (second["message"], second["cold_start"]) == ("refused y", False)


def test_an_exception_is_on_the_same_line(log, lines):
    try:
        {}["cart"]
    except KeyError:
        log.exception("not accepted")

    [line] = lines()
    assert (line["level"], line["exception_name"]) == ("ERROR", "KeyError")
    assert line["exception"].endswith("KeyError: 'cart'")


def test_what_json_cannot_hold_is_written_as_text(log, lines):
    log.warning("odd", extra={"error": ValueError("x"), "raw": {1, 2}})

    [line] = lines()
    assert line["error"] == "x"


def test_the_level_is_the_functions(monkeypatch, lines):
    monkeypatch.setenv("AWS_LAMBDA_LOG_LEVEL", "ERROR")
    log = FunctionLog("quiet")

    log.info("hidden")
    log.error("seen")

    assert [line["message"] for line in lines()] == ["seen"]
