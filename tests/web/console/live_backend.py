"""Live as docs/api.md has it, answering from memory: recordings looked for, reviewed, and compared; who is there."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.web.console.data import ANON, BROKEN_SESSION, NOW, SESSION, TARO, ago, iso

Json = dict[str, Any]
ME, COLLEAGUE = "cs@example.com", "sato@example.com"
RECORDING: Json = {
    "sample_percent": 100,
    "when": None,
    "buffer_seconds": 30,
    "mask_all_text": False,
    "mask": [],
    "unmask": [],
    "block": [],
    "max_minutes": 60,
    "max_megabytes": 20,
    "retention_days": None,
}


def found(session: str, minutes: float, **fields: Any) -> Json:
    start = NOW - timedelta(minutes=minutes)
    return {
        "session": session,
        "person": TARO,
        "started_at": iso(start),
        "ended_at": iso(start + timedelta(minutes=2)),
        "active_at": iso(start + timedelta(minutes=2)),
        "duration_ms": 120_000,
        "url": "https://shop.example/",
        "chunks": 13,
        "playable": True,
        "reason": None,
        "name": "山田 太郎",
        "visit": 9,
        "device": "desktop",
        "country": "JP",
        "pages": ["/", "/products/shirt", "/cart"],
        "events": 12,
        "problems": {},
        "campaigns": [],
        "interest": 1.0,
        "reasons": [],
        "seen_by": [],
        "comments": 0,
        "live": False,
        "offset": None,
    } | fields


FOUND = [
    found(
        SESSION,
        60,
        person=ANON,
        name=None,
        visit=1,
        problems={"rage_click": 2, "error": 1},
        campaigns=["free-shipping"],
        interest=11.5,
        reasons=["rage_click", "error", "campaign"],
        comments=1,
    ),
    found(
        "s-phone",
        95,
        name="Margaret O'Connell-Featherstonehaugh",
        person="u:margaret@example.org",
        device="mobile",
        country="GB",
        pages=["/", "/search", "/products/tote", "/products/shirt", "/cart", "/checkout"],
        reasons=["hesitated"],
        interest=3,
    ),
    found("s-order", 180, reasons=["order", "goal"], interest=6, seen_by=[{"by": ME, "at": ago(minutes=30)}]),
    found(
        BROKEN_SESSION,
        240,
        playable=False,
        reason="no_full_snapshot",
        seen_by=[{"by": COLLEAGUE, "at": ago(minutes=3)}],
    ),
]


def online(session: str = SESSION, **fields: Any) -> Json:
    return {
        "person": ANON,
        "name": None,
        "session": session,
        "started_at": ago(minutes=4),
        "last_activity": ago(seconds=6),
        "page": "/products/shirt",
        "visit": 1,
        "device": "mobile",
        "country": "JP",
        "playable": True,
    } | fields


def saved(id: str, name: str, filter: Json) -> Json:
    return {"id": id, "name": name, "filter": filter, "updated_at": ago(days=1), "updated_by": COLLEAGUE}


def comment(id: str, offset: int, text: str, by: str = COLLEAGUE) -> Json:
    return {"id": id, "offset": offset, "at": ago(minutes=8), "by": by, "text": text}


def typical(person: str, name: str | None, offset: int = 42_400) -> Json:
    return {
        "person": person,
        "name": name,
        "variant": "a",
        "shown_at": ago(minutes=50),
        "device": "desktop",
        "visit": 2,
        "duration_ms": 120_000,
        "replay": {"id": SESSION, "offset": offset},
    }


COMPARISON: Json = {
    "groups": [
        {
            "group": "clicked_goal",
            "size": 128,
            "recorded": 90,
            "people": [typical(TARO, "山田 太郎"), typical("u:sato", "佐藤 花子", 61_000)],
        },
        {"group": "clicked", "size": 384, "recorded": 200, "people": [typical(ANON, None)]},
        {"group": "shown", "size": 768, "recorded": 200, "people": [typical("u:margaret@example.org", "Margaret")]},
        {"group": "closed", "size": 830, "recorded": 0, "people": []},
    ],
    "differences": [
        {
            "kind": "next_page",
            "feature": "/products/*",
            "between": ["clicked_goal", "closed"],
            "groups": {
                "clicked_goal": {"people": 90, "value": 0.62},
                "clicked": {"people": 200, "value": 0.4},
                "shown": {"people": 200, "value": 0.22},
                "closed": {"people": 180, "value": 0.14},
            },
            "effect": 1.02,
            "size": "large",
            "test": "fisher",
            "p": 0.00001,
            "q": 0.0004,
            "sentence": {
                "ja": "クリックしてゴールした人の62%が、表示の次に /products/* へ進んでいます（閉じた人では14%、差は48ポイント）。",
                "en": "62% of those who clicked and reached the goal went to /products/* next, "
                "against 14% of those who closed it (a gap of 48 points).",
            },
        },
        {
            "kind": "number",
            "feature": "first_action",
            "between": ["clicked_goal", "shown"],
            "groups": {
                "clicked_goal": {"people": 90, "value": 4_200},
                "shown": {"people": 200, "value": 21_000},
            },
            "effect": -0.4,
            "size": "medium",
            "test": "mann_whitney",
            "p": 0.004,
            "q": 0.03,
            "sentence": {
                "ja": "クリックしてゴールした人は、表示のみの人より次の行動までの時間が短めです（中央値 4.2秒、表示のみの人は21秒）。",
                "en": "Those who clicked and reached the goal did something sooner than those who only saw it "
                "(median 4.2 s against 21 s).",
            },
        },
    ],
    "caveat": {
        "ja": "ここに並ぶのは「差」であって「原因」ではありません。接客の効果は、比較群と比べた結果で確かめてください。",
        "en": "These are differences, not causes. For what the campaign itself does, see its results.",
    },
}


@dataclass
class Live:
    """What the routes of Live answer with; tests change it, and look at what was asked."""

    online: list[Json] = field(default_factory=list)
    found: list[Json] = field(default_factory=lambda: list(FOUND))
    filters: dict[str, Json] = field(
        default_factory=lambda: {
            "carts": saved("carts", "スマホで困っている人", {"device": "mobile", "problems": [], "unseen": False}),
        }
    )
    earlier: list[Json] = field(default_factory=list)
    """Other recordings of whoever is asked for."""
    seen: list[Json] = field(default_factory=list)
    comments: list[Json] = field(default_factory=lambda: [comment("c-1", 42_000, "ここで迷っている")])
    comparison: Json = field(default_factory=lambda: COMPARISON)
    searches: list[tuple[str, Json, str | None]] = field(default_factory=list)
    """Order, filter and cursor of every search."""
    barren: int = 0
    """So many answers find nothing, though there is more."""
    counted: list[str] = field(default_factory=list)
    watched: list[str] = field(default_factory=list)

    def get(self, path: list[str]) -> Json:
        match path:
            case ["online"]:
                return {"items": self.online}
            case ["replay-filters"]:
                return self.saved()
            case ["replay-filters", saved, "count"]:
                return self.count(saved)
            case _:
                return self.review()

    def review(self) -> Json:
        return {"seen_by": self.seen, "comments": sorted(self.comments, key=lambda each: int(each["offset"]))}

    def search(self, query: dict[str, str], asked: Json) -> Json:
        cursor = query.get("cursor")
        self.searches.append((query["order"], asked, cursor))
        place = int(cursor or 0)
        if place < self.barren:
            return {"items": [], "next": str(place + 1)}
        return {"items": [each for each in self.found if matches(each, asked)], "next": None}

    def count(self, id: str) -> Json:
        self.counted.append(id)
        asked = self.filters[id]["filter"]
        return {"count": sum(matches(each, asked) for each in self.found), "more": False}

    def saved(self) -> Json:
        return {"items": list(self.filters.values())}

    def post(self, session: str, action: str, body: Any) -> Json:
        if action == "watch":
            self.watched.append(session)
            return {"until": ago(seconds=-30)}
        if action == "seen":
            self.seen.append({"by": ME, "at": ago()})
        else:
            self.comments.append(comment(f"c-{len(self.comments) + 1}", body["offset"], body["text"], ME))
        return self.review()

    def save(self, id: str, body: Json) -> Json:
        self.filters[id] = saved(id, body["name"], body["filter"])
        return self.saved()

    def delete(self, path: list[str]) -> Json:
        match path:
            case ["replay-filters", id]:
                del self.filters[id]
                return self.saved()
            case _:
                self.comments = [each for each in self.comments if each["id"] != path[-1]]
                return self.review()


def matches(replay: Json, asked: Json) -> bool:
    """Whether it fits the parts that the tests ask for."""
    return (
        asked.get("device") in (None, replay["device"])
        and (not asked.get("problems") or bool(set(asked["problems"]) & set(replay["problems"])))
        and (not asked.get("unseen") or all(seen["by"] != ME for seen in replay["seen_by"]))
    )
