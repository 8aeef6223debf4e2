"""What a campaign does, as people write it: one model for each layout. Only publishers import this (pydantic)."""

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from kizuki.campaigns import rich
from kizuki.campaigns.content import Unrenderable, check, is_link
from kizuki.rules.definition import Condition, Document

Locale = Literal["ja", "en"]
ContentT = TypeVar("ContentT")
Id = Annotated[str, Field(pattern=r"^[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}$")]
Selector = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
MAX_CODE = 20_000


def _parses(template: str) -> str:
    try:
        check(template)
    except Unrenderable as error:
        raise ValueError(f"{template!r}: {error}") from error
    return template


def _leads_to_a_page(url: str) -> str:
    # Where an expression is the beginning, only the value tells where it leads: it is looked at when it is filled in.
    if not url.startswith("{{") and not is_link(url):
        raise ValueError("a link is http, https, or relative to the site")
    return _parses(url)


def _clean(html: str) -> str:
    return rich.clean_template(_parses(html))


Text = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_parses)]
"""Plain text; it may hold templates such as `{{ 5000 - cart.total | yen }}`."""
RichText = Annotated[str, Field(max_length=20_000), AfterValidator(_clean)]
"""HTML of the tags in rich.TAGS, cleaned when it is written and again once it is filled in."""
Link = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(_leads_to_a_page)]


class Button(Document):
    label: Text
    url: Link


class Image(Document):
    url: Link
    alt: Annotated[str, Field(max_length=500), AfterValidator(_parses)] = ""


class Message(Document):
    title: Text
    body: RichText | None = None
    image: Image | None = None
    button: Button | None = None
    dismiss: Text | None = None
    """The label of a second button, which closes."""


class Film(Document):
    """An mp4 or webm file. It starts muted, in its place."""

    url: Link
    poster: Link | None = None
    captions: Link | None = None


class VideoMessage(Message):
    video: Film


class TourStep(Document):
    title: Text
    body: RichText | None = None
    image: Image | None = None
    selector: Selector | None = None
    url: Link | None = None
    """The page of the site that the step is on: the tour goes there."""
    advance: Literal["next", "click"] = "next"

    @model_validator(mode="after")
    def _click_needs_a_place(self) -> "TourStep":
        if self.advance == "click" and self.selector is None:
            raise ValueError("a step that goes on with a click needs the selector of what is clicked")
        return self


class TourContent(Document):
    steps: Annotated[list[TourStep], Field(min_length=1, max_length=20)]


class Note(Document):
    """Said when all is done."""

    title: Text
    body: RichText | None = None


class Item(Document):
    id: Id
    title: Text
    body: RichText | None = None
    url: Link | None = None


class ChecklistContent(Document):
    title: Text
    body: RichText | None = None
    items: Annotated[list[Item], Field(min_length=1, max_length=20)]
    completed: Note | None = None

    @model_validator(mode="after")
    def _ids_differ(self) -> "ChecklistContent":
        _refuse_twins("items", [item.id for item in self.items])
        return self


class Point(Document):
    text: Text
    selector: Selector | None = None


class SummaryContent(Document):
    title: Text
    body: RichText | None = None
    points: Annotated[list[Point], Field(min_length=1, max_length=12)]


class Option(Document):
    value: Annotated[str, Field(min_length=1, max_length=200)]
    label: Text


class Question(Document):
    id: Id
    kind: Literal["nps", "single", "multi", "text"]
    label: Text
    options: Annotated[list[Option], Field(max_length=30)] = []
    required: bool = False
    low: Text | None = None
    high: Text | None = None
    trait: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    """The trait that the answer becomes."""

    @model_validator(mode="after")
    def _choices_have_options(self) -> "Question":
        if (self.kind in {"single", "multi"}) is not bool(self.options):
            raise ValueError("single and multi have options, nps and text have none")
        _refuse_twins("options", [option.value for option in self.options])
        return self


class SurveyContent(Document):
    title: Text
    body: RichText | None = None
    questions: Annotated[list[Question], Field(min_length=1, max_length=10)]
    submit: Text | None = None
    thanks: Note | None = None

    @model_validator(mode="after")
    def _ids_differ(self) -> "SurveyContent":
        _refuse_twins("questions", [question.id for question in self.questions])
        return self


class ScriptContent(Document):
    code: Annotated[str, Field(min_length=1, max_length=MAX_CODE)]


class RedirectContent(Document):
    url: Link


class NoticeContent(Document):
    text: Text


class Layout(Document, Generic[ContentT]):
    """Content in at least one language; a visitor whose language is missing gets the other."""

    content: Annotated[dict[Locale, ContentT], Field(min_length=1)]


class Popup(Layout[Message]):
    type: Literal["popup"]
    placement: Literal["center"] = "center"


class SlideIn(Layout[Message]):
    type: Literal["slide-in"]
    placement: Literal["bottom-right", "bottom-left", "top-right", "top-left"] = "bottom-right"


class Bar(Layout[Message]):
    type: Literal["bar"]
    placement: Literal["top", "bottom"] = "bottom"


class Embed(Layout[Message]):
    """A part of the page itself, beside or in what the selector finds."""

    type: Literal["embed"]
    selector: Selector
    placement: Literal["append", "prepend", "before", "after", "replace"] = "append"


class Tooltip(Layout[Message]):
    """A coach mark: it points at what the selector finds."""

    type: Literal["tooltip"]
    selector: Selector
    placement: Literal["auto", "top", "bottom", "left", "right"] = "auto"


class Tour(Layout[TourContent]):
    type: Literal["tour"]


class Checklist(Layout[ChecklistContent]):
    """Things to do, kept per person. An item is done when its condition holds; one without is ticked by the visitor."""

    type: Literal["checklist"]
    placement: Literal["bottom-right", "bottom-left"] = "bottom-right"
    done: dict[Id, Condition] = {}

    @model_validator(mode="after")
    def _languages_have_the_same_items(self) -> "Checklist":
        ids = _same_everywhere({locale: [item.id for item in each.items] for locale, each in self.content.items()})
        if unknown := self.done.keys() - set(ids):
            raise ValueError(f"there is no item {min(unknown)!r}")
        return self


class Summary(Layout[SummaryContent]):
    """What the page says, in points that lead to their places."""

    type: Literal["summary"]
    placement: Literal["bottom-right", "bottom-left"] = "bottom-right"


class Video(Layout[VideoMessage]):
    type: Literal["video"]
    placement: Literal["center", "bottom-right", "bottom-left"] = "center"


class Survey(Layout[SurveyContent]):
    type: Literal["survey"]
    placement: Literal["center", "bottom-right", "bottom-left"] = "center"

    @model_validator(mode="after")
    def _languages_ask_the_same(self) -> "Survey":
        def asked(content: SurveyContent) -> list[Any]:
            return [
                (each.id, each.kind, each.trait, [option.value for option in each.options])
                for each in content.questions
            ]

        _same_everywhere({locale: asked(each) for locale, each in self.content.items()})
        return self


class Script(Layout[ScriptContent]):
    """JavaScript of the site's own; nothing is filled in. Only where the site allows it, and only from admins."""

    type: Literal["script"]


class Redirect(Layout[RedirectContent]):
    type: Literal["redirect"]


class Notify(Layout[NoticeContent]):
    """Off the page: told to a destination, such as a webhook, about this visitor."""

    type: Literal["notify"]
    destination: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]


Action = Annotated[
    Popup | SlideIn | Bar | Embed | Tooltip | Tour | Checklist | Summary | Video | Survey | Script | Redirect | Notify,
    Field(discriminator="type"),
]


def _refuse_twins(what: str, ids: list[str]) -> None:
    if len(set(ids)) != len(ids):
        raise ValueError(f"two {what} share an id")


def _same_everywhere(told: dict[Locale, list[Any]]) -> list[Any]:
    first, *others = told.values()
    if any(other != first for other in others):
        raise ValueError("the languages differ in more than their words")
    return first
