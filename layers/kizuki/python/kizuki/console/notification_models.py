"""The console API's documents about rules, destinations and deliveries (docs/api.md). Times are ISO 8601 UTC."""

from typing import Any, Literal

from pydantic import BaseModel

from kizuki.console.models import Problem, Words


class RuleDestination(BaseModel):
    """A destination that a rule tells; `type` is unknown where there is none of that id."""

    id: str
    name: str
    type: str
    enabled: bool


class RuleDocument(BaseModel):
    id: str
    name: str
    status: Literal["draft", "live", "paused", "ended"]
    version: int
    updated_at: str
    updated_by: str | None
    definition: dict[str, Any]
    summary: Words
    destinations: list[RuleDestination]
    problem: str | None


class Rules(BaseModel):
    items: list[RuleDocument]


class CheckedRule(BaseModel):
    """`mention` says when somebody is called, null for always or never."""

    summary: Words | None
    mention: Words | None
    problems: list[Problem]


class SlackMessage(BaseModel):
    text: str
    blocks: list[dict[str, Any]]


class PreviewedMessage(BaseModel):
    slack: SlackMessage
    plain: str


class PreviewedRule(BaseModel):
    """What would be sent, by language; `real` is whether it is of an event that happened."""

    messages: dict[Literal["ja", "en"], PreviewedMessage] | None
    real: bool
    problems: list[Problem]


class SecretField(BaseModel):
    """Whether a secret is there, never what it is: `hint` are its last four characters, where it is long."""

    set: bool
    updated_at: str | None
    hint: str | None


class DestinationHealth(BaseModel):
    """`failures` in a row; `share` of failures, the newest attempts weighing most; `next_at` when it is asked again."""

    state: Literal["healthy", "degraded", "disabled"]
    reason: str | None
    since: str | None
    failures: int
    share: float
    next_at: str | None


class DestinationDocument(BaseModel):
    id: str
    name: str
    type: str
    enabled: bool
    version: int
    updated_at: str
    updated_by: str | None
    definition: dict[str, Any]
    secret: dict[str, SecretField]
    health: DestinationHealth
    problem: str | None


class Destinations(BaseModel):
    items: list[DestinationDocument]


class TestedDestination(BaseModel):
    status: Literal["delivered", "failed"]
    response_code: int | None
    error: str | None
    duration_ms: int | None
