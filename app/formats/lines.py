"""Output of every import reader: a numbered line with a draft, or with the reason why it has none."""

from dataclasses import dataclass

from app.domain.statements.statements import NarrativeDraft, StatementDraft


@dataclass(frozen=True, slots=True)
class Line:
    """Line (or record) of a file, counted from 1."""

    number: int
    draft: StatementDraft | None = None
    narrative: NarrativeDraft | None = None
    reason: str | None = None


class Unreadable(ValueError):
    """Unreadable line or file; the message is written for its author."""
