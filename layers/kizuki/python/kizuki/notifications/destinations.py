"""Destinations, as people write them, and the secrets behind them."""

import base64
import binascii
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from kizuki.notifications.template import check
from kizuki.rules.definition import Document, MisfitError

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Label = Annotated[str, Field(min_length=1, max_length=120)]
Type = Literal["slack", "webhook", "json", "email", "line"]
Address = Annotated[str, Field(min_length=3, max_length=254)]
# What Standard Webhooks 1.0 asks of a symmetric secret.
SECRET_BYTES = range(24, 65)
MAX_RECIPIENTS = 20
BELONGS = {
    "channel": {"slack"},
    "threads": {"slack"},
    "template": {"json"},
    "to": {"email", "line"},
}
"""Fields that only some types have."""


class Destination(Document):
    """Where notifications go. `secret` names the Secrets Manager secret that holds address and keys.

    Slack is written to through an incoming webhook, or by a bot where `channel` is given.
    """

    id: Id
    name: Label
    type: Type
    enabled: bool = True
    locale: Literal["ja", "en"] = "ja"
    alerts: bool = False
    """Whether it is told when another destination is switched off, and of other incidents."""
    channel: Annotated[str, Field(pattern=r"^[A-Z0-9]{6,20}$|^#?[\w.-]{1,80}$")] | None = None
    threads: bool = False
    """Whether what a person does within a day goes under the first message about them. Bots only."""
    to: Annotated[list[Address], Field(max_length=MAX_RECIPIENTS)] = []
    """E-mail addresses; of LINE one user's, group's or room's id."""
    template: dict[str, Any] | None = None
    """The JSON document to post; its texts may hold `{{ … }}`."""
    secret: Annotated[str, Field(min_length=1, max_length=512)] | None = None

    @model_validator(mode="after")
    def _has_what_its_type_needs(self) -> Self:
        for field, types in BELONGS.items():
            if self.type not in types and getattr(self, field):
                raise MisfitError(field, f"goes with {' or '.join(sorted(types))} only")
        if self.threads and self.channel is None:
            raise MisfitError("threads", "needs a bot: give its channel")
        if self.type in BELONGS["to"] and not self.to:
            raise MisfitError("to", "is missing")
        if self.type == "line" and len(self.to) > 1:
            raise MisfitError("to", "LINE is pushed to one user, group or room")
        if self.type == "json":
            if self.template is None:
                raise MisfitError("template", "is missing")
            if (problem := check(self.template)) is not None:
                raise MisfitError("template", problem)
        return self

    @field_validator("to")
    @classmethod
    def _holds_no_line_break(cls, value: list[str]) -> list[str]:
        if any(not each.isprintable() or " " in each for each in value):
            raise ValueError("an address holds no spaces or line breaks")
        return value

    @model_validator(mode="after")
    def _mails_to_addresses(self) -> Self:
        if self.type == "email" and any(each.count("@") != 1 or set(each) & set('<>,;:"()[]\\') for each in self.to):
            raise MisfitError("to", "must be e-mail addresses")
        return self

    @property
    def by_bot(self) -> bool:
        return self.type == "slack" and self.channel is not None

    @property
    def gathers(self) -> bool:
        """Whether people read it, so that many notifications at once become one message; a webhook gets each."""
        return self.type != "webhook"


class Secret(BaseModel):
    """What Secrets Manager keeps for a destination.

    Slack: `url` of the incoming webhook, or a bot's `bot_token`; a webhook: `url` and `signing_secret`; JSON: `url`;
    LINE: `channel_access_token`; e-mail: nothing. While a receiver changes over, `previous_signing_secret` signs as
    well. `api_url` stands in for Slack's or LINE's own address: on one machine only.
    """

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    url: SecretStr | None = None
    signing_secret: SecretStr | None = None
    previous_signing_secret: SecretStr | None = None
    bot_token: SecretStr | None = None
    channel_access_token: SecretStr | None = None
    api_url: str | None = None
    updated: dict[str, str] = {}
    """When each field was written, ISO 8601."""

    @field_validator("signing_secret", "previous_signing_secret")
    @classmethod
    def _is_whsec(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and _decoded_size(value.get_secret_value()) not in SECRET_BYTES:
            raise ValueError("a signing secret is whsec_ and the base64 of 24 to 64 bytes")
        return value

    @field_validator("bot_token", "channel_access_token")
    @classmethod
    def _fits_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and (not (text := value.get_secret_value()).isascii() or not text.isprintable()):
            raise ValueError("a token is printable ASCII")
        return value

    @model_validator(mode="after")
    def _previous_follows_a_current_one(self) -> Self:
        if self.previous_signing_secret and not self.signing_secret:
            raise ValueError("previous_signing_secret needs a signing_secret")
        return self

    @property
    def signing_secrets(self) -> list[str]:
        """Every secret to sign with, the current one first."""
        both = (self.signing_secret, self.previous_signing_secret)
        return [secret.get_secret_value() for secret in both if secret is not None]

    def lacking(self, destination: Destination) -> str | None:
        """Name the field without which nothing can be sent to this destination."""
        needed = needed_field(destination)
        return needed if needed is not None and getattr(self, needed) is None else None


def needed_field(destination: Destination) -> str | None:
    """Name the secret field that a destination cannot do without."""
    match destination.type:
        case "email":
            return None
        case "line":
            return "channel_access_token"
        case _:
            return "bot_token" if destination.by_bot else "url"


def _decoded_size(secret: str) -> int:
    encoded = secret.removeprefix("whsec_")
    if encoded == secret:
        return 0
    try:
        return len(base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True))
    except binascii.Error:
        return 0
