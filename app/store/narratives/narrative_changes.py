"""Merging narratives and moving statements between them in bulk, and the changes that can be undone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, delete, insert, or_, select, update

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.narratives.changes import NarrativeChange
from app.domain.statements.statements import NarrativeRef
from app.services.narratives.ports import Relinked
from app.store.access import ownership
from app.store.feeds.feed_tables import feeds
from app.store.narratives.merged_narratives import recount_flags
from app.store.narratives.narrative_tables import followed_narratives, merged_narratives, narrative_changes
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

_AT_ONCE: Final = 500
_LINKS = statement_narratives.c
_FOLLOWING_TABLES: Final = {
    "children": (narratives, narratives.c.parent_key),
    "findings": (findings, findings.c.narrative_key),
    "feeds": (feeds, feeds.c.narrative_key),
}
"""What goes with a narrative that is merged: tables, and the column that names the narrative."""


class NarrativeChangeRows:
    """SQL implementation of `app.services.narratives.ports.NarrativeChanges`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def statements_of(self, narrative: int) -> list[int]:
        under = select(_LINKS.statement_key).where(_LINKS.narrative_key == narrative)
        return sorted(self._connection.scalars(under))

    def relink(
        self, keys: Sequence[int], leave: int | None, enter: int | None, at: datetime, by: Actor | None
    ) -> Relinked:
        moved: list[int] = []
        known: list[int] = []
        sequence = StatementRows(self._connection).next_sequence()
        for batch in _slices(sorted(set(keys))):
            now = self._links(batch)
            if leave is not None:
                batch = [key for key in batch if any(ref.key == leave for ref in now.get(key, ()))]
            there = [key for key in batch if any(ref.key == enter for ref in now.get(key, ()))]
            if leave is None:
                batch = [key for key in batch if key not in there]
            if not batch:
                continue
            moved += batch
            known += [key for key in there if key in batch]
            self._revise(batch, now, at, by)
            if leave is not None:
                self._end(batch, leave, at)
            if enter is not None:
                self._link([key for key in batch if key not in there], enter, at)
            changed = update(statements).where(statements.c.key.in_(batch))
            self._connection.execute(changed.values(sequence=sequence, updated_at=at))
        return Relinked(tuple(moved), tuple(known))

    def carry(self, source: int, target: int) -> dict[str, list[int]]:
        carried: dict[str, list[int]] = {}
        for name, (table, column) in _FOLLOWING_TABLES.items():
            keys = list(self._connection.scalars(select(table.c.key).where(column == source)))
            self._put(table, column, keys, target)
            carried[name] = keys
        carried["counter_examples"] = self._carry_counter_examples(source, target)
        carried["led"] = list(
            self._connection.scalars(
                select(merged_narratives.c.narrative_key).where(merged_narratives.c.into_key == source)
            )
        )
        self._lead([*carried["led"]], target)
        self._connection.execute(insert(merged_narratives), {"narrative_key": source, "into_key": target})
        recount_flags(self._connection, [source, target])
        carried["followers"] = self._carry_followers(source, target)
        return carried

    def bring_back(self, source: int, target: int, carried: Mapping[str, Sequence[int]]) -> None:
        for name, (table, column) in _FOLLOWING_TABLES.items():
            still = select(table.c.key).where(table.c.key.in_(carried.get(name, ())), column == target)
            self._put(table, column, list(self._connection.scalars(still)), source)
        self._put_counter_examples(list(carried.get("counter_examples", ())), source)
        self._connection.execute(delete(merged_narratives).where(merged_narratives.c.narrative_key == source))
        self._lead(list(carried.get("led", ())), source)
        recount_flags(self._connection, [source, target])
        own = followed_narratives.c
        for account in carried.get("followers", ()):
            both = and_(own.account_key == account, own.narrative_key == target)
            self._connection.execute(update(followed_narratives).where(both).values(narrative_key=source))

    def merged_into(self, narrative: int) -> int | None:
        into = select(merged_narratives.c.into_key).where(merged_narratives.c.narrative_key == narrative)
        found = self._connection.scalar(into)
        return int(found) if found is not None else None

    def add(self, change: NarrativeChange) -> None:
        values = {
            "id": change.id,
            "kind": change.kind,
            "narrative_key": change.narrative.key,
            "other_key": change.other.key if change.other else None,
            "at": change.at,
            "by_id": change.by.id if change.by else None,
            "by_name": change.by.name if change.by else None,
            "detail": dict(change.detail),
        }
        self._connection.execute(insert(narrative_changes), values)

    def by_id(self, change_id: str) -> NarrativeChange | None:
        return next(iter(self._select(None, narrative_changes.c.id == change_id, limit=1)), None)

    def of(self, narrative: int, limit: int, viewer: Organisation | None = None) -> list[NarrativeChange]:
        about = or_(narrative_changes.c.narrative_key == narrative, narrative_changes.c.other_key == narrative)
        return self._select(viewer, about, limit=limit, seen_only=True)

    def undone(self, change: NarrativeChange, at: datetime, by: Actor | None) -> None:
        done = update(narrative_changes).where(narrative_changes.c.id == change.id)
        by_whom = {"undone_by_id": by.id if by else None, "undone_by_name": by.name if by else None}
        self._connection.execute(done.values(undone_at=at, **by_whom))

    def _select(
        self, viewer: Organisation | None, *conditions: Any, limit: int, seen_only: bool = False
    ) -> list[NarrativeChange]:
        about, other = narratives.alias(), narratives.alias()
        seen = (
            (
                ownership.visible(about.c.organisation_key, viewer),
                or_(other.c.key.is_(None), ownership.visible(other.c.organisation_key, viewer)),
            )
            if seen_only
            else ()
        )
        rows = self._connection.execute(
            select(
                narrative_changes,
                about.c.id.label("about_id"),
                about.c.title.label("about_title"),
                other.c.id.label("other_id"),
                other.c.title.label("other_title"),
            )
            .join(about, about.c.key == narrative_changes.c.narrative_key)
            .outerjoin(other, other.c.key == narrative_changes.c.other_key)
            .where(*conditions, *seen)
            .order_by(narrative_changes.c.key.desc())
            .limit(limit)
        )
        return [_change_of(row) for row in rows]

    def _links(self, keys: Sequence[int]) -> dict[int, list[NarrativeRef]]:
        rows = self._connection.execute(
            select(_LINKS.statement_key, narratives.c.id, narratives.c.title, narratives.c.key)
            .join(narratives, narratives.c.key == _LINKS.narrative_key)
            .where(_LINKS.statement_key.in_(keys))
            .order_by(narratives.c.key)
        )
        found: dict[int, list[NarrativeRef]] = {}
        for statement, *ref in rows:
            found.setdefault(statement, []).append(NarrativeRef(*ref))
        return found

    def _revise(
        self, keys: Sequence[int], links: Mapping[int, Sequence[NarrativeRef]], at: datetime, by: Actor | None
    ) -> None:
        author = {"by_id": by.id if by else None, "by_name": by.name if by else None}
        rows = [
            {
                "statement_key": key,
                "at": at,
                "what": "edited",
                **author,
                "before": {"narratives": [{"id": ref.id, "title": ref.title} for ref in links.get(key, ())]},
                "searched": False,
                "reason": None,
            }
            for key in keys
        ]
        self._connection.execute(insert(statement_revisions), rows)

    def _end(self, keys: Sequence[int], narrative: int, at: datetime) -> None:
        these = and_(_LINKS.narrative_key == narrative, _LINKS.statement_key.in_(keys))
        rows = self._connection.execute(select(statement_narratives).where(these)).mappings()
        self._connection.execute(insert(former_links), [{**row, "ended_at": at} for row in rows])
        self._connection.execute(delete(statement_narratives).where(these))

    def _link(self, keys: Sequence[int], narrative: int, at: datetime) -> None:
        rows = [{"statement_key": key, "narrative_key": narrative, "learned_at": at} for key in keys]
        if rows:
            self._connection.execute(insert(statement_narratives), rows)

    def _put(self, table: Any, column: Any, keys: Sequence[int], narrative: int) -> None:
        for batch in _slices(keys):
            moved = update(table).where(table.c.key.in_(batch))
            self._connection.execute(moved.values({column.name: narrative}))

    def _lead(self, keys: Sequence[int], narrative: int) -> None:
        for batch in _slices(keys):
            led = update(merged_narratives).where(merged_narratives.c.narrative_key.in_(batch))
            self._connection.execute(led.values(into_key=narrative))

    def _carry_counter_examples(self, source: int, target: int) -> list[int]:
        """Moves those that the target has not yet, of the same contributor; keys of the moved."""
        there = counter_examples.alias()
        same = (
            select(there.c.key)
            .where(
                there.c.narrative_key == target,
                there.c.text_hash == counter_examples.c.text_hash,
                there.c.contributor_key.is_not_distinct_from(counter_examples.c.contributor_key),
            )
            .exists()
        )
        wanted = select(counter_examples.c.key).where(counter_examples.c.narrative_key == source, ~same)
        keys = list(self._connection.scalars(wanted))
        self._put_counter_examples(keys, target)
        return keys

    def _put_counter_examples(self, keys: Sequence[int], narrative: int) -> None:
        if keys:
            changed = {"narrative_key": narrative, "sequence": StatementRows(self._connection).next_sequence()}
            for batch in _slices(keys):
                self._connection.execute(
                    update(counter_examples).where(counter_examples.c.key.in_(batch)).values(**changed)
                )

    def _carry_followers(self, source: int, target: int) -> list[int]:
        own = followed_narratives.c
        there = select(own.account_key).where(own.narrative_key == target)
        wanted = select(own.account_key).where(own.narrative_key == source, own.account_key.not_in(there))
        accounts = list(self._connection.scalars(wanted))
        if accounts:
            moved = update(followed_narratives).where(own.narrative_key == source, own.account_key.in_(accounts))
            self._connection.execute(moved.values(narrative_key=target))
        return accounts


def _change_of(row: Row[Any]) -> NarrativeChange:
    return NarrativeChange(
        id=row.id,
        kind=row.kind,
        narrative=NarrativeRef(row.about_id, row.about_title, row.narrative_key),
        other=NarrativeRef(row.other_id, row.other_title, row.other_key) if row.other_key else None,
        at=row.at,
        by=Actor(row.by_id, row.by_name) if row.by_id else None,
        detail=row.detail,
        undone_at=row.undone_at,
        undone_by=Actor(row.undone_by_id, row.undone_by_name) if row.undone_by_id else None,
    )


def _slices(keys: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield list(keys[start : start + _AT_ONCE])
