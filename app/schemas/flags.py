"""Flags and their reviews, as they are sent and answered."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from app.domain.checks.reviews import Decision, Review, ReviewDraft
from app.domain.desk.flags import Flag, FlagState
from app.schemas.checks import CheckOut, ReviewerOut, ReviewOut
from app.schemas.fields import Name, Prose, Shown, Strict, example, whole


class ReviewIn(Strict):
    """A decision about a match, about a precedent found by hand, or, to dismiss, about all matches (neither id)."""

    model_config = example(
        match_id="5c1b2c5e-6a6f-4d7e-9a63-0d3b6f0f7a11",
        verdict="confirmed",
        reason="The same warning with another place.",
        archive=True,
        narrative="X is about to stage a chemical attack to blame the government",
    )

    match_id: str | None = Field(None, min_length=1, max_length=100)
    precedent_id: str | None = Field(
        None, min_length=1, max_length=100, description="Id of an earlier statement that the check does not show."
    )
    verdict: Decision
    reason: Prose | None = None
    archive: bool = Field(False, description="Put the checked statement into the archive; only with confirmed.")
    counter_example: bool = Field(
        False, description="Keep the checked text as one that the narrative is not; only with dismissed."
    )
    narrative: Name | None = Field(
        None, description="Where to file it: id, external id or title. Default: the precedent's narratives."
    )
    expected_version: Annotated[int, Field(ge=0, lt=2**31), whole] | None = Field(
        None, description="The flag's version that was looked at; another one is a 409. As If-Match."
    )

    def drafted(self) -> ReviewDraft:
        return ReviewDraft(
            verdict=self.verdict,
            match_id=self.match_id,
            precedent_id=self.precedent_id,
            reason=self.reason,
            archive=self.archive,
            counter_example=self.counter_example,
            narrative=self.narrative,
        )


class FlagNowOut(Shown):
    """State of a flag."""

    id: str
    state: FlagState | None = Field(description="null: it was not flagged, and no decision stands.")
    version: int = Field(description="Rises with every decision; the ETag.")


class ReviewedOut(ReviewOut):
    """A review, and how its flag stands now."""

    flag: FlagNowOut

    @classmethod
    def of(cls, review: Review, flag: Flag) -> "ReviewedOut":
        now = FlagNowOut(id=flag.check.id, state=flag.state, version=flag.version)
        return cls(**dict(ReviewOut.model_validate(review)), flag=now)


class FlagOut(CheckOut):
    """A check that was flagged or reviewed, with every review it had, the oldest first, undone ones included."""

    state: FlagState | None = Field(description="null: it was not flagged, and no decision stands any more.")
    version: int = Field(description="Rises with every decision; the ETag.")
    assigned_to: ReviewerOut | None = Field(description="Who is to look at it.")
    reviews: list[ReviewOut]

    @classmethod
    def of(cls, check: CheckOut, flag: Flag) -> "FlagOut":
        """A flag with its check as it is shown."""
        reviews = [ReviewOut.model_validate(review) for review in flag.reviews]
        assigned = ReviewerOut.model_validate(flag.assigned) if flag.assigned else None
        own = {"state": flag.state, "version": flag.version, "assigned_to": assigned, "reviews": reviews}
        return cls(**dict(check), **own)


class FlagCounts(Shown):
    """Number of the organisation's flags in each state, whatever the filters."""

    open: int
    confirmed: int
    dismissed: int


class FlagList(Shown):
    """A page of flags, and how many there are."""

    items: Sequence[FlagOut]
    next_cursor: str | None
    counts: FlagCounts
