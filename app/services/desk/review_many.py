"""Bulk reviews: one decision on many flags, undone at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor, Decision, ReviewDraft
from app.domain.core.errors import InvalidInput, NotFound, RefrainError
from app.domain.desk.flags import Flag, repeated_matches
from app.services.desk.browse_flags import BrowseFlags
from app.services.desk.review_match import Reviewed, ReviewMatch
from app.services.ports import Store

MOST_AT_ONCE = 100
_BEST = "the best"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Chosen flag, and the version that was seen; None: any."""

    id: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class BulkReviewResult:
    """Result of a bulk review: `batch` undoes it; refused flags are unchanged, each with the reason."""

    batch: str
    done: tuple[Reviewed, ...]
    refused: tuple[tuple[str, RefrainError], ...]


@dataclass(frozen=True, slots=True)
class ReviewMany:
    """Applies one decision to several flags: confirms the best match of each, or dismisses all matches."""

    store: Store
    browse: BrowseFlags
    review: ReviewMatch

    def __call__(
        self,
        organisation: Organisation,
        by: Actor,
        chosen: Sequence[Chosen],
        verdict: Decision,
        reason: str | None = None,
        *,
        archive: bool = False,
        narrative: str | None = None,
    ) -> BulkReviewResult:
        """Reviews each flag; a refused or changed one does not stop the others.

        Raises `InvalidInput` where the decision contradicts itself, or is about too many.
        """
        if len(chosen) > MOST_AT_ONCE:
            raise InvalidInput.at("/flags", f"may have at most {MOST_AT_ONCE} entries")
        drafted = ReviewDraft(
            verdict, _BEST if verdict == "confirmed" else None, reason=reason, archive=archive, narrative=narrative
        )
        if faults := drafted.faults():
            raise InvalidInput(faults)
        batch = str(uuid4())
        done: list[Reviewed] = []
        refused: list[tuple[str, RefrainError]] = []
        for choice in dict.fromkeys(chosen):
            try:
                flag = self.browse.get(organisation, choice.id)
                draft = replace(drafted, match_id=_best(flag)) if drafted.match_id else drafted
                done.append(self.review(organisation, by, choice.id, draft, choice.version, batch=batch))
            except RefrainError as error:
                refused.append((choice.id, error))
        return BulkReviewResult(batch, tuple(done), tuple(refused))

    def undo(self, organisation: Organisation, by: Actor, batch: str) -> list[Flag]:
        """Undoes every review of a bulk review; the flags as they are now. Repeating it is no error. Raises
        `NotFound`."""
        with self.store.reading() as tx:
            made = tx.reviews.of_batch(organisation, batch)
        if not made:
            raise NotFound("your organisation made no decisions with this id in one gesture")
        return [self.review.undo(organisation, by, check_id, review_id) for check_id, review_id in reversed(made)]


def _best(flag: Flag) -> str:
    """Id of the match to confirm: the first that the flag is about, whose precedent is not withdrawn and that is not
    dismissed."""
    for match in repeated_matches(flag.check):
        if not match.precedent.withdrawn and not (match.review and match.review.verdict == "dismissed"):
            return match.id
    raise InvalidInput.at("/match_id", "cannot be chosen: no match is left whose precedent is still in the archive")
