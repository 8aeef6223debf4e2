"""E-mail out, through SES."""

import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from botocore.exceptions import BotoCoreError, ClientError

from kizuki.errors import CallerError, TryAgainError
from kizuki.notifications.mail import Mail

PASSING = frozenset(
    {"TooManyRequestsException", "LimitExceededException", "ThrottlingException", "InternalServiceErrorException"}
)
SERVER_FAULT = 500


class MailRefusedError(CallerError):
    """SES will not send this; `status` of `code` is what it answered."""


class Sent(NamedTuple):
    status: int
    duration_ms: int


class Mailer:
    """`client` is a botocore SES v2 client; `sender` the address that mail comes from, empty where there is none."""

    def __init__(self, client: Any, sender: str) -> None:
        self._client = client
        self._sender = sender

    def send(self, to: Sequence[str], mail: Mail) -> Sent:
        """Send one mail. Raises MailRefusedError, and TryAgainError when SES is busy, or its answer was lost."""
        if not self._sender:
            raise MailRefusedError("mail_not_set_up", "this deployment has no address to send mail from")
        started = time.monotonic()
        content = {
            name: {"Data": text, "Charset": "UTF-8"} for name, text in (("Text", mail.text), ("Html", mail.html))
        }
        simple = {"Subject": {"Data": mail.subject, "Charset": "UTF-8"}, "Body": content}
        try:
            answer = self._client.send_email(
                FromEmailAddress=self._sender, Destination={"ToAddresses": [*to]}, Content={"Simple": simple}
            )
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
            if code in PASSING or status >= SERVER_FAULT:
                raise TryAgainError("mail_unavailable", f"SES cannot send for now ({code})") from error
            raise MailRefusedError("mail_refused", f"SES refuses the mail ({code})") from error
        except BotoCoreError as error:
            raise TryAgainError("mail_unavailable", f"SES did not answer ({type(error).__name__})") from error
        status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 200)
        return Sent(status, round((time.monotonic() - started) * 1000))
