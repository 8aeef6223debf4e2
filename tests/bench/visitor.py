"""The first visitor of the made-up shop, as both sides know them after a few days of browsing."""

from kizuki.events import Event, parse
from kizuki.rules.engine import Engine
from kizuki.visitors import State, fold
from kizuki.visitors.state import Value
from tests.bench import obvious, shop


def read(body: bytes, at: int = shop.NOW) -> list[Event]:
    return [accepted.event for accepted in parse(body, received_at=at).accepted]


def ours(engine: Engine) -> State:
    requests = [(at, read(body, at)) for at, body in shop.history()]
    first = shop.history()[0][0]
    state = State(requests[0][1][0].person, profile={name: Value(value, first) for name, value in shop.TRAITS.items()})
    for _, events in requests:
        for event in events:
            fold(state, event, engine.needs)
    state.complete = engine.version
    return state


def theirs() -> obvious.Document:
    requests = [obvious.calls(body, at) for at, body in shop.history()]
    state = obvious.new_state(requests[0][0]["anonymousId"], dict(shop.TRAITS))
    for events in requests:
        for event in events:
            obvious.fold(state, event)
    return state
