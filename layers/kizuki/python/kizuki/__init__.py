"""Kizuki: know each visitor within the same request."""
