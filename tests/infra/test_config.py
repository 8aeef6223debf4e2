"""Context in, one typed value or a clear error out."""

import pytest

from infra.config import Config, ConfigError, Domain

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b"


def test_nothing_needs_to_be_chosen():
    assert Config.from_context({}) == Config(stage="dev", stream_mode="provisioned", replay_retention_days=30)


def test_the_command_lines_text_becomes_typed_values():
    given = {"stage": "dev", "shards": "2", "enhanced_fan_out": "true", "retention_days": "400", "alarm_email": ""}

    assert Config.from_context(given) == Config(
        stage="dev", shards=2, enhanced_fan_out=True, retention_days=400, alarm_email=None
    )


def test_a_domain_may_be_json_text():
    given = {"console_domain": f'{{"name": "cx.example.jp", "certificate_arn": "{CERTIFICATE}"}}'}

    assert Config.from_context(given).console_domain == Domain(name="cx.example.jp", certificate_arn=CERTIFICATE)


def test_the_cdks_own_keys_are_left_alone():
    given = {"stage": "dev", "@aws-cdk/aws-iam:minimizePolicies": True, "availability-zones:account=1": ["a"]}

    assert Config.from_context(given) == Config(stage="dev")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"stream_mod": "on_demand"}, "stream_mod: no such setting; there are stage, stream_mode, "),
        ({"stage": "Prod_1"}, "stage: String should match pattern"),
        ({"stream_mode": "auto"}, "stream_mode: Input should be 'on_demand' or 'provisioned'"),
        ({"shards": "0"}, "shards: Input should be greater than or equal to 1"),
        ({"shards": "two"}, "shards: Input should be a valid integer"),
        ({"stream_mode": "on_demand", "shards": 2}, "shards: an on-demand stream scales by itself"),
        ({"replay_retention_days": "0"}, "replay_retention_days: Input should be greater than or equal to 1"),
        ({"stream_retention_hours": 12}, "stream_retention_hours: Input should be greater than or equal to 24"),
        ({"alarm_email": "ops"}, "alarm_email: String should match pattern"),
        ({"local": "4566"}, "local: Input should be a valid URL"),
        ({"console_domain": {"name": "cx.example.jp"}}, "console_domain.certificate_arn: Field required"),
        ({"console_domain": "{"}, "console_domain: not JSON"),
    ],
)
def test_what_does_not_fit_is_named(given, message):
    with pytest.raises(ConfigError) as refused:
        Config.from_context(given)

    assert str(refused.value).startswith(message)


def test_every_problem_is_told_at_once():
    with pytest.raises(ConfigError) as refused:
        Config.from_context({"stage": "", "shards": -1})

    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == ["stage", "shards"]
