"""Background jobs, as they are answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from app.domain.jobs.jobs import JobState
from app.domain.statements.imports import WhyKept
from app.schemas.fields import Shown


def _mapping(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value


class JobOut(Shown):
    """A job as it stands; final are `done`, `cancelled` and `failed`."""

    id: str
    state: JobState
    name: str | None = Field(description="The name that the upload came with.")
    lines: int = Field(description="Lines that are not blank.", examples=[10_000])
    done: int = Field(description="Of these, how many are finished.", examples=[2_560])
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    expires_at: datetime | None = Field(description="When the job and its results are deleted.")
    error: str | None = Field(description="Why it failed.")


class RejectedOut(Shown):
    """A line that did not go in, and why."""

    line: int = Field(validation_alias="number", examples=[17])
    reason: str | None = Field(validation_alias="problem", examples=["/text is missing: it has to be there"])


class LeftOutFieldOut(Shown):
    """A field that was left out of some records, which went in without it."""

    field: str = Field(examples=["itemReviewed/datePublished"])
    reason: str = Field(examples=["cannot be read as a date"])
    count: int
    places: list[str] = Field(description="Of the first of them.")


class FutureDatesOut(Shown):
    """Statements whose date is in the future."""

    count: int
    places: list[str] = Field(description="Of the first of them.", examples=[["line 17"]])


class ImportReportOut(Shown):
    """Report on an import's file: what was understood, and what was left out."""

    format: str | None = Field(None, examples=["table"])
    encoding: str | None = Field(None, examples=["cp1251"])
    encoding_guessed: bool = Field(False, description="Whether it may be another: then say it with `encoding`.")
    delimiter: str | None = None
    columns: dict[str, str] = Field({}, description="Fields by the columns that they were read from.")
    columns_kept: Sequence[str] = Field((), description="Columns that were not understood: kept as metadata.")
    notes: Sequence[str] = ()
    statements: int = Field(0, description="Lines with a statement.")
    undated: int = Field(0, description="Of these, how many have no date and will never count as earlier.")
    bounded: int = Field(0, description="Of these, how many have no date, but one by which they had been said.")
    future_dates: FutureDatesOut | None = Field(
        None, description="Statements dated after now, which `future=reject` rejects; null: none."
    )
    skipped: dict[str, int] = Field({}, description="Records that are no statements, by kind.")
    left_out: Sequence[LeftOutFieldOut] = ()


class ImportOut(JobOut):
    """An import; `counts` has lines by outcome: `new`, `updated`, `unchanged`, `withdrawn`, `rejected`, `skipped`."""

    private: bool
    dry_run: bool = Field(description="It is read and reported, and nothing of it is recorded.")
    report: Annotated[ImportReportOut | None, BeforeValidator(_mapping)] = None
    counts: Annotated[dict[str, int], BeforeValidator(_mapping)] = Field(examples=[{"new": 2_559, "rejected": 1}])


class ImportDetailOut(ImportOut):
    """An import with the first hundred of its rejected lines."""

    rejected: Sequence[RejectedOut]


class KeptOut(Shown):
    """Statements that stay when their import is undone, since somebody else refers to them."""

    why: WhyKept = Field(
        description="`also_imported`: another import brought them; `submitted`: they were sent to the API; `edited`: "
        "somebody changed them; `findings`: somebody added one; `reviewed`: a review refers to them."
    )
    count: int
    statements: list[str] = Field(description="Ids of the first of them.")


class UndoneImportOut(Shown):
    """An import that was undone: what was taken out, and what stays."""

    id: str
    undone_at: datetime
    statements: int = Field(description="Withdrawn statements; importing them again restores them.")
    findings: int = Field(description="Findings that were taken back from statements that stay.")
    kept: list[KeptOut]
    updated: int = Field(description="Statements that were there before it: they stay as they are.")


class BulkCheckOut(JobOut):
    """A bulk check; `counts` has `answered` lines, how many of them are `flagged`, and `rejected` lines."""

    counts: Annotated[dict[str, int], BeforeValidator(_mapping)] = Field(examples=[{"answered": 96, "flagged": 3}])


class ImportList(Shown):
    """A page of the organisation's imports, the newest first."""

    items: Sequence[ImportOut]
    next_cursor: str | None


class RejectedList(Shown):
    """A page of rejected lines, in the file's order."""

    items: Sequence[RejectedOut]
    next_cursor: str | None


class BulkCheckList(Shown):
    """A page of the organisation's bulk checks, the newest first."""

    items: Sequence[BulkCheckOut]
    next_cursor: str | None
