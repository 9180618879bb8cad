"""Reviews of flags: confirming or dismissing a match, linking a precedent by hand, undoing a review."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from app.domain.access.contributors import Contributor
from app.domain.access.keys import Organisation
from app.domain.checks.checks import Check, Match, Precedent, days_before
from app.domain.checks.reviews import Actor, Review, ReviewDraft, effective_reviews, text_hash
from app.domain.core.dates import earlier_than
from app.domain.core.errors import FieldError, InvalidInput, NotFound
from app.domain.desk.flags import Flag, FlagConflict, effective_review_by_match, filter_date, state_of
from app.domain.statements.statements import NarrativeDraft, NarrativeRef, Statement
from app.domain.webhooks.webhooks import EventType
from app.services.desk.apply_review import AppliedReview, ApplyReview
from app.services.narratives.edit_narrative import emit_narrative_event
from app.services.ports import Clock, Store, Transaction
from app.services.search.index_sync import IndexSync
from app.services.stance.encode_statements import EncodeStatements
from app.services.stance.ports import ClassifiedText
from app.services.stance.statement_stances import StatementStances
from app.services.webhooks.events import review_data
from index.contract import EncoderInput


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Review, the flag as it is now, and True if the review is new."""

    review: Review
    flag: Flag
    new: bool


@dataclass(frozen=True, slots=True)
class ReviewMatch:
    """Records and undoes reviews of any check of the organisation, flagged or not."""

    store: Store
    encode: EncodeStatements
    archive: IndexSync
    stances: StatementStances
    file: ApplyReview
    clock: Clock

    def __call__(
        self,
        organisation: Organisation,
        by: Actor,
        check_id: str,
        draft: ReviewDraft,
        expected_version: int | None = None,
        *,
        batch: str | None = None,
    ) -> Reviewed:
        """Stores a review. An equal one by the same person, while it is effective, is not stored again.

        `batch`: what it is to have in common with the others of one gesture.

        Raises `NotFound`, `InvalidInput`, `FlagConflict` where the flag is not at `expected_version`, and
        `Conflict` where the statement to archive was withdrawn by an editor.
        """
        if faults := draft.faults():
            raise InvalidInput(faults)
        changes_archive = draft.archive or draft.counter_example
        classified = self._classified(organisation, check_id) if changes_archive else None
        with self.store.writing() as tx:
            flag = _flag_of_organisation(tx, organisation, check_id)
            known = {candidate.id: candidate for candidate in (*flag.check.matches, *tx.reviews.matches_by_hand(flag))}
            match = self._match(tx, organisation, flag.check, known.values(), draft)
            filed_under = _narratives(tx, organisation, draft, match)
            if same := next(
                (review for review in flag.reviews if _is_repetition(review, draft, match, filed_under, by)), None
            ):
                return Reviewed(same, flag, new=False)
            _expect(flag, expected_version)
            if match and match.id not in known:
                tx.reviews.add_match(flag, match)
            applied: AppliedReview | None = None
            if classified is not None and draft.archive:
                private = _is_private(tx, organisation, match, filed_under)
                applied = self.file.archive(tx, flag.check, classified, filed_under, organisation, by, private=private)
            elif classified is not None:
                self.file.add_negative_example(tx, flag.check, classified, filed_under, organisation, by)
            review = Review(
                id=str(uuid4()),
                match_id=match.id if match else None,
                precedent_id=match.precedent.id if match else None,
                verdict=draft.verdict,
                reason=draft.reason,
                by=by,
                at=self.clock(),
                version=flag.version + 1,
                archived=applied.statement.id if applied else None,
                put_in=applied.put_in if applied else False,
                counter_example=draft.counter_example,
                narratives=filed_under,
                batch=batch,
            )
            linked = applied.linked if applied else frozenset()
            tx.reviews.add(organisation, flag, review, text_hash(flag.check.text), linked)
            _emit_review_event(tx, organisation, EventType.REVIEW_CREATED, check_id, review)
            tx.audit.add(f"review.{review.verdict}", "flag", check_id, review=review.id)
            after = self._settle(tx, organisation, flag, by)
        self.archive.sync()
        return Reviewed(review, after, new=True)

    def undo(
        self,
        organisation: Organisation,
        by: Actor,
        check_id: str,
        review_id: str,
        expected_version: int | None = None,
    ) -> Flag:
        """Undoes a review with its effects on the archive; it stays in the history. Repeating it is no error.

        Raises `NotFound`, and `FlagConflict` where the flag is not at `expected_version`.
        """
        with self.store.writing() as tx:
            flag = _flag_of_organisation(tx, organisation, check_id)
            review = next((review for review in flag.reviews if review.id == review_id), None)
            if review is None:
                raise NotFound("this flag has no review with this id")
            if review.undone:
                return flag
            _expect(flag, expected_version)
            tx.reviews.mark_undone(review.id, by, self.clock(), flag.version + 1)
            _emit_review_event(tx, organisation, EventType.REVIEW_UNDONE, check_id, review)
            tx.audit.add("review.undone", "flag", check_id, review=review.id)
            after = self._settle(tx, organisation, flag, by)
        self.archive.sync()
        return after

    def _classified(self, organisation: Organisation, check_id: str) -> ClassifiedText:
        """The checked text as it is stored in the archive; encoding takes too long for a writing transaction."""
        with self.store.reading() as tx:
            check = _flag_of_organisation(tx, organisation, check_id).check
        [classified] = self.encode([EncoderInput(check.text, check.language.code)])
        return classified

    def _match(
        self, tx: Transaction, organisation: Organisation, check: Check, known: Iterable[Match], draft: ReviewDraft
    ) -> Match | None:
        """Reviewed match; a new one for a precedent that the check does not show."""
        if not (draft.match_id or draft.precedent_id):
            return None
        for match in known:
            if draft.match_id == match.id or draft.precedent_id == match.precedent.id:
                return match
        if draft.match_id:
            raise InvalidInput.at("/match_id", "names no match of this check: send the id of one in its matches")
        statement = _precedent_by_hand(check, tx.statements.by_id(draft.precedent_id or "", organisation))
        return Match(
            id=str(uuid4()),
            precedent=Precedent.of(statement, self.stances(tx, [statement])[statement.key].label),
            tier=None,
            score=0.0,
            signals={},
            days_before=days_before(statement.said_at, filter_date(check)),
            found_by_hand=True,
        )

    def _settle(self, tx: Transaction, organisation: Organisation, before: Flag, by: Actor) -> Flag:
        """Stores the flag's new state, and reverts or reapplies the effects of other reviews on the archive."""
        now = _flag_of_organisation(tx, organisation, before.check.id)
        stand = effective_reviews(now.reviews)
        reviews = tuple(replace(review, stands=review.id in stand) for review in now.reviews)
        tx.reviews.set_standing(before, stand)
        for was, review in zip(before.reviews, reviews, strict=False):  # one that was made just now comes last
            if was.stands and not review.stands:
                self.file.revert(tx, organisation, before.check, review, by)
            elif review.stands and not was.stands:
                self.file.reapply(tx, organisation, before.check, review, by)
        tx.flags.settle(
            organisation,
            before,
            state_of(now.check, reviews),
            _dismissed(now.check, reviews),
            {ref.key for match in now.check.matches for ref in match.precedent.narratives}
            | {ref.key for review in reviews if review.stands for ref in review.narratives},
        )
        return _flag_of_organisation(tx, organisation, before.check.id)


def _flag_of_organisation(tx: Transaction, organisation: Organisation, check_id: str) -> Flag:
    flag = tx.flags.by_id(organisation, check_id)
    if flag is None:
        raise NotFound("your organisation has no flag and no check with this id")
    return flag


def _expect(flag: Flag, version: int | None) -> None:
    if version is not None and version != flag.version:
        raise FlagConflict(flag, version)


def _emit_review_event(
    tx: Transaction, organisation: Organisation, kind: EventType, check_id: str, review: Review
) -> None:
    tx.events.add(organisation, kind, check_id, review_data(check_id, review.match_id, review.verdict, review.reason))


def _precedent_by_hand(check: Check, statement: Statement | None) -> Statement:
    if statement is None:
        raise InvalidInput.at("/precedent_id", "names no statement of the archive: send the id of one")
    if statement.withdrawn:
        raise InvalidInput.at("/precedent_id", "names a statement that was withdrawn: restore it first")
    if not earlier_than(check.said_at, check.created_at).admits(statement.said_by):
        raise InvalidInput.at(
            "/precedent_id",
            "names a statement that is not known to be earlier than the checked one: correct its said_at first",
        )
    return statement


def _narratives(
    tx: Transaction, organisation: Organisation, draft: ReviewDraft, match: Match | None
) -> tuple[NarrativeRef, ...]:
    """Narratives that the checked text is to be filed under, or to be a counter-example of; a new title creates a
    narrative."""
    if match is None or not (draft.archive or draft.counter_example):
        return ()
    if draft.narrative is None:
        precedent = tx.statements.by_id(match.precedent.id, organisation)
        refs = precedent.narratives if precedent else ()
        if draft.counter_example and not refs:
            detail = "needs a narrative, and the precedent has none: send the one that is meant as narrative"
            raise InvalidInput.at("/counter_example", detail)
        return refs
    ref = tx.narratives.resolve(draft.narrative, organisation)
    if ref is None and (draft.counter_example or _is_id(draft.narrative)):
        raise InvalidInput([FieldError("/narrative", "names no narrative: send its id, external id or title")])
    if ref is None:
        owner = organisation.key if _is_private(tx, organisation, match, ()) else None
        narrative_id, _ = tx.narratives.put(
            NarrativeDraft(draft.narrative, owner=owner, contributor=Contributor.of(organisation)), None
        )
        if made := tx.narratives.by_id(narrative_id, organisation):
            emit_narrative_event(tx, EventType.NARRATIVE_CREATED, made, organisation)
        ref = tx.narratives.resolve(narrative_id, organisation)
    return (ref,) if ref else ()


def _is_private(
    tx: Transaction, organisation: Organisation, match: Match | None, under: Iterable[NarrativeRef]
) -> bool:
    """True if the new statement must be private, as the precedent or one of the narratives is."""
    precedent = tx.statements.by_id(match.precedent.id, organisation) if match else None
    narratives = (tx.narratives.by_id(ref.id, organisation) for ref in under)
    return bool(precedent and precedent.private) or any(narrative.private for narrative in narratives if narrative)


def _is_repetition(
    known: Review, draft: ReviewDraft, match: Match | None, filed_under: tuple[NarrativeRef, ...], by: Actor
) -> bool:
    """True if the same person made the same decision before, with the same reason and effects, and it is effective."""
    return (
        known.stands
        and (known.match_id, known.by.id) == (match.id if match else None, by.id)
        and (known.verdict, known.reason) == (draft.verdict, draft.reason)
        and (known.archived is not None, known.counter_example) == (draft.archive, draft.counter_example)
        and {ref.key for ref in known.narratives} == {ref.key for ref in filed_under}
    )


def _dismissed(check: Check, reviews: tuple[Review, ...]) -> dict[int, datetime]:
    """Keys of the statements that an effective review dismisses, and since when."""
    decided = effective_review_by_match(check, reviews)
    return {
        match.precedent.key: decided[match.id].at
        for match in check.matches
        if match.id in decided and decided[match.id].verdict == "dismissed"
    }


def _is_id(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
