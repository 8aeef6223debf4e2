"""A JSON document whose texts are filled in from a notification (Microsoft Teams and the like).

Texts are Jinja expressions run by minijinja: no method of an object is reachable, and fuel bounds every loop. Each text
is filled in by itself and stays a text, so whatever a visitor is called, the result is the same document.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import minijinja

FUEL = 10_000
MAX_TEXT = 4000
MAX_DEPTH = 20
MAX_REASON = 300
FAULTS = (minijinja.TemplateError, ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)


class Unrenderable(Exception):  # noqa: N818 - an outcome, not a fault of ours
    """Say why the document cannot be filled in."""


def fill(template: Any, values: Mapping[str, Any]) -> Any:
    """Fill in every text. What is missing is empty text. Raises Unrenderable."""
    return _filled(template, {name: _plain(value) for name, value in values.items()})


def check(template: Any, depth: int = 0) -> str | None:
    """Say what is wrong with a template, None where nothing is."""
    if depth > MAX_DEPTH:
        return f"is nested more than {MAX_DEPTH} deep"
    if isinstance(template, str):
        try:
            _environment().undeclared_variables_in_str(template)
            # Names of filters are looked up when they are applied: to nothing, here.
            _environment().render_str(template)
        except FAULTS as error:
            told = _first_line(error)
            return told if "syntax" in told or told.startswith("unknown") else None
        return None
    parts = template.values() if isinstance(template, Mapping) else template if isinstance(template, list) else ()
    return next((problem for part in parts if (problem := check(part, depth + 1)) is not None), None)


class _Fields:
    """An object of JSON without a dict's methods: `cart.items` is a field or missing, and nothing can be changed."""

    __slots__ = ("_fields",)

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self._fields = fields

    def __getitem__(self, name: str) -> Any:
        return _plain(self._fields[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __str__(self) -> str:
        return str(self._fields)


Mapping.register(_Fields)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _Fields(value)
    return tuple(map(_plain, value)) if isinstance(value, list) else value


def _filled(part: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(part, Mapping):
        return {key: _filled(value, values) for key, value in part.items()}
    if isinstance(part, list):
        return [_filled(each, values) for each in part]
    if not isinstance(part, str) or "{" not in part:
        return part
    try:
        text = _environment().render_str(part, **values)
    except FAULTS as error:
        raise Unrenderable(_first_line(error)) from error
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].replace(" (in <string>:1)", "")[:MAX_REASON]


@cache
def _environment() -> minijinja.Environment:
    environment = minijinja.Environment(
        undefined_behavior="chainable",
        fuel=FUEL,
        finalizer=lambda value: "" if value is None else value,
        auto_escape_callback=lambda _: False,
    )
    # Asked to indent by a thousand million, it ends the process.
    environment.remove_filter("indent")
    return environment
