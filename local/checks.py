"""What people type, checked before any of it is kept: every refusal is a sentence that names what is wrong."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from json import JSONDecodeError
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from pydantic import BaseModel, TypeAdapter, ValidationError

from kizuki.aws.documents import Kind, StoredDocument
from kizuki.aws.publishing import CONDITIONS, refuse_circle, segment_of
from kizuki.campaigns.definition import Campaign
from kizuki.errors import CallerError, MalformedError
from kizuki.notifications.definition import NotificationRule
from kizuki.notifications.destinations import Destination, Id, Secret
from kizuki.outbound.addresses import Target
from kizuki.rules.compiled import segments_in
from kizuki.rules.definition import Segment
from kizuki.rules.problems import checked, problems
from local.steps import StepError

MODELS: dict[Kind, type[BaseModel]] = {
    "campaign": Campaign,
    "segment": Segment,
    "rule": NotificationRule,
    "destination": Destination,
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
        secret = Secret.model_validate(document)
    except ValidationError as error:
        raise StepError("\n".join(f"Standard input: {problem}" for problem in _problems(error))) from None
    if secret.url is None and secret.bot_token is None and secret.channel_access_token is None:
        raise StepError("Standard input: url: Field required, or bot_token for Slack, channel_access_token for LINE")
    if secret.api_url is not None and not allow_http:
        raise StepError("Standard input: api_url is for the platform on one machine only.")
    if secret.url is None:
        return dict(document)
    try:
        scheme = Target.parse(secret.url.get_secret_value()).scheme
    except CallerError as error:
        raise StepError(f"The destination's address cannot be called: {error}.") from None
    if scheme != "https" and not allow_http:
        raise StepError("The destination's address must begin with https://.")
    return dict(document)


def schema(kind: Kind) -> dict[str, Any]:
    """Return the JSON Schema of a document as it is written in a folder: a destination's `secret` is filled in."""
    found = MODELS[kind].model_json_schema()
    found["required"] = [name for name in found["required"] if name != "secret"]
    return found


def read_documents(folder: Path, secret_of: Callable[[str], str]) -> list[tuple[Kind, Path, dict[str, Any]]]:
    """Read and check every document in `destinations/ segments/ rules/ campaigns/` of a folder."""
    if not folder.is_dir():
        raise StepError(f"There is no folder {folder}.")
    found = [(kind, path) for kind in MODELS for path in sorted((folder / f"{kind}s").glob("*.json"))]
    if not found:
        folders = ", ".join(f"{kind}s/" for kind in MODELS)
        raise StepError(f"There are no documents in {folder}: they are *.json in its folders {folders}.")
    return [(kind, path, _document(kind, path, secret_of)) for kind, path in found]


def check_references(
    written: Sequence[tuple[Kind, Path, dict[str, Any]]], stored: Mapping[Kind, Iterable[StoredDocument]]
) -> None:
    """Refuse documents that speak of what neither the folder nor the site has, and segments that go in a circle."""
    known = {kind: {other.id: other for other in stored[kind]} for kind in MODELS}
    for kind, _, document in written:
        known[kind][document["id"]] = StoredDocument(document["id"], "live", "", document)
    for kind, path, document in written:
        for field, condition in CONDITIONS[kind](document).items():
            for id_ in sorted(segments_in(condition)):
                if id_ not in known["segment"]:
                    raise StepError(f"{path}: {field}: there is no segment {id_!r}")
        for field, id_ in _destinations(kind, document):
            if id_ not in known["destination"]:
                raise StepError(f"{path}: {field}: there is no destination {id_!r}")
        if kind == "segment":
            try:
                refuse_circle(segment_of(document), known["segment"].values())
            except MalformedError as error:
                raise StepError(f"{path}: {error.path}: {error.message}") from None


def refuse_scripts(written: Iterable[tuple[Kind, Path, dict[str, Any]]]) -> None:
    """Refuse campaigns that run JavaScript, for a site that does not allow it."""
    for kind, path, document in written:
        if kind == "campaign" and any(each["action"]["type"] == "script" for each in document["variants"]):
            raise StepError(f"{path}: the site does not run scripts: allow them in the console's settings.")


def _destinations(kind: Kind, document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the destinations that a document names, by their places."""
    if kind == "rule":
        one = document.get("destination")
        yield from [("destination", one)] if one is not None else []
        yield from ((f"destinations[{n}]", id_) for n, id_ in enumerate(document.get("destinations", [])))
    if kind == "campaign":
        for n, variant in enumerate(document["variants"]):
            if variant["action"]["type"] == "notify":
                yield f"variants[{n}].action.destination", variant["action"]["destination"]


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
        checked(MODELS[kind], document, kind, CONDITIONS[kind])
    except ValidationError as error:
        found = problems(error, document)
        raise StepError(
            "\n".join(": ".join(filter(None, [str(path), each.path, each.message])) for each in found)
        ) from None
    except MalformedError as error:
        raise StepError(f"{path}: {error.path}: {error.message}") from None
    return document


def _problems(error: ValidationError) -> list[str]:
    """Say where and what, without pydantic's links and without the values, which may be secret."""
    found = error.errors(include_url=False, include_input=False, include_context=False)
    return [
        ": ".join(filter(None, [".".join(map(str, each["loc"])), each["msg"].removeprefix("Value error, ")]))
        for each in found
    ]
