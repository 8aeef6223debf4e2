"""Visitors: one person's state, the fold of their events."""

from kizuki.visitors.calendar import Calendar
from kizuki.visitors.encoding import decode_state, encode_state
from kizuki.visitors.fold import EXPOSURE_EVENTS, derive_session, fold, note_decisions
from kizuki.visitors.merge import merge
from kizuki.visitors.state import Exposure, Group, Move, Pending, Session, State, Value
from kizuki.visitors.statistics import Need, Needs, Series

__all__ = [
    "EXPOSURE_EVENTS",
    "Calendar",
    "Exposure",
    "Group",
    "Move",
    "Need",
    "Needs",
    "Pending",
    "Series",
    "Session",
    "State",
    "Value",
    "decode_state",
    "derive_session",
    "encode_state",
    "fold",
    "merge",
    "note_decisions",
]
