"""Campaigns: which message to show to whom and when, and why not. Only publishers import `definition` (pydantic)."""

from kizuki.campaigns.content import Unrenderable, render
from kizuki.campaigns.decide import Action, Watch, decide

__all__ = ["Action", "Unrenderable", "Watch", "decide", "render"]
