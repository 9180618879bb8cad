"""Ports of glosses: their store, and the translation provider."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.access.keys import Organisation
from app.domain.glosses.glosses import Gloss, GlossSubject, MachineTranslation, SubjectText


class Glosses(Protocol):
    """Store of glosses; an organisation sees its own only."""

    def subject(self, organisation: Organisation, subject: GlossSubject) -> SubjectText | None:
        """The text of a subject that the organisation may see."""

    def put(self, organisation: Organisation, subject_key: int, gloss: Gloss) -> None:
        """Adds a gloss, or replaces that of its id."""

    def by_id(self, organisation: Organisation, gloss_id: str) -> Gloss | None: ...

    def remove(self, organisation: Organisation, gloss_id: str) -> None: ...

    def find(self, organisation: Organisation, statement_ids: Sequence[str], check_ids: Sequence[str]) -> list[Gloss]:
        """Glosses of these, the oldest first; those of a checked text also under the statement that it was archived
        as."""


class Translate(Protocol):
    """Translation provider. Languages are codes of ISO 639; `und`: not known."""

    def __call__(self, text: str, source: str, target: str) -> MachineTranslation:
        """Translates. Raises `TranslationFailed`."""
