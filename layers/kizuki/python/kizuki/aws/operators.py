"""Who an operator is: the user pool knows the e-mail address, which an access token does not carry."""

from typing import Any

from kizuki.aws.clients import translated
from kizuki.errors import TryAgainError


class OperatorDirectory:
    """`client` is a botocore Cognito client. Addresses are remembered: they hardly change."""

    def __init__(self, client: Any, pool: str) -> None:
        self._client = client
        self._pool = pool
        self._known: dict[str, str] = {}

    def email(self, username: str) -> str:
        """Return the address; the user name itself where the pool cannot say: a change must not fail for its author."""
        if username not in self._known:
            try:
                with translated("asking who signed in"):
                    answer = self._client.admin_get_user(UserPoolId=self._pool, Username=username)
            except TryAgainError:
                return username
            attributes = {each["Name"]: each["Value"] for each in answer["UserAttributes"]}
            self._known[username] = attributes.get("email", username)
        return self._known[username]
