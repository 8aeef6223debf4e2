"""What is wrong with a document that somebody wrote: where, and in one sentence.

pydantic names the members of a union within a place, and complains for each of them; people want the place as they
wrote it, and one complaint. No hot path imports this.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import msgspec
from pydantic import BaseModel, TypeAdapter, ValidationError

from kizuki.errors import MalformedError
from kizuki.rules.compiled import compile_condition
from kizuki.rules.definition import Condition, MisfitError

ModelT = TypeVar("ModelT", bound=BaseModel)
ConditionsOf = Callable[[dict[str, Any]], dict[str, dict[str, Any]]]
"""Gives the conditions of a written document, by their paths in it."""
INDEX = re.compile(r"\[\d+\]$")
MESSAGES = {
    "missing": "is missing",
    "extra_forbidden": "is no field of this",
    "literal_error": "must be one of {expected}",
    "union_tag_invalid": "must be one of {expected_tags}",
    "union_tag_not_found": "is missing, so what this is cannot be told",
    "model_attributes_type": "must be an object",
    "model_type": "must be an object",
    "dict_type": "must be an object",
    "list_type": "must be a list",
    "string_type": "must be a text",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "string_too_short": "must not be empty",
    "string_too_long": "must have at most {max_length} characters",
    "too_short": "must not be empty",
    "too_long": "must have at most {max_length} entries",
}
PATTERNS = {
    "since": "must be a time of day like 09:00",
    "until": "must be a time of day like 21:30",
    "id": "must be at most 64 of a-z, 0-9 and -, beginning with a letter or digit",
}
"""What is said instead of a regular expression."""
FORMS = {
    "value": "must be a text, a number, true or false, or a list of these",
    "value[]": "must be a text, a number, true or false",
    "name": "must be a name, or a list of names",
    "event": "must be the name of an event, or a list of names",
    "window": 'must be "visit", "previous_visit", "today", "all" or {"days": 1 to 365}',
}
"""What is said where each member of a union has its own complaint."""
_condition: TypeAdapter[Any] = TypeAdapter(Condition)


class Problem(msgspec.Struct, frozen=True):
    """One mistake; `path` is empty for the document as a whole."""

    path: str
    message: str


def checked(model: type[ModelT], document: Any, noun: str, conditions: ConditionsOf = lambda _: {}) -> ModelT:
    """Check a document, and that the conditions in it compile. Raises MalformedError."""
    found, wrong = all_problems(model, document, conditions)
    if found is None:
        raise MalformedError(f"invalid_{noun}", wrong[0].message, path=wrong[0].path or "$")
    return found


def all_problems(
    model: type[ModelT], document: Any, conditions: ConditionsOf = lambda _: {}
) -> tuple[ModelT | None, list[Problem]]:
    """Check a document; return it, None where it is not valid, and everything that is wrong with it."""
    try:
        found = model.model_validate(document)
    except ValidationError as error:
        return None, problems(error, document)
    wrong = []
    for path, condition in conditions(found.model_dump(mode="json")).items():
        try:
            compile_condition(condition)
        except MalformedError as error:
            wrong.append(Problem(path, error.message))
    return (None if wrong else found), wrong


def check_condition(written: Any, path: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Check a condition; return it in full, None where it is not valid, and what is wrong."""
    try:
        condition = _condition.dump_python(_condition.validate_python(written), mode="json")
        compile_condition(condition)
    except ValidationError as error:
        return None, problems(error, written, path)
    except MalformedError as error:
        return None, [Problem(path, error.message)]
    return condition, []


def problems(error: ValidationError, document: Any, path: str = "") -> list[Problem]:
    """List the mistakes that pydantic found, each place once; `path` leads to the document."""
    found: dict[str, list[str]] = {}
    for each in error.errors(include_url=False, include_input=False):
        place, kind, context = each["loc"], each["type"], each.get("ctx", {})
        cause = context.get("error")
        field = cause.field if isinstance(cause, MisfitError) else "type" if kind.startswith("union_tag") else None
        if field is not None:
            place = (*place, field)
        where = "".join([path, *_steps(place, document, absent=field is not None or kind == "missing")]).lstrip(".")
        message = MESSAGES[kind].format(**context) if kind in MESSAGES else str(cause or each["msg"])
        if kind == "string_pattern_mismatch":
            message = PATTERNS.get(_last(where), message)
        found.setdefault(where, []).append(message)
    return [
        Problem(where, messages[0] if len(messages) == 1 else FORMS.get(_last(where), messages[0]))
        for where, messages in found.items()
        if not _is_within(where, found)
    ]


def _steps(place: Iterable[str | int], document: Any, *, absent: bool) -> Iterator[str]:
    """Write the parts of a place that the document has; the others name members of unions."""
    parts = list(place)
    tagged = True
    for n, part in enumerate(parts):
        if isinstance(document, list) and isinstance(part, int):
            yield f"[{part}]"
            document, tagged = document[part], True
        elif isinstance(document, dict):
            if tagged and part == document.get("type") and n + 1 < len(parts):
                tagged = False
            elif part in document or (absent and n + 1 == len(parts)):
                yield f".{part}"
                document, tagged = document.get(part), True


def _last(where: str) -> str:
    """Return the last name of a path, with `[]` for a place in a list."""
    return INDEX.sub("[]", where.rpartition(".")[2])


def _is_within(where: str, places: Iterable[str]) -> bool:
    """Tell whether something deeper is wrong, so that the complaint about the whole adds nothing."""
    return any(place.startswith((f"{where}.", f"{where}[")) for place in places)
