"""Alerts: what a chat message says about an event, before it is written in the format of a chat."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.domain.core.dates import parse_period
from app.domain.core.messages import Messages
from app.domain.webhooks.webhooks import TEST_EVENT, VIEW_ALERT, VIEW_DIGEST, Event, EventType
from app.language.explanation.warning_sentences import warning_sentence

_LONGEST_LINE: Final = 140


@dataclass(frozen=True, slots=True)
class Alert:
    """Alert about an event. `headline` and `link_text` are from the message catalogs; the rest may hold any text."""

    headline: str
    quote: str | None = None
    summary: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    """Labels from the catalogs, each with its value."""
    url: str | None = None
    link_text: str = ""

    @property
    def plain(self) -> str:
        """One line for a notification."""
        return f"{self.headline}: {self.quote}" if self.quote else self.headline


def alert_of(event: Event, messages: Messages, public_url: str) -> Alert:
    """The alert about an event, with a link into the service where its address is known."""
    data = event.data
    link_text = messages.format_message("chat-open")

    def linked(path: str) -> str | None:
        return f"{public_url.rstrip('/')}/{path}" if public_url else None

    match event.type:
        case EventType.FLAG_CREATED:
            return Alert(
                messages.format_message("chat-flag-created"),
                _text(data, "text"),
                _text(data, "summary"),
                _facts(data, messages),
                linked(f"flags/{event.subject}"),
                link_text,
            )
        case EventType.REVIEW_CREATED:
            headline = messages.format_message("chat-review-created", verdict=_text(data, "verdict") or "")
            return Alert(headline, _text(data, "reason"), url=linked(f"flags/{event.subject}"), link_text=link_text)
        case EventType.REVIEW_UNDONE:
            return Alert(
                messages.format_message("chat-review-undone"), url=linked(f"flags/{event.subject}"), link_text=link_text
            )
        case EventType.NARRATIVE_CREATED | EventType.NARRATIVE_UPDATED:
            created = event.type == EventType.NARRATIVE_CREATED
            headline = (
                messages.format_message("chat-narrative-created")
                if created
                else messages.format_message("chat-narrative-updated")
            )
            url = linked(f"narratives/{event.subject}")
            return Alert(headline, _text(data, "title"), _text(data, "description"), url=url, link_text=link_text)
        case EventType.NARRATIVE_WARNING:
            return Alert(
                messages.format_message("chat-narrative-warning"),
                _text(data, "title"),
                warning_sentence(str(data.get("rule")), data.get("evidence") or {}, messages),
                url=linked(f"narratives/{event.subject}"),
                link_text=link_text,
            )
        case EventType.NARRATIVE_APPEARED:
            latest: Mapping[str, Any] = next(iter(data.get("statements") or ()), {})
            return Alert(
                messages.format_message("chat-narrative-appeared", count=int(data.get("count", 0))),
                _text(data, "title"),
                _text(latest, "text"),
                _facts(latest, messages),
                linked(f"narratives/{event.subject}"),
                link_text,
            )
        case EventType.JOB_FINISHED:
            kind, state = _text(data, "kind") or "", _text(data, "state") or ""
            lines = messages.format_message(
                "chat-job-lines", done=int(data.get("done", 0)), lines=int(data.get("lines", 0))
            )
            return Alert(messages.format_message("chat-job-finished", kind=kind, state=state), summary=lines)
        case _ if event.type == VIEW_ALERT:
            return Alert(
                messages.format_message("chat-view-alert", view=_text(data, "view_name") or ""),
                _text(data, "text"),
                _text(data, "summary"),
                _facts(data, messages),
                linked(f"flags/{event.subject}"),
                link_text,
            )
        case _ if event.type == VIEW_DIGEST:
            return Alert(
                messages.format_message(
                    "chat-view-digest", view=_text(data, "view_name") or "", count=int(data.get("count", 0))
                ),
                summary="\n".join(_listed_flags(data)) or None,
                url=linked(f"?{query}" if (query := _text(data, "query")) else ""),
                link_text=link_text,
            )
        case _ if event.type == TEST_EVENT:
            return Alert(messages.format_message("chat-test"))
    return Alert(messages.format_message("chat-other", kind=event.type))


def _listed_flags(data: Mapping[str, Any]) -> list[str]:
    """The flags of a digest, a line each: who said what."""
    lines = []
    for flag in data.get("flags") or ():
        text, speaker = _text(flag, "text") or "", _text(flag, "speaker")
        short = text if len(text) <= _LONGEST_LINE else f"{text[: _LONGEST_LINE - 1]}…"
        lines.append(f"• {speaker}: {short}" if speaker else f"• {short}")
    return lines


def _facts(data: Mapping[str, Any], messages: Messages) -> tuple[tuple[str, str], ...]:
    speaker, said_at = _text(data, "speaker"), _text(data, "said_at")
    facts = [(messages.format_message("chat-speaker"), speaker)] if speaker else []
    if said_at:
        facts.append(
            (messages.format_message("chat-said-at"), messages.format_message("chat-day", when=parse_period(said_at)))
        )
    return tuple(facts)


def _text(data: Mapping[str, Any], name: str) -> str | None:
    value = data.get(name)
    return value.strip() or None if isinstance(value, str) else None
