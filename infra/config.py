"""What a deployment may choose: CDK context, parsed into one typed value."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

import aws_cdk as cdk
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic.networks import HttpUrl


class ConfigError(ValueError):
    """The context names something that does not exist or has a value out of range."""


def _json(value: Any) -> Any:
    """Accept what `cdk -c name=value` passes on: structured values arrive as JSON text, absent ones as empty text."""
    if isinstance(value, str):
        try:
            return json.loads(value) if value.startswith("{") else value or None
        except json.JSONDecodeError as error:
            raise ValueError(f"not JSON: {error}") from None
    return value


class Domain(BaseModel):
    """A host name of the deployer's own, with the ACM certificate that covers it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(max_length=253, pattern=r"^([a-z0-9-]{1,63}\.)+[a-z]{2,63}$")]
    certificate_arn: Annotated[str, Field(pattern=r"^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate/.+$")]


OptionalDomain = Annotated[Domain | None, BeforeValidator(_json)]


class Config(BaseModel):
    """One deployment of Kizuki."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stage: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,19}$")] = "dev"
    stream_mode: Literal["on_demand", "provisioned"] = "provisioned"
    shards: Annotated[int, Field(ge=1, le=500)] | None = None
    stream_retention_hours: Annotated[int, Field(ge=24, le=8760)] = 24
    enhanced_fan_out: bool = False
    retention_days: Annotated[int, Field(ge=1, le=36_500), BeforeValidator(_json)] | None = None
    replay_retention_days: Annotated[int, Field(ge=1, le=3650)] = 30
    requests_per_second: Annotated[int, Field(ge=1, le=10_000)] = 1000
    burst: Annotated[int, Field(ge=1, le=5000)] = 2000
    query_limit_gb: Annotated[int, Field(ge=1, le=10_000)] = 10
    alarm_email: Annotated[str | None, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"), BeforeValidator(_json)] = None
    mail_from: Annotated[str | None, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"), BeforeValidator(_json)] = None
    demo_write_key: Annotated[str | None, Field(pattern=r"^wk_[\w-]+$"), BeforeValidator(_json)] = None
    console_domain: OptionalDomain = None
    ingest_domain: OptionalDomain = None
    sdk_domain: OptionalDomain = None
    local: Annotated[HttpUrl | None, BeforeValidator(_json)] = None

    @model_validator(mode="after")
    def _shards_belong_to_provisioned_streams(self) -> Self:
        if self.shards is not None and self.stream_mode == "on_demand":
            raise ValueError("shards: an on-demand stream scales by itself; leave the number out")
        return self

    @property
    def endpoint(self) -> str | None:
        """The emulator's endpoint without a trailing slash, or None on AWS."""
        return str(self.local).rstrip("/") if self.local else None

    @property
    def tls(self) -> bool:
        """Whether plain HTTP is refused: everywhere but on the emulator, which speaks nothing else on loopback."""
        return self.local is None

    @property
    def ruleset_max_age(self) -> int:
        """Seconds a warm function may go on with the rules it has read; on a developer's machine, none."""
        return 0 if self.local else 5

    @property
    def sql_dialect(self) -> str:
        """What the data hub speaks: the emulator runs DuckDB where AWS runs Trino."""
        return "duckdb" if self.local else "trino"

    @property
    def secret_prefix(self) -> str:
        """Destinations' secrets are named `<prefix>/<site>/<destination>`."""
        return f"kizuki/{self.stage}/destinations"

    @classmethod
    def from_context(cls, context: Mapping[str, Any]) -> Self:
        """Parse the context of an app, leaving out the CDK's own keys (which all have a colon or an at sign)."""
        own = {name: value for name, value in context.items() if ":" not in name and "@" not in name}
        try:
            return cls.model_validate(own)
        except ValidationError as error:
            raise ConfigError("\n".join(_explain(problem) for problem in error.errors())) from None

    @classmethod
    def of(cls, app: cdk.App) -> Self:
        return cls.from_context(app.node.get_all_context())


def _explain(problem: Any) -> str:
    name = ".".join(str(part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        return f"{name}: no such setting; there are {', '.join(Config.model_fields)}"
    message = str(problem["msg"]).removeprefix("Value error, ")
    return f"{name}: {message}" if name else message
