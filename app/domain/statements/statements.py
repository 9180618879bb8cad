"""Statements, narratives and findings: what the archive holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from app.domain.access.contributors import Contributor
from app.domain.core.dates import Period
from app.domain.core.text import identity

_NAMESPACED = re.compile(r"by (\d+) (?:id|text):")

Outcome = Literal["happened", "did_not_happen", "unknown"]
"""Outcome of a prediction."""

LONGEST_TEXT = 5_000
LONGEST_FIELD = 2_000
LONGEST_NAME = 500
"""Bound on names of speakers, outlets and narratives: they are indexed, and an index entry of PostgreSQL holds 2,704
bytes."""


@dataclass(frozen=True, slots=True)
class Source:
    """Source of a statement: an outlet, the page, and an archived copy of the page."""

    name: str | None = None
    url: str | None = None
    archive_url: str | None = None


@dataclass(frozen=True, slots=True)
class NarrativeRef:
    """A narrative as a match shows it; `key` is the store's number for it."""

    id: str
    title: str
    key: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Finding of a fact-checker about a statement or a narrative."""

    verdict: str
    publisher: str | None = None
    url: str | None = None
    published_at: Period | None = None
    summary: str | None = None
    id: str | None = None
    learned_at: datetime | None = None
    statement: str | None = None
    narrative: str | None = None
    outcome: Outcome | None = None
    """Outcome of the prediction, where the finding gives one."""
    outcome_url: str | None = None
    contributor: Contributor | None = None
    """Organisation that added it; None: the operator, or not known."""

    def repeats(self, known: "Finding") -> bool:
        """True if a known finding has equal content, and is the same contributor's or the operator's: it is not added
        again."""
        return self.same_content(known) and known.contributor in (None, self.contributor)

    def same_content(self, other: "Finding") -> bool:
        """True if two findings have equal content."""
        return self.content == other.content

    @property
    def content(self) -> tuple[str | None, ...]:
        """Content of a finding, without its dates and ids."""
        return self.verdict, self.publisher, self.url, self.summary, self.outcome, self.outcome_url


@dataclass(frozen=True, slots=True)
class NarrativeDraft:
    """A narrative to record. `external_id` is its identity where given, otherwise its title."""

    title: str
    external_id: str | None = None
    description: str | None = None
    parent: str | None = None
    """The parent's id, external id or title."""
    owner: int | None = None
    """Key of the organisation that owns it privately; None: shared."""
    contributor: Contributor | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Narrative:
    """A recurring script that statements are instances of; a broader one may be its parent."""

    id: str
    title: str
    external_id: str | None
    description: str | None
    parent: NarrativeRef | None
    created_at: datetime
    findings: tuple[Finding, ...] = ()
    statement_count: int = 0
    owner: int | None = None
    contributor: Contributor | None = None

    @property
    def private(self) -> bool:
        return self.owner is not None

    @property
    def version(self) -> str:
        """Version tag (ETag), different whenever an editor could see a difference."""
        parts = (self.title, self.description or "", self.parent.id if self.parent else "")
        return sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class NarrativeLabel:
    """Reference of an imported line to a narrative: by id, external id or title; created under `parent` when new."""

    name: str
    parent: "str | None" = None


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """Draft of a statement to be recorded. None means unknown, and leaves a stored value unchanged."""

    text: str
    title: str | None = None
    language: str | None = None
    speaker: str | None = None
    said_at: Period | None = None
    said_before: Period | None = None
    """Period by whose end it had been said; used where `said_at` is not known."""
    learned_at: datetime | None = None
    source: Source = Source()
    narratives: tuple[NarrativeLabel, ...] = ()
    external_id: str | None = None
    findings: tuple[Finding, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    owner: int | None = None
    """Key of the organisation that owns it privately; None: shared."""
    contributor: Contributor | None = None
    """Organisation that brings it; None: the operator."""
    namespace: int | None = None
    """Key of the organisation whose `external_id` it is, or whose alone the text is as an identity; None: common."""

    @property
    def identity(self) -> str:
        return identity_of(self.external_id, self.text, self.speaker, self.said_at, self.owner, self.namespace)


@dataclass(frozen=True, slots=True)
class Submission:
    """Submission: an event of a statement being sent to the service, with the source named then."""

    seen_at: datetime
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Submissions:
    """Submissions of a statement: their number, and the latest of them, the newest first."""

    count: int = 0
    latest: tuple[Submission, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Archived statement. `key` is its id in the index, `id` the public one.

    A private one, which an `owner` keeps to itself, is seen and found by that organisation alone.
    """

    key: int
    id: str
    external_id: str | None
    title: str | None
    text: str
    language: str
    speaker: str | None
    said_at: Period | None
    learned_at: datetime
    source: Source
    created_at: datetime
    updated_at: datetime
    withdrawn_at: datetime | None = None
    narratives: tuple[NarrativeRef, ...] = ()
    findings: tuple[Finding, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    owner: int | None = None
    contributor: Contributor | None = None
    """Organisation that brought it; None: the operator."""
    namespace: int | None = None
    """Key of the organisation whose `external_id` it is, or whose alone the text is as an identity; None: common."""
    said_before: Period | None = None
    """Period by whose end it had been said, such as the day of its first review; None where `said_at` is known."""

    @property
    def said_by(self) -> Period | None:
        """Period by whose end it had been said: its date, or else its bound."""
        return self.said_at or self.said_before

    @property
    def withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def private(self) -> bool:
        return self.owner is not None

    @property
    def erased(self) -> bool:
        """True where its text was erased on a request; it stays withdrawn, under its id."""
        return not self.text

    @property
    def identity(self) -> str:
        return identity_of(self.external_id, self.text, self.speaker, self.said_at, self.owner, self.namespace)

    def visible_to(self, organisation: int | None) -> bool:
        """True if the organisation may see it; None (no organisation) sees shared ones."""
        return self.owner is None or self.owner == organisation

    def merged(self, draft: StatementDraft) -> "Statement":
        """Copy of this statement with the draft's values. Narratives and findings are added by the caller."""
        said_at = draft.said_at or self.said_at
        return replace(
            self,
            title=draft.title or self.title,
            text=draft.text,
            language=draft.language or self.language,
            speaker=draft.speaker or self.speaker,
            said_at=said_at,
            said_before=None if said_at else earliest_bound(self.said_before, draft.said_before),
            learned_at=draft.learned_at or self.learned_at,
            source=Source(
                draft.source.name or self.source.name,
                draft.source.url or self.source.url,
                draft.source.archive_url or self.source.archive_url,
            ),
            metadata={**self.metadata, **draft.metadata},
        )


def identity_of(
    external_id: str | None,
    text: str,
    speaker: str | None,
    said_at: Period | None,
    owner: int | None = None,
    namespace: int | None = None,
) -> str:
    """Identity: `external_id` where there is one, otherwise text, speaker and date. Never equal for different kinds or
    owners. An external id belongs to its namespace, and so does a text that another contributor withdrew."""
    whose = _of_namespace(namespace) if owner is None else f"of {owner} "
    if external_id:
        return f"{whose}id:{external_id}"
    return f"{whose}text:{identity(text, speaker, said_at.text if said_at else None)}"


def namespace_of(stored_identity: str) -> int | None:
    """Namespace in an identity of a shared statement; None where it has none."""
    found = _NAMESPACED.match(stored_identity)
    return int(found[1]) if found else None


def _of_namespace(namespace: int | None) -> str:
    return "" if namespace is None else f"by {namespace} "


def earliest_bound(*bounds: Period | None) -> Period | None:
    """The bound that ends first; None where there is none."""
    return min((bound for bound in bounds if bound), key=lambda bound: bound.ends, default=None)


def indexed_text(title: str | None, text: str) -> str:
    """Text that is embedded: title and text together, for a fact-check's title often states what its text leaves
    out."""
    if not title or title in text:
        return text
    return f"{title}\n{text}"


def text_start(title: str | None, text: str) -> int:
    """Offset of the text itself in `indexed_text`."""
    return len(indexed_text(title, text)) - len(text)
