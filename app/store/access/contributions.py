"""Contributions of an organisation to the shared archive in bulk: numbers, withdrawal, restoring."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, func, insert, literal, or_, select, update

from app.domain.access.contributions import Contributions, Withdrawal
from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.store.statements.contribution_tables import contribution_withdrawals
from app.store.statements.statements import StatementRows
from app.store.tables import (
    counter_examples,
    findings,
    former_links,
    narratives,
    statement_narratives,
    statement_revisions,
    statements,
)

_LINK = (statement_narratives.c.statement_key, statement_narratives.c.narrative_key)


class ContributionRows:
    """SQL implementation of `app.services.access.ports.ContributionLog`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def counts(self, since: datetime) -> dict[int, Contributions]:
        found: dict[int, dict[str, int]] = {}
        for name, table, moment, alive in (
            ("statements", statements, statements.c.created_at, statements.c.withdrawn_at.is_(None)),
            ("findings", findings, findings.c.added_at, findings.c.removed_at.is_(None)),
            (
                "counter_examples",
                counter_examples,
                counter_examples.c.created_at,
                counter_examples.c.withdrawn_at.is_(None),
            ),
        ):
            contributor = table.c.contributor_key
            shared = statements.c.organisation_key.is_(None) if table is statements else literal(value=True)
            for extra in (False, True):
                counted = (
                    select(contributor, func.count())
                    .where(contributor.is_not(None), alive, shared, *((moment >= since,) if extra else ()))
                    .group_by(contributor)
                )
                for key, count in self._connection.execute(counted):
                    of_it = found.setdefault(key, {})
                    field = "last_day" if extra else name
                    of_it[field] = of_it.get(field, 0) + count
        return {key: Contributions(**of_it) for key, of_it in found.items()}

    def unused_moment(self, organisation: Organisation, now: datetime) -> datetime:
        marked = (
            (contribution_withdrawals.c.organisation_key, contribution_withdrawals.c.at),
            (statements.c.contributor_key, statements.c.withdrawn_at),
            (findings.c.contributor_key, findings.c.removed_at),
            (counter_examples.c.contributor_key, counter_examples.c.withdrawn_at),
        )
        at = now
        while any(
            self._connection.scalar(select(literal(1)).where(whose == organisation.key, moment == at).limit(1))
            for whose, moment in marked
        ):
            at += timedelta(microseconds=1)
        return at

    def add_withdrawal(self, withdrawal: Withdrawal, by: Actor | None) -> None:
        values = {
            "id": withdrawal.id,
            "organisation_key": withdrawal.organisation.key,
            "at": withdrawal.at,
            "since": withdrawal.since,
            "reason": withdrawal.reason,
            "by_id": by.id if by else None,
            "by_name": by.name if by else None,
        }
        self._connection.execute(insert(contribution_withdrawals), values)

    def withdrawals(self, organisation: Organisation) -> list[Withdrawal]:
        own = contribution_withdrawals.c.organisation_key == organisation.key
        listed = select(contribution_withdrawals).where(own).order_by(contribution_withdrawals.c.key.desc())
        return [
            Withdrawal(row.id, organisation, row.at, row.since, row.reason, row.by_name, row.restored_at)
            for row in self._connection.execute(listed)
        ]

    def mark_restored(self, withdrawal: Withdrawal, at: datetime) -> None:
        same = contribution_withdrawals.c.id == withdrawal.id
        self._connection.execute(update(contribution_withdrawals).where(same).values(restored_at=at))

    def withdraw_statements(self, withdrawal: Withdrawal, limit: int, by: Actor | None) -> int:
        wanted = _statements(withdrawal).where(statements.c.withdrawn_at.is_(None))
        if withdrawal.since:
            wanted = wanted.where(statements.c.created_at >= withdrawal.since)
        keys = self._keys(wanted.order_by(statements.c.key), limit)
        reason = "; ".join(filter(None, (f"all contributions of {withdrawal.organisation.name}", withdrawal.reason)))
        self._revise(keys, "withdrawn", withdrawal.at, None, by, reason)
        self._set_withdrawn(keys, withdrawal.at, withdrawal.at)
        return len(keys)

    def restore_statements(self, withdrawal: Withdrawal, limit: int, now: datetime, by: Actor | None) -> int:
        wanted = _statements(withdrawal).where(statements.c.withdrawn_at == withdrawal.at)
        keys = self._keys(wanted.order_by(statements.c.key), limit)
        reason = f"all contributions of {withdrawal.organisation.name} are restored"
        self._revise(keys, "restored", now, withdrawal.at, by, reason)
        self._set_withdrawn(keys, None, now)
        return len(keys)

    def withdraw_findings(self, withdrawal: Withdrawal, limit: int) -> int:
        wanted = _findings(withdrawal).where(findings.c.removed_at.is_(None))
        if withdrawal.since:
            wanted = wanted.where(func.coalesce(findings.c.added_at, findings.c.learned_at) >= withdrawal.since)
        return self._set_removed(wanted, withdrawal.at, limit)

    def restore_findings(self, withdrawal: Withdrawal, limit: int) -> int:
        return self._set_removed(_findings(withdrawal).where(findings.c.removed_at == withdrawal.at), None, limit)

    def withdraw_counter_examples(self, withdrawal: Withdrawal, limit: int) -> int:
        wanted = _counter_examples(withdrawal).where(counter_examples.c.withdrawn_at.is_(None))
        if withdrawal.since:
            wanted = wanted.where(counter_examples.c.created_at >= withdrawal.since)
        return self._set_counter_examples(wanted, withdrawal.at, limit)

    def restore_counter_examples(self, withdrawal: Withdrawal, limit: int) -> int:
        wanted = _counter_examples(withdrawal).where(counter_examples.c.withdrawn_at == withdrawal.at)
        return self._set_counter_examples(wanted, None, limit)

    def end_links(self, withdrawal: Withdrawal, limit: int) -> int:
        wanted = (
            select(*_LINK, statement_narratives.c.learned_at)
            .join(narratives, narratives.c.key == statement_narratives.c.narrative_key)
            .where(*_of_narratives(withdrawal))
        )
        if withdrawal.since:
            wanted = wanted.where(narratives.c.created_at >= withdrawal.since)
        links = self._connection.execute(wanted.order_by(*_LINK).limit(limit)).all()
        for statement, narrative, learned_at in links:
            ended = {"learned_at": learned_at, "ended_at": withdrawal.at}
            self._connection.execute(
                insert(former_links), {"statement_key": statement, "narrative_key": narrative, **ended}
            )
            self._connection.execute(statement_narratives.delete().where(_LINK[0] == statement, _LINK[1] == narrative))
        self._touch({row[0] for row in links})
        return len(links)

    def restore_links(self, withdrawal: Withdrawal, limit: int, now: datetime) -> int:
        there = exists().where(_LINK[0] == former_links.c.statement_key, _LINK[1] == former_links.c.narrative_key)
        wanted = (
            select(former_links.c.statement_key, former_links.c.narrative_key)
            .join(narratives, narratives.c.key == former_links.c.narrative_key)
            .where(*_of_narratives(withdrawal), former_links.c.ended_at == withdrawal.at, ~there)
        )
        links = self._connection.execute(wanted.distinct().limit(limit)).all()
        if links:
            rows = [{"statement_key": one, "narrative_key": other, "learned_at": now} for one, other in links]
            self._connection.execute(insert(statement_narratives), rows)
        self._touch({row[0] for row in links})
        return len(links)

    def _keys(self, wanted: Select[Any], limit: int) -> list[int]:
        return list(self._connection.scalars(wanted.limit(limit)))

    def _revise(
        self, keys: Sequence[int], what: str, at: datetime, before: datetime | None, by: Actor | None, reason: str
    ) -> None:
        values = {
            "at": at,
            "what": what,
            "by_id": by.id if by else None,
            "by_name": by.name if by else None,
            "before": {"withdrawn_at": before.isoformat() if before else None},
            "searched": True,
            "reason": reason,
        }
        if keys:
            self._connection.execute(insert(statement_revisions), [{"statement_key": key, **values} for key in keys])

    def _set_withdrawn(self, keys: Sequence[int], at: datetime | None, now: datetime) -> None:
        if keys:
            changed = {"withdrawn_at": at, "updated_at": now, "sequence": self._sequence()}
            self._connection.execute(update(statements).where(statements.c.key.in_(keys)).values(**changed))

    def _set_removed(self, wanted: Select[Any], at: datetime | None, limit: int) -> int:
        rows = self._connection.execute(wanted.order_by(findings.c.key).limit(limit)).all()
        if rows:
            keys = [row.key for row in rows]
            self._connection.execute(update(findings).where(findings.c.key.in_(keys)).values(removed_at=at))
            self._touch({row.statement_key for row in rows if row.statement_key})
            for narrative in {row.narrative_key for row in rows if row.narrative_key}:
                StatementRows(self._connection).touch(narrative=narrative)
        return len(rows)

    def _set_counter_examples(self, wanted: Select[Any], at: datetime | None, limit: int) -> int:
        keys = self._keys(wanted.order_by(counter_examples.c.key), limit)
        if keys:
            changed = {"withdrawn_at": at, "sequence": self._sequence()}
            same = counter_examples.c.key.in_(keys)
            self._connection.execute(update(counter_examples).where(same).values(**changed))
        return len(keys)

    def _touch(self, keys: set[int]) -> None:
        """Marks statements as changed, so that every process reloads them."""
        if keys:
            touched = update(statements).where(statements.c.key.in_(sorted(keys)))
            self._connection.execute(touched.values(sequence=self._sequence()))

    def _sequence(self) -> int:
        return StatementRows(self._connection).next_sequence()


def _statements(withdrawal: Withdrawal) -> Select[Any]:
    own = (statements.c.contributor_key == withdrawal.organisation.key, statements.c.organisation_key.is_(None))
    return select(statements.c.key).where(*own)


def _findings(withdrawal: Withdrawal) -> Select[Any]:
    """Findings of the organisation about what is shared."""
    return (
        select(findings.c.key, findings.c.statement_key, findings.c.narrative_key)
        .outerjoin(statements, statements.c.key == findings.c.statement_key)
        .outerjoin(narratives, narratives.c.key == findings.c.narrative_key)
        .where(
            findings.c.contributor_key == withdrawal.organisation.key,
            or_(
                and_(findings.c.statement_key.is_not(None), statements.c.organisation_key.is_(None)),
                and_(findings.c.narrative_key.is_not(None), narratives.c.organisation_key.is_(None)),
            ),
        )
    )


def _counter_examples(withdrawal: Withdrawal) -> Select[Any]:
    """Counter-examples of the organisation to shared narratives."""
    return (
        select(counter_examples.c.key)
        .join(narratives, narratives.c.key == counter_examples.c.narrative_key)
        .where(
            counter_examples.c.contributor_key == withdrawal.organisation.key, narratives.c.organisation_key.is_(None)
        )
    )


def _of_narratives(withdrawal: Withdrawal) -> tuple[Any, ...]:
    """Conditions: narratives that the organisation contributed."""
    return narratives.c.contributor_key == withdrawal.organisation.key, narratives.c.organisation_key.is_(None)
