"""How a destination is doing: healthy, degraded (asked less often), disabled (asked no more until somebody looks)."""

from typing import Literal

import msgspec

State = Literal["healthy", "degraded", "disabled"]

SMOOTHING = 0.1
"""What the newest attempt weighs in the share of failures."""
DEGRADED_SHARE = 0.4
RECOVERED_SHARE = 0.2
DEGRADED_FAILURES = 5
DISABLED_AFTER_MS = 5 * 86_400_000
# Seconds that the whole destination is left alone for after a failure.
FIRST_PAUSE = 5.0
PAUSE = 20.0
MAX_PAUSE = 15 * 60.0


class Health(msgspec.Struct, frozen=True, omit_defaults=True):
    """`since` and `failing_since` are epoch ms; `share` is that of failures, the newest attempts weighing most."""

    state: State = "healthy"
    since: int = 0
    reason: str | None = None
    failures: int = 0
    failing_since: int | None = None
    share: float = 0.0

    def succeeded(self, now: int) -> "Health":
        """Note an attempt that was accepted. One that fails half the time stays degraded."""
        share = round(self.share * (1 - SMOOTHING), 4)
        recovered = self.state == "healthy" or share <= RECOVERED_SHARE
        since = self.since if recovered == (self.state == "healthy") else now
        return Health("healthy" if recovered else self.state, since, None if recovered else self.reason, share=share)

    def failed(self, now: int, reason: str) -> "Health":
        """Note an attempt that was not, however quickly it failed."""
        share = round(self.share * (1 - SMOOTHING) + SMOOTHING, 4)
        failures, failing_since = self.failures + 1, self.failing_since or now
        state: State = self.state
        if now - failing_since >= DISABLED_AFTER_MS and failures >= DEGRADED_FAILURES:
            state = "disabled"
        elif failures >= DEGRADED_FAILURES or share >= DEGRADED_SHARE:
            state = "degraded"
        since = self.since if state == self.state else now
        return Health(state, since, reason, failures, failing_since, share)

    def disabled(self, now: int, reason: str) -> "Health":
        """Note an answer after which asking again is no use."""
        return msgspec.structs.replace(self, state="disabled", since=now, reason=reason)

    def pause(self) -> float:
        """Seconds to leave the destination alone for, after a failure."""
        if self.state == "healthy":
            return FIRST_PAUSE if self.failures <= 1 else PAUSE
        return float(min(PAUSE * 2 ** min(max(self.failures - DEGRADED_FAILURES, 0), 10), MAX_PAUSE))
