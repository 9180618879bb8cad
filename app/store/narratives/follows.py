"""Narratives that people follow, and what is new under them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import CTE, Connection, Select, and_, delete, func, insert, or_, select, update

from app.domain.access.keys import Organisation
from app.domain.statements.statements import NarrativeRef
from app.services.narratives.ports import FollowedNews
from app.store.access import ownership
from app.store.access.account_tables import accounts
from app.store.narratives.narrative_tables import followed_narratives
from app.store.tables import archive, narratives, organisations, statement_narratives, statements

MOST_NEWS: Final = 100
_OWN = followed_narratives.c


class FollowRows:
    """SQL implementation of `app.services.narratives.ports.Follows`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def put(self, account_id: str, narrative: int, now: datetime) -> None:
        if self.followed(account_id, narrative):
            return
        sequence = self._sequence()
        account = select(accounts.c.key).where(accounts.c.id == account_id).scalar_subquery()
        values = {
            "account_key": self._connection.scalar(select(account)),
            "narrative_key": narrative,
            "followed_at": now,
            "looked_at": now,
            "looked_sequence": sequence,
            "alerted_at": now,
            "alerted_sequence": sequence,
        }
        self._connection.execute(insert(followed_narratives), values)

    def remove(self, account_id: str, narrative: int) -> None:
        self._connection.execute(delete(followed_narratives).where(*_follow(account_id, narrative)))

    def followed(self, account_id: str, narrative: int) -> bool:
        own = select(_OWN.narrative_key).where(*_follow(account_id, narrative))
        return self._connection.scalar(own) is not None

    def looked(self, account_id: str, narrative: int, now: datetime) -> None:
        seen = update(followed_narratives).where(*_follow(account_id, narrative))
        self._connection.execute(seen.values(looked_at=now, looked_sequence=self._sequence()))

    def news(self, account_id: str, viewer: Organisation) -> dict[int, int]:
        followed = select(_OWN.narrative_key, _OWN.looked_at, _OWN.looked_sequence).where(
            _OWN.account_key == select(accounts.c.key).where(accounts.c.id == account_id).scalar_subquery()
        )
        seen = ownership.visible(statements.c.organisation_key, viewer)
        rows = self._connection.execute(
            _new_statements(followed.cte("followed"), "looked")
            .add_columns(func.count(statements.c.key.distinct()).label("number"))
            .where(seen)
            .group_by("narrative")
        )
        return {row.narrative: min(MOST_NEWS, row.number) for row in rows}

    def unalerted(self, now: datetime) -> list[FollowedNews]:
        followed = (
            select(
                _OWN.narrative_key,
                accounts.c.organisation_key,
                func.max(_OWN.alerted_at).label("alerted_at"),
                func.max(_OWN.alerted_sequence).label("alerted_sequence"),
            )
            .join(accounts, accounts.c.key == _OWN.account_key)
            .where(accounts.c.disabled_at.is_(None))
            .group_by(_OWN.narrative_key, accounts.c.organisation_key)
            .cte("followed")
        )
        seen = statements.c.organisation_key.is_(None) | (statements.c.organisation_key == followed.c.organisation_key)
        rows = self._connection.execute(
            _new_statements(followed, "alerted")
            .add_columns(followed.c.organisation_key, statements.c.key.label("statement"))
            .where(seen)
            .distinct()
            .order_by(statements.c.key)
        )
        found: dict[tuple[int, int], list[int]] = {}
        for row in rows:
            found.setdefault((row.organisation_key, row.narrative), []).append(row.statement)
        if found:
            alerted = {"alerted_at": now, "alerted_sequence": self._sequence()}
            these = _OWN.narrative_key.in_({narrative for _, narrative in found})
            self._connection.execute(update(followed_narratives).where(these).values(**alerted))
        whose = self._organisations({organisation for organisation, _ in found})
        refs = self._narratives({narrative for _, narrative in found})
        return [
            FollowedNews(whose[organisation], refs[narrative], tuple(keys[:MOST_NEWS]))
            for (organisation, narrative), keys in found.items()
        ]

    def _sequence(self) -> int:
        return int(self._connection.scalar(select(archive.c.sequence)) or 0)

    def _organisations(self, keys: Iterable[int]) -> dict[int, Organisation]:
        columns = (organisations.c.key, organisations.c.id, organisations.c.name)
        rows = self._connection.execute(select(*columns).where(organisations.c.key.in_(sorted(keys))))
        return {row.key: Organisation(row.key, row.id, row.name) for row in rows}

    def _narratives(self, keys: Iterable[int]) -> dict[int, NarrativeRef]:
        columns = (narratives.c.id, narratives.c.title, narratives.c.key)
        rows = self._connection.execute(select(*columns).where(narratives.c.key.in_(sorted(keys))))
        return {row.key: NarrativeRef(row.id, row.title, row.key) for row in rows}


def _follow(account_id: str, narrative: int) -> tuple[Any, ...]:
    account = select(accounts.c.key).where(accounts.c.id == account_id).scalar_subquery()
    return _OWN.account_key == account, _OWN.narrative_key == narrative


def _new_statements(followed: CTE, since: str) -> Select[Any]:
    """Query of statements recorded or filed under followed narratives, or those below them, after a moment.

    `followed`: rows of `narrative_key`, and of the columns `SINCE_at` and `SINCE_sequence`. What changed after that
    sequence is looked up by its index, so that the query is short where little is new.
    """
    at, sequence = followed.c[f"{since}_at"], followed.c[f"{since}_sequence"]
    under = select(followed.c.narrative_key.label("narrative"), followed.c.narrative_key.label("member"))
    tree = under.cte("tree", recursive=True)
    children = narratives.alias()
    tree = tree.union(select(tree.c.narrative, children.c.key).join(tree, children.c.parent_key == tree.c.member))
    links = statement_narratives.c
    return (
        select(tree.c.narrative.label("narrative"))
        .select_from(followed)
        .join(tree, tree.c.narrative == followed.c.narrative_key)
        .join(statement_narratives, links.narrative_key == tree.c.member)
        .join(
            statements,
            and_(
                statements.c.key == links.statement_key,
                statements.c.sequence > sequence,
                statements.c.withdrawn_at.is_(None),
            ),
        )
        .where(or_(statements.c.created_at > at, links.learned_at > at))
    )
