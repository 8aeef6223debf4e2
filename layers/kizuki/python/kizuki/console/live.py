"""Live: recordings looked for, and weighed by what makes them worth watching; who is there now."""

import re
from collections.abc import Iterator
from itertools import islice, takewhile
from typing import Literal, NamedTuple
from urllib.parse import quote, unquote

import msgspec

from kizuki.aws.clients import sort_key
from kizuki.aws.outcomes import OutcomeStore
from kizuki.aws.reviews import Review, ReviewStore
from kizuki.aws.session_index import SessionIndex, key_of
from kizuki.aws.sessions import SessionStore
from kizuki.aws.visitors import VisitorStore
from kizuki.campaigns.outcomes import Group
from kizuki.console import people, replays
from kizuki.console.replay_models import FilterCount, FoundReplay, FoundReplays, Online, OnlineVisitor, SeenBy
from kizuki.errors import MalformedError, NotFoundError
from kizuki.events.times import epoch_ms
from kizuki.replay.facts import PROBLEMS, SessionFacts
from kizuki.replay.filters import Filter, Test, compiled, moment
from kizuki.replay.find import Stream, Union, together
from kizuki.replay.interest import interest

Order = Literal["newest", "interest"]
CURSOR = re.compile(r"(?:[0-9]{13}#[\w-]{1,64}|g[0-9]{1,16}#[\w.~/%-]{1,3000})")
PORTION = 25
BUDGET = 200
"""Sessions looked at for one answer."""
WEIGHED_BUDGET = 1000
"""The same for an answer in the order of interest."""
WEIGHED = 300
"""The newest matches are ordered by interest; what is older is for the other order."""
ACTIVE_MS = 60_000
"""A visit that something was recorded of this lately is going on."""
MAX_ONLINE = 100
MAX_PAGES = 20
OUTCOME_PAGE = 100
DAY_HOURS = 24
WITHOUT_FACTS = {"since", "until", "last_hours", "min_seconds", "max_seconds", "person", "unseen"}
"""Parts of a filter that ask nothing of what happened."""


class Stores(NamedTuple):
    sessions: SessionStore
    lists: SessionIndex
    reviews: ReviewStore
    outcomes: OutcomeStore
    visitors: VisitorStore


Rank = tuple[bool, float, int, str]
"""Seen, and the interest, beginning (epoch ms) and id of a recording: the order of interest, least first."""


class Place(NamedTuple):
    """Where the order of interest goes on; what was seen since `at` (epoch ms) stays among the unseen."""

    at: int
    left: int
    """How many of the newest matches are still to be weighed; these begin at the cursor `start`."""
    start: str | None = None
    after: Rank | None = None


class Candidate(NamedTuple):
    """A session that may match; `after` is the cursor to go on from behind it."""

    session: str
    after: str


def search(
    stores: Stores, site: str, asked: Filter, *, order: Order, limit: int, cursor: str | None, by: str, now_ms: int
) -> FoundReplays:
    """Find recordings, newest first or the most interesting of the newest first, unseen ones before seen ones."""
    look = Look(stores, site, asked, by=by, now_ms=now_ms)
    if order == "newest":
        found, following = look.from_(cursor, most=limit, budget=BUDGET)
        return FoundReplays(items=[look.shown(review) for review in found], next=following)
    place = _place(cursor) if cursor else Place(now_ms, WEIGHED)

    def rank(each: FoundReplay) -> Rank:
        seen = any(seen.by == by and epoch_ms(seen.at) < place.at for seen in each.seen_by)
        return seen, -each.interest, -epoch_ms(each.started_at), each.session

    found, following = look.from_(place.start, most=place.left, budget=WEIGHED_BUDGET)
    weighed = sorted(map(look.shown, found), key=rank)
    rest = [each for each in weighed if place.after is None or rank(each) > place.after]
    left = place.left - len(found)
    if len(rest) > limit:
        return FoundReplays(items=rest[:limit], next=_cursor(place._replace(after=rank(rest[limit - 1]))))
    return FoundReplays(items=rest, next=_cursor(Place(place.at, left, following)) if following and left else None)


def count(stores: Stores, site: str, asked: Filter, *, by: str, now_ms: int) -> FilterCount:
    """Count the matches of the last 24 hours, as far as one request may look."""
    recent = asked.model_copy(update={"last_hours": min(asked.last_hours or DAY_HOURS, DAY_HOURS)})
    found, following = Look(stores, site, recent, by=by, now_ms=now_ms).from_(None, most=BUDGET, budget=BUDGET)
    return FilterCount(count=len(found), more=following is not None)


def online(stores: Stores, site: str, *, now_ms: int) -> Online:
    """List whose visit is going on, the last to do something first."""
    active = stores.sessions.active(site, since=now_ms - ACTIVE_MS, limit=MAX_ONLINE)
    items = []
    for review in stores.reviews.reviews(site, [each.session for each in active]):
        facts, summary = review.facts, review.summary
        person = summary.person if facts is None else facts.person
        items.append(
            OnlineVisitor(
                person=person,
                name=_name(stores.visitors, site, person),
                session=summary.session,
                started_at=summary.started_at,
                last_activity=summary.active_at,
                page=next((event.path for event in reversed(facts.events) if event.path), None) if facts else None,
                visit=facts.visit if facts else None,
                device=facts.device if facts else None,
                country=facts.country if facts else None,
                playable=summary.playable,
            )
        )
    return Online(items=items)


class Look:
    """One search: where candidates come from, what is asked of each, and how a match is shown."""

    def __init__(self, stores: Stores, site: str, asked: Filter, *, by: str, now_ms: int) -> None:
        self._stores = stores
        self._site = site
        self._asked = asked
        self._by = by
        self._now_ms = now_ms
        self._since, self._until = asked.period(now_ms)
        self._test: Test = compiled(asked)
        self._asks_facts = asked != Filter.model_validate(asked.model_dump(include=WITHOUT_FACTS))

    def from_(self, cursor: str | None, *, most: int, budget: int) -> tuple[list[Review], str | None]:
        """Return matches, and the cursor to go on from; after `budget` candidates there may be few, or none."""
        if cursor is not None and not CURSOR.fullmatch(cursor):
            raise _wrong_cursor()
        candidates = self._candidates(cursor)
        found: list[Review] = []
        after = None
        for _ in range(0, budget, PORTION):
            portion = list(islice(candidates, PORTION))
            reviews = self._stores.reviews.reviews(self._site, [candidate.session for candidate in portion])
            known = {review.summary.session: review for review in reviews}
            for session, after in portion:
                if session in known and self._fits(known[session]):
                    found.append(known[session])
                if len(found) == most:
                    return found, after
            if len(portion) < PORTION:
                return found, None
        return found, after

    def shown(self, review: Review) -> FoundReplay:
        summary, facts = review.summary, review.facts
        known = facts or SessionFacts(session=summary.session, started_at=0, person=summary.person)
        score, reasons = interest(known, summary.duration_ms)
        counts = {kind: known.count(name) for name, kind in PROBLEMS.items()}
        told = replays.summary(summary).model_dump() | {"person": known.person}
        return FoundReplay(
            **told,
            name=_name(self._stores.visitors, self._site, known.person),
            visit=known.visit,
            device=known.device,
            country=known.country,
            pages=_pages(known),
            events=len(known.events),
            problems={kind: number for kind, number in counts.items() if number},
            campaigns=_campaigns(known),
            interest=score,
            reasons=list(reasons),
            seen_by=[SeenBy(by=seen.by, at=seen.at) for seen in review.seen],
            comments=len(review.comments),
            live=epoch_ms(summary.active_at) >= self._now_ms - ACTIVE_MS,
            offset=moment(self._asked, known),
        )

    def _fits(self, review: Review) -> bool:
        summary, asked = review.summary, self._asked
        seconds = summary.duration_ms / 1000
        return (
            self._since <= epoch_ms(summary.started_at) <= self._until
            and (asked.min_seconds is None or seconds >= asked.min_seconds)
            and (asked.max_seconds is None or seconds <= asked.max_seconds)
            and not (asked.unseen and any(seen.by == self._by for seen in review.seen))
            and (not self._asks_facts or (review.facts is not None and self._test(review.facts)))
        )

    def _candidates(self, cursor: str | None) -> Iterator[Candidate]:
        """Yield sessions that may match, newest first; what is surely no match is not read, where an index knows."""
        asked = self._asked
        grouped = asked.campaign is not None and asked.campaign.group is not None
        if cursor is not None and cursor.startswith("g") is not grouped:
            raise _wrong_cursor()
        if asked.campaign is not None and asked.campaign.group is not None:
            yield from self._of_group(asked.campaign.id, asked.campaign.group, cursor)
            return
        below, least = cursor or f"{self._until + 1:013d}", f"{self._since:013d}"
        if asked.person is not None:
            keys = self._of_person(asked.person, below)
        elif streams := self._streams():
            keys = together(streams, below=below, least=least)
        else:
            keys = takewhile(lambda key: key >= least, self._stores.sessions.newest(self._site, below))
        for key in keys:
            yield Candidate(key.partition("#")[2], key)

    def _streams(self) -> list[Stream]:
        index = self._stores.lists
        lists = [[index.listed(self._site, name) for name in names] for names in self._asked.facets()]
        return [each[0] if len(each) == 1 else Union(list(each)) for each in lists]

    def _of_person(self, person: str, below: str) -> Iterator[str]:
        try:
            state = people.known(self._stores.visitors, self._site, person)
        except NotFoundError:
            return
        found = replays.of_person(self._stores.sessions, self._site, state)
        for each in sorted((key_of(epoch_ms(each.started_at), each.session) for each in found), reverse=True):
            if each < below:
                yield each

    def _of_group(self, campaign: str, group: Group, cursor: str | None) -> Iterator[Candidate]:
        """Yield the sessions in which a campaign was on the screen of the people of one of its four groups."""
        before = None
        if cursor is not None:
            at, _, person = cursor[1:].partition("#")
            before = (int(at), unquote(person))
        while True:
            page, following = self._stores.outcomes.listed(
                self._site, campaign, group, limit=OUTCOME_PAGE, before=before
            )
            for each in page:
                if each.outcome.replay_id is not None:
                    after = f"g{each.outcome.shown_at or 0}#{quote(sort_key(each.person))}"
                    yield Candidate(each.outcome.replay_id, after)
            if following is None:
                return
            before = following


def _place(cursor: str) -> Place:
    try:
        return msgspec.json.decode(cursor, type=Place)
    except msgspec.DecodeError as error:
        raise _wrong_cursor() from error


def _cursor(place: Place) -> str:
    return msgspec.json.encode(place).decode()


def _wrong_cursor() -> MalformedError:
    return MalformedError("invalid_cursor", "this cursor was not given by this API", path="cursor")


def _name(visitors: VisitorStore, site: str, person: str) -> str | None:
    state, _ = visitors.state(site, person)
    return people.name_of(state)


def _pages(facts: SessionFacts) -> list[str]:
    seen = [event.path for event in facts.events if event.path is not None]
    changed = [path for place, path in enumerate(seen) if place == 0 or seen[place - 1] != path]
    return changed[:MAX_PAGES]


def _campaigns(facts: SessionFacts) -> list[str]:
    shown = [event.properties.get("campaign_id") for event in facts.events if event.name == "Campaign Shown"]
    return list(dict.fromkeys(campaign for campaign in shown if isinstance(campaign, str)))
