"""Early warnings: the sightings that rules are about, and the warnings that were raised, with their decisions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Row, Select, and_, delete, func, insert, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.dates import day_of, instant
from app.domain.narratives.activity import PRECISE
from app.domain.narratives.warnings import QUIET, RECENT, Evidence, NarrativeWarning, Sighting, WarningState
from app.domain.statements.statements import NarrativeRef
from app.store.access import ownership
from app.store.narratives.narrative_pages import not_merged
from app.store.narratives.narrative_tables import narrative_warnings, sweeps, warning_decisions
from app.store.tables import narratives, organisations, sources, statement_narratives, statements

_AT_ONCE: Final = 300
_SECOND: Final = 1_000_000
_WARNINGS = narrative_warnings.c
_DECISIONS = warning_decisions.c


class WarningRows:
    """SQL implementation of `app.services.narratives.ports.Warnings`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def claim(self, name: str, now: datetime, due_before: datetime) -> bool:
        taken = update(sweeps).where(sweeps.c.name == name, sweeps.c.done_at <= due_before).values(done_at=now)
        if self._connection.execute(taken).rowcount:
            return True
        if self._connection.scalar(select(sweeps.c.name).where(sweeps.c.name == name)):
            return False
        self._connection.execute(insert(sweeps), {"name": name, "done_at": now})
        return True

    def active(self, now: datetime) -> list[NarrativeRef]:
        seen = (
            select(narratives.c.id, narratives.c.title, narratives.c.key)
            .join(statement_narratives, statement_narratives.c.narrative_key == narratives.c.key)
            .join(statements, statements.c.key == statement_narratives.c.statement_key)
            .where(_recent(now), not_merged(), *_counted(now))
            .distinct()
        )
        return [NarrativeRef(*row) for row in self._connection.execute(seen.order_by(narratives.c.key))]

    def privately_active(self, now: datetime) -> dict[Organisation, list[NarrativeRef]]:
        whose = (organisations.c.key, organisations.c.id, organisations.c.name)
        seen = (
            select(*whose, narratives.c.id, narratives.c.title, narratives.c.key)
            .join(statements, statements.c.organisation_key == organisations.c.key)
            .join(statement_narratives, statement_narratives.c.statement_key == statements.c.key)
            .join(narratives, narratives.c.key == statement_narratives.c.narrative_key)
            .where(narratives.c.organisation_key.is_(None), _recent(now), not_merged(), *_past(now))
            .distinct()
        )
        found: dict[Organisation, list[NarrativeRef]] = {}
        for row in self._connection.execute(seen.order_by(organisations.c.key, narratives.c.key)):
            found.setdefault(Organisation(*row[:3]), []).append(NarrativeRef(*row[3:]))
        return found

    def sightings(
        self, keys: Sequence[int], now: datetime, viewer: Organisation | None = None
    ) -> dict[int, list[Sighting]]:
        found: dict[int, list[Sighting]] = {}
        day = func.substr(statements.c.said_at, 1, 10)
        dated = or_(_precise(), statements.c.said_ends <= instant(now - RECENT).begins)
        for start in range(0, len(keys), _AT_ONCE):
            rows = self._connection.execute(
                select(
                    narratives.c.key,
                    statements.c.language,
                    sources.c.name.label("outlet"),
                    func.min(statements.c.said_begins).label("begins"),
                    func.count(statements.c.key.distinct()).label("number"),
                )
                .join(statement_narratives, statement_narratives.c.narrative_key == narratives.c.key)
                .join(statements, statements.c.key == statement_narratives.c.statement_key)
                .outerjoin(sources, sources.c.key == statements.c.source_key)
                .where(narratives.c.key.in_(keys[start : start + _AT_ONCE]), dated, *_counted(now, viewer))
                .group_by(narratives.c.key, statements.c.language, sources.c.name, day)
            )
            for row in rows:
                sighting = Sighting(day_of(row.begins), row.language, row.outlet, row.number)
                found.setdefault(row.key, []).append(sighting)
        return found

    def add(self, narrative: int, evidence: Evidence, now: datetime, viewer: Organisation | None = None) -> str | None:
        owner = viewer.key if viewer else None
        subject = ownership.stored_id(evidence.subject, owner)
        about = (
            _WARNINGS.narrative_key == narrative,
            _WARNINGS.rule == evidence.rule,
            ownership.visible(_WARNINGS.organisation_key, viewer),
        )
        same: ColumnElement[bool] = _WARNINGS.subject.in_([evidence.subject, subject])
        if evidence.rule != "language":
            same |= _WARNINGS.raised_at > now - QUIET
        if self._connection.scalar(select(_WARNINGS.key).where(*about, same).limit(1)):
            return None
        values = {
            "id": str(uuid4()),
            "narrative_key": narrative,
            "rule": evidence.rule,
            "subject": subject,
            "evidence": dict(evidence.values),
            "raised_at": now,
            "organisation_key": owner,
        }
        self._connection.execute(insert(narrative_warnings), values)
        return str(values["id"])

    def find(
        self, viewer: Organisation, state: WarningState, skipped: int, limit: int, narrative: int | None = None
    ) -> list[NarrativeWarning]:
        wanted = self._select(viewer).where(*_in_state(state))
        if narrative is not None:
            wanted = wanted.where(_WARNINGS.narrative_key == narrative)
        rows = self._connection.execute(wanted.order_by(_WARNINGS.key.desc()).offset(skipped).limit(limit))
        return [_warning_of(row) for row in rows]

    def count_open(self, viewer: Organisation) -> int:
        listed = self._select(viewer).where(*_in_state("open")).subquery()
        return int(self._connection.scalar(select(func.count()).select_from(listed)) or 0)

    def by_id(self, warning_id: str, viewer: Organisation) -> NarrativeWarning | None:
        row = self._connection.execute(self._select(viewer).where(_WARNINGS.id == warning_id)).first()
        return _warning_of(row) if row else None

    def decide(
        self, warning: NarrativeWarning, viewer: Organisation, state: WarningState, now: datetime, by: Actor
    ) -> None:
        own = (_DECISIONS.warning_key == warning.key, _DECISIONS.organisation_key == viewer.key)
        self._connection.execute(delete(warning_decisions).where(*own))
        if state != "open":
            values = {
                "warning_key": warning.key,
                "organisation_key": viewer.key,
                "decision": state,
                "at": now,
                "by_id": by.id,
                "by_name": by.name,
            }
            self._connection.execute(insert(warning_decisions), values)

    def _select(self, viewer: Organisation) -> Select[Any]:
        own = and_(_DECISIONS.warning_key == _WARNINGS.key, _DECISIONS.organisation_key == viewer.key)
        return (
            select(
                narrative_warnings,
                narratives.c.id.label("narrative_id"),
                narratives.c.title,
                _DECISIONS.decision,
                _DECISIONS.at.label("decided_at"),
                _DECISIONS.by_id,
                _DECISIONS.by_name,
            )
            .join(narratives, narratives.c.key == _WARNINGS.narrative_key)
            .outerjoin(warning_decisions, own)
            .where(ownership.visible(narratives.c.organisation_key, viewer), not_merged())
            .where(ownership.visible(_WARNINGS.organisation_key, viewer))
        )


def _precise() -> Any:
    return statements.c.said_ends - statements.c.said_begins <= int(PRECISE.total_seconds()) * _SECOND


def _recent(now: datetime) -> Any:
    return and_(statements.c.said_begins > instant(now - RECENT).begins, _precise())


def _past(now: datetime) -> tuple[Any, ...]:
    """Conditions: dated until now, and not withdrawn."""
    dated = (statements.c.said_at.is_not(None), statements.c.said_begins <= instant(now).begins)
    return (*dated, statements.c.withdrawn_at.is_(None))


def _counted(now: datetime, viewer: Organisation | None = None) -> tuple[Any, ...]:
    """Conditions: past, and seen by all who see the narrative, or by `viewer`."""
    owner = statements.c.organisation_key
    seen = or_(ownership.visible(owner, viewer), owner == narratives.c.organisation_key)
    return (*_past(now), seen)


def _in_state(state: WarningState) -> tuple[Any, ...]:
    return (_DECISIONS.decision.is_(None),) if state == "open" else (_DECISIONS.decision == state,)


def _warning_of(row: Row[Any]) -> NarrativeWarning:
    return NarrativeWarning(
        key=row.key,
        id=row.id,
        narrative=NarrativeRef(row.narrative_id, row.title, row.narrative_key),
        evidence=Evidence(row.rule, ownership.shown_id(row.subject, row.organisation_key) or "", row.evidence),
        raised_at=row.raised_at,
        state=row.decision or "open",
        decided_at=row.decided_at,
        decided_by=Actor(row.by_id, row.by_name) if row.by_id else None,
    )
