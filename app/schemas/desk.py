"""Notes, assignments, saved views and bulk reviews of the desk, as they are sent and answered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from app.domain.checks.reviews import Decision
from app.domain.core.text import unstorable
from app.schemas.checks import ReviewerOut
from app.schemas.fields import Name, Prose, Shown, Strict, example, whole
from app.schemas.flags import ReviewedOut
from app.schemas.problems import Problem
from app.services.desk.review_many import MOST_AT_ONCE, Chosen


class NoteIn(Strict):
    """Note to add to a flag."""

    model_config = example(text="Asked the ministry for the transcript.")

    text: Prose


class NoteOut(Shown):
    """Note about a flag."""

    id: str
    text: str
    by: ReviewerOut
    at: datetime


class NoteList(Shown):
    """A page of the notes about a flag, the oldest first."""

    items: Sequence[NoteOut]
    next_cursor: str | None


class AssignmentIn(Strict):
    """Assignment of a flag to a reviewer."""

    model_config = example(to="me")

    to: str | None = Field(
        min_length=1, max_length=36, description="`me`, the id of an account of your organisation, or null: nobody."
    )


class AssignedOut(Shown):
    """The reviewer that a flag is assigned to."""

    assigned_to: ReviewerOut | None


LONGEST_QUERY = 4_000


def _query(raw: str) -> str:
    if fault := unstorable(raw):
        raise ValueError(fault)
    return raw.removeprefix("?")


class ViewIn(Strict):
    """A list of flags to keep under a name."""

    model_config = example(name="Near verbatim, German", query="tier=near_verbatim&language=de&sort=score")

    name: Name
    query: Annotated[str, AfterValidator(_query)] = Field(
        max_length=LONGEST_QUERY, description="The filters and the order, as in the address of the list."
    )
    private: bool = Field(False, description="Whether nobody else sees it.")


class ViewOut(Shown):
    """A list of flags with a name."""

    id: str
    name: str
    query: str
    private: bool
    by: ReviewerOut
    at: datetime


class ViewList(Shown):
    """All views that the caller sees, by name."""

    items: Sequence[ViewOut]
    next_cursor: str | None = None


class ChosenIn(Strict):
    """One of the flags."""

    id: str = Field(min_length=1, max_length=100)
    expected_version: Annotated[int, Field(ge=0, lt=2**31), whole] | None = Field(
        None, description="The flag's version that was looked at; one at another version is refused."
    )

    def chosen(self) -> Chosen:
        return Chosen(self.id, self.expected_version)


class BulkReviewIn(Strict):
    """One decision about several flags: of each the best match is confirmed, or all matches are dismissed."""

    model_config = example(
        flags=[{"id": "5c1b2c5e-6a6f-4d7e-9a63-0d3b6f0f7a11"}], verdict="dismissed", reason="An exercise, announced."
    )

    flags: list[ChosenIn] = Field(min_length=1, max_length=MOST_AT_ONCE)
    verdict: Decision
    reason: Prose | None = None
    archive: bool = Field(False, description="Put the checked statements into the archive; only with confirmed.")
    narrative: Name | None = Field(
        None, description="Where to file them: id, external id or title. Default: each precedent's narratives."
    )


class RefusedOut(Shown):
    """A flag that was left as it was, and why."""

    flag_id: str
    problem: Problem


class BulkReviewedOut(Shown):
    """Result of a bulk review."""

    id: str = Field(description="Takes all of it back.")
    done: Sequence[ReviewedOut]
    refused: Sequence[RefusedOut]
