"""What people type, checked before any of it is kept: every refusal is a sentence that names what is wrong."""

import json
import re
from collections.abc import Callable
from json import JSONDecodeError
from pathlib import Path
from typing import Any, get_args
from zoneinfo import available_timezones

from pydantic import BaseModel, TypeAdapter, ValidationError

from kizuki.aws.config import Kind
from kizuki.campaigns.definition import Campaign
from kizuki.errors import CallerError
from kizuki.notifications.definition import Destination, Id, NotificationRule, Secret
from kizuki.outbound.addresses import Target
from kizuki.rules.definition import Segment
from kizuki.rules.problems import problems
from local.steps import StepError

MODELS: dict[Kind, type[BaseModel]] = {
    "destination": Destination,
    "segment": Segment,
    "rule": NotificationRule,
    "campaign": Campaign,
}
ORIGIN = re.compile(r"https?://([a-z0-9]([a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:]+\])(:[1-9][0-9]{0,4})?")
EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_id: TypeAdapter[str] = TypeAdapter(Id)


def check_id(noun: str, value: str) -> None:
    try:
        _id.validate_python(value)
    except ValidationError:
        raise StepError(
            f"{value!r} cannot be a {noun}'s id: at most 64 of a-z, 0-9, - and _, beginning with a letter or digit."
        ) from None


def check_name(value: str) -> None:
    if not value.strip():
        raise StepError("The name is empty.")


def check_origin(value: str) -> None:
    """Refuse what no browser sends as an origin: it would match nothing."""
    default_port = re.fullmatch(r"http:.*:80|https:.*:443", value)
    if default_port or not ORIGIN.fullmatch(value):
        raise StepError(f"{value!r} is not an origin as browsers send it, like https://shop.example.jp (no path).")


def check_timezone(value: str) -> None:
    if value not in available_timezones():
        raise StepError(f"{value!r} is not a time zone of the IANA database, like Asia/Tokyo.")


def check_email(value: str) -> None:
    if not EMAIL.fullmatch(value):
        raise StepError(f"{value!r} is not an e-mail address.")


def read_secret(text: str, *, allow_http: bool) -> dict[str, Any]:
    """Read a destination's address, a URL or JSON. Nothing of it is ever shown: it may hold a password."""
    text = text.strip()
    if not text:
        raise StepError("Standard input is empty: it should hold the destination's URL, or JSON with `url`.")
    try:
        document = json.loads(text) if text.startswith("{") else {"url": text}
    except JSONDecodeError as error:
        raise StepError(f"Standard input is not JSON: {error}") from None
    try:
        url = Secret.model_validate(document).url.get_secret_value()
    except ValidationError as error:
        raise StepError("\n".join(f"Standard input: {problem}" for problem in _problems(error))) from None
    try:
        scheme = Target.parse(url).scheme
    except CallerError as error:
        raise StepError(f"The destination's address cannot be called: {error}.") from None
    if scheme != "https" and not allow_http:
        raise StepError("The destination's address must begin with https://.")
    return dict(document)


def read_documents(folder: Path, secret_of: Callable[[str], str]) -> list[tuple[Kind, dict[str, Any]]]:
    """Read and check every document in `destinations/ segments/ rules/ campaigns/` of a folder."""
    if not folder.is_dir():
        raise StepError(f"There is no folder {folder}.")
    kinds: tuple[Kind, ...] = get_args(Kind)
    found = [(kind, path) for kind in kinds for path in sorted((folder / f"{kind}s").glob("*.json"))]
    if not found:
        folders = ", ".join(f"{kind}s/" for kind in kinds)
        raise StepError(f"There are no documents in {folder}: they are *.json in its folders {folders}.")
    return [(kind, _document(kind, path, secret_of)) for kind, path in found]


def _document(kind: Kind, path: Path, secret_of: Callable[[str], str]) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text())
    except ValueError as error:
        raise StepError(f"{path}: not JSON: {error}") from None
    if not isinstance(document, dict):
        raise StepError(f"{path}: not a JSON object")
    if kind == "destination":
        document.setdefault("secret", secret_of(str(document.get("id"))))
    try:
        MODELS[kind].model_validate(document)
    except ValidationError as error:
        found = problems(error, document)
        raise StepError(
            "\n".join(": ".join(filter(None, [str(path), each.path, each.message])) for each in found)
        ) from None
    return document


def _problems(error: ValidationError) -> list[str]:
    """Say where and what, without pydantic's links and without the values, which may be secret."""
    found = error.errors(include_url=False, include_input=False, include_context=False)
    return [
        ": ".join(filter(None, [".".join(map(str, each["loc"])), each["msg"].removeprefix("Value error, ")]))
        for each in found
    ]
