import pytest

from kizuki.notifications.properties import formatted, shown


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        (4000, "JPY", "¥4,000"),
        (4000.0, "jpy", "¥4,000"),
        (19.5, "USD", "$19.50"),
        (20, "USD", "$20.00"),
        (1234.5, "CHF", "1,234.50 CHF"),
        (4000, None, "4,000"),
        (0.1 + 0.2, None, "0.3"),
        (1200.0, None, "1,200"),
        (True, None, "Yes"),
        ("1,000", None, "1,000"),
        (4000, 5, "4,000"),
    ],
)
def test_values_read_as_people_write_them(value, currency, text):
    assert formatted(value, "en", currency) == text


def test_the_telling_properties_come_first_and_empty_ones_not_at_all():
    properties = {
        "sku": "s",
        "color": None,
        "note": "",
        "cart": {"total": 1, "items": [1, 2]},
        "product_id": "p",
        "price": 2,
        "name": "n",
    }

    assert shown(properties, "en", limit=10) == [
        ("Name", "n"),
        ("Price", "2"),
        ("Cart total", "1"),
        ("Items in cart", "2"),
        ("Product ID", "p"),
        ("sku", "s"),
    ]
    assert shown(properties, "ja", limit=1) == [("商品名", "n")]
