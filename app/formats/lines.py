"""What every reader yields: a numbered line with a draft, or with the reason why there is none."""

from dataclasses import dataclass

from app.domain.statements.statements import NarrativeDraft, StatementDraft


@dataclass(frozen=True, slots=True)
class Line:
    """One line (or record) of a file, counted from 1."""

    number: int
    draft: StatementDraft | None = None
    narrative: NarrativeDraft | None = None
    reason: str | None = None


class Unreadable(ValueError):
    """Why a line, or a whole file, cannot be read: written for whoever wrote it."""
