"""Slack: alerts as its incoming webhooks take them, in Block Kit.

Sources: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks,
https://docs.slack.dev/messaging/formatting-message-text and https://docs.slack.dev/reference/block-kit/blocks.
"""

from typing import Any

from app.services.webhooks.alerts import Alert
from app.services.webhooks.chat_texts import fitted

_LONGEST_HEADER = 150
_LONGEST_SECTION = 3_000
_LONGEST_NOTIFICATION = 300
_LONGEST_FACT = 300
_CONTROL = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
"""Slack's control characters: `<!channel>` would notify everybody."""


def slack_message(alert: Alert) -> dict[str, Any]:
    """The message. Texts are `plain_text`, in which neither emphasis nor emoji nor addresses are read."""
    blocks: list[dict[str, Any]] = [{"type": "header", "text": _plain(alert.headline, _LONGEST_HEADER)}]
    blocks += [
        {"type": "section", "text": _plain(text, _LONGEST_SECTION)} for text in (alert.quote, alert.summary) if text
    ]
    if alert.facts:
        facts = [_plain(f"{label}: {value}", _LONGEST_FACT) for label, value in alert.facts]
        blocks.append({"type": "context", "elements": facts})
    if alert.url:
        # A link, for a button would want an app that answers to clicks.
        link = f"<{_escaped(alert.url).replace('|', '%7C')}|{_escaped(alert.link_text)}>"
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": link}})
    return {
        "text": fitted(alert.plain, _LONGEST_NOTIFICATION, _escaped),
        "blocks": blocks,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _plain(text: str, most: int) -> dict[str, Any]:
    return {"type": "plain_text", "text": fitted(text, most, _escaped), "emoji": False}


def _escaped(text: str) -> str:
    return "".join(_CONTROL.get(character, character) for character in text)
