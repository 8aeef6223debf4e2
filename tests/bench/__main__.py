"""Print the performance table and write it to .local/bench.json."""

import sys
from pathlib import Path

import msgspec

from tests.bench.rows import rows

OUTPUT = Path(".local/bench.json")


def main() -> int:
    found = []
    print(f"{'name':<18} {'ours':>12} {'against':>12}  {'ratio':>7} {'budget':>7}  unit")
    for row in rows():
        found.append(row)
        mark = "" if row.ratio <= row.budget else "  over"
        print(
            f"{row.name:<18} {row.ours:>12,.1f} {row.against:>12,.1f}  {row.ratio:>6.3f}x {row.budget:>6.2f}x  {row.unit}{mark}"
        )
        if row.note:
            print(f"{'':<18} {row.note}")
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
