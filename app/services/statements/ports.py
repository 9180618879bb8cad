"""Ports of statements: the archive, its revisions, findings and submissions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.dates import Period
from app.domain.statements.revisions import StoredRevision
from app.domain.statements.statements import Finding, Statement, Submission, Submissions

NameOf = Literal["speaker", "source", "narrative"]
"""What a statement names: who said it, where it appeared, which narratives it is under."""


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Which statements a list shows; None: any."""

    q: str | None = None
    speaker: str | None = None
    language: str | None = None
    narrative: str | None = None
    source: str | None = None
    said_from: Period | None = None
    said_to: Period | None = None
    words: tuple[str, ...] = ()
    """Each occurs in title or text."""


@dataclass(frozen=True, slots=True)
class FormerEncoding:
    """What a search goes by of a statement as it was: its vector as it is stored, and its terms."""

    vector: bytes
    terms: str


class Statements(Protocol):
    """The archive's statements. `viewer`, here and below: who looks; None sees what is shared."""

    def speakers(self) -> list[str]:
        """Everybody who said something in the archive."""

    def archive_id(self) -> str: ...
    def sequence(self) -> int: ...
    def next_sequence(self) -> int:
        """The number under which this transaction's changes are found. Changes become visible in its order."""

    def count(self, viewer: Organisation | None = None) -> int: ...
    def by_keys(self, keys: Sequence[int], *, known_at: datetime | None = None) -> dict[int, Statement]:
        """Statements not withdrawn, by key, with narratives and findings (their narratives' included), whosesoever.

        With `known_at` as they were then: learned of, not withdrawn and worded; `withdrawn_at` is that of now.
        """

    def by_id(self, statement_id: str, viewer: Organisation | None = None) -> Statement | None: ...
    def by_identities(self, identities: Iterable[str]) -> dict[str, Statement]: ...
    def find(
        self, wanted: StatementFilter, before: int | None, limit: int, viewer: Organisation | None = None
    ) -> list[Statement]:
        """The newest first; `before` is the key of the last one seen."""

    def latest(
        self, wanted: StatementFilter, skipped: int, limit: int, viewer: Organisation | None = None
    ) -> list[Statement]:
        """Those that were said last first, undated ones at the end."""

    def among(
        self, wanted: StatementFilter, keys: Sequence[int] | None, viewer: Organisation | None = None
    ) -> frozenset[int]:
        """Keys of statements that the filter lets through, of these few or of all."""

    def names(self, of: NameOf, part: str, limit: int, viewer: Organisation | None = None) -> list[str]:
        """Names with this in them, the shortest first, of those that are in use."""

    def add(self, statements: Sequence[Statement], sequence: int, by: Actor | None = None) -> list[int]:
        """Stores new statements with their narratives and findings; their keys, in order."""

    def change(self, before: Statement, after: Statement, sequence: int, by: Actor | None = None) -> None:
        """Stores what differs, and keeps what was there before. Findings are added, narratives become those of `after`.

        The change is dated by `updated_at`.
        """

    def withdrawn(self, ids: Iterable[str]) -> frozenset[str]: ...


class Revisions(Protocol):
    """What statements said before they were changed. `Statements.change` writes it."""

    def of(self, statement: int) -> list[StoredRevision]:
        """The newest first."""

    def explain(self, statement: int, reason: str) -> None:
        """Adds to the last revision of a statement why it was made."""

    def changed_for_search_since(self, moment: datetime) -> frozenset[int]:
        """Statements that a search would have found otherwise at that moment: reworded, redated or withdrawn since."""

    def encodings(self, keys: Sequence[int], fingerprint: str, moment: datetime) -> dict[int, FormerEncoding]:
        """Of statements as they were encoder_input then, by key; those that were read at all."""

    def former_encodings(self, keys: Sequence[int], fingerprint: str, moment: datetime) -> dict[int, FormerEncoding]:
        """The same of those alone that were reworded since then."""


class Findings(Protocol):
    """What fact-checkers found."""

    def put(self, finding: Finding, statement: int | None, narrative: int | None) -> tuple[str, bool]:
        """Adds it unless the same is there; its id, and whether it is new."""

    def by_id(self, finding_id: str, viewer: Organisation | None = None) -> Finding | None: ...
    def find(
        self,
        statement: str | None,
        narrative: str | None,
        before: int | None,
        limit: int,
        viewer: Organisation | None = None,
    ) -> list[tuple[int, Finding]]: ...
    def remove(self, finding_id: str, at: datetime, viewer: Organisation | None = None) -> bool:
        """Takes it back; it is still found by who asks for what was known before."""


class SubmissionLog(Protocol):
    """Each time that a statement was sent to us."""

    def add(self, statement: int, organisation: Organisation, sighting: Submission) -> None: ...
    def of(self, statements: Sequence[int]) -> dict[int, Submissions]:
        """By key; for every one that was asked for."""
