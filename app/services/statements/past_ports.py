"""What the services need of the world to tell the past: revisions of statements, and members of narratives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.narratives.history import Member
from app.domain.statements.revisions import StoredRevision


@dataclass(frozen=True, slots=True)
class FormerEncoding:
    """What a search goes by of a statement as it was: its vector as it is stored, and its terms."""

    vector: bytes
    terms: str


class Revisions(Protocol):
    """What statements said before they were changed. `Statements.change` writes it."""

    def of(self, statement: int) -> list[StoredRevision]:
        """The newest first."""

    def explain(self, statement: int, reason: str) -> None:
        """Adds to the last revision of a statement why it was made."""

    def searched_since(self, moment: datetime) -> frozenset[int]:
        """Statements that a search would have found otherwise at that moment: reworded, redated or withdrawn since."""

    def encodings(self, keys: Sequence[int], fingerprint: str, moment: datetime) -> dict[int, FormerEncoding]:
        """Of statements as they were encoder_input then, by key; those that were read at all."""


class Members(Protocol):
    """The statements of narratives, all at once."""

    def of(self, some: Sequence[int]) -> dict[int, list[Member]]:
        """Of each of the narratives, whosesoever, those not withdrawn, without what they predict."""

    def known(self, some: Sequence[int], moment: datetime) -> dict[int, list[Member]]:
        """The same as it was at that moment."""

    def changed_since(self, sequence: int) -> frozenset[int]:
        """Narratives of statements that changed since, those included that they are not under any more."""

    def below(self, narrative: int) -> list[int]:
        """The narrative itself and all below it."""
