"""Merging of drafts into the statements that are known: what is new, what a draft adds, what stays withdrawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import uuid4

from app.domain.statements.statements import Finding, NarrativeLabel, NarrativeRef, Statement, StatementDraft
from app.services.ports import Clock, Languages, Transaction


class Outcome(StrEnum):
    """Outcome of recording a draft."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"
    """Withdrawn before; it stays so until it is restored explicitly."""


@dataclass(frozen=True, slots=True)
class MergeDrafts:
    """Merges drafts, one by one, into statements by their identities. `undone`: keys of withdrawn statements that a
    draft restores, since they were taken out when an import was undone."""

    languages: Languages
    clock: Clock
    undone: frozenset[int] = frozenset()

    def __call__(
        self,
        after: dict[str, Statement],
        draft: StatementDraft,
        refs: Mapping[NarrativeLabel, NarrativeRef],
        *,
        own: bool,
    ) -> Outcome:
        """Merges a draft; of one that is not the contributor's `own`, only the findings."""
        known = after.get(draft.identity)
        if known is None:
            after[draft.identity] = self._new(draft, refs)
            return Outcome.NEW
        restored = known.withdrawn
        if known.withdrawn:
            if not own or known.key not in self.undone:
                return Outcome.WITHDRAWN
            known = after[draft.identity] = replace(known, withdrawn_at=None, updated_at=self.clock())
        merged = replace(known, findings=known.findings + self._findings(draft, known.findings))
        if own:
            linked = {ref.key for ref in known.narratives}
            merged = replace(merged.merged(draft), narratives=known.narratives + _refs(draft, refs, linked))
        if merged == known:
            return Outcome.NEW if restored else Outcome.UNCHANGED
        after[draft.identity] = replace(merged, updated_at=self.clock())
        return Outcome.NEW if restored else Outcome.UPDATED

    def _new(self, draft: StatementDraft, refs: Mapping[NarrativeLabel, NarrativeRef]) -> Statement:
        now = self.clock()
        return Statement(
            key=0,
            id=str(uuid4()),
            external_id=draft.external_id,
            title=draft.title,
            text=draft.text,
            language=draft.language or self.languages.detect(draft.text),
            speaker=draft.speaker,
            said_at=draft.said_at,
            said_before=None if draft.said_at else draft.said_before,
            learned_at=draft.learned_at or now,
            source=draft.source,
            created_at=now,
            updated_at=now,
            narratives=_refs(draft, refs, set()),
            findings=self._findings(draft, ()),
            metadata=draft.metadata,
            owner=draft.owner,
            contributor=draft.contributor,
            namespace=draft.namespace,
        )

    def _findings(self, draft: StatementDraft, known: tuple[Finding, ...]) -> tuple[Finding, ...]:
        added: list[Finding] = []
        seen = {(finding.content, finding.contributor) for finding in known}
        for finding in draft.findings:
            own = replace(finding, contributor=draft.contributor)
            if not seen & {(own.content, None), (own.content, own.contributor)}:
                seen.add((own.content, own.contributor))
                added.append(replace(own, learned_at=own.learned_at or draft.learned_at or self.clock()))
        return tuple(added)


def undone_statements(tx: Transaction, stored: Iterable[Statement]) -> frozenset[int]:
    """Keys of those withdrawn statements that were taken out when an import was undone."""
    withdrawn = sorted({statement.key for statement in stored if statement.withdrawn and not statement.erased})
    return tx.imports.undone(withdrawn) if withdrawn else frozenset()


def _refs(
    draft: StatementDraft, refs: Mapping[NarrativeLabel, NarrativeRef], linked: set[int]
) -> tuple[NarrativeRef, ...]:
    """The draft's narratives that are not linked yet, each once."""
    distinct = {refs[label].key: refs[label] for label in draft.narratives}
    return tuple(ref for key, ref in distinct.items() if key not in linked)
