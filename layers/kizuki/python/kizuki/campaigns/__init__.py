"""Campaigns: which message to show to whom and when, and why not. Only publishers import `definition` (pydantic)."""

from kizuki.campaigns.content import Unrenderable, render
from kizuki.campaigns.decide import Action, decide
from kizuki.campaigns.goals import reached_goals

__all__ = ["Action", "Unrenderable", "decide", "reached_goals", "render"]
