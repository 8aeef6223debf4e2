"""What an audience's conditions need of the table: columns of each event, and aggregates of each person."""

from kizuki.rules.sql.values import EACH, MISSING, NO_TEXTS, read, steps, text

WIDE = {"property": "properties", "context": "context"}
EVENT = "item = 'event'"
"""Rows that stand for an event; others stand for one of its values, or for what it says of identity."""
TRAITS = {"trait": "identify", "group_trait": "group"}


class Needs:
    """Collect while conditions are compiled; each thing is computed once however often it is asked for."""

    def __init__(self) -> None:
        self.columns: dict[str, str] = {}
        """Name to expression, over the table's own columns."""
        self.aggregates: dict[str, str] = {}
        """Expression, over the columns, to name."""
        self.exploded: list[str] = []
        """Columns of several values, each of which a statistic counts: rows of their own."""
        self.wide: set[str] = set()
        """The JSON columns that are read at all."""
        self.since: list[str | None] = []
        """For each use of those, the moment before which it does not look; None: it looks at all time."""
        self.visits = self.group = self.times = False

    def value(self, kind: str, path: str, since: str | None) -> tuple[str, bool]:
        """Return the column with what a path of an event leads to, and whether that is an array."""
        column = WIDE[kind]
        self.wide.add(column)
        self.since.append(since)
        taken = steps(path)
        many = EACH in taken
        return self._column(f"coalesce({read(column, taken)}, {NO_TEXTS if many else MISSING})"), many

    def trait(self, kind: str, name: str) -> str:
        """Return the aggregate with a top-level trait's newest JSON text; NULL where it was never set."""
        type_ = TRAITS[kind]
        key = text(name)
        said = f"coalesce(json_format(element_at(traits, {key})), 'null')"
        column = self._column(f"CASE WHEN type = {text(type_)} AND contains(map_keys(traits), {key}) THEN {said} END")
        where = f"{column} IS NOT NULL"
        if kind == "group_trait":
            self.group = True
            where += " AND group_id = newest_group"
        return self.newest(column, where)

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
        return self.aggregates.setdefault(f"{expression} FILTER (WHERE {where})", f"a{len(self.aggregates)}")

    def _column(self, expression: str) -> str:
        for name, known in self.columns.items():
            if known == expression:
                return name
        name = f"c{len(self.columns)}"
        self.columns[name] = expression
        return name
