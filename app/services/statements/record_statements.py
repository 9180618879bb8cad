"""Recording of statements: new ones are added, known ones get what the draft adds, and both are searchable at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import uuid4

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.statements.statements import (
    Finding,
    NarrativeLabel,
    NarrativeRef,
    Statement,
    StatementDraft,
    Submission,
    indexed_text,
    text_start,
)
from app.services.ports import Clock, Languages, Store, Transaction
from app.services.search.index_sync import SearchArchive
from index.contract import EncodedText, EncoderInput, TextEncoder


class Outcome(StrEnum):
    """Outcome of recording a draft."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    WITHDRAWN = "withdrawn"
    """Withdrawn before; it stays so until it is restored explicitly."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """Outcome of a draft, with the statement as it is now."""

    outcome: Outcome
    statement: Statement


@dataclass(frozen=True, slots=True)
class Prepared:
    """Drafts with the encodings of new texts."""

    drafts: Sequence[StatementDraft]
    encodings: dict[EncoderInput, EncodedText]


@dataclass(frozen=True, slots=True)
class RecordStatements:
    """Records drafts in one transaction: all or none."""

    store: Store
    encoder: TextEncoder
    archive: SearchArchive
    languages: Languages
    clock: Clock

    def __call__(
        self,
        drafts: Sequence[StatementDraft],
        progress: Callable[[int], None] | None = None,
        seen_by: Organisation | None = None,
        by: Actor | None = None,
    ) -> list[Recorded]:
        """Outcome of each draft, in order. `progress` is called with the number of texts embedded since.

        Where `seen_by` says who met the statements, each draft, except of a withdrawn statement, is a submission. Their
        histories say `by` whom they were recorded.
        """
        return self.commit(self.prepare(drafts, progress), seen_by, by)

    def prepare(self, drafts: Sequence[StatementDraft], progress: Callable[[int], None] | None = None) -> Prepared:
        """Encodes the texts that are new to the archive, and changes nothing."""
        with self.store.reading() as tx:
            stored = tx.statements.by_identities(draft.identity for draft in drafts)
        return Prepared(drafts, self._encode_new(drafts, stored, progress))

    def commit(
        self, prepared: Prepared, seen_by: Organisation | None = None, by: Actor | None = None
    ) -> list[Recorded]:
        """Writes prepared drafts. Changes made between preparing and writing are detected and kept."""
        with self.store.writing() as tx:
            recorded = self.commit_in(tx, prepared, by)
            if seen_by:
                for draft, result in zip(prepared.drafts, recorded, strict=True):
                    if result.outcome is not Outcome.WITHDRAWN:
                        tx.submissions.add(result.statement.key, seen_by, Submission(self.clock(), draft.source))
        self.archive.sync()
        return recorded

    def _encode_new(
        self,
        drafts: Sequence[StatementDraft],
        stored: dict[str, Statement],
        progress: Callable[[int], None] | None,
    ) -> dict[EncoderInput, EncodedText]:
        """Encodings of the texts that are new to the archive."""
        new_inputs: dict[EncoderInput, None] = {}
        for draft in drafts:
            known = stored.get(draft.identity)
            after = known.merged(draft) if known else None
            if after is None:
                language = draft.language or self.languages.detect(draft.text)
                new_inputs[_input_of(draft.title, draft.text, language)] = None
            elif known is None or encoder_input(known) != encoder_input(after):
                new_inputs[encoder_input(after)] = None
        return dict(zip(new_inputs, self.encoder.encode(list(new_inputs), progress), strict=True)) if new_inputs else {}

    def commit_in(self, tx: Transaction, prepared: Prepared, by: Actor | None = None) -> list[Recorded]:
        """Records prepared statements within a larger transaction. The caller syncs the index after its commit."""
        drafts, encodings = prepared.drafts, prepared.encodings
        before = tx.statements.by_identities(draft.identity for draft in drafts)
        owners = dict.fromkeys(draft.owner for draft in drafts if draft.narratives)
        refs = {owner: tx.narratives.ensure(_labels(drafts, owner), owner) for owner in owners}
        after = dict(before)
        outcomes = [self._merge(after, draft, refs.get(draft.owner, {})) for draft in drafts]

        added = [statement for identity, statement in after.items() if identity not in before]
        changed = [identity for identity, statement in before.items() if after[identity] is not statement]
        if added or changed:
            sequence = tx.statements.next_sequence()
            keys = tx.statements.add(added, sequence, by)
            for key, statement in zip(keys, added, strict=True):
                after[statement.identity] = replace(statement, key=key)
            for identity in changed:
                tx.statements.change(before[identity], after[identity], sequence, by)
            self._store_encodings(tx, before, after, encodings)
        return [Recorded(outcome, after[draft.identity]) for outcome, draft in zip(outcomes, drafts, strict=True)]

    def _merge(
        self, after: dict[str, Statement], draft: StatementDraft, refs: dict[NarrativeLabel, NarrativeRef]
    ) -> Outcome:
        known = after.get(draft.identity)
        if known is None:
            after[draft.identity] = self._new(draft, refs)
            return Outcome.NEW
        if known.withdrawn:
            return Outcome.WITHDRAWN
        merged = known.merged(draft)
        linked = {ref.key for ref in known.narratives}
        merged = replace(
            merged,
            narratives=known.narratives + _refs(draft, refs, linked),
            findings=known.findings + self._findings(draft, known.findings),
        )
        if merged == known:
            return Outcome.UNCHANGED
        after[draft.identity] = replace(merged, updated_at=self.clock())
        return Outcome.UPDATED

    def _new(self, draft: StatementDraft, refs: dict[NarrativeLabel, NarrativeRef]) -> Statement:
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
            learned_at=draft.learned_at or now,
            source=draft.source,
            created_at=now,
            updated_at=now,
            narratives=_refs(draft, refs, set()),
            findings=self._findings(draft, ()),
            metadata=draft.metadata,
            owner=draft.owner,
        )

    def _findings(self, draft: StatementDraft, known: tuple[Finding, ...]) -> tuple[Finding, ...]:
        added: list[Finding] = []
        for finding in draft.findings:
            if not any(finding.same_content(other) for other in (*known, *added)):
                added.append(replace(finding, learned_at=finding.learned_at or draft.learned_at or self.clock()))
        return tuple(added)

    def _store_encodings(
        self,
        tx: Transaction,
        before: dict[str, Statement],
        after: dict[str, Statement],
        encodings: dict[EncoderInput, EncodedText],
    ) -> None:
        fresh: list[tuple[int, EncodedText]] = []
        stale: list[int] = []
        for identity, statement in after.items():
            text = encoder_input(statement)
            known = before.get(identity)
            if known and encoder_input(known) == text:
                continue
            if text not in encodings:  # another process changed it since we looked
                [encodings[text]] = self.encoder.encode([text])
            if known:
                stale.append(known.key)
            fresh.append((statement.key, encodings[text]))
        if stale:
            tx.vectors.forget(stale)
        tx.vectors.put(self.encoder.fingerprint, fresh)


def encoder_input(statement: Statement) -> EncoderInput:
    """Input of the encoder for a statement."""
    return _input_of(statement.title, statement.text, statement.language)


def _input_of(title: str | None, text: str, language: str) -> EncoderInput:
    return EncoderInput(indexed_text(title, text), language, text_start(title, text))


def _labels(drafts: Sequence[StatementDraft], owner: int | None) -> list[NarrativeLabel]:
    return list(dict.fromkeys(label for draft in drafts if draft.owner == owner for label in draft.narratives))


def _refs(
    draft: StatementDraft, refs: dict[NarrativeLabel, NarrativeRef], linked: set[int]
) -> tuple[NarrativeRef, ...]:
    """The draft's narratives that are not linked yet, each once."""
    distinct = {refs[label].key: refs[label] for label in draft.narratives}
    return tuple(ref for key, ref in distinct.items() if key not in linked)
