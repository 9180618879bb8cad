"""Sentences of early warnings: the evidence in words."""

from collections.abc import Mapping
from typing import Any

from app.domain.core.dates import Period, parse_period
from app.domain.core.messages import Messages


def warning_sentence(rule: str, evidence: Mapping[str, Any], messages: Messages) -> str:
    """Evidence of a rule in one sentence; the name of a rule that is not known, as newer services may send it."""
    match rule:
        case "back":
            return messages.format_message(
                "warning-back",
                count=evidence["count"],
                days=evidence["days"],
                first=_date(evidence["first"]),
                last=_date(evidence["last"]),
            )
        case "faster":
            usual = f"{evidence['usual']:g}"
            return messages.format_message(
                "warning-faster", count=evidence["count"], before=evidence["before"], usual=usual
            )
        case "language":
            known = ", ".join(messages.format_message("language-name", code=code) for code in evidence["known"])
            return messages.format_message(
                "warning-language",
                language=messages.format_message("language-name", code=evidence["language"]),
                count=evidence["count"],
                first=_date(evidence["first"]),
                known=known,
            )
        case "outlet":
            return messages.format_message(
                "warning-outlet",
                count=evidence["count"],
                new=evidence["new"],
                outlets=", ".join(evidence["outlets"]),
                first=_date(evidence["first"]),
                known=evidence["known"],
            )
    return rule


def _date(day: str) -> Period:
    return parse_period(day)
