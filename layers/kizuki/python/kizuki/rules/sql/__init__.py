"""The second compiler of conditions: Athena SQL over the data hub, for people whom no event of now brings along."""

from collections.abc import Mapping
from typing import Any

from kizuki.events.times import iso
from kizuki.rules.sql.conditions import MAX_QUERY_BYTES, Conditions, first_moment, too_large
from kizuki.rules.sql.query import ANSWER, audience
from kizuki.visitors import Calendar

__all__ = ["ANSWER", "compile_audience", "first_moment"]


def compile_audience(
    condition: dict[str, Any], *, site: str, timezone: str, as_of_ms: int, segments: Mapping[str, dict[str, Any]]
) -> str:
    """Compile the question who fulfils a condition as of a moment, and how many people there are in all.

    `segments` are the conditions of the segments that may be spoken of. The answer's columns are `ANSWER`: a row
    for each of the matching people seen last, and in every row the same totals; one row without a match where nobody
    matches. Raises TooLargeError and, for what nests too deeply, MalformedError.
    """
    conditions = Conditions(Calendar(timezone), as_of_ms, segments)
    sql = audience(conditions.compile(condition), conditions.needs, site=site, as_of=iso(as_of_ms))
    if len(sql.encode()) > MAX_QUERY_BYTES:
        raise too_large()
    return sql
