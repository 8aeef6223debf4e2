"""The data hub in memory: the table as Firehose fills it, in DuckDB, asked in Athena's SQL by way of sqlglot."""

import json
from collections.abc import Iterable

import duckdb
import sqlglot

from kizuki.events import Event, encode_rows
from kizuki.events.times import iso
from kizuki.rules.sql import ANSWER
from local.steps import ROOT

TYPES = {"string": "VARCHAR", "bigint": "BIGINT", "boolean": "BOOLEAN"}


def columns() -> dict[str, str]:
    """The columns of infra/lake.py, which cannot be imported without Node."""
    source = (ROOT / "infra" / "lake.py").read_text()
    namespace: dict[str, dict[str, str]] = {}
    exec(source[source.index("COLUMNS = {") : source.index("FOLDERS")], namespace)  # noqa: S102 - our own source
    return namespace["COLUMNS"]


class Hub:
    def __init__(self) -> None:
        self._names = [*columns(), "dt"]
        self._database = duckdb.connect()
        types = ", ".join(f"{name} {TYPES[kind]}" for name, kind in columns().items())
        self._database.execute(f"CREATE TABLE events ({types}, dt VARCHAR)")

    def fill(self, events: Iterable[Event], site: str = "shop") -> None:
        """Replace the site's rows."""
        self._database.execute("DELETE FROM events WHERE site = ?", [site])
        rows = [
            json.loads(row) | {"dt": iso(event.received_at)[:10]}
            for event in events
            for row in encode_rows(site, [event])
        ]
        if rows:
            place = f"({', '.join('?' * len(self._names))})"
            values = [row.get(name) for row in rows for name in self._names]
            self._database.execute(f"INSERT INTO events VALUES {', '.join([place] * len(rows))}", values)  # noqa: S608

    def ask(self, sql: str) -> list[dict[str, object]]:
        """Run a query of Athena's and return its rows by column."""
        (translated,) = sqlglot.transpile(sql, read="trino", write="duckdb")
        rows = self._database.execute(translated).fetchall()
        return [dict(zip(ANSWER, row, strict=True)) for row in rows]

    def matching(self, sql: str) -> set[str]:
        """Name the matching people; there are too few of them to fill a sample."""
        rows = self.ask(sql)
        found = {str(row["person"]) for row in rows if row["matches"]}
        assert {row["matching"] for row in rows} <= {len(found)}
        return found
