"""Notifications as Slack messages (Block Kit), and what Slack's answers mean.

Names, titles and properties come from visitors: they are escaped, so that `<!channel>` calls nobody, marked verbatim,
so that Slack makes no link of them, and cut to Slack's limits (https://docs.slack.dev/reference/block-kit/blocks).
"""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from kizuki.notifications import gathered, wording
from kizuki.notifications.catalogue import TEXTS, Locale
from kizuki.notifications.gathered import Gathering, Line
from kizuki.notifications.model import Notification
from kizuki.notifications.wording import WORD, one_line, size

API = "https://slack.com/api"
HEADER = 150
BUTTON_URL = 3000
PAGE_URL = 1500
SECTION = 2900
"""Of a section's text, below the 3,000 that Slack takes."""
MESSAGE = 11_500
"""Of all blocks: Slack refuses about 13,200, and counts more than the texts."""
FALLBACK = 1000
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
CALLS = {"@here": "<!here>", "@channel": "<!channel>"}

# After these, asking again is no use until somebody has looked (https://docs.slack.dev/reference/methods/chat.postMessage,
# https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks).
FINAL = frozenset(
    {
        "account_inactive",
        "action_prohibited",
        "channel_is_archived",
        "channel_not_found",
        "ekm_access_denied",
        "invalid_auth",
        "invalid_token",
        "is_archived",
        "missing_scope",
        "no_active_hooks",
        "no_permission",
        "no_service",
        "no_team",
        "not_authed",
        "not_in_channel",
        "org_login_required",
        "team_access_not_granted",
        "team_disabled",
        "token_expired",
        "token_revoked",
    }
)
PASSING = frozenset(
    {
        "fatal_error",
        "internal_error",
        "ratelimited",
        "rate_limited",
        "request_timeout",
        "rollup_error",
        "service_unavailable",
    }
)
UNCHANGEABLE = frozenset({"cant_update_message", "edit_window_closed", "message_not_found"})
"""What chat.update answers for a message that is not there to be changed any more."""

Block = dict[str, Any]


def message(notification: Notification, locale: Locale) -> dict[str, Any]:
    """Render who did what, where and when, with buttons into the console."""
    header = wording.headline(notification, locale)
    called = calls(notification.manner.mention)
    blocks: list[Block] = [
        {"type": "header", "text": _plain(header, HEADER)},
        *_called(called),
        *_text(notification, locale),
        *_fields(notification, locale),
        *_page(notification, locale),
        {"type": "context", "elements": [_mrkdwn(text) for text in _circumstances(notification, locale)]},
        *_buttons(notification, locale),
    ]
    return _message(" ".join(part for part in (called, escaped(header, FALLBACK)) if part), blocks)


def summary(gathering: Gathering, locale: Locale, mentioned: list[str]) -> dict[str, Any]:
    """Render many notifications as one message."""
    header, called = gathered.headline(gathering, locale), calls(mentioned)
    blocks: list[Block] = [{"type": "header", "text": _plain(header, HEADER)}, *_called(called)]
    room, told = MESSAGE - size(header) - size(called), 0
    for part in gathering.parts:
        title = f"*{escaped(gathered.part_title(part, locale))}*"
        lines = [_told(line, locale) for line in part.lines]
        # Of one rule the newest; the oldest give way.
        while lines and size(title) + sum(size(line) + 1 for line in lines) > min(SECTION, room):
            lines.pop(0)
        if size(title) > room:
            break
        text = "\n".join([title, *lines])
        room, told = room - size(text), told + len(lines)
        blocks.append({"type": "section", "text": _mrkdwn(text)})
    if (more := gathered.rest(gathering, locale, told)) is not None:
        blocks.append({"type": "context", "elements": [_mrkdwn(escaped(more))]})
    if gathering.log and len(gathering.log) <= BUTTON_URL:
        button = {"type": "button", "action_id": "log", "text": _plain(TEXTS[locale]["log"], 75), "url": gathering.log}
        blocks.append({"type": "actions", "elements": [button]})
    return _message(" ".join(part for part in (called, escaped(header, FALLBACK)) if part), blocks)


def calls(mentioned: list[str]) -> str:
    """Write whom a rule calls; only ids that the rule's author chose come here."""
    return " ".join(
        CALLS.get(who) or (f"<!subteam^{who}>" if who.startswith("S") else f"<@{who}>") for who in mentioned
    )


def escaped(text: str, limit: int = WORD) -> str:
    return one_line(text, limit, ESCAPES)


def _message(text: str, blocks: list[Block]) -> dict[str, Any]:
    return {"text": text, "blocks": blocks, "unfurl_links": False, "unfurl_media": False}


def _called(called: str) -> list[Block]:
    return [{"type": "section", "text": _mrkdwn(called)}] if called else []


def _told(line: Line, locale: Locale) -> str:
    texts = TEXTS[locale]
    links = [("story_short", line.story), ("replay_short", line.replay)]
    ours = [f"<{url.replace('&', '&amp;')}|{texts[name]}>" for name, url in links if url]
    return " · ".join([f"• {escaped(line.text)}", *ours])


def _text(notification: Notification, locale: Locale) -> list[Block]:
    lines = [escaped(line) for line in wording.message_lines(notification, locale)]
    return [{"type": "section", "text": _mrkdwn("\n".join(lines))}] if lines else []


def _fields(notification: Notification, locale: Locale) -> list[Block]:
    pairs = wording.properties(notification, locale)
    if not pairs:
        return []
    fields = [_mrkdwn(f"*{escaped(label)}*\n{escaped(value)}") for label, value in pairs]
    return [{"type": "section", "fields": fields}]


def _page(notification: Notification, locale: Locale) -> list[Block]:
    event = notification.event
    lines = [f"*{TEXTS[locale]['page']}*"]
    if event.title:
        lines.append(escaped(event.title))
    if event.url:
        lines.append(_link(event.url))
    return [{"type": "section", "text": _mrkdwn("\n".join(lines))}] if len(lines) > 1 else []


def _link(url: str) -> str:
    label = escaped(url)
    # `|` and `>` would end the link early; `@` and `\` make readers and browsers disagree about the host.
    address = quote(url, safe="/:?#[]!$'()*+,;=%&~-._").replace("&", "&amp;")
    plain = url.startswith(("https://", "http://")) and not set("@\\") & set(url.partition("?")[0])
    # The label is the address itself: whoever reads it sees where it leads, whatever the visitor called it.
    return f"<{address}|{label}>" if plain and len(address) <= PAGE_URL else label


def _circumstances(notification: Notification, locale: Locale) -> list[str]:
    moment = datetime.fromisoformat(notification.occurred_at)
    # Slack shows this in the reader's own time zone.
    when = f"<!date^{int(moment.timestamp())}^{{date_num}} {{time_secs}}|{escaped(notification.occurred_at)}>"
    device = wording.device(notification, locale)
    return [when, *([escaped(device)] if device else []), escaped(wording.rule(notification, locale))]


def _buttons(notification: Notification, locale: Locale) -> list[Block]:
    buttons = [
        {"type": "button", "action_id": name, "text": _plain(label, 75), "url": url}
        for name, label, url in wording.links(notification, locale)
        if len(url) <= BUTTON_URL
    ]
    return [{"type": "actions", "elements": buttons}] if buttons else []


def _mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _plain(text: str, limit: int) -> Block:
    return {"type": "plain_text", "text": one_line(text, limit), "emoji": False}
