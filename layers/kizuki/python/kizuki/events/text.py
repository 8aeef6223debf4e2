"""Text as browsers really send it."""

import re

HIGH, LOW = rb"u[dD][89abAB][0-9a-fA-F]{2}", rb"u[dD][c-fC-F][0-9a-fA-F]{2}"
# Every escape is read as a whole: behind an escaped backslash, "ud83d" is text.
ESCAPE = re.compile(rb"\\(?:" + HIGH + rb"\\" + LOW + rb"|(?P<lone>" + HIGH + rb"|" + LOW + rb")|.)", re.DOTALL)


def without_lone_surrogates(json: bytes) -> bytes:
    """Replace halves of surrogate pairs by U+FFFD: text cut through an emoji holds one, strict parsers refuse it."""
    if b"\\ud" in json or b"\\uD" in json:
        return ESCAPE.sub(lambda found: rb"\ufffd" if found["lone"] else found[0], json)
    return json
