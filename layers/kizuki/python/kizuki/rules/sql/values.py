"""Values of JSON columns as SQL text, and comparisons of them.

A value travels as tagged text, so that "5", 5 and true stay three things and one column can hold any of them: `s` and
the text, `n` and the number, `btrue`, `bfalse`, `l` and the list's JSON, `o` for an object, and nothing where there is
none. It is never NULL, so that comparisons have two outcomes.

Constants are written as literals: names and paths are map keys and texts, never syntax.
"""

from collections.abc import Sequence
from math import inf
from typing import Any

MISSING = "''"
SCALARS = ("s", "n", "b")
NO_LIST = "CAST(json_parse('[]') AS ARRAY(JSON))"
OPERATORS = {"eq": "=", "ne": "<>", "lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
NEGATIVE = {"ne", "not_in", "not_contains"}
NESTED_LISTS = 2
"""How deep `eq` and `in` look into lists of lists."""
EACH = None
"""The step of a path that goes through a list."""
Step = str | None


def text(value: str) -> str:
    """Write a text literal: standard SQL knows one special character in it."""
    return "'" + value.replace("'", "''").replace("\0", "' || chr(0) || '") + "'"


def number(value: float) -> str:
    """Write a double."""
    try:
        double = float(value)
    except OverflowError:
        double = inf if value > 0 else -inf
    if double in {inf, -inf}:
        return f"CAST('{'-' if double < 0 else ''}Infinity' AS DOUBLE)"
    written = repr(double).upper()
    return f"({written if 'E' in written else written + 'E0'})"


def steps(path: str) -> list[Step]:
    """Take a path apart as `events.model.lookup_all` does: keys, and EACH for every `[]`."""
    head, *rest = path.split("[]")
    found: list[Step] = [*head.split(".")]
    for keys in rest:
        found.append(EACH)
        if keys:
            found += keys.lstrip(".").split(".")
    return found


def reach(json: str, path: Sequence[Step], depth: int = 0) -> str:
    """Follow a path from a JSON expression: to JSON, or to an array of it where the path has EACH."""
    for place, step in enumerate(path):
        if step is EACH:
            return _each(json, path[place + 1 :], depth)
        json = f"element_at(TRY_CAST({json} AS MAP(VARCHAR, JSON)), {text(step)})"
    return json


def _each(json: str, rest: Sequence[Step], depth: int) -> str:
    elements = f"coalesce(TRY_CAST({json} AS ARRAY(JSON)), {NO_LIST})"
    if not rest:
        return elements
    one = f"x{depth}"
    found = f"transform({elements}, {one} -> {reach(one, rest, depth + 1)})"
    return f"flatten({found})" if EACH in rest else found


def tags(json: str) -> str:
    """Tag each value of an array of JSON, leaving out what is not there."""
    return f"filter(transform({json}, x -> {tagged('x')}), x -> x <> {MISSING})"


def tagged(json: str) -> str:
    """Tag a JSON value. An integral double and an integer are one number, and there is one zero."""
    scalar = f"json_extract_scalar({json}, '$')"
    return (
        f"CASE substr(coalesce(json_format({json}), 'null'), 1, 1) WHEN 'n' THEN '' WHEN '\"' THEN 's' || {scalar} "
        f"WHEN 't' THEN 'btrue' WHEN 'f' THEN 'bfalse' WHEN '{{' THEN 'o' WHEN '[' THEN 'l' || json_format({json}) "
        f"ELSE 'n' || CAST(TRY_CAST({scalar} AS DOUBLE) + 0E0 AS VARCHAR) END"
    )


def is_kind(value: str, *kinds: str) -> str:
    """Tell whether a value has one of these tags."""
    return f"substr({value}, 1, 1) IN ({', '.join(map(text, kinds))})"


def as_number(value: str) -> str:
    """Read a tagged number; NULL for everything else."""
    return f"CASE WHEN {value} LIKE 'n%' THEN TRY_CAST(substr({value}, 2) AS DOUBLE) END"


def comparison(value: str, op: str, constant: Any, *, many: bool = False) -> str:
    """Compare tagged text (with `many`: an array of it, empty where there is nothing) with a constant."""
    if not many:
        return _one(value, op, constant)
    if op == "exists":
        return f"cardinality({value}) > 0"
    if op == "not_exists":
        return f"cardinality({value}) = 0"
    if op in NEGATIVE:
        fails = f"NOT ({_one('v', op, constant)})"
        return f"(cardinality({value}) > 0 AND NOT {_some(value, 'v', fails)})"
    return _some(value, "v", _one("v", op, constant))


def _one(value: str, op: str, constant: Any) -> str:
    exists = f"{value} <> {MISSING}"
    match op:
        case "exists":
            return exists
        case "not_exists":
            return f"{value} = {MISSING}"
        case "eq":
            return _same(value, [constant])
        case "ne":
            return f"({exists} AND NOT {_same(value, [constant])})"
        case "in":
            return _same(value, constant)
        case "not_in":
            return f"({exists} AND NOT {_same(value, constant)})"
        case "contains":
            return _contains(value, constant)
        case "not_contains":
            return f"({is_kind(value, 's', 'l')} AND NOT {_contains(value, constant)})"
        case "starts_with":
            return f"starts_with({value}, {text('s' + constant)})"
    return f"coalesce({as_number(value)} {OPERATORS[op]} {number(constant)}, false)"


def _same(value: str, constants: Sequence[Any], depth: int = 0) -> str:
    """Equal to one of the constants; a list: holding one."""
    known = [text(_tag(each)) for each in constants if isinstance(each, bool | str)]
    numbers = [number(each) for each in constants if not isinstance(each, bool | str)]
    parts = [f"{value} IN ({', '.join(known)})"] if known else []
    if numbers:
        parts.append(f"coalesce({as_number(value)} IN ({', '.join(numbers)}), false)")
    if not parts:
        return "false"
    if depth < NESTED_LISTS:
        one = f"e{depth}"
        parts.append(_element(value, one, _same(one, constants, depth + 1)))
    return "(" + " OR ".join(parts) + ")"


def _contains(value: str, constant: str) -> str:
    inside = f" AND strpos(substr({value}, 2), {text(constant)}) > 0" if constant else ""
    return f"({value} LIKE 's%'{inside} OR {_element(value, 'e', f'e = {text(_tag(constant))}')})"


def _element(value: str, one: str, holds: str) -> str:
    """Tell whether an element of a list does; false for what is no list."""
    elements = f"transform(CAST(json_parse(substr({value}, 2)) AS ARRAY(JSON)), {one} -> {tagged(one)})"
    return f"CASE WHEN {value} LIKE 'l%' THEN {_some(elements, one, holds)} ELSE false END"


def _some(array: str, one: str, holds: str) -> str:
    return f"(cardinality(filter({array}, {one} -> {holds})) > 0)"


def _tag(value: Any) -> str:
    return "s" + value if isinstance(value, str) else "btrue" if value else "bfalse"


def numeric(value: str, op: str, constant: Any) -> str:
    """Compare a number, NULL where there is none, with a constant."""
    match op:
        case "exists":
            return f"{value} IS NOT NULL"
        case "not_exists":
            return f"{value} IS NULL"
    return f"coalesce({value} {OPERATORS[op]} {number(constant)}, false)"
