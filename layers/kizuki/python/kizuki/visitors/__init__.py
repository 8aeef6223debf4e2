"""Visitors: one person's state, the fold of their events."""

from kizuki.visitors.calendar import Calendar
from kizuki.visitors.encoding import decode_state, encode_state
from kizuki.visitors.fold import EXPOSURE_EVENTS, fold, note_decisions
from kizuki.visitors.merge import merge
from kizuki.visitors.state import Exposure, Session, State, Tally, Value

__all__ = [
    "EXPOSURE_EVENTS",
    "Calendar",
    "Exposure",
    "Session",
    "State",
    "Tally",
    "Value",
    "decode_state",
    "encode_state",
    "fold",
    "merge",
    "note_decisions",
]
