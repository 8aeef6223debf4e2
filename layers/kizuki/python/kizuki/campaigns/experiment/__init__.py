"""Compare the arms of an experiment while it runs, with figures that stay true however often they are looked at."""

from kizuki.campaigns.experiment.arms import ArmCounts, baseline_of
from kizuki.campaigns.experiment.compare import ArmResult, compare
from kizuki.campaigns.experiment.split import SampleRatio, sample_ratio

__all__ = ["ArmCounts", "ArmResult", "SampleRatio", "baseline_of", "compare", "sample_ratio"]
