"""Rules, destinations, deliveries and incidents as docs/api.md has them, answering from memory."""

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from kizuki.aws.config import Site
from kizuki.aws.publishing import CONDITIONS
from kizuki.console import samples
from kizuki.errors import ConflictError, MalformedError, NotFoundError
from kizuki.notifications.catalogue import LOCALES
from kizuki.notifications.definition import NotificationRule
from kizuki.notifications.request import Parcel, slack_message, values
from kizuki.rules.problems import all_problems
from kizuki.rules.wording import summary
from tests.web.console import notification_data as made
from tests.web.console.data import NOW, iso

Json = dict[str, Any]
SITE = Site("shop", "あおい商店")
NO_EVENTS: Any = SimpleNamespace(feed=lambda _site: [])


def by_id(items: list[Json]) -> dict[str, Json]:
    return {each["id"]: dict(each) for each in items}


def known(items: dict[str, Json], id: str) -> Json:
    if id not in items:
        raise NotFoundError("not_found", f"no such document: {id}")
    return items[id]


@dataclass
class Notifications:
    """What the API answers with; tests change it while the console runs."""

    rules: dict[str, Json] = field(default_factory=lambda: by_id(made.RULES))
    destinations: dict[str, Json] = field(default_factory=lambda: by_id(made.DESTINATIONS))
    deliveries: list[Json] = field(default_factory=lambda: [dict(each) for each in made.DELIVERIES])
    incidents: dict[str, Json] = field(default_factory=lambda: by_id(made.INCIDENTS))
    written: list[tuple[str, str | None, Json]] = field(default_factory=list)
    """What was PUT: the kind, the version it was edited from, the document."""
    done: list[tuple[str, ...]] = field(default_factory=list)
    """What else was asked for."""
    tested: Json = field(
        default_factory=lambda: {"status": "delivered", "response_code": 200, "error": None, "duration_ms": 142}
    )

    def get(self, kind: str, key: str) -> Any:
        match kind:
            case "rules":
                return known(self.rules, key)
            case "destinations":
                return known(self.destinations, key)
            case "incidents":
                return made.detail(known(self.incidents, key))
            case _:
                return next(each for each in self.deliveries if each["key"] == key)

    def post(self, path: list[str], body: Any) -> Any:
        match path:
            case ["rules", "~check"]:
                return self.checked(body)
            case ["rules", "~preview"]:
                return self.previewed(body["rule"])
            case ["rules", id, ("publish" | "pause") as action]:
                before = known(self.rules, id)
                status = {"publish": "live", "pause": "paused"}[action]
                self.rules[id] = before | {"status": status, "version": before["version"] + 1}
                return self.rules[id]
            case ["destinations", id, "test"]:
                self.done.append(("test", id))
                return self.tested
            case ["deliveries", key, "redrive"]:
                self.done.append(("redrive", key))
                at = next(n for n, each in enumerate(self.deliveries) if each["key"] == key)
                again = {"status": "waiting", "attempts": 0, "error": None, "next_attempt": iso(NOW)}
                self.deliveries[at] |= again
                return self.deliveries[at]
            case ["incidents", id, "snooze"]:
                self.done.append(("snooze", id, body["until"]))
                self.incidents[id] |= {"status": "snoozed", "snoozed_until": body["until"], "by": "cs@example.com"}
                return made.detail(self.incidents[id])
            case ["incidents", id, "close"]:
                self.done.append(("close", id))
                self.incidents[id] |= {"status": "closed", "by": "cs@example.com"}
                return made.detail(self.incidents[id])
            case _:
                raise NotFoundError("not_found", "no such route")

    def put(self, path: list[str], query: dict[str, str], body: Json) -> Any:
        kind, key = path
        items = self.rules if kind == "rules" else self.destinations
        before, version = items.get(key), query.get("version")
        if version == "0" and before:
            raise ConflictError("id_taken", "the id is taken")
        if before and version is not None and int(version) != before["version"]:
            raise ConflictError("changed_meanwhile", "somebody else has saved it meanwhile")
        self.written.append((kind, version, body))
        number = (before or {"version": 0})["version"] + 1
        items[key] = self.rule(key, body, number) if kind == "rules" else self.destination(key, body, number)
        return items[key]

    def rule(self, id: str, body: Json, version: int) -> Json:
        for problem in self.checked(body)["problems"]:
            raise MalformedError("invalid_rule", problem["message"], path=problem["path"])
        status = self.rules.get(id, {}).get("status", "draft")
        return made.rule(body, status, version=version)

    def destination(self, id: str, body: Json, version: int) -> Json:
        fields = dict(body)
        written = fields.pop("secret", {})
        if str(written.get("url") or "https").startswith("http:"):
            raise MalformedError("invalid_destination", "must begin with https://", path="secret.url")
        secret = dict(self.destinations.get(id, {}).get("secret", {}))
        if written.get("signing_secret") and secret.get("signing_secret", made.UNSET)["set"]:
            secret["previous_signing_secret"] = secret["signing_secret"]
        for name, value in written.items():
            secret[name] = made.UNSET if value is None else made.given(value[-4:], seconds=1)
        named = {name: fields.pop(name) for name in ("id", "name", "type")}
        return made.destination(*named.values(), secret, version=version, **fields)

    def delete(self, path: list[str]) -> Any:
        kind, key = path
        items = self.rules if kind == "rules" else self.destinations
        del items[key]
        self.done.append(("delete", kind, key))
        return {"items": list(items.values())}

    def checked(self, document: Json) -> Json:
        rule, problems = all_problems(NotificationRule, document, CONDITIONS["rule"])
        found = [{"path": problem.path, "message": problem.message} for problem in problems]
        for n, told in enumerate(rule.destinations if rule is not None else []):
            if told not in self.destinations:
                found.append({"path": f"destinations[{n}]", "message": f"there is no destination {told!r}"})
        if rule is None or found:
            return {"summary": None, "mention": None, "problems": found}
        when = rule.model_dump(mode="json")["when"]
        return {
            "summary": {**summary(when, lambda name: made.NAMES.get(name, name))},
            "mention": None,
            "problems": [],
        }

    def previewed(self, document: Json) -> Json:
        rule, _ = all_problems(NotificationRule, document, CONDITIONS["rule"])
        if rule is None:
            return {"messages": None, "real": False, "problems": self.checked(document)["problems"]}
        digest = rule.deliver.as_ == "digest"
        wanted = 3 if digest else 1
        told, real = samples.of_rule(NO_EVENTS, SITE, rule, "https://console.example", wanted=wanted)
        messages = {}
        for locale in LOCALES:
            sent = slack_message(Parcel(told, digest=digest), locale)
            plain = values(Parcel(told, digest=digest), locale)
            messages[locale] = {
                "slack": {"text": sent["text"], "blocks": sent["blocks"]},
                "plain": f"{plain['title']}\n{plain['text']}",
            }
        return {"messages": messages, "real": real, "problems": []}
