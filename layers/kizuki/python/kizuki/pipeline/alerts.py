"""What Kizuki itself has to say: to every destination of a site that takes alerts."""

from contextlib import suppress

from pydantic import ValidationError

from kizuki.aws.config import ConfigStore
from kizuki.aws.documents import StoredDocument
from kizuki.aws.queue import NotificationQueue
from kizuki.errors import ConflictError, NotFoundError
from kizuki.events.times import iso
from kizuki.notifications.catalogue import ALERTS, LOCALES
from kizuki.notifications.destinations import Destination
from kizuki.notifications.model import Alert, Happening, Links, Notification, Person, Rule, notification_id

TYPE = "alert"


def alert(
    config: ConfigStore,
    queue: NotificationQueue,
    site: str,
    *,
    kind: str,
    id: str,
    told: Alert,
    at: int,
    link: str | None = None,
    but: str | None = None,
) -> int:
    """Queue an alert to every enabled destination with `alerts`, except `but`; return to how many.

    Told once per `kind`, `id`, `at` (epoch ms) and destination; `link` leads into the console.
    """
    notifications = [
        Notification(
            id=notification_id(f"alert.{kind}", id, destination=destination),
            site=site,
            # No rule's id has a dot.
            rule=Rule(f"alert.{kind}", told.title["en"]),
            destination=destination,
            occurred_at=iso(at),
            person=Person(""),
            event=Happening(kind, TYPE, id),
            links=Links(link or ""),
            alert=told,
        )
        for destination in _listeners(config, site)
        if destination != but
    ]
    if notifications:
        queue.send(notifications)
    return len(notifications)


def tell_disabled(
    config: ConfigStore,
    queue: NotificationQueue,
    site: str,
    destination: Destination,
    *,
    reason: str,
    at: int,
    link: str | None = None,
) -> None:
    """Switch a destination off until somebody switches it on again, and say so: once, and in the audit trail."""
    try:
        stored = config.document(site, "destination", destination.id)
    except NotFoundError:
        return
    if not stored.document.get("enabled", True):
        return
    words = {"name": destination.name, "reason": reason}
    told = Alert(
        {locale: ALERTS[locale]["disabled_title"].format(**words) for locale in LOCALES},
        {locale: ALERTS[locale]["disabled_text"].format(**words) for locale in LOCALES},
    )
    # Told first: after a crash in between it is told again, under the same id, rather than never.
    id_ = f"{destination.id}:{stored.version}"
    alert(config, queue, site, kind="destination-disabled", id=id_, told=told, at=at, link=link, but=destination.id)
    document = stored.document | {"enabled": False}
    off = StoredDocument(stored.id, stored.status, iso(at), document)
    # Changed in this moment, it may be another destination by now: the next attempt finds out.
    with suppress(ConflictError):
        config.put_document(site, "destination", off, change="disabled", expected=stored.version or None)


def _listeners(config: ConfigStore, site: str) -> list[str]:
    found = []
    for stored in config.documents(site, "destination"):
        with suppress(ValidationError):
            destination = Destination.model_validate(stored.document)
            if destination.enabled and destination.alerts:
                found.append(destination.id)
    return found
