"""Destinations and notification rules, as people write them, and the secret that a destination names."""

import base64
import binascii
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from kizuki.rules.definition import Condition, Document

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Label = Annotated[str, Field(min_length=1, max_length=120)]
# What Standard Webhooks 1.0 asks of a symmetric secret.
SECRET_BYTES = range(24, 65)


class Destination(Document):
    """Where notifications go. `secret` names the Secrets Manager secret that holds the address."""

    id: Id
    name: Label
    type: Literal["slack", "webhook"]
    enabled: bool = True
    locale: Literal["ja", "en"] = "ja"
    secret: Annotated[str, Field(min_length=1, max_length=512)]


class NotificationRule(Document):
    """Tell `destination` when an event fulfils `when`; about one person at most every `quiet_seconds`."""

    id: Id
    name: Label
    when: Condition
    destination: Id
    enabled: bool = True
    quiet_seconds: Annotated[int, Field(ge=0, le=30 * 86_400)] = 0


class Secret(BaseModel):
    """What Secrets Manager keeps for a destination: for Slack `url`, for a webhook `signing_secret` too.

    While a receiver changes over, `previous_signing_secret` signs as well.
    """

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    url: SecretStr
    signing_secret: SecretStr | None = None
    previous_signing_secret: SecretStr | None = None

    @field_validator("signing_secret", "previous_signing_secret")
    @classmethod
    def _is_whsec(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and _decoded_size(value.get_secret_value()) not in SECRET_BYTES:
            raise ValueError("a signing secret is whsec_ and the base64 of 24 to 64 bytes")
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


def _decoded_size(secret: str) -> int:
    encoded = secret.removeprefix("whsec_")
    if encoded == secret:
        return 0
    try:
        return len(base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True))
    except binascii.Error:
        return 0
