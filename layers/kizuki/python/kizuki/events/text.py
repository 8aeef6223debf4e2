"""Text as browsers really send it."""

import re

HIGH, LOW = rb"\\u[dD][89abAB][0-9a-fA-F]{2}", rb"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
LONE = re.compile(HIGH + rb"(?!" + LOW + rb")|(?<!" + HIGH + rb")" + LOW)


def without_lone_surrogates(json: bytes) -> bytes:
    """Replace halves of surrogate pairs by U+FFFD: text cut through an emoji holds one, strict parsers refuse it."""
    if b"\\ud" in json or b"\\uD" in json:
        return LONE.sub(rb"\\ufffd", json)
    return json
