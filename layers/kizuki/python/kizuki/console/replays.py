"""Recordings as the console lists and plays them: signed chunk addresses, and the story of that visit beside them."""

from collections.abc import Callable

import msgspec

from kizuki.aws.config import ConfigStore
from kizuki.aws.erasure import RecordingEraser
from kizuki.aws.replays import ReplayStore
from kizuki.aws.reviews import Review
from kizuki.aws.sessions import SessionStore
from kizuki.aws.visitors import VisitorStore
from kizuki.console import people
from kizuki.console.models import Replay, ReplayChunk, ReplaySummary, ReplayTab, StoryEvent
from kizuki.console.replay_models import ErasedReplays, ReplayComment, ReplayReview, SeenBy
from kizuki.errors import NotFoundError
from kizuki.events.times import iso
from kizuki.replay.recording import Recording, StoredChunk, Summary
from kizuki.visitors import State

STORY_PAGE = 100
MAX_STORY_PAGES = 20
MAX_ERASED = 50


def summary(found: Summary) -> ReplaySummary:
    return ReplaySummary(**msgspec.structs.asdict(found))


def review(found: Review) -> ReplayReview:
    return ReplayReview(
        seen_by=[SeenBy(by=seen.by, at=seen.at) for seen in found.seen],
        comments=[ReplayComment(**msgspec.structs.asdict(comment)) for comment in found.comments],
    )


def of_person(sessions: SessionStore, site: str, state: State) -> list[ReplaySummary]:
    """List the recordings of all of a person's devices, newest first."""
    devices = dict.fromkeys([*state.devices, *([state.person[2:]] if state.person.startswith("a:") else [])])
    found = [summary(each) for device in devices for each in sessions.by_person(site, device)]
    return sorted(found, key=lambda each: each.started_at, reverse=True)


def erase(
    eraser: RecordingEraser, sessions: SessionStore, site: str, state: State, *, config: ConfigStore, by: str | None
) -> ErasedReplays:
    """Erase a person's recordings, and say so in the audit trail."""
    found = of_person(sessions, site, state)
    for each in found[:MAX_ERASED]:
        eraser.erase(site, each.session)
    if found:
        config.note_change(site, "replays", state.person, state.person, by=by, change="deleted")
    return ErasedReplays(erased=min(len(found), MAX_ERASED), left=len(found) > MAX_ERASED)


def one(
    sessions: SessionStore,
    chunks: ReplayStore,
    visitors: VisitorStore,
    site: str,
    session: str,
    *,
    campaign: Callable[[str], str],
) -> Replay:
    """Read one recording with its events. Raises NotFoundError."""
    recording = sessions.session(site, session)
    tabs = [
        ReplayTab(id=tab.id, chunks=[_chunk(chunks, chunk) for chunk in tab.chunks], missing=tab.missing)
        for tab in recording.tabs
    ]
    events = _events(visitors, site, recording, campaign)
    return Replay(**msgspec.structs.asdict(recording.summary), tabs=tabs, events=events)


def _chunk(chunks: ReplayStore, chunk: StoredChunk) -> ReplayChunk:
    return ReplayChunk(
        sequence=chunk.sequence,
        started_at=iso(chunk.started_at),
        ended_at=iso(chunk.ended_at),
        full_snapshot=chunk.full_snapshot,
        url=chunks.url(chunk.key),
    )


def _events(
    visitors: VisitorStore, site: str, recording: Recording, campaign: Callable[[str], str]
) -> list[StoryEvent]:
    """Read the events of this visit, oldest first, going back no further than the recording's start."""
    try:
        state = people.known(visitors, site, recording.summary.person)
    except NotFoundError:
        return []
    events: list[StoryEvent] = []
    cursor = None
    for _ in range(MAX_STORY_PAGES):
        page = people.story(visitors, site, state, campaign=campaign, cursor=cursor, limit=STORY_PAGE)
        events += [event for event in page.items if event.session and event.session.id == recording.summary.session]
        cursor = page.next
        if cursor is None or (page.items and page.items[-1].occurred_at < recording.summary.started_at):
            break
    return events[::-1]
