"""Ports of statements: the archive, its revisions, findings and submissions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.dates import Period
from app.domain.statements.imports import Import, Kept
from app.domain.statements.proposals import Proposal, ProposalState
from app.domain.statements.revisions import StoredRevision
from app.domain.statements.statements import Finding, Statement, Submission, Submissions

NameOf = Literal["speaker", "source", "narrative"]
"""Kind of name that a statement carries: its speaker, its source, its narratives."""


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Filter of a list of statements; None: any."""

    q: str | None = None
    speaker: str | None = None
    language: str | None = None
    narrative: str | None = None
    source: str | None = None
    said_from: Period | None = None
    said_to: Period | None = None
    words: tuple[str, ...] = ()
    """Each occurs in title or text."""
    within: tuple[int, ...] | None = None
    """In one of these narratives, by key."""
    keys: tuple[int, ...] | None = None
    """One of these few statements."""


@dataclass(frozen=True, slots=True)
class FormerEncoding:
    """Former encoding of a statement: its vector as it is stored, and its terms."""

    vector: bytes
    terms: str


class Statements(Protocol):
    """The archive's statements. `viewer`, here and below: who looks; None sees what is shared."""

    def speakers(self) -> list[str]:
        """Everybody who said something in the archive."""

    def languages(self) -> dict[str, int]:
        """Numbers of statements by language, over the ten thousand recorded last that are not withdrawn."""

    def archive_id(self) -> str: ...
    def sequence(self) -> int: ...
    def next_sequence(self) -> int:
        """The number under which this transaction's changes are found. Changes become visible in its order."""

    def keys_of_ids(self, ids: Sequence[str], viewer: Organisation | None = None) -> list[int]:
        """Keys of the statements with these ids; unknown ids are left out."""

    def count(self, viewer: Organisation | None = None) -> int: ...
    def by_keys(self, keys: Sequence[int], *, known_at: datetime | None = None) -> dict[int, Statement]:
        """Statements not withdrawn, by key, with narratives and findings (their narratives' included), whosesoever.

        With `known_at` as they were then: learned of, not withdrawn and worded; `withdrawn_at` is that of now.
        """

    def by_id(self, statement_id: str, viewer: Organisation | None = None) -> Statement | None: ...
    def by_identities(self, identities: Iterable[str]) -> dict[str, Statement]: ...
    def contributors(self, identities: Iterable[str]) -> dict[str, tuple[int | None, bool]]:
        """Keys of the contributors of those statements that there are, by identity (None: the operator's), and whether
        they are withdrawn."""

    def find(
        self, filters: StatementFilter, before: int | None, limit: int, viewer: Organisation | None = None
    ) -> list[Statement]:
        """The newest first; `before` is the key of the last one seen."""

    def page_after(
        self, filters: StatementFilter, after: int, limit: int, viewer: Organisation | None = None
    ) -> list[Statement]:
        """Statements in order of recording; `after` is the key of the last one seen, 0 at the start."""

    def latest(
        self, filters: StatementFilter, skipped: int, limit: int, viewer: Organisation | None = None
    ) -> list[Statement]:
        """Page of statements, by date, the latest first and undated ones at the end."""

    def among(
        self, filters: StatementFilter, keys: Sequence[int] | None, viewer: Organisation | None = None
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
    """Former versions of statements. `Statements.change` writes them."""

    def of(self, statement: int) -> list[StoredRevision]:
        """The newest first."""

    def explain(self, statement: int, reason: str) -> None:
        """Adds to the last revision of a statement why it was made."""

    def changed_for_search_since(self, moment: datetime) -> frozenset[int]:
        """Statements that a search would have found otherwise at that moment: reworded, redated or withdrawn since."""

    def encodings(self, keys: Sequence[int], fingerprint: str, moment: datetime) -> dict[int, FormerEncoding]:
        """Encodings that statements had at a moment, by key; those that were encoded at all."""

    def former_encodings(self, keys: Sequence[int], fingerprint: str, moment: datetime) -> dict[int, FormerEncoding]:
        """Former encodings of the statements whose text changed since then."""


class Findings(Protocol):
    """Store of fact-checkers' findings."""

    def put(
        self,
        finding: Finding,
        statement: int | None,
        narrative: int | None,
        by: Actor | None = None,
        at: datetime | None = None,
    ) -> tuple[str, bool]:
        """Adds it unless it repeats one that is there; its id, and whether it is new."""

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


class Proposals(Protocol):
    """Store of proposed changes."""

    def add(self, proposal: Proposal) -> None: ...
    def open_of(self, organisation: Organisation) -> int:
        """Number of open proposals that the organisation made."""

    def by_id(self, proposal_id: str) -> Proposal | None: ...
    def find(
        self,
        viewer: Organisation,
        state: ProposalState | None,
        before: int | None,
        limit: int,
        *,
        keeps_archive: bool,
    ) -> list[tuple[int, Proposal]]:
        """Proposals that the organisation made or may decide, the newest first; with `keeps_archive` also those about
        what has no contributor, and all of them for the operator's."""

    def decide(self, proposal_id: str, state: ProposalState, at: datetime, by: Actor, reason: str | None) -> bool:
        """Decides an open proposal; False where it is not open."""


class SubmissionLog(Protocol):
    """Each time that a statement was sent to us."""

    def add(self, statement: int, organisation: Organisation, submission: Submission) -> None: ...
    def of(self, statements: Sequence[int]) -> dict[int, Submissions]:
        """Submissions by key of the statement, for every one that was asked for."""


class Imports(Protocol):
    """Imports, and what each of them brought."""

    def add(self, new: Import) -> int:
        """Adds an import, and returns its key."""

    def finish(self, import_id: str, at: datetime, counts: Mapping[str, int]) -> None: ...
    def by_id(self, import_id: str, organisation: Organisation | None = None) -> Import | None:
        """Import of the organisation, or without one any."""

    def find(self, before: int | None, limit: int, organisation: Organisation | None = None) -> list[Import]:
        """The newest first."""

    def last_finding(self) -> int:
        """Key of the finding that was stored last."""

    def add_statements(self, import_key: int, added: Sequence[int], known: Sequence[int], after_finding: int) -> None:
        """Notes the keys of statements that an import added and of those that were there, and their new findings."""

    def undone(self, keys: Sequence[int]) -> frozenset[int]:
        """Withdrawn statements among these that were taken out when their import was undone."""

    def begin_undo(self, which: Import, at: datetime) -> None: ...
    def withdraw_statements(self, which: Import, at: datetime, limit: int) -> list[str]:
        """Withdraws statements that the import added and nobody else refers to; their ids."""

    def remove_findings(self, which: Import, at: datetime, limit: int) -> int:
        """Takes back its findings on statements that stay, unless another import brought those too; how many."""

    def count_unreferenced(self, which: Import) -> int:
        """The number of its statements that nobody else refers to."""

    def kept(self, which: Import) -> list[Kept]:
        """Statements that it added and that stay."""

    def updated(self, which: Import) -> int:
        """Number of statements that were there before it and that it brought again."""
