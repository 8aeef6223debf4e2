"""Actions, briefly: what is said in Japanese and in English is written side by side, as a pair."""

from typing import Any

from kizuki.campaigns.templates.conditions import Condition
from kizuki.rules.catalogue import Locale

Pair = tuple[str, str]
"""The same text in Japanese and in English."""
Part = dict[str, Any]
Button = tuple[Pair, str]
"""A label, and where it leads."""
LANGUAGES: tuple[Locale, Locale] = ("ja", "en")


def popup(title: Pair, body: Pair | None = None, *, button: Button | None = None, dismiss: Pair | None = None) -> Part:
    return _action("popup", message(title, body, button, dismiss))


def slide_in(
    title: Pair,
    body: Pair | None = None,
    *,
    button: Button | None = None,
    dismiss: Pair | None = None,
    placement: str = "bottom-right",
) -> Part:
    return _action("slide-in", message(title, body, button, dismiss), placement=placement)


def bar(title: Pair, body: Pair | None = None, *, button: Button | None = None, placement: str = "bottom") -> Part:
    return _action("bar", message(title, body, button), placement=placement)


def embed(
    selector: str, placement: str, title: Pair, body: Pair | None = None, *, button: Button | None = None
) -> Part:
    return _action("embed", message(title, body, button), selector=selector, placement=placement)


def tooltip(selector: str, title: Pair, body: Pair | None = None, *, button: Button | None = None) -> Part:
    return _action("tooltip", message(title, body, button), selector=selector, placement="auto")


def tour(*steps: Part) -> Part:
    return _action("tour", {"steps": list(steps)})


def step(title: Pair, body: Pair | None = None, selector: str | None = None, *, click: bool = False) -> Part:
    """One step of a tour, which a click on the element ends where `click` says so."""
    return _told(title=title, body=body, selector=selector, advance="click" if click else None)


def checklist(title: Pair, body: Pair, *items: tuple[Part, Condition | None], completed: tuple[Pair, Pair]) -> Part:
    """Return a checklist of items and the conditions by which they are done; None: the visitor ticks it."""
    said, thanks = completed
    return _action(
        "checklist",
        {
            "title": title,
            "body": body,
            "items": [part for part, _ in items],
            "completed": {"title": said, "body": thanks},
        },
        placement="bottom-right",
        done={part["id"]: done for part, done in items if done is not None},
    )


def item(
    id: str, title: Pair, body: Pair | None = None, url: str | None = None, *, done: Condition | None = None
) -> tuple[Part, Condition | None]:
    return _told(id=id, title=title, body=body, url=url), done


def summary(title: Pair, body: Pair | None, *points: tuple[Pair, str]) -> Part:
    """Return points and the selectors of what they speak of."""
    return _action(
        "summary",
        _told(title=title, body=body, points=[{"text": text, "selector": selector} for text, selector in points]),
        placement="bottom-right",
    )


def video(title: Pair, body: Pair | None = None, *, placement: str = "center", button: Button | None = None) -> Part:
    film = {"video": {"url": "https://example.com/guide.mp4"}}
    return _action("video", message(title, body, button) | film, placement=placement)


def survey(
    title: Pair,
    *questions: Part,
    thanks: Pair,
    body: Pair | None = None,
    submit: Pair | None = None,
    placement: str = "bottom-right",
) -> Part:
    content = _told(title=title, body=body, questions=list(questions), submit=submit, thanks={"title": thanks})
    return _action("survey", content, placement=placement)


def question(
    id: str,
    kind: str,
    label: Pair,
    options: dict[str, Pair] | None = None,
    *,
    required: bool = False,
    low: Pair | None = None,
    high: Pair | None = None,
    trait: str | None = None,
) -> Part:
    choices = [{"value": value, "label": text} for value, text in options.items()] if options else None
    return _told(id=id, kind=kind, label=label, options=choices, required=required, low=low, high=high, trait=trait)


def script(code: str) -> Part:
    return _action("script", {"code": code})


def redirect(url: str) -> Part:
    return _action("redirect", {"url": url})


def notify(destination: str, text: Pair) -> Part:
    return _action("notify", {"text": text}, destination=destination)


def paragraphs(*texts: Pair) -> Pair:
    return _html(texts, "<p>{}</p>")


def bullets(*texts: Pair) -> Pair:
    japanese, english = _html(texts, "<li>{}</li>")
    return f"<ul>{japanese}</ul>", f"<ul>{english}</ul>"


def together(*texts: Pair) -> Pair:
    return _html(texts, "{}")


def in_both(part: Any) -> dict[Locale, Any]:
    """Return what is written in pairs once for each language."""
    return {name: _in(at, part) for at, name in enumerate(LANGUAGES)}


def message(title: Pair, body: Pair | None, button: Button | None, dismiss: Pair | None = None) -> Part:
    labelled = {"label": button[0], "url": button[1]} if button else None
    return _told(title=title, body=body, button=labelled, dismiss=dismiss)


def _action(type: str, content: Part, **fields: Any) -> Part:
    return {"type": type, **fields, "content": in_both(content)}


def _in(language: int, part: Any) -> Any:
    """Choose one language of every pair."""
    if isinstance(part, tuple):
        return part[language]
    if isinstance(part, dict):
        return {field: _in(language, each) for field, each in part.items()}
    if isinstance(part, list):
        return [_in(language, each) for each in part]
    return part


def _html(texts: tuple[Pair, ...], around: str) -> Pair:
    return "".join(around.format(text) for text, _ in texts), "".join(around.format(text) for _, text in texts)


def _told(**fields: Any) -> Part:
    return {field: value for field, value in fields.items() if value is not None}
