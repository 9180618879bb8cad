"""Withdrawals of what an organisation contributed, as they are sent and answered."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from app.domain.access.contributions import Withdrawal, WithdrawnCounts
from app.domain.core.dates import moment_of
from app.schemas.fields import DateIn, Prose, Shown, Strict, example


class WithdrawalIn(Strict):
    """Withdrawal of an organisation's contributions since a moment, with its reason."""

    model_config = example(since="2026-11-01", reason="Its key was stolen.")

    since: DateIn | None = Field(None, description="From the first moment of what is named; absent: all.")
    reason: Prose | None = None

    @property
    def moment(self) -> datetime | None:
        return moment_of(self.since)


class WithdrawalOut(Shown):
    """Withdrawal of what an organisation contributed."""

    id: str
    at: datetime
    since: datetime | None
    reason: str | None
    restored_at: datetime | None


class WithdrawnOut(WithdrawalOut):
    """Withdrawal, with the numbers of what it took."""

    statements: int
    findings: int
    counter_examples: int
    links: int = Field(description="Of statements to narratives that the organisation brought.")

    @classmethod
    def counted(cls, withdrawal: Withdrawal, counts: WithdrawnCounts) -> "WithdrawnOut":
        return cls(
            **WithdrawalOut.model_validate(withdrawal).model_dump(),
            statements=counts.statements,
            findings=counts.findings,
            counter_examples=counts.counter_examples,
            links=counts.links,
        )


class WithdrawalList(Shown):
    """Withdrawals, the newest first."""

    items: Sequence[WithdrawalOut]
    next_cursor: str | None = None
