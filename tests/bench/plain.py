"""A state as JSON would hold it: the other side of every comparison of sizes."""

from typing import Any

import msgspec


def plain(value: Any) -> Any:
    """Spell a state out with its field names, as JSON would hold it."""
    if isinstance(value, msgspec.Struct):
        return {field: plain(getattr(value, field)) for field in value.__struct_fields__}
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.hex() if isinstance(value, bytes) else value
