"""Received messages as Slack shows them: Block Kit to HTML, every text escaped."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

EMOJI = {
    "bell": "🔔", "shopping_trolley": "🛒", "moneybag": "💰", "warning": "⚠️", "tada": "🎉",
    "rotating_light": "🚨", "eyes": "👀", "bust_in_silhouette": "👤", "movie_camera": "🎥", "white_check_mark": "✅",
    "x": "❌", "link": "🔗", "clock3": "🕒", "globe_with_meridians": "🌐", "speech_balloon": "💬",
}  # fmt: skip
STYLE = """
* { box-sizing: border-box }
body {
  margin: 0; background: #fff; color: #1d1c1d;
  font: 15px/1.46 "Hiragino Kaku Gothic ProN", "Noto Sans CJK JP", "Yu Gothic", "Helvetica Neue", Arial, sans-serif;
}
.top { position: sticky; top: 0; background: #3f0e40; color: #fff; padding: 12px 24px }
.top h1 { font-size: 17px; margin: 0 }
.top p { margin: 2px 0 0; color: #d6c6d6; font-size: 13px }
main { max-width: 760px; padding: 8px 24px 48px }
article { display: grid; grid-template-columns: 44px 1fr; gap: 10px; padding: 12px 0; border-bottom: 1px solid #eee }
.avatar { width: 36px; height: 36px; border-radius: 6px; background: #0b6e5a; color: #fff; display: grid }
.avatar { place-items: center; font-weight: 700 }
.by { font-size: 13px; color: #616061 }
.by b { font-size: 15px; color: #1d1c1d; margin-right: 6px }
.failed { color: #c01343; font-weight: 700 }
.header { font-size: 18px; font-weight: 700; margin: 4px 0 }
.section { margin: 4px 0; overflow-wrap: anywhere }
.fields { display: grid; grid-template-columns: 1fr 1fr; gap: 8px 16px; margin: 8px 0 }
.context { font-size: 13px; color: #616061; margin: 6px 0 }
.actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0 }
.actions > * { border: 1px solid #bbb; border-radius: 4px; padding: 5px 12px; font-weight: 700; color: #1d1c1d }
.actions > a { text-decoration: none }
.actions > .primary { background: #007a5a; border-color: #007a5a; color: #fff }
.actions > .danger { background: #c01343; border-color: #c01343; color: #fff }
hr { border: 0; border-top: 1px solid #ddd }
a { color: #1264a3 }
code, pre { background: #f6f6f6; border: 1px solid #ddd; border-radius: 3px }
code { padding: 0 3px; color: #c01343 }
pre { padding: 8px; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 12px }
blockquote { border-left: 4px solid #ddd; margin: 4px 0; padding-left: 12px }
"""


def page(messages: Sequence[Mapping[str, Any]]) -> str:
    """Render messages, newest first."""
    shown = "".join(_message(message) for message in messages)
    empty = "<p>まだ何も届いていません。 / Nothing has arrived yet.</p>"
    return (
        '<!doctype html><html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>受信箱 / Inbox ({len(messages)})</title><style>{STYLE}</style></head><body>"
        '<header class="top"><h1>受信箱 / Inbox</h1><p>Slack と Webhook に送られた通知です。'
        " / What Slack and webhooks have been sent.</p></header>"
        f"<main>{shown or empty}</main></body></html>"
    )


def _message(message: Mapping[str, Any]) -> str:
    document = message.get("json")
    failed = int(message["status"]) >= 400  # noqa: PLR2004 - HTTP's own boundary
    answer = f' <span class="failed">→ {escape(str(message["status"]))}</span>' if failed else ""
    if message["kind"] in {"slack", "slack-api"} and isinstance(document, dict):
        body = _slack(document)
    else:
        text = json.dumps(document, ensure_ascii=False, indent=1) if document else str(message["body"])
        body = f"<pre>{escape(text)}</pre>"
    return (
        f'<article data-kind="{escape(message["kind"])}"><div class="avatar">K</div><div>'
        f'<div class="by"><b>Kizuki</b>{escape(message["received_at"])} {escape(message["path"])}{answer}</div>'
        f"{body}</div></article>"
    )


def _slack(document: Mapping[str, Any]) -> str:
    blocks = document.get("blocks")
    if not isinstance(blocks, list):
        return f'<div class="section">{_mrkdwn(str(document.get("text", "")))}</div>'
    return "".join(_block(block) for block in blocks if isinstance(block, dict))


def _block(block: Mapping[str, Any]) -> str:
    render = BLOCKS.get(str(block.get("type")))
    if render is None:
        return f"<pre>{escape(json.dumps(block, ensure_ascii=False, indent=1))}</pre>"
    return render(block)


def _header(block: Mapping[str, Any]) -> str:
    return f'<div class="header">{_text(block.get("text"))}</div>'


def _section(block: Mapping[str, Any]) -> str:
    text = f'<div class="section">{_text(block["text"])}</div>' if block.get("text") else ""
    fields = "".join(f"<div>{_text(field)}</div>" for field in block.get("fields") or [])
    accessory = _button(block["accessory"]) if block.get("accessory") else ""
    return (
        text
        + (f'<div class="fields">{fields}</div>' if fields else "")
        + (f'<div class="actions">{accessory}</div>' if accessory else "")
    )


def _context(block: Mapping[str, Any]) -> str:
    return f'<div class="context">{" ".join(_text(element) for element in block.get("elements") or [])}</div>'


def _actions(block: Mapping[str, Any]) -> str:
    return f'<div class="actions">{"".join(_button(element) for element in block.get("elements") or [])}</div>'


def _button(element: Any) -> str:
    if not isinstance(element, dict):
        return ""
    label, style = _text(element.get("text")), escape(str(element.get("style", "")))
    url = str(element.get("url", ""))
    if re.match(r"https?://", url):
        return f'<a class="{style}" href="{escape(url)}" rel="noreferrer">{label}</a>'
    return f'<span class="{style}">{label}</span>'


BLOCKS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "actions": _actions,
    "divider": lambda _block: "<hr>",
}


def _text(value: Any) -> str:
    """A text object: markup only where it says so."""
    if not isinstance(value, dict):
        return escape(str(value or ""))
    text = str(value.get("text", value.get("alt_text", "")))
    return _mrkdwn(text) if value.get("type") == "mrkdwn" else _emoji(escape(text)).replace("\n", "<br>")


def _mrkdwn(text: str) -> str:
    """Slack's markup. The sender has escaped &, < and >; what it has not is escaped here before anything is read."""
    parts = re.split(r"<([^<>]*)>", text)
    rendered = [_reference(part) if index % 2 else _styled(part) for index, part in enumerate(parts)]
    return "".join(rendered)


def _reference(inner: str) -> str:
    """`<url|label>`, or a mention."""
    target, _, label = inner.partition("|")
    if re.match(r"(https?://|mailto:)", target):
        return f'<a href="{_escape(target)}" rel="noreferrer">{_escape(label or target)}</a>'
    return f"<code>{_escape(label or target)}</code>"


def _styled(text: str) -> str:
    escaped = _emoji(_escape(text))
    escaped = re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escaped)
    escaped = re.sub(r"(?<!\w)\*([^*\n]+)\*(?!\w)", r"<b>\1</b>", escaped)
    escaped = re.sub(r"(?<!\w)_([^_\n]+)_(?!\w)", r"<i>\1</i>", escaped)
    escaped = re.sub(r"(?<!\w)~([^~\n]+)~(?!\w)", r"<s>\1</s>", escaped)
    escaped = re.sub(r"(?m)^&gt; ?(.*)$", r"<blockquote>\1</blockquote>", escaped)
    return escaped.replace("\n", "<br>")


def _escape(text: str) -> str:
    """Escape for HTML, taking the three entities that Slack asks its senders to write for what they stand for."""
    plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return escape(plain)


def _emoji(text: str) -> str:
    return re.sub(r":([a-z0-9_+-]+):", lambda match: EMOJI.get(match[1], match[0]), text)
