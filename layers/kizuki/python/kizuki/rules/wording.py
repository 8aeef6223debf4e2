"""Conditions in plain language: one sentence that holds or does not, in Japanese and English."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import msgspec

from kizuki.rules.catalogue import Locale, Texts, Words
from kizuki.rules.english import ENGLISH
from kizuki.rules.japanese import JAPANESE
from kizuki.rules.phrases import Phrases

Document = dict[str, Any]
SegmentName = Callable[[str], str]
"""Give the name of a segment; its id when it is not known."""

EVERY = {"ne", "not_in", "not_contains"}
"""Operators that, of several values, all must satisfy."""
EXISTENCE = {"exists", "not_exists"}
COUNTED = {"count": ("happened", "time"), "distinct": ("is", "kind")}
"""Functions that count: the frame of their sentence, and their unit."""
ELAPSED = {"since_first", "since_last"}
ELAPSED_FRAMES = {"exists": "ever", "not_exists": "never"}
WITHOUT_ALL = ELAPSED | {"first", "last", "previous"}
"""Functions for which all time goes without saying."""
EVERY_EVENT = {"count": "any", "since_first": "one", "since_last": "one"}


class Clause(msgspec.Struct):
    """What the sentence about one comparison is made of. `seen` writes a value that it met."""

    frame: str
    subject: str = ""
    op: str = "eq"
    value: str = ""
    seen: Callable[[Any], str] = str
    noun: str = ""
    """The subject where what was seen is told of it."""
    words: dict[str, str] = {}


def summary(condition: Document, segment_name: SegmentName) -> Words:
    """Say what a condition asks for."""
    return {locale: capital(wording.sentence(condition, segment_name)) for locale, wording in WORDINGS.items()}


def unreadable() -> Words:
    """Say that a condition was written for another version of Kizuki."""
    return {locale: wording.unreadable for locale, wording in WORDINGS.items()}


def statistic_words(condition: Document) -> Words:
    """Name the value that a statistic condition compares."""
    return {locale: capital(wording.statistic(condition).noun.strip()) for locale, wording in WORDINGS.items()}


def told(condition: Document, segment_name: SegmentName, *, holds: bool, seen: Any) -> Words:
    """Say that a comparison held or did not, and of what."""
    return {
        locale: wording.told(condition, segment_name, holds=holds, seen=seen) for locale, wording in WORDINGS.items()
    }


def joined(kind: str, parts: Sequence[Words], more: int = 0) -> Words:
    """Join what is told of several conditions, `all` or `any` of them; `more` are left out."""
    return {
        locale: wording.joined(kind, [part[locale] for part in parts], more) for locale, wording in WORDINGS.items()
    }


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


class Wording:
    """The sentences of one language."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._phrases = Phrases(texts)
        self.unreadable = texts.unreadable

    def sentence(self, condition: Document, segment_name: SegmentName, *, holds: bool = True) -> str:
        """Say that a condition holds or, without `holds`, that it does not."""
        kind = condition["type"]
        if kind == "not":
            return self.sentence(condition["of"], segment_name, holds=not holds)
        if kind not in {"all", "any"}:
            return self._framed(self._clause(condition, segment_name), holds=holds)
        parts: list[Document] = condition["of"]
        if len(parts) == 1:
            return self.sentence(parts[0], segment_name, holds=holds)
        if not parts:
            return self._texts.always if holds else self._texts.never
        whole = self.joined(kind, [self._part(part, segment_name) for part in parts])
        return whole if holds else self._texts.negated.format(whole)

    def joined(self, kind: str, sentences: list[str], more: int = 0) -> str:
        return self._texts.conjunction[kind].join(sentences) + (self._texts.more.format(n=more) if more else "")

    def told(self, condition: Document, segment_name: SegmentName, *, holds: bool, seen: Any) -> str:
        clause = self._clause(condition, segment_name)
        missing = seen is None or seen == []
        word = self._texts.missing if missing else clause.seen(seen).rstrip()
        clause.words["seen"] = word
        clause.words["actual"] = word if missing else self._texts.actual.format(seen=word)
        return self._framed(clause, holds=holds, told=True)

    def statistic(self, condition: Document) -> Clause:
        of, op = condition["of"], condition["op"]
        value: Any = condition.get("value")
        window = condition.get("window", "all")
        within, before_noun = self._phrases.window(None if window == "all" and of in WITHOUT_ALL else window)
        words = {
            "events": self._events(condition, EVERY_EVENT.get(of, "every")),
            "path": self._phrases.path(condition.get("path") or ""),
            "window": within,
        }
        templates = self._texts.statistics
        unnamed = condition.get("event") is None and not condition.get("where")
        template = (templates.get(f"{of}.any") if unnamed else None) or templates[of]
        clause = Clause(
            op,
            template.format(**words),
            op,
            noun=templates.get(f"{of}.noun", template).format(**words | {"window": before_noun}),
            words=words,
        )
        if of in COUNTED:
            clause.frame, unit = COUNTED[of]
            clause.op, clause.seen = _of_count(op), partial(self._phrases.counted, unit)
        elif of in ELAPSED:
            clause.frame, clause.seen = ELAPSED_FRAMES.get(op, "is"), self._phrases.duration
            words["events"] = self._events(condition)
        else:
            clause.value, clause.seen = self._phrases.values(value), self._phrases.seen
            return clause
        clause.value = "" if value is None else clause.seen(value)
        return clause

    def _part(self, condition: Document, segment_name: SegmentName) -> str:
        sentence = self.sentence(condition, segment_name)
        return self._texts.bracketed.format(sentence) if _is_group(condition) else sentence

    def _framed(self, clause: Clause, *, holds: bool, told: bool = False) -> str:
        frames = self._texts.frames
        quantifier, dot, _ = clause.frame.rpartition(".")
        # Where a language says it with the bound, it has no frame of its own for the operator.
        frame = frames.get(clause.frame) or frames[f"{quantifier}{dot}is"]
        template = (frame.held if holds else frame.failed) if told else (frame.holds if holds else frame.fails)
        words = {
            "subject": clause.subject,
            "noun": clause.noun or clause.subject,
            "bound": self._texts.bounds[clause.op].format(value=clause.value),
            "unbound": self._texts.unbounds[clause.op].format(value=clause.value),
        }
        return template.format(**words | clause.words).rstrip()

    def _clause(self, condition: Document, segment_name: SegmentName) -> Clause:
        kind, subjects = condition["type"], self._texts.subjects
        match kind:
            case "statistic":
                return self.statistic(condition)
            case "event":
                return Clause("in", subjects[kind], "in", self._phrases.values(condition["name"]), self._phrases.seen)
            case "time":
                return Clause("eq", subjects[kind], value=self._phrases.time(condition), seen=self._phrases.moment)
            case "visits":
                times = partial(self._phrases.counted, "time")
                return Clause("visited", subjects[kind], _of_count(condition["op"]), times(condition["value"]), times)
            case "segment":
                subject = subjects[kind].format(name=self._phrases.quoted(segment_name(condition["id"])))
                return Clause("member" if condition.get("member", True) else "stranger", subject)
            case "sequence":
                words = {step: self._events(condition[step]) for step in ("first", "then")}
                words["within"] = self._phrases.duration(condition["within"])
                seen = partial(self._phrases.latest, words["first"], words["then"])
                return Clause("unfollowed" if condition.get("absent") else "followed", seen=seen, words=words)
        return self._comparison(condition, subjects[kind])

    def _comparison(self, condition: Document, subject: str) -> Clause:
        path, op = condition["path"], condition["op"]
        quantifier = "" if "[]" not in path or op in EXISTENCE else "every." if op in EVERY else "any."
        named = self._texts.context.get(path) if condition["type"] == "context" else None
        return Clause(
            f"{quantifier}{op}",
            named or subject.format(path=self._phrases.path(path)),
            op,
            self._phrases.values(condition.get("value")),
            self._phrases.seen,
        )

    def _events(self, condition: Document, every: str = "any") -> str:
        """Name events and what is asked of each; `every` says how to call them where any counts."""
        names, where = condition.get("event"), condition.get("where")
        events = self._texts.events[every] if names is None else self._phrases.values(names)
        if not where:
            return events
        asked = [self._framed(self._where(each), holds=True) for each in where]
        return events + self._texts.where.format(self.joined("all", asked).strip())

    def _where(self, condition: Document) -> Clause:
        subject = "where" if condition["type"] == "property" else "context"
        return self._comparison(condition, self._texts.subjects[subject])


def _is_group(condition: Document, *, holds: bool = True) -> bool:
    """Tell whether a sentence is several sentences joined, and not yet in brackets."""
    match condition["type"]:
        case "not":
            return _is_group(condition["of"], holds=not holds)
        case "all" | "any":
            parts = condition["of"]
            return holds if len(parts) > 1 else any(_is_group(part, holds=holds) for part in parts)
    return False


def _of_count(op: str) -> str:
    return {"eq": "exactly", "lt": "fewer"}.get(op, op)


WORDINGS: dict[Locale, Wording] = {"ja": Wording(JAPANESE), "en": Wording(ENGLISH)}
