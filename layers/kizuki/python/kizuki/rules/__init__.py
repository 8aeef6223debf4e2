"""Rules: conditions as data, and their compiled form. `definition` needs pydantic and is imported only by those who publish."""

from kizuki.rules.compiled import Facts, Predicate, compile_condition, trigger_names

__all__ = ["Facts", "Predicate", "compile_condition", "trigger_names"]
