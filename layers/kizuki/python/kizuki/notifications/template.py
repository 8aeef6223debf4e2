"""A JSON document whose texts are filled in from a notification (Microsoft Teams and the like).

Texts are Jinja expressions (`kizuki.expressions`). Each text is filled in by itself and stays a text, so whatever a
visitor is called, the result is the same document.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import minijinja

from kizuki.expressions import FAULTS, environment, plain, reason

MAX_TEXT = 4000
MAX_DEPTH = 20


class Unrenderable(Exception):  # noqa: N818 - an outcome, not a fault of ours
    """Say why the document cannot be filled in."""


def fill(template: Any, values: Mapping[str, Any]) -> Any:
    """Fill in every text. What is missing is empty text. Raises Unrenderable."""
    return _filled(template, {name: plain(value) for name, value in values.items()})


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
            told = reason(error)
            return told if "syntax" in told or told.startswith("unknown") else None
        return None
    parts = template.values() if isinstance(template, Mapping) else template if isinstance(template, list) else ()
    return next((problem for part in parts if (problem := check(part, depth + 1)) is not None), None)


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
        raise Unrenderable(reason(error)) from error
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


@cache
def _environment() -> minijinja.Environment:
    return environment(
        undefined_behavior="chainable",
        finalizer=lambda value: "" if value is None else value,
        auto_escape_callback=lambda _: False,
    )
