"""What people wrote, as the console lists, writes, publishes and pauses it."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pydantic import BaseModel

from kizuki.aws.config import ConfigStore
from kizuki.aws.documents import ChangeKind, Kind, Status, StoredDocument
from kizuki.aws.publishing import publish
from kizuki.console.models import CheckedCondition, Problem, Words
from kizuki.errors import ConflictError, MalformedError, NotFoundError
from kizuki.events.times import iso
from kizuki.rules.problems import check_condition
from kizuki.rules.wording import summary, unreadable

ATTEMPTS = 5
CHANGES: dict[Status, ChangeKind] = {"live": "published", "paused": "paused", "ended": "ended", "draft": "edited"}
Name = Callable[[str], str]
"""Give the name of an id; the id itself when it is no longer known."""


def write(
    config: ConfigStore,
    site: str,
    kind: Kind,
    id: str,
    checked: BaseModel,
    *,
    by: str | None = None,
    expected: int | None = None,
    change: ChangeKind = "edited",
) -> None:
    """Store a checked document; a live one goes live as written.

    Raises MalformedError for another's id, ConflictError where it is no longer the version it was edited from.
    """
    document = checked.model_dump(mode="json")
    if document["id"] != id:
        reason = f"the id {document['id']!r} differs from the address's {id!r}"
        raise MalformedError(f"invalid_{kind}", reason, path="id")
    status: Status = "draft"
    with suppress(NotFoundError):
        known = config.document(site, kind, id)
        # Published meanwhile, it must not become a draft again.
        status, expected = known.status, (known.version or None) if expected is None else expected
    stored = StoredDocument(id, status, _now(), document)
    config.put_document(site, kind, stored, by=by, expected=expected, change=change)
    if status == "live":
        publish_again(config, site)


def set_status(
    config: ConfigStore, site: str, kind: Kind, stored: StoredDocument, status: Status, *, by: str | None = None
) -> None:
    """Publish or pause: store the status and put it to work. Raises ConflictError when it was changed meanwhile."""
    new = StoredDocument(stored.id, status, _now(), stored.document)
    config.put_document(site, kind, new, by=by, expected=stored.version or None, change=CHANGES[status])
    publish_again(config, site)


def publish_again(config: ConfigStore, site: str) -> None:
    """Publish, again when somebody else did meanwhile."""
    for attempt in range(ATTEMPTS):
        try:
            publish(config, site)
        except ConflictError:
            if attempt + 1 == ATTEMPTS:
                raise
        else:
            return


def namer(config: ConfigStore, site: str, kind: Kind) -> Name:
    """Return a function from the ids of one kind to their names, read once when first asked."""
    names: dict[str, str] = {}

    def name(id: str) -> str:
        if not names:
            names.update({stored.id: stored.document["name"] for stored in config.documents(site, kind)})
        return names.get(id, id)

    return name


def words(condition: Any, segment: Name) -> Words:
    """Say a stored condition in words; one of another version of Kizuki may be none."""
    valid, _ = check_condition(condition, "")
    return Words(**(summary(valid, segment) if valid is not None else unreadable()))


def checked_condition(condition: Any, segment: Name) -> CheckedCondition:
    """Say a condition in words, or what is wrong with it."""
    valid, problems = check_condition(condition, "condition")
    return CheckedCondition(
        summary=None if valid is None else Words(**summary(valid, segment)),
        problems=[Problem(path=problem.path, message=problem.message) for problem in problems],
    )


def _now() -> str:
    return iso(time.time_ns() // 1_000_000)
