"""What is sent to browsers, and stored of a visitor."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from kizuki.visitors import encode_state
from tests.bench import rulebook, visitor
from tests.bench.measure import Row, row
from tests.bench.plain import plain

WEB = Path(__file__).parents[2] / "web"
SDK = WEB / "sdk" / "dist"
# What peers ship: the versions are those that web/sdk/package.json pins.
SEGMENT = WEB / "node_modules" / "@segment" / "analytics-next" / "dist" / "umd" / "standalone.js"
POSTHOG = WEB / "node_modules" / "posthog-js" / "dist"
MESSAGES = ("actions", "anchor", "embed", "tooltip")
"""The runtime, which holds bars, popups and slide-ins, and what the other layouts of a message add to it."""


def script_rows() -> Iterator[Row]:
    core = _ours("kizuki")
    messages = core + _ours(*MESSAGES)
    parts = [file.stem for file in SDK.glob("*.js") if file.stem not in {"kizuki", "recorder"}]
    array = _gzipped(POSTHOG / "array.js")
    campaigns = array + sum(_gzipped(POSTHOG / f"{name}.js") for name in ("surveys", "product-tours"))
    yield row("core_tag_gzip", core, _gzipped(SEGMENT), "B", 0.15, "kizuki.js and Segment's standalone.js")
    yield row("core_actions_gzip", messages, array, "B", 0.10, f"kizuki, {', '.join(MESSAGES)}; posthog-js' array.js")
    yield row(
        "all_actions_gzip",
        core + _ours(*parts),
        campaigns,
        "B",
        0.15,
        f"all {len(parts) + 1} scripts but the recorder; posthog-js' array.js, surveys.js and product-tours.js",
    )
    yield row("recorder_gzip", _ours("recorder"), _gzipped(POSTHOG / "lazy-recorder.js"), "B", 0.35)


def _ours(*names: str) -> int:
    return sum(_gzipped(SDK / f"{name}.js") for name in names)


def _gzipped(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9))


def state_row() -> Row:
    state = visitor.ours(rulebook.engine(1000))
    written = json.dumps(plain(state), separators=(",", ":"))
    return row("state_bytes", len(encode_state(state)), len(written.encode()), "B", 0.35)
