"""Background jobs, as they are answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from app.domain.jobs.jobs import JobState
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


class ImportOut(JobOut):
    """An import; `counts` has lines by outcome: `new`, `updated`, `unchanged`, `withdrawn`, `rejected`."""

    private: bool
    counts: Annotated[dict[str, int], BeforeValidator(_mapping)] = Field(examples=[{"new": 2_559, "rejected": 1}])


class ImportDetailOut(ImportOut):
    """An import with the first hundred of its rejected lines."""

    rejected: Sequence[RejectedOut]


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
