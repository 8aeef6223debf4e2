"""Fill a campaign's content with what is known of the visitor. A value that is missing is a reason not to show it.

Templates are Jinja expressions (`kizuki.expressions`).
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit
from zoneinfo import ZoneInfo

import minijinja

from kizuki.campaigns import rich
from kizuki.events import Event
from kizuki.expressions import FAULTS, environment, plain, reason
from kizuki.visitors import State

MAX_OUTPUT = 2000
MAX_RICH_OUTPUT = 20_000
SECOND_MS = 1000
LOCALES = ("ja", "en")
YEN = {"ja": "{:,.0f}円", "en": "¥{:,.0f}"}
DATE = {"ja": "{0.year}年{0.month}月{0.day}日", "en": "{0:%b} {0.day}, {0.year}"}
RICH, LINKS, UNFILLED = {"body"}, {"url", "poster", "captions"}, {"id", "selector", "value", "trait", "kind", "advance"}
"""Fields of a content by what may stand in them; all others are plain text."""
FORMATTED = re.compile(
    r"\{\{(?!\s*\()(?P<value>(?:(?!\}\}).)+)\|\s*(?P<format>yen|number|percent|date)\s*\}\}", re.DOTALL
)
IN_ADDRESS = ":/?#[]@!$&'()*+,;=%~"


class Unrenderable(Exception):  # noqa: N818 - an outcome of a campaign, not a fault of ours
    """Say why content cannot be filled."""


def locale_of(event: Event) -> str:
    """Return the visitor's language, Japanese or English."""
    return locale(event.context.get("locale"))


def locale(asked: Any) -> str:
    """Return the language of a tag such as `ja-JP`: Japanese, else English."""
    return asked[:2].lower() if isinstance(asked, str) and asked[:2].lower() in LOCALES else "en"


def values_of(event: Event, state: State, variables: Mapping[str, Any]) -> dict[str, Any]:
    """Return what templates know: `event.name`, `properties`, `cart`, `traits`, `context`, `visits`, `variables`.

    `cart` is this event's, else the last one seen; `variables` are the campaign's statistics.
    """
    values = {
        "event": {"name": event.name},
        "properties": event.properties,
        "traits": state.traits,
        "context": event.context,
        "visits": state.visits,
        "variables": variables,
    }
    cart = event.properties.get("cart") or (state.cart.value if state.cart is not None else None)
    if isinstance(cart, dict):
        # minijinja counts with true as 1; in a cart, that is a mistake and no amount.
        values["cart"] = {name: value for name, value in cart.items() if not isinstance(value, bool)}
    return values


def render(
    content: Mapping[str, Any],
    wanted: str,
    values: Mapping[str, Any],
    *,
    timezone: str = "UTC",
    utm: Mapping[str, str] | None = None,
) -> tuple[str, dict[str, Any]]:
    """Fill the content in the wanted language, else in one it exists in; return that language and the content.

    `utm` is added to links that lead to a page. Raises Unrenderable.
    """
    locale = wanted if wanted in content else next(iter(content))
    return locale, _filled(content[locale], _Filler(locale, timezone, values, utm), "")


def check(template: str) -> None:
    """Raise Unrenderable for a template that does not parse, or asks for a filter or function that there is not."""
    try:
        _environment("en", "UTC", "text").undeclared_variables_in_str(_format_whole(template))
    except minijinja.TemplateError as error:
        raise Unrenderable(reason(error)) from error
    try:
        # Names of filters are looked up when they are applied: to nothing, here.
        _environment("en", "UTC", "check").render_str(_format_whole(template))
    except (minijinja.TemplateError, ArithmeticError, TypeError, ValueError, OSError) as error:
        if (told := reason(error)).startswith("unknown"):
            raise Unrenderable(told) from error


def is_link(url: str) -> bool:
    """Tell whether an address leads to a page: http, https, or relative to the site."""
    return url.startswith(("https://", "http://", "/", "?", "#")) and not url.startswith(("//", "/\\"))


class _Filler:
    """Fills the texts of one content."""

    def __init__(self, locale: str, timezone: str, values: Mapping[str, Any], utm: Mapping[str, str] | None) -> None:
        self._of = (locale, timezone)
        self._values = {name: plain(value) for name, value in values.items()}
        self._utm = utm

    def text(self, template: str, kind: str = "text", most: int = MAX_OUTPUT) -> str:
        if "{" not in template:
            return template
        try:
            text = _environment(*self._of, kind).render_str(_format_whole(template), **self._values)
        except FAULTS as error:
            raise Unrenderable(reason(error)) from error
        if len(text) > most:
            raise Unrenderable(f"the text is over {most} characters")
        return text

    def rich(self, template: str) -> str:
        return rich.clean(self.text(template, "html", MAX_RICH_OUTPUT))

    def link(self, template: str, *, page: bool) -> str:
        url = self.text(template, "link").strip()
        if not is_link(url):
            raise Unrenderable(f"{url[:100]!r} is no http, https or relative link")
        if not page or not self._utm or url.startswith("#"):
            return url
        try:
            return _with_utm(url, self._utm)
        except ValueError as error:
            raise Unrenderable(f"{url[:100]!r} is no address: {error}") from error


def _filled(part: Any, filler: _Filler, field: str) -> Any:
    if isinstance(part, Mapping):
        # A button's, an item's or a step's `url` is a page; an image's or a film's is a file.
        is_file = "alt" in part or "captions" in part
        return {key: _filled(value, filler, "file" if key == "url" and is_file else key) for key, value in part.items()}
    if isinstance(part, list):
        return [_filled(each, filler, field) for each in part]
    if not isinstance(part, str) or field in UNFILLED or field == "code":
        return part
    if field in RICH:
        return filler.rich(part)
    if field in LINKS or field == "file":
        return filler.link(part, page=field == "url")
    return filler.text(part)


def _with_utm(url: str, utm: Mapping[str, str]) -> str:
    """Add what the address does not say itself."""
    parts = urlsplit(url)
    said = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    added = urlencode({name: value for name, value in utm.items() if name not in said})
    return parts._replace(query="&".join(part for part in (parts.query, added) if part)).geturl()


def _format_whole(template: str) -> str:
    """Let a format at the end of an expression apply to all of it, not to its last term as Jinja's filters do."""
    return FORMATTED.sub(r"{{ (\g<value>) | \g<format> }}", template)


@cache
def _environment(locale: str, timezone: str, kind: str) -> minijinja.Environment:
    """Make what fills a text, rich text (`html`: values are escaped) or an address (`link`: they are quoted)."""

    def number(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise minijinja.TemplateError(f"{value!r} is not a number")
        if not math.isfinite(value):
            raise minijinja.TemplateError(f"{value!r} is no amount")
        return value

    def date(value: Any) -> str:
        moment = (
            datetime.fromisoformat(value)
            if isinstance(value, str)
            else datetime.fromtimestamp(number(value) / SECOND_MS, UTC)
        )
        return DATE[locale].format(moment if moment.tzinfo is None else moment.astimezone(ZoneInfo(timezone)))

    def present(value: Any) -> Any:
        if value is None:
            raise minijinja.TemplateError("a value is missing")
        if isinstance(value, float) and not math.isfinite(value):
            raise minijinja.TemplateError(f"{value!r} is no amount")
        return quote(value, safe=IN_ADDRESS) if kind == "link" and isinstance(value, str) else value

    formats: dict[str, Callable[..., Any]] = {
        "yen": lambda value: YEN[locale].format(number(value)),
        "number": lambda value: f"{number(value):,.10g}",
        "percent": lambda value: f"{number(value) * 100:,.10g}%",
        "date": date,
    }
    return environment(
        undefined_behavior="chainable" if kind == "check" else "strict",
        finalizer=str if kind == "check" else present,
        auto_escape_callback=lambda _: kind == "html",
        filters=formats,
    )
