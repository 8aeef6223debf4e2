"""Absence: what should have come did not. What is expected, and when a silence is no chance any more."""
