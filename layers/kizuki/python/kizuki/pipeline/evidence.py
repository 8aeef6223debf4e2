"""What is known around a silence: the last that came, and what was changed since."""

from urllib.parse import quote

import msgspec

from kizuki.absence.incident import ChangeSince, LastGood
from kizuki.absence.pulse import SubjectKind
from kizuki.aws.config import ConfigStore
from kizuki.aws.deliveries import DeliveryLog
from kizuki.aws.outcomes import OutcomeStore, PersonOutcome
from kizuki.campaigns.outcomes import GROUPS
from kizuki.events.times import iso
from kizuki.pipeline.notices import REPLAY_LEAD_MS

KINDS = ("campaign", "segment", "rule", "settings")
MAX_CHANGES = 20
PAGE = 100
MAX_PAGES = 5


class Evidence:
    """Asked only when an incident opens."""

    def __init__(
        self, *, config: ConfigStore, outcomes: OutcomeStore, deliveries: DeliveryLog, console_url: str
    ) -> None:
        self._config = config
        self._outcomes = outcomes
        self._deliveries = deliveries
        self._console_url = console_url

    def last_good(self, site: str, kind: SubjectKind, id: str) -> LastGood | None:
        """Find the last display of a campaign, or the last delivery of a rule among the newest 500 of the log."""
        return self._last_shown(site, id) if kind == "campaign" else self._last_delivered(site, id)

    def changes(self, site: str, kind: SubjectKind, id: str, *, since: str) -> list[ChangeSince]:
        """Read what was changed since a moment (ISO 8601): the newest 20, its own first."""
        found: list[ChangeSince] = []
        cursor = None
        for _ in range(MAX_PAGES):
            page, cursor = self._config.changes(site, limit=PAGE, before=cursor)
            newer = [each for each in page if each.at >= since]
            found += [ChangeSince(**msgspec.structs.asdict(each)) for each in newer if each.kind in KINDS]
            if cursor is None or len(newer) < len(page):
                break
        found.sort(key=lambda each: (each.kind, each.id) != (kind, id))
        return found[:MAX_CHANGES]

    def _last_shown(self, site: str, id: str) -> LastGood | None:
        newest: PersonOutcome | None = None
        for group in GROUPS:
            for each in self._outcomes.listed(site, id, group, limit=1, before=None)[0]:
                if newest is None or (each.outcome.shown_at or 0) > (newest.outcome.shown_at or 0):
                    newest = each
        if newest is None or newest.outcome.shown_at is None:
            return None
        outcome = newest.outcome
        replay = None
        if outcome.replay_id is not None and outcome.replay_offset is not None:
            moment = max(0, outcome.replay_offset - REPLAY_LEAD_MS)
            replay = f"{self._console_url}/sites/{site}/replays/{quote(outcome.replay_id, safe='')}?t={moment}"
        return LastGood(iso(newest.outcome.shown_at), newest.person, self._story(site, newest.person), replay)

    def _last_delivered(self, site: str, id: str) -> LastGood | None:
        cursor = None
        for _ in range(MAX_PAGES):
            page, cursor = self._deliveries.list(site, limit=PAGE, cursor=cursor)
            for each in page:
                if each.rule.id == id and each.status == "delivered":
                    return LastGood(each.at, each.person, self._story(site, each.person))
            if cursor is None:
                break
        return None

    def _story(self, site: str, person: str) -> str:
        return f"{self._console_url}/sites/{site}/people/{quote(person, safe=':')}"
