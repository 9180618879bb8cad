"""Microsoft Teams: alerts as Adaptive Cards, in the message that a workflow's incoming webhook takes.

Sources: https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook and
https://adaptivecards.io/explorer/RichTextBlock.html.
"""

from typing import Any

from app.services.webhooks.alerts import Alert
from app.services.webhooks.chat_texts import fitted

_LONGEST_TEXT = 2_000
"""UTF-16 code units: two such texts and the facts stay far within the 28 KB of a message, escaped and in any script."""
_LONGEST_FACT = 300


def teams_message(alert: Alert) -> dict[str, Any]:
    """The message. Texts are text runs, in which no Markdown is read."""
    body: list[dict[str, Any]] = [
        {"type": "TextBlock", "text": alert.headline, "weight": "Bolder", "size": "Medium", "wrap": True}
    ]
    if alert.quote:
        body.append(_rich(_run(alert.quote, _LONGEST_TEXT, italic=True)))
    if alert.summary:
        body.append(_rich(_run(alert.summary, _LONGEST_TEXT)))
    for label, value in alert.facts:
        body.append(_rich(_run(f"{label}: ", _LONGEST_FACT, weight="Bolder"), _run(value, _LONGEST_FACT)))
    card: dict[str, Any] = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "fallbackText": fitted(alert.headline, _LONGEST_FACT),
        "body": body,
    }
    if alert.url:
        card["actions"] = [{"type": "Action.OpenUrl", "title": alert.link_text, "url": alert.url}]
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def _rich(*runs: dict[str, Any]) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": list(runs)}


def _run(text: str, most: int, **style: Any) -> dict[str, Any]:
    return {"type": "TextRun", "text": fitted(text, most), **style}
