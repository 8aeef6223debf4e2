"""Which properties of an event a notification shows, and how values read."""

from collections.abc import Iterator
from typing import Any

from kizuki.notifications.catalogue import MONEY, PROPERTIES, TEXTS, Locale

# Sign, and whether the currency has a minor unit.
CURRENCIES = {"JPY": ("¥", 0), "USD": ("$", 2), "EUR": ("€", 2), "GBP": ("£", 2)}


def shown(properties: dict[str, Any], locale: Locale, *, limit: int) -> list[tuple[str, str]]:
    """Pick at most `limit` properties, the telling ones first: pairs of label and formatted value."""
    values = dict(_flat(properties))
    currency = values.pop("currency", None)
    labels = PROPERTIES[locale]
    known = [name for name in labels if name in values]
    rest = [name for name in values if name not in labels]
    return [
        (labels.get(name, name), formatted(values[name], locale, currency if name in MONEY else None))
        for name in [*known, *rest][:limit]
    ]


def formatted(value: Any, locale: Locale, currency: Any = None) -> str:
    """Write a scalar for people: 4000 as 4,000, and with its currency as ¥4,000."""
    if isinstance(value, bool):
        return TEXTS[locale]["yes" if value else "no"]
    if not isinstance(value, int | float):
        return str(value)
    if isinstance(value, float):
        # 1200.0 is 1,200, and 0.1 + 0.2 is 0.3.
        value = int(value) if value.is_integer() else round(value, 6)
    if not isinstance(currency, str):
        return f"{value:,}"
    sign, decimals = CURRENCIES.get(currency.upper(), ("", 2))
    amount = f"{value:,.{decimals}f}" if value % 1 or decimals else f"{int(value):,}"
    return f"{sign}{amount}" if sign else f"{amount} {currency.upper()}"


def _flat(document: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in document.items():
        path = f"{prefix}{name}"
        if isinstance(value, dict):
            yield from _flat(value, f"{path}.")
        elif isinstance(value, list):
            yield path, len(value)
        elif value is not None and value != "":
            yield path, value
