"""Predictions: queries over what statements predict and what is recorded of it."""

from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access.keys import Organisation
from app.services.predictions.ports import LapsingStatement, PredictionFilter
from app.services.statements.ports import StatementFilter
from app.store.access import ownership
from app.store.predictions.prediction_tables import predictions
from app.store.statements import statement_filters
from app.store.tables import findings, narratives, sources, speakers, statement_narratives, statements


class PredictionRows:
    """SQL implementation of `app.services.predictions.ports.Predictions`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def count(self, viewer: Organisation, filters: PredictionFilter, limit: int) -> int:
        some = _select(viewer, filters, predictions.c.statement_key).limit(limit).subquery()
        return int(self._connection.scalar(select(func.count()).select_from(some)) or 0)

    def find(
        self, viewer: Organisation, filters: PredictionFilter, skipped: int, limit: int, *, latest_first: bool
    ) -> list[LapsingStatement]:
        lapses = _lapses(filters)
        columns = (predictions.c.statement_key, lapses.label("lapses"))
        order = (lapses, predictions.c.statement_key)
        listed = _select(viewer, filters, *columns).order_by(*(one.desc() if latest_first else one for one in order))
        rows = self._connection.execute(listed.offset(skipped).limit(limit))
        return [LapsingStatement(row.statement_key, row.lapses) for row in rows]

    def speakers(self, viewer: Organisation, filters: PredictionFilter, limit: int) -> list[str]:
        named = _select(viewer, filters, speakers.c.name).where(speakers.c.name.is_not(None))
        most = named.group_by(speakers.c.name).order_by(func.count().desc(), speakers.c.name)
        return list(self._connection.scalars(most.limit(limit)))

    def narratives(self, viewer: Organisation, filters: PredictionFilter, limit: int) -> list[str]:
        linked = (
            _select(viewer, filters, narratives.c.title)
            .join(statement_narratives, statement_narratives.c.statement_key == statements.c.key)
            .join(narratives, narratives.c.key == statement_narratives.c.narrative_key)
            .where(ownership.visible(narratives.c.organisation_key, viewer))
        )
        most = linked.group_by(narratives.c.title).order_by(func.count().desc(), narratives.c.title)
        return list(self._connection.scalars(most.limit(limit)))


def _lapses(filters: PredictionFilter) -> ColumnElement[int]:
    """Moment at which a prediction lapses: the end of its window or, without one, of the horizon."""
    return func.coalesce(predictions.c.until_ends, predictions.c.made_ends + filters.horizon.microseconds)


def _select(viewer: Organisation, filters: PredictionFilter, *columns: Any) -> Select[Any]:
    """Query of the predictions that pass, without a recorded outcome."""
    settled = findings.c.outcome.is_not(None) & findings.c.removed_at.is_(None)
    settling = select(findings.c.key).where(findings.c.statement_key == statements.c.key, settled)
    of_statement = StatementFilter(speaker=filters.speaker, narrative=filters.narrative)
    conditions = [*statement_filters.conditions(of_statement, viewer), _in_time(filters), ~settling.exists()]
    return (
        select(*columns)
        .select_from(predictions)
        .join(statements, statements.c.key == predictions.c.statement_key)
        .outerjoin(speakers, speakers.c.key == statements.c.speaker_key)
        .outerjoin(sources, sources.c.key == statements.c.source_key)
        .where(*conditions)
    )


def _in_time(filters: PredictionFilter) -> ColumnElement[bool]:
    """Condition on each of the two dates by itself, so that its index can be used."""
    of_window = _between(predictions.c.until_ends, filters.after, filters.until)
    shift = filters.horizon.microseconds
    after = None if filters.after is None else filters.after - shift
    of_horizon = _between(predictions.c.made_ends, after, filters.until - shift)
    return or_(of_window, and_(predictions.c.until_ends.is_(None), of_horizon))


def _between(moment: ColumnElement[Any], after: int | None, until: int) -> ColumnElement[bool]:
    return and_(moment <= until, *([] if after is None else [moment > after]))
