"""Rules: conditions as data, and their compiled form. Only publishers import `definition` (pydantic)."""

from kizuki.rules.compiled import Facts, Predicate, compile_condition, trigger_names, walk

__all__ = ["Facts", "Predicate", "compile_condition", "trigger_names", "walk"]
