"""Effects of a review on the archive, and their reversal: statements recorded and filed, negative examples added."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.domain.access.contributors import Contributor
from app.domain.access.keys import Organisation
from app.domain.checks.checks import Check
from app.domain.checks.reviews import Actor, Review, text_hash
from app.domain.core.dates import parse_period
from app.domain.core.errors import StatementWithdrawn
from app.domain.statements.statements import NarrativeLabel, NarrativeRef, Source, Statement, StatementDraft
from app.services.access.contributions import may_change
from app.services.ports import Clock, Transaction
from app.services.search.negative_examples import to_bytes
from app.services.stance.encode_statements import EncodeStatements
from app.services.stance.ports import ClassifiedText
from app.services.statements.draft_placement import placed_drafts
from app.services.statements.record_statements import Prepared, RecordStatements, encoder_input
from index.contract import EncoderInput


@dataclass(frozen=True, slots=True)
class AppliedReview:
    """Result of recording a checked statement: its id, True if it is new, and the narratives added to it."""

    statement: Statement
    put_in: bool
    linked: frozenset[int]


@dataclass(frozen=True, slots=True)
class ApplyReview:
    """Changes the archive, within the transaction that stores the review."""

    encode: EncodeStatements
    record_statements: RecordStatements
    clock: Clock

    def archive(
        self,
        tx: Transaction,
        check: Check,
        classified: ClassifiedText,
        under: Iterable[NarrativeRef],
        organisation: Organisation,
        by: Actor,
        *,
        private: bool,
    ) -> AppliedReview:
        """Records the checked statement as a contribution of the organisation. `classified` is its text. A statement
        that another organisation brought is not filed anew.

        Raises `StatementWithdrawn` where an editor withdrew it; what only an undone review withdrew is brought back.
        """
        refs = tuple(under)
        owner = organisation.key if private else None
        draft = replace(_draft(check, refs), owner=owner, contributor=Contributor.of(organisation))
        known = tx.statements.by_identities([draft.identity]).get(draft.identity)
        if known and known.withdrawn:
            reviews = tx.reviews.archiving(known.id)
            if any(review.stands for review in reviews) or not any(review.put_in for review in reviews):
                [draft] = placed_drafts(tx, [draft])
                known = tx.statements.by_identities([draft.identity]).get(draft.identity)
                if known and known.withdrawn:
                    raise StatementWithdrawn(known.id)
        if known and known.withdrawn:
            own = may_change(tx, known.contributor, known.owner, organisation)
            statement = self._restore(tx, known, refs if own else (), by)
        else:
            [recorded] = self.record_statements.commit_in(
                tx, Prepared([draft], {EncoderInput(check.text, check.language.code): classified}), by
            )
            statement = recorded.statement
        before = {ref.key for ref in known.narratives} if known else set()
        linked = {ref.key for ref in statement.narratives} & {ref.key for ref in refs}
        return AppliedReview(statement, known is None, frozenset(linked - before))

    def add_negative_example(
        self,
        tx: Transaction,
        check: Check,
        classified: ClassifiedText,
        of: Iterable[NarrativeRef],
        organisation: Organisation,
        by: Actor,
    ) -> None:
        """Adds the checked text as a counter-example of these narratives, made by the organisation."""
        sequence, vector = tx.statements.next_sequence(), to_bytes(classified.encoded.vector)
        for ref in of:
            made, _ = tx.counter_examples.put(
                ref.key, check.text, check.language.code, self.clock(), sequence, organisation, by, by_review=True
            )
            tx.counter_examples.put_vectors(
                self.encode.encoder.fingerprint,
                [(made.key, vector)],
                sequence,
            )

    def revert(self, tx: Transaction, organisation: Organisation, check: Check, review: Review, by: Actor) -> None:
        """Reverts the effects of a review that is no longer effective, unless another review needs them or they
        existed before."""
        if (statement := self._archived(tx, organisation, review)) is not None:
            reviews = tx.reviews.archiving(statement.id)
            others = [archiving_review for archiving_review in reviews if archiving_review.stands]
            still_needed = {ref.key for archiving_review in others for ref in archiving_review.narratives}
            removed = tx.reviews.linked(statement.id) - still_needed
            changed = replace(
                statement, narratives=tuple(ref for ref in statement.narratives if ref.key not in removed)
            )
            if not others and not statement.withdrawn and any(archiving_review.put_in for archiving_review in reviews):
                changed = replace(changed, withdrawn_at=self.clock())
            self._change(tx, statement, changed, by)
        if review.counter_example:
            for ref in review.narratives:
                if not tx.reviews.has_counter_example(organisation, ref.key, text_hash(check.text)):
                    sequence = tx.statements.next_sequence()
                    tx.counter_examples.withdraw_reviewed(organisation, ref.key, check.text, self.clock(), sequence)

    def reapply(self, tx: Transaction, organisation: Organisation, check: Check, review: Review, by: Actor) -> None:
        """Reapplies the effects of a review that is effective again. A withdrawal made meanwhile by an editor
        stands."""
        if (statement := self._archived(tx, organisation, review)) is not None:
            reviews = tx.reviews.archiving(statement.id)
            others = any(archiving_review.stands for archiving_review in reviews if archiving_review.id != review.id)
            if statement.withdrawn and not others and any(archiving_review.put_in for archiving_review in reviews):
                self._restore(tx, statement, review.narratives, by)
            elif not statement.withdrawn and may_change(tx, statement.contributor, statement.owner, organisation):
                self._change(tx, statement, _with_narratives(statement, review.narratives), by)
        if review.counter_example:
            sequence = tx.statements.next_sequence()
            for ref in review.narratives:
                tx.counter_examples.put(
                    ref.key, check.text, check.language.code, self.clock(), sequence, organisation, by, by_review=True
                )

    def _archived(self, tx: Transaction, organisation: Organisation, review: Review) -> Statement | None:
        statement = tx.statements.by_id(review.archived, organisation) if review.archived else None
        return statement if statement and not statement.erased else None

    def _restore(self, tx: Transaction, statement: Statement, refs: tuple[NarrativeRef, ...], by: Actor) -> Statement:
        back = self._change(tx, statement, replace(_with_narratives(statement, refs), withdrawn_at=None), by)
        [text] = self.encode([encoder_input(back)])
        tx.vectors.put(self.encode.encoder.fingerprint, [(back.key, text)])
        return back

    def _change(self, tx: Transaction, before: Statement, after: Statement, by: Actor) -> Statement:
        if after == before:
            return before
        after = replace(after, updated_at=self.clock())
        tx.statements.change(before, after, tx.statements.next_sequence(), by)
        tx.audit.add("statement.changed", "statement", before.id)
        return after


def _draft(check: Check, refs: Iterable[NarrativeRef]) -> StatementDraft:
    """Draft of the checked statement; dated by the day of the check where it has no date."""
    return StatementDraft(
        text=check.text,
        language=check.language.code,
        speaker=check.speaker,
        said_at=check.said_at or parse_period(check.created_at.date().isoformat()),
        source=check.source or Source(),
        narratives=tuple(NarrativeLabel(ref.id) for ref in refs),
    )


def _with_narratives(statement: Statement, refs: Iterable[NarrativeRef]) -> Statement:
    linked = {ref.key for ref in statement.narratives}
    return replace(statement, narratives=(*statement.narratives, *(ref for ref in refs if ref.key not in linked)))
