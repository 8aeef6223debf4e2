"""Campaigns to begin with: complete documents in both languages, which the console's gallery offers."""

from kizuki.campaigns.templates.model import Purpose, Template
from kizuki.campaigns.templates.shelf import built_in

__all__ = ["Purpose", "Template", "built_in"]
