"""Recording of statements: new ones are added, known ones get what the draft adds, and both are searchable at once."""

import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from app.domain.access.contributors import Contributor
from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import InvalidInput
from app.domain.statements.statements import (
    NarrativeLabel,
    NarrativeRef,
    Statement,
    StatementDraft,
    Submission,
    Submissions,
    indexed_text,
    text_start,
)
from app.services.narratives.ensure_narratives import ensure_narratives
from app.services.ports import Clock, Languages, Store, Transaction
from app.services.search.index_sync import IndexSync
from app.services.stance.encode_statements import EncodeStatements
from app.services.stance.ports import ClassifiedText
from app.services.statements.draft_placement import is_own, placed_drafts
from app.services.statements.merge_drafts import MergeDrafts, Outcome, undone_statements
from index.contract import EncoderInput

_ROWS_AT_ONCE = 512
"""Rows of one transaction, about; what belongs to one statement is never divided."""
_NARRATIVES_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Recorded:
    """Outcome of a draft, with the statement as it is now."""

    outcome: Outcome
    statement: Statement


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """A statement as it stands in the archive, with how often it was sent to us."""

    statement: Statement
    submissions: Submissions


_Group: TypeAlias = tuple[int | None, Contributor | None]
"""Whose narratives are: the key of their owner, None for shared ones, and their contributor."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Drafts with the encodings and stances of new texts."""

    drafts: Sequence[StatementDraft]
    texts: dict[EncoderInput, ClassifiedText]
    narratives: Mapping[_Group, Mapping[NarrativeLabel, NarrativeRef]] = field(default_factory=dict)
    """Narratives by owner and contributor, where they are too many to be made in the transaction of the drafts."""

    def in_pieces(self) -> "Iterator[Prepared]":
        """The drafts in order, few enough at a time that writing them never makes others wait for long."""
        piece: list[StatementDraft] = []
        rows = 0
        for draft in self.drafts:
            more = 1 + len(draft.narratives) + len(draft.findings)
            if piece and rows + more > _ROWS_AT_ONCE:
                yield replace(self, drafts=piece)
                piece, rows = [], 0
            piece.append(draft)
            rows += more
        if piece:
            yield replace(self, drafts=piece)


@dataclass(frozen=True, slots=True)
class RecordStatements:
    """Records drafts in one transaction: all or none."""

    store: Store
    encode: EncodeStatements
    archive: IndexSync
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
        """Encodes the texts that are new to the archive. Changes nothing, but that it makes narratives where the drafts
        name very many, some at a time; that is safe to repeat.
        """
        with self.store.reading() as tx:
            placed = placed_drafts(tx, drafts)
            stored = tx.statements.by_identities(draft.identity for draft in placed)
        return Prepared(drafts, self._encode_new(placed, stored, progress), self._many_narratives(drafts))

    def _many_narratives(self, drafts: Sequence[StatementDraft]) -> dict[_Group, Mapping[NarrativeLabel, NarrativeRef]]:
        found: dict[_Group, Mapping[NarrativeLabel, NarrativeRef]] = {}
        for group, of_group in _groups(drafts).items():
            labels = _labels(of_group)
            if len(labels) > _NARRATIVES_AT_ONCE:
                refs: dict[NarrativeLabel, NarrativeRef] = {}
                for start in range(0, len(labels), _NARRATIVES_AT_ONCE):
                    with self.store.writing() as tx:
                        refs |= ensure_narratives(tx, labels[start : start + _NARRATIVES_AT_ONCE], *group)
                found[group] = refs
        return found

    def record_one(
        self,
        draft: StatementDraft,
        narratives: Sequence[str],
        seen_by: Organisation,
        by: Actor | None = None,
    ) -> tuple[Outcome, StoredStatement]:
        """Records a submitted statement under narratives that there are; the outcome, and the statement as it stands.

        Raises `InvalidInput` where one of them names no narrative that it may be in: those that `seen_by` sees, where
        it is private, and else shared ones.
        """
        viewer = seen_by if draft.owner is not None else None
        with self.store.reading() as tx:
            _refuse_unknown(tx, narratives, viewer)
            placed = placed_drafts(tx, [draft])
            stored = tx.statements.by_identities(draft.identity for draft in placed)
        prepared = Prepared([draft], self._encode_new(placed, stored, None))
        with self.store.writing() as tx:
            [recorded] = self._submitted_in(tx, prepared, seen_by, by)
            statement = tx.statements.by_id(recorded.statement.id, seen_by) or recorded.statement
            submissions = tx.submissions.of([statement.key])[statement.key]
        self.archive.sync()
        return recorded.outcome, StoredStatement(statement, submissions)

    def commit(
        self, prepared: Prepared, seen_by: Organisation | None = None, by: Actor | None = None
    ) -> list[Recorded]:
        """Writes prepared drafts. Changes made between preparing and writing are detected and kept."""
        with self.store.writing() as tx:
            recorded = self._submitted_in(tx, prepared, seen_by, by)
        self.archive.sync()
        return recorded

    def preview(self, drafts: Sequence[StatementDraft], viewer: Organisation | None = None) -> list[Outcome]:
        """Outcome that recording each draft would have now, in order; nothing is encoded or written."""
        with self.store.reading() as tx:
            placed = placed_drafts(tx, drafts)
            before = tx.statements.by_identities(draft.identity for draft in placed)
            after, undone = dict(before), undone_statements(tx, before.values())
            merge = MergeDrafts(self.languages, self.clock, undone)
            outcomes: list[Outcome] = []
            for draft in placed:
                refs = {
                    label: tx.narratives.resolve(label.name, viewer) or NarrativeRef("", label.name, -number)
                    for number, label in enumerate(draft.narratives, start=1)
                }
                own = is_own(tx, draft, before.get(draft.identity))
                outcomes.append(merge(after, draft, refs, own=own))
            return outcomes

    def commit_in_pieces(self, prepared: Prepared, imported: int | None = None) -> list[Recorded]:
        """Writes prepared drafts in several transactions, in order, so that other writers get their turn.

        `imported`: key of the import that brings them.
        """
        recorded: list[Recorded] = []
        for piece in prepared.in_pieces():
            began = time.monotonic()
            with self.store.writing() as tx:
                recorded += self.commit_in(tx, piece, imported=imported)
            time.sleep((time.monotonic() - began) / 2)  # other processes look for the lock now and then
        self.archive.sync()
        return recorded

    def _submitted_in(
        self, tx: Transaction, prepared: Prepared, seen_by: Organisation | None, by: Actor | None
    ) -> list[Recorded]:
        recorded = self.commit_in(tx, prepared, by)
        if seen_by:
            for draft, one in zip(prepared.drafts, recorded, strict=True):
                if one.outcome is not Outcome.WITHDRAWN:
                    tx.submissions.add(one.statement.key, seen_by, Submission(self.clock(), draft.source))
        return recorded

    def _encode_new(
        self,
        drafts: Sequence[StatementDraft],
        stored: dict[str, Statement],
        progress: Callable[[int], None] | None,
    ) -> dict[EncoderInput, ClassifiedText]:
        """Encodings and stances of the texts that are new to the archive."""
        new_inputs: dict[EncoderInput, None] = {}
        for draft in drafts:
            known = stored.get(draft.identity)
            after = known.merged(draft) if known else None
            if after is None:
                language = draft.language or self.languages.detect(draft.text)
                new_inputs[_input_of(draft.title, draft.text, language)] = None
            elif known is None or encoder_input(known) != encoder_input(after):
                new_inputs[encoder_input(after)] = None
        return dict(zip(new_inputs, self.encode(list(new_inputs), progress), strict=True)) if new_inputs else {}

    def commit_in(
        self,
        tx: Transaction,
        prepared: Prepared,
        by: Actor | None = None,
        changed_by: Actor | None = None,
        imported: int | None = None,
    ) -> list[Recorded]:
        """Records prepared statements within a larger transaction. The caller syncs the index after its commit.

        `changed_by`: author of the changes of known statements, where `by` is None. `imported`: key of the import that
        brings them; it restores what was taken out when another one was undone.
        """
        after_finding = tx.imports.last_finding() if imported is not None else 0
        drafts, texts = placed_drafts(tx, prepared.drafts), prepared.texts
        before = tx.statements.by_identities(draft.identity for draft in drafts)
        own = [is_own(tx, draft, before.get(draft.identity)) for draft in drafts]
        refs = {
            group: prepared.narratives.get(group) or ensure_narratives(tx, _labels(of_group), *group)
            for group, of_group in _groups(itertools.compress(drafts, own)).items()
        }
        after = dict(before)
        undone = undone_statements(tx, before.values()) if imported is not None else frozenset()
        merge = MergeDrafts(self.languages, self.clock, undone)
        outcomes = [
            merge(after, draft, refs.get((draft.owner, draft.contributor), {}), own=draft_is_own)
            for draft, draft_is_own in zip(drafts, own, strict=True)
        ]

        added = [statement for identity, statement in after.items() if identity not in before]
        changed = [identity for identity, statement in before.items() if after[identity] is not statement]
        if added or changed:
            sequence = tx.statements.next_sequence()
            keys = tx.statements.add(added, sequence, by)
            for key, statement in zip(keys, added, strict=True):
                after[statement.identity] = replace(statement, key=key)
            for identity in changed:
                tx.statements.change(before[identity], after[identity], sequence, by or changed_by)
            self._store_texts(tx, before, after, texts)
            tx.audit.add_each("statement.created", "statement", [statement.id for statement in added])
            tx.audit.add_each("statement.changed", "statement", [before[identity].id for identity in changed])
        recorded = [Recorded(outcome, after[draft.identity]) for outcome, draft in zip(outcomes, drafts, strict=True)]
        if imported is not None:
            new = {one.statement.key for one in recorded if one.outcome is Outcome.NEW}
            known = {one.statement.key for one in recorded if one.outcome is not Outcome.WITHDRAWN} - new
            tx.imports.add_statements(imported, sorted(new), sorted(known), after_finding)
        return recorded

    def _store_texts(
        self,
        tx: Transaction,
        before: dict[str, Statement],
        after: dict[str, Statement],
        texts: dict[EncoderInput, ClassifiedText],
    ) -> None:
        fresh: list[tuple[int, ClassifiedText]] = []
        stale: list[int] = []
        for identity, statement in after.items():
            text = encoder_input(statement)
            known = before.get(identity)
            if known and encoder_input(known) == text:
                continue
            if text not in texts:  # another process changed it since we looked
                [texts[text]] = self.encode([text])
            if known:
                stale.append(known.key)
            fresh.append((statement.key, texts[text]))
        if stale:
            tx.vectors.forget(stale)
        tx.vectors.put(self.encode.encoder.fingerprint, fresh)


def _refuse_unknown(tx: Transaction, narratives: Sequence[str], viewer: Organisation | None) -> None:
    for number, name in enumerate(narratives):
        if tx.narratives.resolve(name, viewer) is None:
            raise InvalidInput.at(
                f"/narratives/{number}",
                "names no narrative that this statement may be in: create it first, or send its id or title",
            )


def encoder_input(statement: Statement) -> EncoderInput:
    """Input of the encoder for a statement."""
    return _input_of(statement.title, statement.text, statement.language)


def _input_of(title: str | None, text: str, language: str) -> EncoderInput:
    return EncoderInput(indexed_text(title, text), language, text_start(title, text))


def _groups(drafts: Iterable[StatementDraft]) -> dict[_Group, list[StatementDraft]]:
    """Drafts that name narratives, by whose those are: the owner and the contributor."""
    groups: dict[_Group, list[StatementDraft]] = {}
    for draft in drafts:
        if draft.narratives:
            groups.setdefault((draft.owner, draft.contributor), []).append(draft)
    return groups


def _labels(drafts: Sequence[StatementDraft]) -> list[NarrativeLabel]:
    return list(dict.fromkeys(label for draft in drafts for label in draft.narratives))
