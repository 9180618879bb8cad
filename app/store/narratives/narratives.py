"""Narratives: rows to domain objects and back."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, func, insert, literal, or_, select, update

from app.domain.access.contributors import Contributor
from app.domain.access.keys import Organisation
from app.domain.core.dates import Period
from app.domain.narratives.summaries import (
    NarrativeActivity,
    NarrativeSummary,
    PeriodCount,
    RecentNarrative,
    TimelineRows,
)
from app.domain.statements.statements import Finding, Narrative, NarrativeDraft, NarrativeLabel, NarrativeRef
from app.services.narratives.ports import NarrativeFilter
from app.store import case_folding
from app.store.access import ownership
from app.store.access.contributors import contributor_name, contributor_of
from app.store.narratives import activity, narrative_pages
from app.store.narratives.narrative_tables import merged_narratives
from app.store.statements.statements import StatementRows
from app.store.statements.stored_finding import current_findings, finding_of
from app.store.tables import findings, narratives, organisations, statement_narratives, statements

_AT_ONCE = 300
"""Names or keys in one IN list."""


class NarrativeRows:
    """SQL implementation of `app.services.narratives.ports.Narratives`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def resolve(self, name: str, viewer: Organisation | None = None) -> NarrativeRef | None:
        return self._resolve([name], viewer.key if viewer else None).get(name)

    def ensure(
        self, labels: Sequence[NarrativeLabel], owner: int | None = None, contributor: Contributor | None = None
    ) -> tuple[dict[NarrativeLabel, NarrativeRef], list[str]]:
        made: list[str] = []
        names = list(dict.fromkeys(name for label in labels for name in (label.parent, label.name) if name))
        known = self._resolve(names, owner)
        new = [name for name in names if name not in known]
        parents = {label.name: label.parent for label in reversed(labels) if label.parent}
        for some in ([name for name in new if name not in parents], [name for name in new if name in parents]):
            if some:
                made += self._add(some, parents, known, owner, contributor)
                known |= self._resolve(some, owner)
        orphans = self._orphans([known[name].key for name in parents], owner)
        for name, parent in parents.items():
            if known[name].key in orphans:
                self._adopt(known[name], known[parent], owner, contributor)
        return {label: known[label.name] for label in labels}, made

    def by_id(self, narrative_id: str, viewer: Organisation | None = None) -> Narrative | None:
        named = (
            select(func.coalesce(merged_narratives.c.into_key, narratives.c.key))
            .outerjoin(merged_narratives, merged_narratives.c.narrative_key == narratives.c.key)
            .where(narratives.c.id == narrative_id)
        )
        return next((found for _, found in self._select(viewer, narratives.c.key.in_(named))), None)

    def find(
        self, q: str | None, before: int | None, limit: int, viewer: Organisation | None = None
    ) -> list[tuple[int, Narrative]]:
        conditions = [narrative_pages.not_merged()]
        if before is not None:
            conditions.append(narratives.c.key < before)
        if q:
            both = narratives.c.title + "\n" + func.coalesce(narratives.c.description, "")
            conditions.append(case_folding.contains(both, q))
        return self._select(viewer, *conditions, limit=limit)

    def keys_after(self, after: int, limit: int, viewer: Organisation | None = None) -> list[int]:
        seen = (
            narratives.c.key > after,
            ownership.visible(narratives.c.organisation_key, viewer),
            narrative_pages.not_merged(),
        )
        keys = select(narratives.c.key).where(*seen).order_by(narratives.c.key).limit(limit)
        return list(self._connection.scalars(keys))

    def by_keys(self, keys: Sequence[int], viewer: Organisation | None = None) -> dict[int, Narrative]:
        found: dict[int, Narrative] = {}
        for start in range(0, len(keys), _AT_ONCE):
            found |= dict(self._select(viewer, narratives.c.key.in_(keys[start : start + _AT_ONCE])))
        return found

    def put(self, draft: NarrativeDraft, parent: NarrativeRef | None) -> tuple[str, bool]:
        external_id = ownership.stored_id(draft.external_id, draft.owner)
        same = narratives.c.external_id == external_id if external_id else narratives.c.title == draft.title
        own = narratives.c.organisation_key.is_not_distinct_from(draft.owner)
        row = self._connection.execute(select(narratives).where(same, own).order_by(narratives.c.key)).first()
        if row is None:
            narrative_id = str(uuid4())
            values = {
                "id": narrative_id,
                "external_id": external_id,
                "title": draft.title,
                "description": draft.description,
                "parent_key": parent.key if parent else None,
                "created_at": datetime.now(UTC),
                "organisation_key": draft.owner,
                "contributor_key": draft.contributor.key if draft.contributor else None,
            }
            self._connection.execute(insert(narratives), values)
            return narrative_id, True
        into = select(narratives.c.id).join(merged_narratives, merged_narratives.c.into_key == narratives.c.key)
        if led := self._connection.scalar(into.where(merged_narratives.c.narrative_key == row.key)):
            return str(led), False
        parent_key = parent.key if parent else row.parent_key
        if parent_key is not None and parent_key != row.parent_key and self.is_below(parent_key, row.key):
            parent_key = row.parent_key
        changes = {"title": draft.title, "description": draft.description or row.description, "parent_key": parent_key}
        self._connection.execute(update(narratives).where(narratives.c.key == row.key), changes)
        if draft.title != row.title:
            StatementRows(self._connection).touch(narrative=row.key)
        return str(row.id), False

    def owner_of(self, key: int) -> Organisation | None:
        columns = (organisations.c.key, organisations.c.id, organisations.c.name)
        owner = select(*columns).join(narratives, narratives.c.organisation_key == organisations.c.key)
        row = self._connection.execute(owner.where(narratives.c.key == key)).first()
        return Organisation(row.key, row.id, row.name) if row else None

    def change(self, key: int, title: str, description: str | None, parent: NarrativeRef | None) -> None:
        changes = {"title": title, "description": description, "parent_key": parent.key if parent else None}
        self._connection.execute(update(narratives).where(narratives.c.key == key), changes)
        StatementRows(self._connection).touch(narrative=key)

    def is_below(self, key: int, ancestor: int) -> bool:
        """True if `ancestor` is `key` itself or one of its ancestors."""
        above = select(literal(key, narratives.c.key.type).label("key")).cte(recursive=True)
        above = above.union(select(narratives.c.parent_key).join(above, above.c.key == narratives.c.key))
        return self._connection.scalar(select(above.c.key).where(above.c.key == ancestor)) is not None

    def page(
        self, filters: NarrativeFilter, skipped: int, limit: int, viewer: Organisation | None = None
    ) -> list[NarrativeSummary]:
        return narrative_pages.page(self._connection, filters, skipped, limit, viewer)

    def overview(
        self, filters: NarrativeFilter, now: datetime, viewer: Organisation | None, account_id: str | None
    ) -> list[NarrativeActivity]:
        return activity.overview(self._connection, filters, now, viewer, account_id)

    def recently_seen(self, now: datetime, viewer: Organisation | None) -> list[RecentNarrative]:
        return activity.recently_seen(self._connection, now, viewer)

    def months(
        self, keys: Sequence[int], since: datetime, now: datetime, viewer: Organisation | None
    ) -> dict[int, dict[str, int]]:
        return activity.months(self._connection, keys, since, now, viewer)

    def by_period(self, keys: Sequence[int], rows: TimelineRows, viewer: Organisation | None) -> list[PeriodCount]:
        return activity.by_period(self._connection, keys, rows, viewer)

    def dates(self, moments: Iterable[int]) -> dict[int | None, Period]:
        return narrative_pages.dates(self._connection, set(moments))

    def _add(
        self,
        names: Sequence[str],
        parents: Mapping[str, str],
        known: Mapping[str, NarrativeRef],
        owner: int | None,
        contributor: Contributor | None,
    ) -> list[str]:
        """Adds narratives of these names, under their parents where those are known; the ids of the new ones."""
        now = datetime.now(UTC)
        rows = [
            {
                "id": str(uuid4()),
                "external_id": ownership.stored_id(name, owner),
                "title": name,
                "parent_key": known[parents[name]].key if parents.get(name) in known else None,
                "created_at": now,
                "organisation_key": owner,
                "contributor_key": contributor.key if contributor else None,
            }
            for name in names
        ]
        self._connection.execute(insert(narratives), rows)
        return [str(row["id"]) for row in rows]

    def _orphans(self, keys: Sequence[int], owner: int | None) -> frozenset[int]:
        """Keys among these whose narratives are this owner's and have no parent."""
        own = narratives.c.organisation_key.is_not_distinct_from(owner)
        found: set[int] = set()
        for start in range(0, len(keys), _AT_ONCE):
            some = narratives.c.key.in_(keys[start : start + _AT_ONCE])
            found |= set(
                self._connection.scalars(select(narratives.c.key).where(some, own, narratives.c.parent_key.is_(None)))
            )
        return frozenset(found)

    def _adopt(
        self, ref: NarrativeRef, parent: NarrativeRef, owner: int | None, contributor: Contributor | None
    ) -> None:
        """Moves a narrative of this owner and contributor without a parent under one."""
        orphan = narratives.c.parent_key.is_(None)
        own = narratives.c.organisation_key.is_not_distinct_from(owner)
        if contributor and owner is None:
            own &= narratives.c.contributor_key == contributor.key
        if ref.key == parent.key or self.is_below(parent.key, ref.key):
            return
        adoption = update(narratives).where(narratives.c.key == ref.key, orphan, own)
        self._connection.execute(adoption.values(parent_key=parent.key))

    def _resolve(self, names: Iterable[str], viewer: int | None) -> dict[str, NarrativeRef]:
        """Existing narratives by name; the viewer's private ones take precedence over shared ones.

        The names of a merged narrative lead to the one that it was merged into, unless another has them.
        """
        owner = narratives.c.organisation_key
        sorted_names = sorted(set(names))
        found: dict[str, NarrativeRef] = {}
        for start in range(0, len(sorted_names), _AT_ONCE):
            batch = sorted_names[start : start + _AT_ONCE]
            columns = (narratives.c.title, narratives.c.external_id, narratives.c.id)
            own = [ownership.stored_id(name, viewer) for name in batch]
            into = narratives.alias()
            led = (into.c.key.label("into_key"), into.c.id.label("into_id"), into.c.title.label("into_title"))
            rows = self._connection.execute(
                select(narratives.c.key, owner, *columns, *led)
                .outerjoin(merged_narratives, merged_narratives.c.narrative_key == narratives.c.key)
                .outerjoin(into, into.c.key == merged_narratives.c.into_key)
                .where(or_(*(column.in_(batch) for column in columns), narratives.c.external_id.in_(own)))
                .where(owner.is_(None) | (owner == viewer))
                .order_by(owner.is_not(None), into.c.key.is_(None), narratives.c.key.desc())
            ).all()
            refs = [
                (row, NarrativeRef(row.into_id or row.id, row.into_title or row.title, row.into_key or row.key))
                for row in rows
            ]
            found |= {row.title: ref for row, ref in refs}
            found |= {ownership.shown_id(row.external_id, row.organisation_key) or row.id: ref for row, ref in refs}
            found |= {row.id: ref for row, ref in refs}
        return {name: found[name] for name in sorted_names if name in found}

    def _select(
        self, viewer: Organisation | None, *conditions: Any, limit: int | None = None
    ) -> list[tuple[int, Narrative]]:
        parents = narratives.alias()
        members = (
            select(func.count())
            .select_from(statement_narratives)
            .join(statements, statements.c.key == statement_narratives.c.statement_key)
            .where(statement_narratives.c.narrative_key == narratives.c.key, statements.c.withdrawn_at.is_(None))
            .where(ownership.visible(statements.c.organisation_key, viewer))
            .scalar_subquery()
        )
        listed = (
            select(narratives, parents.c.id.label("parent_id"), parents.c.title.label("parent_title"),
                   members.label("members"), contributor_name(narratives.c.contributor_key).label("contributor_name"))
            .outerjoin(parents, parents.c.key == narratives.c.parent_key)
            .where(*conditions, ownership.visible(narratives.c.organisation_key, viewer))
            .order_by(narratives.c.key.desc())
            .limit(limit)
        )  # fmt: skip
        rows = self._connection.execute(listed).all()
        found: dict[int, list[Finding]] = {}
        about = current_findings().where(findings.c.narrative_key.in_([row.key for row in rows]))
        for row in self._connection.execute(about.order_by(findings.c.key)):
            found.setdefault(row.narrative_key, []).append(finding_of(row))
        return [(row.key, _narrative_of(row, tuple(found.get(row.key, ())))) for row in rows]


def _narrative_of(row: Row[Any], found: tuple[Finding, ...]) -> Narrative:
    return Narrative(
        id=row.id,
        title=row.title,
        external_id=ownership.shown_id(row.external_id, row.organisation_key),
        description=row.description,
        parent=NarrativeRef(row.parent_id, row.parent_title, row.parent_key) if row.parent_key else None,
        created_at=row.created_at,
        findings=found,
        statement_count=row.members,
        owner=row.organisation_key,
        contributor=contributor_of(row),
    )
