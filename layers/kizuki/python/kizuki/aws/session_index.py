"""What recordings are found by, in the sessions table: facts of each session, and the lists (facets) that it is in."""

import time
from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Any

import msgspec

from kizuki.aws.clients import put_all, translated
from kizuki.errors import ConflictError
from kizuki.replay.facets import fresh_facets
from kizuki.replay.facts import MAX_EVENTS, FactEvent, SessionFacts
from kizuki.replay.find import Listed

DAY_SECONDS = 86_400
INDEX = "~index"
MAX_FACTS_BYTES = 300_000
"""Of one item; DynamoDB takes 400 KB. What is beyond is found by the lists alone."""
PAGE = 100

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[FactEvent]).decode


class _Known(msgspec.Struct):
    started_at: int
    facets: set[str]
    person: str


class SessionIndex:
    """`client` is a botocore DynamoDB client. Whatever is noted again, in other portions too, changes nothing."""

    def __init__(
        self, client: Any, table: str, *, retention_days: int = 30, clock: Callable[[], float] = time.time
    ) -> None:
        self._client = client
        self._table = table
        self._retention_days = retention_days
        self._clock = clock

    def note(self, site: str, news: Sequence[SessionFacts]) -> None:
        """Add what has happened in sessions; of each, `started_at` counts when it is met for the first time."""
        items: list[dict[str, Any]] = []
        added: list[tuple[SessionFacts, list[str]]] = []
        for facts in news:
            if (known := self._known(site, facts)) is None:
                continue
            if facts.events:
                items.append(self._facts_item(site, facts))
            fresh = fresh_facets(facts, known.facets)
            items += [self._facet_item(site, name, known.started_at, facts.session) for name in fresh]
            if fresh or known.person != facts.person:
                added.append((facts, fresh))
        put_all(self._client, self._table, items, "indexing sessions")
        # Once they are written: a crash before writes them again.
        for facts, fresh in added:
            self._update(site, facts, fresh)

    def listed(self, site: str, facet: str) -> Listed:
        """Read one list: keys `<started_at, 13 digits>#<session>`, newest first."""
        return Listed(lambda below: self._page(f"{site}#facet#{facet}", below))

    def _known(self, site: str, facts: SessionFacts) -> _Known | None:
        """Read what was noted of a session; None when it was erased. Not remembered: an erasure counts at once."""
        with translated("reading what a session is found by"):
            answer = self._client.get_item(TableName=self._table, Key=_key(site, facts.session), ConsistentRead=True)
        item = answer.get("Item") or self._update(site, facts, [])
        if item is None or "erased" in item:
            return None
        return _Known(int(item["started_at"]["N"]), set(item.get("facets", {}).get("SS", [])), item["person"]["S"])

    def _update(self, site: str, facts: SessionFacts, facets: Sequence[str]) -> dict[str, Any] | None:
        """Note a session; return all that is noted of it, None when it was erased meanwhile."""
        told = {"visit": facts.visit, "device": facts.device, "country": facts.country}
        values: dict[str, Any] = {
            ":started_at": {"N": str(facts.started_at)},
            ":person": {"S": facts.person},
            ":expires_at": self._expiry(),
        }
        values |= {f":{name}": _typed(value) for name, value in told.items() if value is not None}
        settings = [
            "started_at = if_not_exists(started_at, :started_at)",
            "person = :person",
            "expires_at = :expires_at",
        ]
        settings += [f"{name} = :{name}" for name, value in told.items() if value is not None]
        expression = f"SET {', '.join(settings)}"
        if facets:
            expression += " ADD facets :facets"
            values[":facets"] = {"SS": list(facets)}
        try:
            with translated("indexing a session"):
                answer = self._client.update_item(
                    TableName=self._table,
                    Key=_key(site, facts.session),
                    UpdateExpression=expression,
                    ConditionExpression="attribute_not_exists(erased)",
                    ExpressionAttributeValues=values,
                    ReturnValues="ALL_NEW",
                )
        except ConflictError:
            return None
        attributes: dict[str, Any] = answer["Attributes"]
        return attributes

    def _facts_item(self, site: str, facts: SessionFacts) -> dict[str, Any]:
        events, encoded = facts.events, _encode(facts.events)
        while len(encoded) > MAX_FACTS_BYTES:
            events = events[: len(events) // 2]
            encoded = _encode(events)
        first = facts.events[0]
        name = blake2b(first.message_id.encode(), digest_size=8).hexdigest()
        return {
            "pk": {"S": f"{site}#{facts.session}"},
            "sk": {"S": f"fact#{first.offset:010d}#{name}"},
            "facts": {"B": encoded},
            "expires_at": self._expiry(),
        }

    def _facet_item(self, site: str, facet: str, started_at: int, session: str) -> dict[str, Any]:
        return {
            "pk": {"S": f"{site}#facet#{facet}"},
            "sk": {"S": key_of(started_at, session)},
            "expires_at": self._expiry(),
        }

    def _page(self, pk: str, below: str) -> list[str]:
        with translated("looking for recordings"):
            page = self._client.query(
                TableName=self._table,
                KeyConditionExpression="pk = :pk AND sk < :below",
                ExpressionAttributeValues={":pk": {"S": pk}, ":below": {"S": below}},
                ScanIndexForward=False,
                Limit=PAGE,
            )
        return [item["sk"]["S"] for item in page["Items"]]

    def _expiry(self) -> dict[str, str]:
        return {"N": str(int(self._clock()) + self._retention_days * DAY_SECONDS)}


def _key(site: str, session: str) -> dict[str, Any]:
    return {"pk": {"S": f"{site}#{session}"}, "sk": {"S": INDEX}}


def key_of(started_at: int, session: str) -> str:
    return f"{started_at:013d}#{session}"


def facts_of(session: str, items: Sequence[dict[str, Any]]) -> SessionFacts | None:
    """Read a session's facts from its rows; None for a session of which no event is known."""
    index = next((item for item in items if item["sk"]["S"] == INDEX), None)
    if index is None:
        return None
    events: dict[str, FactEvent] = {}
    for item in items:
        if item["sk"]["S"].startswith("fact#"):
            events |= {event.message_id: event for event in _decode(item["facts"]["B"])}
    ordered = sorted(events.values(), key=lambda event: (event.offset, event.message_id))
    facets = index.get("facets", {}).get("SS", [])
    return SessionFacts(
        session=session,
        started_at=int(index["started_at"]["N"]),
        person=index["person"]["S"],
        events=ordered[:MAX_EVENTS],
        visit=int(index["visit"]["N"]) if "visit" in index else None,
        device=index["device"]["S"] if "device" in index else None,
        country=index["country"]["S"] if "country" in index else None,
        segments=frozenset(name.removeprefix("segment:") for name in facets if name.startswith("segment:")),
        goals=frozenset(
            name.removeprefix("campaign:").removesuffix(":goal") for name in facets if name.endswith(":goal")
        ),
    )


def _typed(value: str | int) -> dict[str, str]:
    return {"S": value} if isinstance(value, str) else {"N": str(value)}
