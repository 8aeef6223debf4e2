"""Compare the groups of a campaign by what their recordings show: typical people of each, and what differs."""

from kizuki.replay.compare.differences import Difference, differences
from kizuki.replay.compare.features import Seen, after
from kizuki.replay.compare.typical import typical
from kizuki.replay.compare.wording import CAVEAT, sentence

__all__ = ["CAVEAT", "Difference", "Seen", "after", "differences", "sentence", "typical"]
