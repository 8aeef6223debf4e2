"""Expressions in texts that people write, `{{ cart.total }}`, run by minijinja on what visitors did.

No method of an object is reachable, fuel bounds every loop, and what could end the process is not there.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import minijinja

FUEL = 10_000
MAX_REASON = 300
"""What a reason quotes may be a visitor's whole event."""
FAULTS = (minijinja.TemplateError, ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)
"""What filling a text in can raise: filters are called as templates say, with too many arguments, say."""


def environment(**options: Any) -> minijinja.Environment:
    """Make an environment; `options` are minijinja's own."""
    made = minijinja.Environment(fuel=FUEL, **options)
    # Asked to indent by a thousand million, it ends the process.
    made.remove_filter("indent")
    return made


def plain(value: Any) -> Any:
    """Return JSON as expressions may see it: fields and items, which nothing can change."""
    if isinstance(value, Mapping):
        return _Fields(value)
    return tuple(map(plain, value)) if isinstance(value, list) else value


def reason(error: Exception) -> str:
    """Say in one line what is wrong with a text, or with filling it in."""
    return str(error).partition("\n")[0].replace(" (in <string>:1)", "")[:MAX_REASON]


class _Fields:
    """An object of JSON without a dict's methods: `cart.items` is a field or missing, and nothing can be changed."""

    __slots__ = ("_fields",)

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self._fields = fields

    def __getitem__(self, name: str) -> Any:
        return plain(self._fields[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __str__(self) -> str:
        return str(self._fields)


Mapping.register(_Fields)
