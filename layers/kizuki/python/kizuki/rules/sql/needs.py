"""What an audience's conditions need of the table: values of each event, and aggregates of each person."""

from kizuki.rules.sql.values import EACH, reach, steps, tagged, tags, text

EVENT = "item = 'event'"
"""Rows that stand for an event; others stand for one of its values, or for what it says of identity."""
WIDE = {"property": "properties", "context": "context"}
TRAITS = {"trait": "identify", "group_trait": "group"}


class Needs:
    """Collect while conditions are compiled; each thing is computed once however often it is asked for."""

    def __init__(self) -> None:
        self.reached: dict[str, str] = {}
        """JSON in an event's columns, by its expression."""
        self.columns: dict[str, str] = {}
        """Text computed of each event, by its expression over what was reached."""
        self.carried: dict[str, str] = {}
        """Columns and conditions that aggregates read, by expression: they go along while people are told apart."""
        self.aggregates: dict[str, str] = {}
        """By expression over what is carried."""
        self.told: dict[str, str] = {}
        """JSON in what aggregates found, by its expression."""
        self.exploded: list[str] = []
        """Columns of several values, each of which a statistic counts: rows of their own."""
        self.wide: set[str] = set()
        """The large columns that are read at all."""
        self.since: list[str | None] = []
        """For each use of those, the moment before which it does not look; None: it looks at all time."""
        self.visits = self.group = self.times = False

    def value(self, kind: str, path: str, since: str | None) -> tuple[str, bool]:
        """Return the column with what a path of an event leads to, and whether that is an array."""
        column = WIDE[kind]
        self.wide.add(column)
        self.since.append(since)
        taken = steps(path)
        reached = _named(self.reached, "j", reach(column, taken))
        many = EACH in taken
        return _named(self.columns, "c", tags(reached) if many else tagged(reached)), many

    def trait(self, kind: str, path: str) -> tuple[str, bool]:
        """Return what a path of the newest traits leads to, and whether that is an array."""
        first, *rest = steps(path)
        newest = self.newest_trait(kind, first or "")
        reached = _named(self.told, "t", reach(f"json_parse(coalesce({newest}, 'null'))", rest))
        many = EACH in rest
        return tags(reached) if many else tagged(reached), many

    def newest_trait(self, kind: str, name: str) -> str:
        """Return the aggregate with a top-level trait's newest JSON text; NULL where it was never set."""
        type_, key = TRAITS[kind], text(name)
        said = f"coalesce(json_format(element_at(traits, {key})), 'null')"
        of_type = f"type = {text(type_)} AND contains(map_keys(traits), {key})"
        column = _named(self.columns, "c", f"CASE WHEN {of_type} THEN {said} END")
        where = f"{column} IS NOT NULL"
        if kind == "group_trait":
            self.group = True
            where += " AND group_id = newest_group"
        return self.newest(self.carry(column), where)

    def carry(self, column: str) -> str:
        self.carried[column] = column
        return column

    def mark(self, condition: str) -> str:
        """Return the column that tells of each event whether a condition over its columns holds."""
        return _named(self.carried, "w", condition)

    def explode(self, column: str) -> tuple[str, str]:
        """Return the value of a row of its own for each of a column's values, and the condition that finds those."""
        if column not in self.exploded:
            self.exploded.append(column)
        prefix = f"{column}:"
        return f"substr(item, {len(prefix) + 1})", f"starts_with(item, {text(prefix)})"

    def newest(self, expression: str, where: str) -> str:
        return self.aggregate(f"max_by({expression}, moment)", f"{EVENT} AND {where}")

    def aggregate(self, expression: str, where: str) -> str:
        """Return the name of an aggregate over those rows for which `where` holds."""
        return _named(self.aggregates, "a", f"{expression} FILTER (WHERE {where})")


def _named(known: dict[str, str], prefix: str, expression: str) -> str:
    return known.setdefault(expression, f"{prefix}{len(known)}")
