"""Destinations as the console lists and changes them. Their secrets are written, and never shown."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec
from pydantic import ValidationError

from kizuki.aws.config import ConfigStore
from kizuki.aws.documents import StoredDocument
from kizuki.aws.lanes import Lane, LaneStore
from kizuki.aws.outbox import Outbox
from kizuki.aws.publishing import campaign_of, rule_of
from kizuki.aws.queue import NotificationQueue
from kizuki.aws.secrets import SecretStore
from kizuki.console.notification_models import DestinationDocument, DestinationHealth, Destinations, SecretField
from kizuki.errors import ConflictError, MalformedError, NotFoundError
from kizuki.events.times import iso
from kizuki.notifications.destinations import Destination, Secret, needed_field
from kizuki.outbound.addresses import Target
from kizuki.rules.problems import checked, problems

FIELDS = ("url", "signing_secret", "previous_signing_secret", "bot_token", "channel_access_token", "api_url")
HINT = 4
HINTED = 12
"""Of a shorter secret, its last characters would say too much."""
Document = dict[str, Any]


class DestinationDesk:
    """Reads and writes destinations. `prefix` names their secrets; `allow_loopback` is for one machine only."""

    def __init__(
        self,
        *,
        config: ConfigStore,
        secrets: SecretStore,
        lanes: LaneStore,
        outbox: Outbox,
        queue: NotificationQueue,
        prefix: str,
        allow_loopback: bool,
        clock: Callable[[], int],
    ) -> None:
        self._config = config
        self._secrets = secrets
        self._lanes = lanes
        self._outbox = outbox
        self._queue = queue
        self._prefix = prefix
        self._allow_loopback = allow_loopback
        self._clock = clock

    def listed(self, site: str) -> Destinations:
        lanes = {lane.destination: lane for lane in self._lanes.all(site)}
        return Destinations(
            items=[
                self._document(site, stored, lanes.get(stored.id) or Lane(site, stored.id))
                for stored in self._config.documents(site, "destination")
            ]
        )

    def one(self, site: str, id: str) -> DestinationDocument:
        """Read one destination. Raises NotFoundError."""
        return self._document(site, self._config.document(site, "destination", id), self._lanes.read(site, id))

    def usable(self, site: str, id: str) -> Destination:
        """Read a destination to send to it. Raises NotFoundError, MalformedError."""
        return checked(Destination, self._config.destination(site, id), "destination")

    def write(self, site: str, id: str, written: Document, *, by: str | None, expected: int | None) -> None:
        """Check and store a destination, and those fields of its secret that `secret` holds; null removes one.

        A new signing secret keeps the one before as the previous one. Raises MalformedError, ConflictError.
        """
        name = f"{self._prefix}/{site}/{id}"
        fields = written.get("secret")
        destination = checked(Destination, written | {"secret": name}, "destination")
        if destination.id != id:
            reason = f"the id {destination.id!r} differs from the address's {id!r}"
            raise MalformedError("invalid_destination", reason, path="id")
        known = None
        with suppress(NotFoundError):
            known = self._config.document(site, "destination", id)
        before = known.version if known is not None else 0
        if expected is not None and expected != before:
            code = "id_taken" if expected == 0 else "changed_meanwhile"
            raise ConflictError(code, f"the destination {id!r} is at version {before} by now, not {expected}")
        # The secret of a destination is where its document has always said it is.
        name = str(known.document.get("secret") or name) if known is not None else name
        if not name.endswith(f"/destinations/{site}/{id}"):
            name = f"{self._prefix}/{site}/{id}"
        secret = self._merged(destination, name, fields)
        if secret is not None:
            self._secrets.put(name, secret)
        document = destination.model_dump(mode="json") | {"secret": name}
        stored = StoredDocument(id, "live", iso(self._clock()), document)
        self._config.put_document(site, "destination", stored, by=by, expected=before)
        if destination.enabled:
            # Somebody has looked: what failed is tried again at once, and what was wrong is forgotten.
            now = self._clock()
            self._outbox.hasten(site, id, now)
            lane = self._lanes.recover(site, id)
            self._queue.wake(site, id, seconds=(lane.leased_until - now) / 1000)

    def delete(self, site: str, id: str, *, by: str | None) -> Destinations:
        """Delete a destination and its secret. Raises NotFoundError, ConflictError while something live tells it."""
        stored = self._config.document(site, "destination", id)
        if users := list(self._users(site, id)):
            raise ConflictError("destination_in_use", f"it is told by what is live: {', '.join(users)}")
        self._config.delete_document(site, "destination", id, by=by)
        name = str(stored.document.get("secret") or "")
        if name.endswith(f"/destinations/{site}/{id}"):
            self._secrets.delete(name)
        # What waits for it is told so in the log.
        self._lanes.touch(site, id)
        self._queue.wake(site, id)
        return self.listed(site)

    def _users(self, site: str, id: str) -> list[str]:
        found = []
        for stored in self._config.documents(site, "rule"):
            with suppress(MalformedError):
                if stored.status == "live" and id in rule_of(stored.document).destinations:
                    found.append(f"rule {stored.id}")
        for stored in self._config.documents(site, "campaign"):
            with suppress(MalformedError):
                if stored.status == "live" and any(
                    variant.action.type == "notify" and variant.action.destination == id
                    for variant in campaign_of(stored.document).variants
                ):
                    found.append(f"campaign {stored.id}")
        return found

    def _merged(self, destination: Destination, name: str, fields: Any) -> str | None:
        """Return the secret as it is to be stored, None where it stays. Raises MalformedError, without quoting it."""
        if fields is not None and not isinstance(fields, dict):
            raise MalformedError("invalid_destination", "must be an object", path="secret")
        for field in fields or {}:
            if field not in FIELDS:
                raise MalformedError("invalid_destination", "is no field of this", path=f"secret.{field}")
        kept = self._kept(name)
        merged = dict(kept)
        now = iso(self._clock())
        updated = dict(kept.get("updated") or {})
        for field, value in (fields or {}).items():
            if field == "signing_secret" and value and kept.get(field) not in {None, value}:
                merged["previous_signing_secret"] = kept[field]
                updated["previous_signing_secret"] = updated.get(field, now)
            merged[field], updated[field] = value, now
        merged = {field: value for field, value in merged.items() if value is not None and field in FIELDS}
        try:
            secret = Secret.model_validate(merged)
        except ValidationError as error:
            first = problems(error, merged, "secret")[0]
            raise MalformedError("invalid_destination", first.message, path=first.path or "secret") from None
        if secret.url is not None:
            self._check_url(secret.url.get_secret_value(), "secret.url")
        if secret.api_url is not None and not self._allow_loopback:
            reason = "is for the platform on one machine only"
            raise MalformedError("invalid_destination", reason, path="secret.api_url")
        if (missing := secret.lacking(destination)) is not None:
            raise MalformedError("invalid_destination", "is missing", path=f"secret.{missing}")
        if not fields:
            return None
        merged["updated"] = {field: at for field, at in updated.items() if field in merged}
        return msgspec.json.encode(merged).decode()

    def _check_url(self, url: str, path: str) -> None:
        try:
            target = Target.parse(url)
        except MalformedError as error:
            raise MalformedError("invalid_destination", error.message, path=path) from None
        if target.scheme != "https" and not self._allow_loopback:
            raise MalformedError("invalid_destination", "must begin with https://", path=path)

    def _kept(self, name: str) -> Document:
        try:
            found = msgspec.json.decode(self._secrets.get(name, fresh=True))
        except (NotFoundError, msgspec.DecodeError):
            return {}
        return found if isinstance(found, dict) else {}

    def _document(self, site: str, stored: StoredDocument, lane: Lane) -> DestinationDocument:
        problem, needed = None, None
        try:
            destination = checked(Destination, stored.document, "destination")
            needed = needed_field(destination)
        except MalformedError as error:
            problem = f"{error.path}: {error.message}"
        name = str(stored.document.get("secret") or "")
        kept = self._kept_of(site, stored.id, name)
        if problem is None and needed is not None and needed not in kept:
            problem = f"secret.{needed}: is missing"
        updated = kept.get("updated") or {}
        health = lane.health
        return DestinationDocument(
            id=stored.id,
            name=stored.document["name"],
            type=stored.document["type"],
            enabled=stored.document.get("enabled", True),
            version=stored.version,
            updated_at=stored.updated_at,
            updated_by=stored.updated_by,
            definition={field: value for field, value in stored.document.items() if field != "secret"},
            secret={
                field: SecretField(set=True, updated_at=updated.get(field), hint=_hint(kept[field]))
                if field in kept
                else SecretField(set=False, updated_at=None, hint=None)
                for field in FIELDS
            },
            health=DestinationHealth(
                state=health.state,
                reason=health.reason,
                since=iso(health.since) if health.since else None,
                failures=health.failures,
                share=health.share,
                next_at=iso(lane.next_at) if lane.next_at > self._clock() else None,
            ),
            problem=problem,
        )

    def _kept_of(self, site: str, id: str, name: str) -> Document:
        return self._kept(name) if name.endswith(f"/destinations/{site}/{id}") else {}


def _hint(value: Any) -> str | None:
    return value[-HINT:] if isinstance(value, str) and len(value) >= HINTED else None
