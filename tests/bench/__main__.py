"""Print the performance table and write it to .local/bench.json; fail when a budget is not kept."""

import sys
from pathlib import Path

import msgspec

from tests.bench.measure import Row
from tests.bench.rows import rows

OUTPUT = Path(".local/bench.json")


def main() -> int:
    found = []
    print(f"{'name':<18} {'ours':>12} {'against':>12}  {'ratio':>8} {'budget':>7}  unit")
    for row in rows():
        found.append(row)
        print(_line(row), flush=True)
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
    over = [row.name for row in found if row.over]
    if over:
        print(f"over budget: {', '.join(over)}", file=sys.stderr)
    return 1 if over else 0


def _line(row: Row) -> str:
    budget = "" if row.budget is None else f"{row.budget:.2f}x"
    line = f"{row.name:<18} {row.ours:>12,.1f} {row.against:>12,.1f}  {row.ratio:>7.4f}x {budget:>7}  {row.unit}"
    if row.over:
        line += "  OVER"
    return f"{line}\n{'':<18} {row.note}" if row.note else line


if __name__ == "__main__":
    sys.exit(main())
