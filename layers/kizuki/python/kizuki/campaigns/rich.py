"""Rich text: the little HTML that bodies may hold. Cleaned when it is written, and again once values are filled in."""

import re
from functools import cache

TAGS = {"b", "strong", "i", "em", "u", "s", "a", "br", "p", "ul", "ol", "li", "h3", "span", "code"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto"}
EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
MARK = "kizukiexpression{}x"
MARKED = re.compile(r"kizukiexpression(\d+)x")


def clean(html: str) -> str:
    """Return the HTML without anything that is not listed above."""
    if "<" not in html and "&" not in html:
        return html.replace(">", "&gt;")
    return str(_cleaner()(html))


def clean_template(template: str) -> str:
    """Clean what stands between the expressions of a template; they stay as they are, to be filled in and cleaned."""
    if MARKED.search(template):
        return clean(template)
    expressions: list[str] = []

    def mark(found: re.Match[str]) -> str:
        expressions.append(found[0])
        return MARK.format(len(expressions) - 1)

    cleaned = clean(EXPRESSION.sub(mark, template))
    return MARKED.sub(lambda found: expressions[int(found[1])], cleaned)


@cache
def _cleaner():  # type: ignore[no-untyped-def]  # noqa: ANN202 - nh3 has no types
    # Most messages have no tags: a cold start does not wait for what reads them.
    from nh3 import Cleaner  # noqa: PLC0415

    cleaner = Cleaner(tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener")
    return cleaner.clean
