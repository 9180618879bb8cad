"""Mattermost: alerts as its incoming webhooks take them, in Markdown.

Sources: https://developers.mattermost.com/integrate/webhooks/incoming/ and
https://docs.mattermost.com/collaborate/format-messages.html.
"""

from typing import Any

from app.services.webhooks.alerts import Alert
from app.services.webhooks.chat_texts import fitted

_LONGEST_TEXT = 5_000
_LONGEST_FACT = 300
_MARKED = frozenset("\\`*_{}[]()#+-.!>~|")
_BETWEEN = "\u200b"
"""Zero-width space: an @ followed by it mentions nobody, and a # begins no hashtag."""


def mattermost_message(alert: Alert) -> dict[str, Any]:
    """The message: at most some 11,000 of the 16,383 characters that a post may have."""
    parts = [f"#### {_one_line(alert.headline, _LONGEST_FACT)}"]
    if alert.quote:
        parts.append("\n".join(f"> {line}" for line in fitted(alert.quote, _LONGEST_TEXT, _escaped).splitlines()))
    if alert.summary:
        parts.append(fitted(alert.summary, _LONGEST_TEXT, _escaped))
    facts = [(_one_line(label, _LONGEST_FACT), _one_line(value, _LONGEST_FACT)) for label, value in alert.facts]
    parts += [f"**{label}:** {value}" for label, value in facts]
    if alert.url:
        address = alert.url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
        parts.append(f"[{_one_line(alert.link_text, _LONGEST_FACT)}]({address})")
    return {"text": "\n\n".join(parts)}


def _one_line(text: str, most: int) -> str:
    return fitted(" ".join(text.split()), most, _escaped)


def _escaped(character: str) -> str:
    if character in "@#":
        return f"{character}{_BETWEEN}"
    return f"\\{character}" if character in _MARKED else character
