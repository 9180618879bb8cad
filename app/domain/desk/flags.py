"""Flags: checks that need or have a review, and the state that their reviews give them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Literal

from app.domain.checks.checks import Check, Match
from app.domain.checks.reviews import Actor, Decision, Review
from app.domain.checks.scoring import Tier
from app.domain.core.dates import Period, instant
from app.domain.core.errors import RefrainError
from app.domain.statements.statements import NarrativeRef

FlagState = Literal["open", "confirmed", "dismissed"]
FlagSort = Literal[
    "newest", "oldest", "score", "score_up", "recurrence", "recurrence_up", "speaker", "speaker_down", "narrative",
    "narrative_down",
]  # fmt: skip
"""Order of a list: the best score and the most recurrences first, or last with `_up`; names of speakers and titles of
narratives from the first letter on, or from the last with `_down`; `oldest`: what waits longest first."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Flag: a check with its reviews, the oldest first. `version` rises with every review, and is 0 before it is a
    flag.

    `state` is None for a check that was not flagged and of which no decision stands.
    """

    key: int
    check: Check
    state: FlagState | None
    version: int
    reviews: tuple[Review, ...] = ()
    assigned: Actor | None = None
    """Assignee."""


@dataclass(frozen=True, slots=True)
class FlagStanding:
    """State and version of a flag, without its check; of a check that is no flag None and 0."""

    state: FlagState | None
    version: int


NO_FLAG: Final = FlagStanding(None, 0)


class FlagConflict(RefrainError):
    """Edit conflict: the flag was reviewed since the version that a request expected."""

    def __init__(self, flag: Flag, expected: int):
        changes_since = [r for r in flag.reviews if r.version > expected or (r.undone_version or 0) > expected]
        said = "; ".join(_describe(review, expected) for review in changes_since) or "its version is another"
        super().__init__(
            f"the flag has changed since version {expected}: {said}. It is {flag.state or 'no flag'} now, at version "
            f"{flag.version}: look at it, and send that version if you still mean it"
        )
        self.flag = flag
        self.changes_since = tuple(changes_since)


def effective_review_by_match(check: Check, reviews: Sequence[Review]) -> Mapping[str, Review]:
    """Effective review of each match, by the match's id."""
    stand = [review for review in reviews if review.stands]
    of_all_matches = next((review for review in stand if review.match_id is None), None)
    of_all = {match.id: of_all_matches for match in check.matches} if of_all_matches else {}
    return {**of_all, **{review.match_id: review for review in stand if review.match_id}}


def state_of(check: Check, reviews: Sequence[Review]) -> FlagState | None:
    """State that the reviews give a flag.

    Confirmed when an effective review confirms; dismissed, when one dismisses and no match of at least `same_script`
    that the text repeats is left that none dismisses; otherwise open where the check was flagged, and None where it
    was not.
    """
    verdicts: dict[str, Decision] = {
        match: review.verdict for match, review in effective_review_by_match(check, reviews).items()
    }
    if "confirmed" in verdicts.values():
        return "confirmed"
    left = [
        match
        for match in check.matches
        if match.tier
        and match.tier.rank <= Tier.SAME_SCRIPT.rank
        and match.id not in verdicts
        and match.relation == "repeats"
    ]
    if any(review.stands for review in reviews) and not left:
        return "dismissed"
    return "open" if check.flagged else None


def with_reviews(check: Check, reviews: Sequence[Review], by_hand: Sequence[Match] = ()) -> Check:
    """Check with the effective review of each match, and with the matches found by hand that were not undone."""
    reviewed_ids = {review.match_id for review in reviews if not review.undone}
    with_added = replace(check, matches=(*check.matches, *(match for match in by_hand if match.id in reviewed_ids)))
    decided = effective_review_by_match(with_added, reviews)
    return replace(
        with_added, matches=tuple(replace(match, review=decided.get(match.id)) for match in with_added.matches)
    )


def filter_date(check: Check) -> Period:
    """Date by which a flag is filtered: the statement's or, without one, the moment of the check."""
    return check.said_at or instant(check.created_at)


def day_of(moment: datetime) -> str:
    """Day of a moment in UTC, as YYYY-MM-DD."""
    return moment.astimezone(UTC).date().isoformat()


def repeated_matches(check: Check) -> Sequence[Match]:
    """The matches that a flag is about: those that the text neither contradicts nor was asked before; all of them where
    there is no such match."""
    repeated = [
        match for match in check.matches if match.relation == "repeats" and match.precedent.stance != "question"
    ]
    return repeated or check.matches


def closest_tier(check: Check) -> Tier | None:
    """The closest tier among the matches that it is about, None where none has one."""
    return min(
        (match.tier for match in repeated_matches(check) if match.tier), key=lambda tier: tier.rank, default=None
    )


def best_score(check: Check) -> float:
    """The best score among the matches that it is about, 0 where there is none."""
    return max((match.score for match in repeated_matches(check)), default=0.0)


def shown_narratives(check: Check) -> Sequence[NarrativeRef]:
    """Narratives of the best match's precedent, or of the first precedent that has any, as a list shows them."""
    matches = (*repeated_matches(check), *check.matches)
    return next((match.precedent.narratives for match in matches if match.precedent.narratives), ())


def _describe(review: Review, expected: int) -> str:
    about = f" (match {review.match_id})" if review.match_id else ""
    if review.undone_by and review.undone_at and (review.undone_version or 0) > expected:
        return f"{review.undone_by.name} took back {review.verdict!r}{about} at {instant(review.undone_at).text}"
    return f"{review.by.name} {review.verdict} it{about} at {instant(review.at).text}"
