"""Fill a campaign's content with what is known of the visitor. A value that is missing is a reason not to show it.

Templates are Jinja expressions run by minijinja: no Python objects are reachable, and fuel bounds every loop.
"""

from collections.abc import Mapping
from typing import Any

import minijinja

from kizuki.events import Event
from kizuki.visitors import State

MAX_OUTPUT = 2000
FUEL = 10_000
LOCALES = ("ja", "en")
FORMATS = {"ja": "{:,.0f}円", "en": "¥{:,.0f}"}


class Unrenderable(Exception):  # noqa: N818 - an outcome of a campaign, not a fault of ours
    """Say why content cannot be filled."""


def locale_of(event: Event) -> str:
    """Return the visitor's language, Japanese or English."""
    asked = event.context.get("locale")
    return asked[:2].lower() if isinstance(asked, str) and asked[:2].lower() in LOCALES else "en"


def render(content: Mapping[str, Any], event: Event, state: State) -> tuple[str, dict[str, Any]]:
    """Fill the content in the visitor's language (else in one it exists in); return that language and the content.

    Templates know `event.name`, `properties`, `cart` (this event's, else the last one seen), `traits`, `context` and
    `visits`.
    """
    wanted = locale_of(event)
    locale = wanted if wanted in content else next(iter(content))
    values = {
        "event": {"name": event.name},
        "properties": event.properties,
        "traits": state.traits,
        "context": event.context,
        "visits": state.visits,
    }
    cart = event.properties.get("cart") or (state.cart.value if state.cart is not None else None)
    if isinstance(cart, dict):
        # minijinja counts with true as 1; in a cart, that is a mistake and no amount.
        values["cart"] = {name: value for name, value in cart.items() if not isinstance(value, bool)}
    return locale, {key: _filled(part, ENVIRONMENTS[locale], values) for key, part in content[locale].items()}


def check(template: str) -> None:
    """Raise Unrenderable for a template that does not parse."""
    try:
        ENVIRONMENTS["en"].undeclared_variables_in_str(template)
    except minijinja.TemplateError as error:
        raise Unrenderable(_first_line(error)) from error


def _filled(part: Any, environment: minijinja.Environment, values: Mapping[str, Any]) -> Any:
    if isinstance(part, str):
        if "{" not in part:
            return part
        try:
            text = environment.render_str(part, **values)
        except (minijinja.TemplateError, ArithmeticError, TypeError, ValueError) as error:
            # Filters are called as templates say: with too many arguments, say.
            raise Unrenderable(_first_line(error)) from error
        if len(text) > MAX_OUTPUT:
            raise Unrenderable(f"the text is over {MAX_OUTPUT} characters")
        return text
    if isinstance(part, Mapping):
        return {key: _filled(value, environment, values) for key, value in part.items()}
    return part


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].replace(" (in <string>:1)", "")


def _environment(locale: str) -> minijinja.Environment:
    def number(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise minijinja.TemplateError(f"{value!r} is not a number")
        return value

    def present(value: Any) -> Any:
        if value is None:
            raise minijinja.TemplateError("a value is missing")
        return value

    environment = minijinja.Environment(
        undefined_behavior="strict",
        fuel=FUEL,
        finalizer=present,
        auto_escape_callback=lambda _: False,  # content is plain text: the tag writes it as text
        filters={
            "yen": lambda value: FORMATS[locale].format(number(value)),
            "number": lambda value: f"{number(value):,.10g}",
        },
    )
    # Asked to indent by a thousand million, it ends the process.
    environment.remove_filter("indent")
    return environment


ENVIRONMENTS = {locale: _environment(locale) for locale in LOCALES}
