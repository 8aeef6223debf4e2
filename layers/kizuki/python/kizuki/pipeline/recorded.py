"""What an event of the stream adds to what its recording is found by."""

from kizuki.campaigns.advance import Change
from kizuki.pipeline.notices import text
from kizuki.replay.country import country_of
from kizuki.replay.facets import LIMITS
from kizuki.replay.facts import SessionFacts, fact, recorded


def session_news(known: SessionFacts | None, change: Change) -> SessionFacts | None:
    """Return the news of a session with this event, `known` being what is planned already; None when not recorded."""
    event, state = change.facts.event, change.facts.state
    if (place := recorded(event)) is None:
        return None
    session, offset = place
    timezone = text(event.context, "timezone")
    return SessionFacts(
        session=session,
        started_at=event.occurred_at - offset if known is None else known.started_at,
        person=state.person,
        events=[*(known.events if known else []), fact(event, offset)],
        visit=event.session_n,
        device=text(event.context, "device.type"),
        country=None if timezone is None else country_of(timezone),
        # Those entered last: there is no room in the index for all.
        segments=frozenset(sorted(state.segments, key=state.segments.__getitem__)[-LIMITS["segment"] :]),
        goals=(known.goals if known else frozenset()) | {reached.campaign.id for reached in change.goals},
    )
