"""What the engine knows after a stream of events: states folded and merged as evaluate does, without the stores."""

from kizuki.campaigns.advance import identities
from kizuki.rules import Facts
from kizuki.rules.engine import Engine
from kizuki.rules.ruleset import Ruleset, SegmentSpec
from kizuki.visitors import State, fold, merge
from kizuki.visitors.statistics import OWN_EVENTS

ASKED = "asked"


class Memory:
    """The people of some events, and a condition asked of each as of a moment."""

    def __init__(self, condition, *, timezone, segments):
        specs = [SegmentSpec(id_, id_, document) for id_, document in segments.items()]
        specs.append(SegmentSpec(ASKED, ASKED, condition))
        self.engine = Engine(Ruleset(1, "shop", timezone, segments=specs))
        self.states = {}
        self.newest = {}

    def fold(self, events):
        for event in sorted(events, key=lambda event: (event.received_at, event.position)):
            state = self._known(event.person)
            for person in identities(state, [event]):
                other = self.states.setdefault(person, State(person, complete=1))
                if other.merged_into is None and person != state.person:
                    state = self.states[state.person] = merge(state, other, self.engine.needs)
                    self.states[person] = State(person, merged_into=state.person)
            fold(state, event, self.engine.needs)

    def _known(self, person):
        state = self.states.setdefault(person, State(person, complete=1))
        return self._known(state.merged_into) if state.merged_into else state

    def matching(self, people, now):
        """Name the people, given with their events in order, of whom the condition holds."""
        found = set()
        for person, events in people.items():
            own = [event for event in events if event.name not in OWN_EVENTS]
            state = self.states[person]
            state.segments = {}
            self.engine.update_segments(Facts(own[-1], state, self.engine.calendar, now))
            if ASKED in state.segments:
                found.add(person)
        return found
