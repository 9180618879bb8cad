"""Glosses: a foreign text in another language, by a reader in their own words, or by a translation provider."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from app.domain.checks.reviews import Actor
from app.domain.core.errors import RefrainError

SubjectKind = Literal["statement", "check"]
FailureReason = Literal["address", "slow", "unreachable", "status", "answer", "long"]

LONGEST_TRANSLATION: Final = 20_000
"""Characters of a provider's translation."""


@dataclass(frozen=True, slots=True)
class GlossSubject:
    """Subject of a gloss: an archived statement, or the statement of a check, by its id."""

    kind: SubjectKind
    id: str


@dataclass(frozen=True, slots=True)
class SubjectText:
    """The text of a subject, with the key of its row."""

    key: int
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Gloss:
    """Gloss of an organisation: seen by it alone. `provider`: name of who translated by machine; None: `by`, in their
    own words."""

    id: str
    subject: GlossSubject
    text: str
    language: str
    """Code of the language that it is in."""
    by: Actor
    """Who wrote it, or who asked for the translation."""
    at: datetime
    text_hash: str
    """Of the text that it is of, as it was then."""
    provider: str | None = None


@dataclass(frozen=True, slots=True)
class MachineTranslation:
    """Answer of a translation provider."""

    text: str
    provider: str


class TranslationFailed(RefrainError):
    """A translation provider gave no translation."""

    def __init__(self, reason: FailureReason, detail: str):
        super().__init__(f"the translation provider {detail}")
        self.reason = reason
