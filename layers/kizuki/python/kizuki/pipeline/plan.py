"""What a run of records comes to, computed in memory before anything is written."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from kizuki.aws.metrics import MAX_COUNTERS, MAX_NAMES, Counts, FeedEvent
from kizuki.aws.visitors import MAX_TOGETHER, padded
from kizuki.campaigns.advance import Change, own_event
from kizuki.campaigns.outcomes import Outcome
from kizuki.campaigns.screens import ScreenProblem  # noqa: TC001 - types and values are imported alike here
from kizuki.events import Event
from kizuki.notifications.model import Notification  # noqa: TC001
from kizuki.pipeline.recorded import session_news
from kizuki.replay.facts import SessionFacts, recorded
from kizuki.rules.engine import Engine  # noqa: TC001
from kizuki.visitors import Pending, State


class Record(msgspec.Struct):
    """One Kinesis record; `sequence` is its sequence number as Kinesis gives it."""

    sequence: str
    data: bytes


class Plan:
    """Everybody's new state, and what is counted and told."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._sequences = {padded(record.sequence) for record in records}
        self.engines: dict[str, Engine] = {}
        """One ruleset for each site: what is merged here could not be read again for another before it is written."""
        self.states: dict[tuple[str, str], tuple[State, int]] = {}
        self.changed: dict[tuple[str, str], set[tuple[str, str]]] = {}
        """Each changed person with those that must be written together with it."""
        self.counts: Counts = {}
        self.notifications: list[Notification] = []
        self.said: dict[tuple[str, str], list[Event]] = {}
        """Events of our own, for the stream."""
        self.feed: dict[str, list[FeedEvent]] = {}
        self.outcomes: dict[tuple[str, str, str], Outcome] = {}
        """By site, campaign and person, what changed for them."""
        self.inherited: list[tuple[str, str, str, str]] = []
        """Site, campaign, and the two persons of which the first turned out to be the second."""
        self.problems: list[tuple[str, ScreenProblem]] = []
        self.sessions: dict[tuple[str, str], SessionFacts] = {}
        """By site and recorded session, what happened in it."""

    def change(self, *persons: tuple[str, str]) -> None:
        together = set(persons).union(*(self.changed.get(person, set()) for person in persons))
        for person in together:
            self.changed[person] = together

    def transactions(self) -> list[list[tuple[str, str]]]:
        return [sorted(together) for together in {id(group): group for group in self.changed.values()}.values()]

    def note_outcome(self, site: str, campaign: str, person: str, news: Outcome) -> None:
        key = (site, campaign, person)
        known = self.outcomes.get(key)
        self.outcomes[key] = news if known is None else known.then(news)

    def note_session(self, site: str, change: Change) -> None:
        place = recorded(change.facts.event)
        known = None if place is None else self.sessions.get((site, place[0]))
        if (news := session_news(known, change)) is not None:
            self.sessions[site, news.session] = news

    def inherit_outcome(self, site: str, campaign: str, other: str, person: str, merged: Outcome) -> None:
        """Give a person what is stored and what is planned of another who turned out to be them."""
        self.inherited.append((site, campaign, other, person))
        if (planned := self.outcomes.pop((site, campaign, other), None)) is not None:
            self.note_outcome(site, campaign, person, planned)
        self.note_outcome(site, campaign, person, merged)

    @property
    def too_large(self) -> bool:
        """Whether a transaction would not take it; a single record's always does."""
        return (
            len(self.counts) > MAX_COUNTERS
            or any(len(names) > MAX_NAMES for names in self.counts.values())
            or any(len(together) > MAX_TOGETHER for together in self.changed.values())
        )

    def leave(self, source: State, pending: Pending) -> None:
        """Keep with the state what this record came to; what earlier batches left was counted and said long ago."""
        source.pending = [each for each in source.pending if each.sequence in self._sequences]
        if pending.counts or pending.moves:
            source.pending.append(pending)

    def settle(self, site: str, person: str, pending: Pending, events: list[Event], *, counted: bool) -> None:
        """Count what a record came to, unless it was, and say its moves; `events` are the record's."""
        if not counted:
            for key, names in pending.counts.items():
                self.counts.setdefault((site, key), Counter()).update(names)
        said = [own_event(events[move.cause], person, move) for move in pending.moves]
        if said:
            self.said.setdefault((site, person), []).extend(said)
