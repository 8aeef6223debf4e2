"""What is sent to browsers, and stored of a visitor."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from kizuki.visitors import encode_state
from tests.bench import rulebook, visitor
from tests.bench.measure import Row, row
from tests.bench.plain import plain

SDK = Path(__file__).parents[2] / "web" / "sdk" / "dist"
# What peers ship, gzip -9: npm @segment/analytics-next 1.84.3 standalone.js, posthog-js 1.449.2 array.js and lazy-recorder.js.
SEGMENT_STANDALONE, POSTHOG_ARRAY, POSTHOG_RECORDER = 31_298, 122_142, 72_784


def script_rows() -> Iterator[Row]:
    core = _gzipped("kizuki.js")
    yield row("core_tag_gzip", core, SEGMENT_STANDALONE, "B", 0.15)
    yield row(
        "core_actions_gzip",
        core + sum(map(_gzipped, ("actions.js", "anchor.js", "embed.js", "tooltip.js"))),
        POSTHOG_ARRAY,
        "B",
        0.10,
    )
    yield row("recorder_gzip", _gzipped("recorder.js"), POSTHOG_RECORDER, "B", 0.35)


def _gzipped(name: str) -> int:
    return len(gzip.compress((SDK / name).read_bytes(), 9))


def state_row() -> Row:
    state = visitor.ours(rulebook.engine(1000))
    written = json.dumps(plain(state), separators=(",", ":"))
    return row("state_bytes", len(encode_state(state)), len(written.encode()), "B", 0.35)
