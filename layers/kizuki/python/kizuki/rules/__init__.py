"""Rules: conditions as data, and their compiled form. Only publishers import `definition` (pydantic)."""

from kizuki.rules.compiled import compile_condition, trigger_names, walk
from kizuki.rules.facts import Facts, Predicate

__all__ = ["Facts", "Predicate", "compile_condition", "trigger_names", "walk"]
