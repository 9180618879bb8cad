"""Ports for the state as of an earlier moment: revisions of statements, and members of narratives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.narratives.history import Member
from app.domain.statements.revisions import StoredRevision


@dataclass(frozen=True, slots=True)
class FormerEncoding:
    """Former encoding of a statement: its vector as it is stored, and its terms."""

    vector: bytes
    terms: str


class Revisions(Protocol):
    """Former versions of statements. `Statements.change` writes them."""

    def of(self, statement: int) -> list[StoredRevision]:
        """The newest first."""

    def explain(self, statement: int, reason: str) -> None:
        """Adds a reason to the last revision of a statement."""

    def changed_for_search_since(self, moment: datetime) -> frozenset[int]:
        """Keys of statements whose text, date or withdrawal changed since the moment, so that search results differ."""

    def encodings(self, keys: Sequence[int], fingerprint: str, moment: datetime) -> dict[int, FormerEncoding]:
        """Encodings that statements had at a moment, by key; those that were encoded at all."""


class Members(Protocol):
    """Members of narratives, in bulk."""

    def of(self, keys: Sequence[int]) -> dict[int, list[Member]]:
        """Members of each narrative, of every owner, without withdrawn ones and without their predictions."""

    def as_of(self, keys: Sequence[int], moment: datetime) -> dict[int, list[Member]]:
        """Members of each narrative as they were at a moment."""

    def changed_since(self, sequence: int) -> frozenset[int]:
        """Keys of narratives whose statements changed since, including former members."""

    def below(self, narrative: int) -> list[int]:
        """The narrative itself and all below it."""
