"""Figures of the database for metrics, each by one query over an index or a small table."""

from typing import Any

from sqlalchemy import Connection, func, select

from app.domain.jobs.jobs import JobState
from app.domain.webhooks.webhooks import DeliveryState
from app.services.observability.ports import ArchiveFigures
from app.store.desk.flag_tables import flag_counts
from app.store.jobs.background_tables import deliveries, jobs, webhooks
from app.store.tables import archive, narratives, statements

_FINAL = [state for state in JobState if state.final]
_NOT_ARRIVED = [state for state in DeliveryState if state is not DeliveryState.DELIVERED]


class FigureRows:
    """SQL implementation of `app.services.observability.ports.Figures`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def read(self) -> ArchiveFigures:
        unfinished = jobs.c.state.not_in(_FINAL)
        waiting = deliveries.c.state == DeliveryState.PENDING
        by_kind = select(jobs.c.kind, jobs.c.state, func.count()).group_by(jobs.c.kind, jobs.c.state)
        by_state = select(deliveries.c.state, func.count()).where(deliveries.c.state.in_(_NOT_ARRIVED))
        return ArchiveFigures(
            sequence=self._number(select(archive.c.sequence)),
            statements=self._number(select(func.count()).select_from(statements))
            - self._number(select(func.count()).where(statements.c.withdrawn_at.is_not(None))),
            narratives=self._number(select(func.count()).select_from(narratives)),
            open_flags=self._number(select(func.sum(flag_counts.c.count)).where(flag_counts.c.state == "open")),
            jobs={(kind, state): count for kind, state, count in self._connection.execute(by_kind)},
            job_lines_left=self._number(select(func.sum(jobs.c.lines - jobs.c.done)).where(unfinished)),
            oldest_job=self._connection.scalar(select(func.min(jobs.c.created_at)).where(unfinished)),
            deliveries={
                str(state): count for state, count in self._connection.execute(by_state.group_by(deliveries.c.state))
            },
            oldest_delivery=self._connection.scalar(select(func.min(deliveries.c.created_at)).where(waiting)),
            webhooks_disabled=self._number(
                select(func.count()).select_from(webhooks).where(webhooks.c.disabled_reason.is_not(None))
            ),
        )

    def _number(self, query: Any) -> int:
        return int(self._connection.scalar(query) or 0)
