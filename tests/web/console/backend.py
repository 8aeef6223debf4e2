"""The console's API as docs/api.md has it, answering from memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from kizuki.console.templates import shown
from tests.web.console import campaign_data, campaign_results, data, gallery, rules
from tests.web.console.campaign_data import Json
from tests.web.console.live_backend import Live
from tests.web.console.notification_backend import Notifications
from tests.web.console.recording import Event, Recording

SECONDS = 120


class ApiError(Exception):
    def __init__(self, status: int, code: str, message: str, path: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.error = {"code": code, "message": message} | ({"path": path} if path else {})


@dataclass
class Backend:
    """What the API answers with; tests change it while the console runs."""

    feed: list[dict[str, Any]] = field(default_factory=lambda: list(data.FEED))
    people: list[dict[str, Any]] = field(default_factory=lambda: list(data.PEOPLE))
    refused: list[dict[str, Any]] = field(default_factory=lambda: list(data.REFUSED))
    campaigns: dict[str, Json] = field(default_factory=campaign_data.campaigns)
    versions: list[Json] = field(default_factory=campaign_data.versions)
    results: Json = field(default_factory=campaign_results.results)
    outcomes: list[Json] = field(default_factory=lambda: list(campaign_results.OUTCOMES))
    problems: list[Json] = field(default_factory=lambda: list(campaign_results.PROBLEMS))
    templates: dict[str, Json] = field(default_factory=lambda: {each["id"]: each for each in gallery.TEMPLATES})
    settings: Json = field(default_factory=lambda: dict(campaign_results.SETTINGS))
    changes: list[Json] = field(default_factory=lambda: list(campaign_results.CHANGES))
    previews: list[Json] = field(default_factory=list)
    rendered: list[Json] = field(default_factory=list)
    written: list[tuple[str, str | None, Json]] = field(default_factory=list)
    """What was PUT of campaigns: id, version, definition."""
    admin: bool = True
    segments: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {each["id"]: dict(each) for each in rules.SEGMENTS}
    )
    audiences: list[dict[str, Any]] = field(default_factory=list)
    audience: dict[str, Any] = field(default_factory=dict)
    started: datetime = field(default_factory=lambda: datetime.now(UTC) - timedelta(hours=1))
    tabs: dict[str, list[list[Event]]] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    reason: str | None = None
    sites: list[dict[str, Any]] = field(default_factory=lambda: [data.SITE, data.OTHER_SITE])
    failing: set[str] = field(default_factory=set)
    expired_links: int = 0
    spoiled: dict[tuple[str, int], bytes | None] = field(default_factory=dict)
    """What the store has instead of a chunk, by tab and sequence; None: it has none."""
    left: bool = False
    """The visitor has gone, however lately the recording says it was."""
    live: Live = field(default_factory=Live)
    notifications: Notifications = field(default_factory=Notifications)

    def __post_init__(self) -> None:
        # Whole milliseconds: what the API says of times and what the recorder wrote agree.
        self.started = self.started.replace(microsecond=0)
        self.tabs = {"tab-a": Recording(self.started_ms, SECONDS, pages=(0, 60)).chunks()}

    @property
    def started_ms(self) -> int:
        return int(self.started.timestamp() * 1000)

    @property
    def timeline(self) -> list[dict[str, Any]]:
        return data.timeline(self.started)

    def get(self, path: list[str], query: dict[str, str]) -> Any:
        match path:
            case ["me"]:
                return self.me()
            case ["sites", site]:
                return {**data.SITE, "id": site, "write_key": data.WRITE_KEY, "origins": ["https://shop.example"]}
            case ["sites", "travel", *_]:
                return {"items": [], "next": None}
            case ["sites", _, "people", person, *rest]:
                return self.get_person(person, rest, query)
            case ["sites", _, "vocabulary"]:
                return rules.VOCABULARY
            case ["sites", _, "settings"]:
                return self.settings
            case ["sites", _, ("online" | "replay-filters"), *_] | ["sites", _, "replays", _, "review"]:
                return self.live.get(path[2:])
            case ["sites", _, "campaigns", campaign, *rest] if rest:
                return self.get_of_campaign(campaign, rest[0], query)
            case ["sites", _, list_of]:
                return page_of(self.lists()[list_of](), query)
            case ["sites", _, kind, document]:
                return self.get_document(kind, document)
            case _:
                raise ApiError(404, "not_found", "no such route")

    def get_person(self, person: str, path: list[str], query: dict[str, str]) -> Any:
        match path:
            case []:
                person = self.merged.get(person, person)
                found = one({each["id"]: each for each in self.people}, person)
                known = {key: found[key] for key in ("id", "name", "email")}
                return data.PERSON | known | {"statistics": rules.STATISTICS}
            case ["timeline"]:
                return page_of(self.timeline, query)
            case ["replays"]:
                return {"items": [self.summary(), *self.live.earlier]}
            case ["events", event, "explanation"]:
                return rules.explanation(event)
            case ["events", _, "explanation", kind, rule]:
                return one(rules.RULES, f"{kind}/{rule}")
            case _:
                raise ApiError(404, "not_found", "no such route")

    def get_of_campaign(self, campaign: str, what: str, query: dict[str, str]) -> Any:
        one(self.campaigns, campaign)
        match what:
            case "compare":
                return self.live.comparison
            case "versions":
                return {"items": self.versions}
            case "results":
                return self.results
            case "people":
                return page_of([each for each in self.outcomes if each["group"] == query["group"]], query)
            case "problems":
                return page_of(self.problems if campaign == "free-shipping" else [], query)
            case _:
                raise ApiError(404, "not_found", "no such route")

    def get_document(self, kind: str, document: str) -> Any:
        match kind:
            case "campaigns":
                return one(self.campaigns, document)
            case "segments":
                return one(self.segments, document)
            case "audiences":
                return rules.audience(document) | self.audience
            case "rules" | "destinations" | "deliveries" | "incidents":
                return self.notifications.get(kind, document)
            case "replays":
                return self.replay(document)
            case _:
                raise ApiError(404, "not_found", "no such route")

    def me(self) -> dict[str, Any]:
        if "me" in self.failing:
            raise ApiError(403, "forbidden", "no access")
        # An access token names no email.
        return {"email": None, "sites": self.sites}

    def lists(self) -> dict[str, Callable[[], list[dict[str, Any]]]]:
        return {
            "feed": lambda: self.feed,
            "people": lambda: self.people,
            "segments": lambda: list(self.segments.values()),
            "campaigns": lambda: list(self.campaigns.values()),
            "templates": lambda: [
                each | {"actions": shown(each["definition"], each["sample"])} for each in self.templates.values()
            ],
            "changes": lambda: self.changes,
            "rules": lambda: list(self.notifications.rules.values()),
            "destinations": lambda: list(self.notifications.destinations.values()),
            "deliveries": lambda: self.notifications.deliveries,
            "incidents": lambda: list(self.notifications.incidents.values()),
            "refused": lambda: self.refused,
            "replays": lambda: [self.summary(), self.summary(data.BROKEN_SESSION)],
        }

    def summary(self, session: str = data.SESSION) -> dict[str, Any]:
        ends = [event["timestamp"] for chunks in self.tabs.values() for chunk in chunks for event in chunk]
        seconds = (max(ends, default=self.started_ms) - self.started_ms) / 1000
        reason = "no_full_snapshot" if session == data.BROKEN_SESSION else self.reason
        told = data.replay_summary(self.started, seconds, session=session, playable=reason is None, reason=reason)
        return told | (dict.fromkeys(("ended_at", "active_at"), data.ago(minutes=2)) if self.left else {})

    def replay(self, session: str) -> dict[str, Any]:
        tabs = [] if session == data.BROKEN_SESSION else list(self.tabs.items())
        return self.summary(session) | {
            "tabs": [
                {
                    "id": tab,
                    "chunks": [self.chunk(tab, sequence, chunk) for sequence, chunk in enumerate(chunks) if chunk],
                    "missing": [sequence for sequence, chunk in enumerate(chunks) if not chunk],
                }
                for tab, chunks in tabs
            ],
            "events": data.visit(self.started),
        }

    def chunk(self, tab: str, sequence: int, events: list[Event]) -> dict[str, Any]:
        times = [datetime.fromtimestamp(event["timestamp"] / 1000, UTC) for event in events]
        return {
            "sequence": sequence,
            "started_at": data.iso(min(times)),
            "ended_at": data.iso(max(times)),
            "full_snapshot": any(event["type"] == 2 for event in events),
            "url": f"/chunks/{tab}/{sequence}?good={self.expired_links}",
        }

    def post(self, path: list[str], query: dict[str, str], body: Any) -> Any:
        match path:
            case ["sites", _, ("rules" | "destinations" | "deliveries" | "incidents"), *_]:
                return self.notifications.post(path[2:], body)
            case ["sites", _, "replays", "~search"]:
                return self.live.search(query, body)
            case ["sites", _, "replays", session, ("watch" | "seen" | "comments") as action]:
                return self.live.post(session, action, body)
            case ["sites", _, "campaigns", "~check"]:
                return campaign_data.checked(body)
            case ["sites", _, "campaigns", "~render"]:
                self.rendered.append(body)
                return campaign_data.rendered(body, self.settings["theme"])
            case ["sites", _, "campaigns", "~preview"]:
                if not body["url"].startswith("https://shop.example/"):
                    raise ApiError(400, "foreign_url", "this is not among the site's origins", "url")
                self.previews.append(body)
                return {"url": f"{body['url']}?kizuki_preview=t0ken", "expires_at": data.ago(hours=-1)}
            case ["sites", _, "campaigns", campaign, "versions", number, "return"]:
                version = next(each for each in self.versions if each["version"] == int(number))
                return self.write_campaign(campaign, version["definition"], "returned")
            case ["sites", _, ("campaigns" | "segments") as kind, id, ("publish" | "pause" | "end") as action]:
                return self.act(kind, id, action)
            case ["sites", _, "conditions"]:
                return rules.checked(body["condition"])
            case ["sites", _, "audiences"]:
                self.audiences.append(body)
                return rules.audience(f"q-{len(self.audiences)}", "running")
            case _:
                raise ApiError(404, "not_found", "no such route")

    def act(self, kind: str, id: str, action: str) -> Json:
        if action in self.failing:
            raise ApiError(503, "busy", "try again")
        status = {"publish": "live", "pause": "paused", "end": "ended"}[action]
        if kind == "segments":
            self.segments[id] |= {"status": status}
            return self.segments[id]
        before = self.campaigns[id]
        after = campaign_data.campaign(before["definition"], status)
        self.campaigns[id] = before | {"status": status, "state": after["state"], "version": before["version"] + 1}
        return self.campaigns[id]

    def put(self, path: list[str], query: dict[str, str], body: Any) -> Any:
        match path:
            case ["sites", _, ("rules" | "destinations"), _]:
                return self.notifications.put(path[2:], query, body)
            case ["sites", _, "campaigns", campaign]:
                version = query.get("version")
                present = self.campaigns.get(campaign)
                if version == "0" and present:
                    raise ApiError(409, "id_taken", "the id is taken", "id")
                if present and version is not None and int(version) != present["version"]:
                    raise ApiError(409, "changed_meanwhile", "somebody else has saved it meanwhile")
                for problem in campaign_data.checked(body)["problems"]:
                    raise ApiError(400, "invalid_campaign", problem["message"], problem["path"])
                self.written.append((campaign, version, body))
                return self.write_campaign(campaign, body, "edited")
            case ["sites", _, "segments", segment]:
                for problem in rules.checked(body["condition"])["problems"]:
                    raise ApiError(400, "invalid_segment", problem["message"], problem["path"])
                status = self.segments.get(segment, {}).get("status", "draft")
                self.segments[segment] = rules.segment(segment, body["condition"], status, name=body["name"])
                return self.segments[segment]
            case ["sites", _, "templates", template]:
                self.templates[template] = gallery.own(template, body)
                return {"items": [self.templates[template]]}
            case ["sites", _, "replay-filters", saved]:
                return self.live.save(saved, body)
            case ["sites", _, "settings"]:
                if not self.admin:
                    raise ApiError(403, "admins_only", "only administrators may do this")
                self.settings = body
                return body
            case _:
                raise ApiError(404, "not_found", "no such route")

    def write_campaign(self, id: str, definition: Json, change: str) -> Json:
        before = self.campaigns.get(id, {"status": "draft", "version": 0, "counters": campaign_data.NONE, "steps": {}})
        kept = {name: before[name] for name in ("counters", "steps")}
        written = campaign_data.campaign(definition, before["status"], version=before["version"] + 1, **kept)
        self.campaigns[id] = written
        if id == "free-shipping":
            self.versions.insert(0, campaign_data.version(written["version"], change, definition, written["status"]))
        return written

    def delete(self, path: list[str]) -> Any:
        match path:
            case ["sites", _, ("rules" | "destinations"), _]:
                return self.notifications.delete(path[2:])
            case ["sites", _, "templates", template]:
                del self.templates[template]
                return {"items": []}
            case ["sites", _, "replay-filters", _] | ["sites", _, "replays", _, "comments", _]:
                return self.live.delete(path[2:])
            case _:
                raise ApiError(404, "not_found", "no such route")


def one(documents: dict[str, dict[str, Any]], id: str) -> dict[str, Any]:
    if id not in documents:
        raise ApiError(404, "not_found", f"no such document: {id}")
    return documents[id]


def page_of(items: list[dict[str, Any]], query: dict[str, str]) -> dict[str, Any]:
    start, limit = int(query.get("cursor", 0)), int(query.get("limit", 100))
    end = start + limit
    return {"items": items[start:end], "next": str(end) if end < len(items) else None}
