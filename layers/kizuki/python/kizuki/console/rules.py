"""Notification rules as the console lists and changes them, and what they would send."""

from typing import Any

from kizuki.aws.config import ConfigStore
from kizuki.aws.documents import Status, StoredDocument
from kizuki.aws.metrics import MetricsStore
from kizuki.aws.publishing import CONDITIONS, rule_of
from kizuki.console import documents, samples
from kizuki.console.models import Problem, Words
from kizuki.console.notification_models import (
    CheckedRule,
    PreviewedMessage,
    PreviewedRule,
    RuleDestination,
    RuleDocument,
    Rules,
    SlackMessage,
)
from kizuki.errors import MalformedError
from kizuki.notifications.catalogue import LOCALES, Locale
from kizuki.notifications.definition import NotificationRule
from kizuki.notifications.request import Parcel, slack_message, values
from kizuki.rules.compiled import segments_in
from kizuki.rules.problems import all_problems
from kizuki.rules.wording import summary

KIND = "rule"
DIGEST_SAMPLE = 3
Document = dict[str, Any]


def listed(config: ConfigStore, site: str) -> Rules:
    broken, destinations = config.engine(site).broken, _destinations(config, site)
    segments = config.documents(site, "segment")
    return Rules(
        items=[
            _document(stored, destinations, segments, broken.get((KIND, stored.id)))
            for stored in config.documents(site, "rule")
        ]
    )


def one(config: ConfigStore, site: str, id: str) -> RuleDocument:
    """Read one rule. Raises NotFoundError."""
    stored = config.document(site, "rule", id)
    broken = config.engine(site).broken.get((KIND, id))
    return _document(stored, _destinations(config, site), config.documents(site, "segment"), broken)


def write(
    config: ConfigStore, site: str, id: str, document: Document, *, by: str | None, expected: int | None = None
) -> None:
    """Check and store a rule; a live one goes live as written. Raises MalformedError, ConflictError."""
    rule = rule_of(document)
    _refuse_unknown_destination(config, site, rule)
    documents.write(config, site, "rule", id, rule, by=by, expected=expected)


def set_status(config: ConfigStore, site: str, id: str, status: Status, *, by: str | None) -> None:
    """Publish or pause. Raises NotFoundError, MalformedError for one that cannot go live."""
    stored = config.document(site, "rule", id)
    if status == "live":
        _refuse_unknown_destination(config, site, rule_of(stored.document))
    documents.set_status(config, site, "rule", stored, status, by=by)


def delete(config: ConfigStore, site: str, id: str, *, by: str | None) -> Rules:
    """Delete a rule; its versions stay. Raises NotFoundError."""
    config.delete_document(site, "rule", id, by=by)
    documents.publish_again(config, site)
    return listed(config, site)


def check(config: ConfigStore, site: str, document: Document) -> CheckedRule:
    """Say a rule in words, or everything that is wrong with it."""
    rule, problems = _checked(config, site, document)
    if rule is None:
        return CheckedRule(summary=None, mention=None, problems=problems)
    segment, written = documents.namer(config, site, "segment"), rule.model_dump(mode="json")
    when = written["mention"]["when"] if written["mention"] is not None else None
    return CheckedRule(
        summary=Words(**summary(written["when"], segment)),
        mention=None if when is None else Words(**summary(when, segment)),
        problems=[],
    )


def preview(
    config: ConfigStore, metrics: MetricsStore, site: str, document: Document, console_url: str
) -> PreviewedRule:
    """Render what a rule would send to Slack: of the newest event that it speaks of, else of a made-up one."""
    rule, problems = _checked(config, site, document)
    if rule is None:
        return PreviewedRule(messages=None, real=False, problems=problems)
    digest = rule.deliver.as_ == "digest"
    found, real = samples.of_rule(metrics, config.site(site), rule, console_url, wanted=DIGEST_SAMPLE if digest else 1)
    messages: dict[Locale, PreviewedMessage] = {}
    for locale in LOCALES:
        sent = slack_message(Parcel(found, digest=digest), locale)
        told = values(Parcel(found, digest=digest), locale)
        messages[locale] = PreviewedMessage(
            slack=SlackMessage(text=sent["text"], blocks=sent["blocks"]), plain=f"{told['title']}\n{told['text']}"
        )
    return PreviewedRule(messages=messages, real=real, problems=[])


def _checked(config: ConfigStore, site: str, document: Document) -> tuple[NotificationRule | None, list[Problem]]:
    rule, problems = all_problems(NotificationRule, document, CONDITIONS["rule"])
    if rule is None:
        return None, [Problem(path=problem.path, message=problem.message) for problem in problems]
    try:
        _refuse_unknown_destination(config, site, rule)
    except MalformedError as error:
        return None, [Problem(path=error.path or "", message=error.message)]
    return rule, []


def _refuse_unknown_destination(config: ConfigStore, site: str, rule: NotificationRule) -> None:
    known = _destinations(config, site)
    for n, id_ in enumerate(rule.destinations):
        if id_ not in known:
            raise MalformedError("invalid_rule", f"there is no destination {id_!r}", path=f"destinations[{n}]")


def _destinations(config: ConfigStore, site: str) -> dict[str, Document]:
    return {stored.id: stored.document for stored in config.documents(site, "destination")}


def _document(
    stored: StoredDocument, known: dict[str, Document], segments: list[StoredDocument], broken: str | None
) -> RuleDocument:
    names = {segment.id: segment.document["name"] for segment in segments}
    definition, problem = stored.document, None
    try:
        rule = rule_of(stored.document)
        definition = rule.model_dump(mode="json")
        told = [_told(id_, known) for id_ in rule.destinations]
        problem = broken or _problem(rule, told, {segment.id for segment in segments if segment.status == "live"})
    except MalformedError as error:
        told, problem = [], f"{error.path}: {error.message}"
    return RuleDocument(
        id=stored.id,
        name=stored.document["name"],
        status=stored.status,
        version=stored.version,
        updated_at=stored.updated_at,
        updated_by=stored.updated_by,
        definition=definition,
        summary=documents.words(definition.get("when"), lambda id_: names.get(id_, id_)),
        destinations=told,
        problem=problem if stored.status == "live" else None,
    )


def _told(id: str, known: dict[str, Document]) -> RuleDestination:
    document = known.get(id)
    if document is None:
        return RuleDestination(id=id, name=id, type="unknown", enabled=False)
    enabled = document.get("enabled", True)
    return RuleDestination(id=id, name=document["name"], type=document["type"], enabled=enabled)


def _problem(rule: NotificationRule, told: list[RuleDestination], live: set[str]) -> str | None:
    """Say why a live rule tells nobody, or speaks of a segment that nobody is in."""
    if not rule.enabled:
        return "it is switched off"
    if not any(each.enabled for each in told):
        return "its destinations are switched off, or gone"
    missing = segments_in(rule.model_dump(mode="json")["when"]) - live
    return f"it speaks of segments that are not live: {', '.join(sorted(missing))}" if missing else None
