"""Members of narratives in bulk, with the fields that histories need."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, literal, select, union
from sqlalchemy.sql.elements import BindParameter

from app.domain.core.dates import Period
from app.domain.narratives.history import Member
from app.domain.statements.statements import Finding
from app.store.statements.statements import StatementRows
from app.store.statements.stored_finding import current_findings, finding_of
from app.store.tables import findings, former_links, narratives, speakers, statement_narratives, statements

_KEYS: BindParameter[Any] = bindparam("keys", expanding=True)
_LINKED = statement_narratives.c.narrative_key.in_(_KEYS)
_MEMBERS = (
    select(
        statement_narratives.c.narrative_key,
        statements.c.key,
        statements.c.text,
        statements.c.language,
        speakers.c.name.label("speaker"),
        statements.c.said_at,
        statements.c.said_begins,
        statements.c.said_ends,
        statements.c.organisation_key,
    )
    .join(statements, statements.c.key == statement_narratives.c.statement_key)
    .outerjoin(speakers, speakers.c.key == statements.c.speaker_key)
    .where(_LINKED, statements.c.withdrawn_at.is_(None))
)
_OUTCOMES = (
    current_findings()
    .join(statement_narratives, statement_narratives.c.statement_key == findings.c.statement_key)
    .where(_LINKED, findings.c.outcome.is_not(None))
    .order_by(findings.c.key)
)


class MemberRows:
    """SQL implementation of `app.services.narratives.ports.Members`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def of(self, keys: Sequence[int]) -> dict[int, list[Member]]:
        outcomes: dict[int, dict[str | None, Finding]] = {}
        for row in self._connection.execute(_OUTCOMES, {"keys": keys}):
            outcomes.setdefault(row.statement_key, {})[row.id] = finding_of(row)
        found: dict[int, list[Member]] = {key: [] for key in keys}
        for row in self._connection.execute(_MEMBERS, {"keys": keys}):
            dated = row.said_at is not None and row.said_begins is not None and row.said_ends is not None
            found[row.narrative_key].append(
                Member(
                    key=row.key,
                    text=row.text,
                    language=row.language,
                    speaker=row.speaker,
                    said_at=Period.stored(row.said_at, row.said_begins, row.said_ends) if dated else None,
                    owner=row.organisation_key,
                    outcomes=tuple(outcomes.get(row.key, {}).values()),
                )
            )
        return found

    def as_of(self, keys: Sequence[int], moment: datetime) -> dict[int, list[Member]]:
        now, ended = statement_narratives.c, former_links.c
        linked = union(
            select(now.narrative_key, now.statement_key).where(now.narrative_key.in_(keys), now.learned_at <= moment),
            select(ended.narrative_key, ended.statement_key).where(
                ended.narrative_key.in_(keys), ended.learned_at <= moment, ended.ended_at > moment
            ),
        )
        links = [(int(narrative), int(key)) for narrative, key in self._connection.execute(linked)]
        then = StatementRows(self._connection).by_keys(sorted({key for _, key in links}), known_at=moment)
        found: dict[int, list[Member]] = {key: [] for key in keys}
        for narrative, key in sorted(links):
            if statement := then.get(key):
                outcomes = tuple(
                    finding for finding in statement.findings if finding.outcome and finding.narrative is None
                )
                found[narrative].append(
                    Member(
                        statement.key,
                        statement.text,
                        statement.language,
                        statement.speaker,
                        statement.said_at,
                        statement.owner,
                        outcomes,
                    )
                )
        return found

    def changed_since(self, sequence: int) -> frozenset[int]:
        changed = statements.c.sequence > sequence
        tables = (statement_narratives, former_links)
        links = (
            select(table.c.narrative_key).join(statements, statements.c.key == table.c.statement_key).where(changed)
            for table in tables
        )
        return frozenset(self._connection.scalars(union(*links)))

    def below(self, narrative: int) -> list[int]:
        under = select(literal(narrative, narratives.c.key.type).label("key")).cte(recursive=True)
        under = under.union(select(narratives.c.key).join(under, narratives.c.parent_key == under.c.key))
        return sorted(self._connection.scalars(select(under.c.key)))
