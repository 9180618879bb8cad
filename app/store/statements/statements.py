"""Statements: rows to domain objects and back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, or_, select, union_all, update
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.elements import BindParameter

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.dates import Period
from app.domain.statements.revisions import with_former_values
from app.domain.statements.statements import Finding, NarrativeRef, Source, Statement, namespace_of
from app.services.statements.ports import NameOf, StatementFilter
from app.store.access import ownership
from app.store.access.contributors import contributor_name, contributor_of
from app.store.predictions.detected import replace_prediction, store_predictions
from app.store.statements import name_tables, statement_filters
from app.store.statements.revisions import RevisionRows
from app.store.statements.stored_finding import finding_of, finding_row, select_findings
from app.store.tables import (
    Moment,
    archive,
    findings,
    former_links,
    narratives,
    sources,
    speakers,
    statement_narratives,
    statements,
)

T = TypeVar("T")

_ANY_TIME = datetime.max.replace(tzinfo=UTC)
_AT_ONCE = 500
"""Values in one IN list; databases bound the parameters of a statement."""
_COUNTED = 10_000
"""Statements of which the languages are counted, the latest."""


def _with_names() -> Select[Any]:
    return (
        select(
            statements,
            speakers.c.name.label("speaker"),
            sources.c.name.label("source"),
            contributor_name(statements.c.contributor_key).label("contributor_name"),
        )
        .outerjoin(speakers, speakers.c.key == statements.c.speaker_key)
        .outerjoin(sources, sources.c.key == statements.c.source_key)
    )


# What every check executes, built once: `keys` are those of statements, `until` is the last moment of learning.
_KEYS: BindParameter[Any] = bindparam("keys", expanding=True)
_UNTIL = bindparam("until", type_=Moment())
_ALIVE = (statements.c.key.in_(_KEYS), statements.c.withdrawn_at.is_(None), statements.c.learned_at <= _UNTIL)
_SEQUENCE = select(archive.c.sequence)
_BY_KEYS = _with_names().where(*_ALIVE)
_LINKS = (
    select(statement_narratives.c.statement_key, narratives.c.id, narratives.c.title, narratives.c.key)
    .join(narratives, narratives.c.key == statement_narratives.c.narrative_key)
    .where(statement_narratives.c.statement_key.in_(_KEYS), statement_narratives.c.learned_at <= _UNTIL)
    .order_by(narratives.c.key)
)
_THEN = (
    statements.c.key.in_(_KEYS),
    statements.c.learned_at <= _UNTIL,
    ownership.was_recorded(
        _UNTIL, statements.c.created_at, statements.c.contributor_key, statements.c.organisation_key
    ),
)
_BY_KEYS_THEN = _with_names().where(*_THEN)
_ENDED = (
    select(former_links.c.statement_key, narratives.c.id, narratives.c.title, narratives.c.key)
    .join(narratives, narratives.c.key == former_links.c.narrative_key)
    .where(former_links.c.statement_key.in_(_KEYS))
    .where(former_links.c.learned_at <= _UNTIL, former_links.c.ended_at > _UNTIL)
)
_LINKS_THEN = union_all(_LINKS.order_by(None), _ENDED).order_by("key")
_FINDINGS = (
    select_findings()
    .where(
        findings.c.statement_key.in_(_KEYS) | findings.c.narrative_key.in_(bindparam("linked", expanding=True)),
        findings.c.learned_at <= _UNTIL,
        ownership.was_recorded(
            _UNTIL,
            findings.c.added_at,
            findings.c.contributor_key,
            func.coalesce(statements.c.organisation_key, narratives.c.organisation_key),
        ),
        or_(findings.c.removed_at.is_(None), findings.c.removed_at > _UNTIL),
    )
    .order_by(findings.c.key)
)


class StatementRows:
    """SQL implementation of `app.services.statements.ports.Statements`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def speakers(self) -> list[str]:
        return list(self._connection.scalars(select(speakers.c.name)))

    def languages(self) -> dict[str, int]:
        alive = select(statements.c.language).where(statements.c.withdrawn_at.is_(None))
        latest = alive.order_by(statements.c.key.desc()).limit(_COUNTED).subquery()
        counted = select(latest.c.language, func.count()).group_by(latest.c.language)
        return {row.language: row[1] for row in self._connection.execute(counted)}

    def archive_id(self) -> str:
        return str(self._connection.scalar(select(archive.c.id)))

    def sequence(self) -> int:
        return int(self._connection.scalar(_SEQUENCE) or 0)

    def next_sequence(self) -> int:
        # The row stays locked until the commit: whoever reads a sequence can read everything below it.
        raised = update(archive).values(sequence=archive.c.sequence + 1).returning(archive.c.sequence)
        return int(self._connection.execute(raised).scalar_one())

    def keep_sequence(self) -> None:
        self._connection.execute(update(archive).values(sequence=archive.c.sequence))

    def count(self, viewer: Organisation | None = None) -> int:
        seen = ownership.visible(ownership.without_index(statements.c.organisation_key), viewer)
        alive = (statements.c.withdrawn_at.is_(None), seen)
        return int(self._connection.scalar(select(func.count()).select_from(statements).where(*alive)) or 0)

    def by_keys(self, keys: Sequence[int], *, known_at: datetime | None = None) -> dict[int, Statement]:
        if known_at is not None:
            return self._by_keys_as_of(keys, known_at)
        rows: list[Row[Any]] = []
        for batch in _slices(keys):
            rows += self._connection.execute(_BY_KEYS, {"keys": batch, "until": _ANY_TIME})
        return {statement.key: statement for statement in self._complete(rows)}

    def _by_keys_as_of(self, keys: Sequence[int], moment: datetime) -> dict[int, Statement]:
        """Statements as they were at that moment: values, links and findings; those withdrawn by then are left out.

        `withdrawn_at` is that of now where it came later, so that they can be marked.
        """
        rows: list[Row[Any]] = []
        for batch in _slices(keys):
            rows += self._connection.execute(_BY_KEYS_THEN, {"keys": batch, "until": moment})
        before = RevisionRows(self._connection).before([row.key for row in rows], moment)
        found: dict[int, Statement] = {}
        for statement in self._complete(rows, moment, _LINKS_THEN):
            then = with_former_values(statement, before.get(statement.key, {}))
            if then.withdrawn_at is None or then.withdrawn_at > moment:
                found[statement.key] = replace(then, withdrawn_at=statement.withdrawn_at)
        return found

    def by_id(self, statement_id: str, viewer: Organisation | None = None) -> Statement | None:
        conditions = (statements.c.id == statement_id, ownership.visible(statements.c.organisation_key, viewer))
        rows = self._connection.execute(_with_names().where(*conditions)).all()
        return next(iter(self._complete(rows)), None)

    def by_identities(self, identities: Iterable[str]) -> dict[str, Statement]:
        rows: list[Row[Any]] = []
        for batch in _slices(sorted(set(identities))):
            rows += self._connection.execute(_with_names().where(statements.c.identity.in_(batch))).all()
        identity_of_key = {row.key: row.identity for row in rows}
        return {identity_of_key[statement.key]: statement for statement in self._complete(rows)}

    def keys_of_ids(self, ids: Sequence[str], viewer: Organisation | None = None) -> list[int]:
        seen = ownership.visible(statements.c.organisation_key, viewer)
        found: list[int] = []
        for batch in _slices(ids):
            found += self._connection.scalars(select(statements.c.key).where(statements.c.id.in_(batch), seen))
        return found

    def contributors(self, identities: Iterable[str]) -> dict[str, tuple[int | None, bool]]:
        found: dict[str, tuple[int | None, bool]] = {}
        columns = (statements.c.identity, statements.c.contributor_key, statements.c.withdrawn_at)
        for batch in _slices(sorted(set(identities))):
            wanted = select(*columns).where(statements.c.identity.in_(batch))
            for row in self._connection.execute(wanted):
                found[row.identity] = (row.contributor_key, row.withdrawn_at is not None)
        return found

    def find(
        self, filters: StatementFilter, before: int | None, limit: int, viewer: Organisation | None = None
    ) -> list[Statement]:
        conditions = statement_filters.conditions(filters, viewer)
        if before is not None:
            conditions.append(statements.c.key < before)
        listed = _with_names().where(*conditions).order_by(statements.c.key.desc()).limit(limit)
        return self._complete(self._connection.execute(listed).all())

    def page_after(
        self, filters: StatementFilter, after: int, limit: int, viewer: Organisation | None = None
    ) -> list[Statement]:
        conditions = (*statement_filters.conditions(filters, viewer), statements.c.key > after)
        page = _with_names().where(*conditions).order_by(statements.c.key).limit(limit)
        return self._complete(self._connection.execute(page).all())

    def latest(
        self, filters: StatementFilter, skipped: int, limit: int, viewer: Organisation | None = None
    ) -> list[Statement]:
        order = (statements.c.said_begins.desc().nulls_last(), statements.c.key.desc())
        wanted_keys = statement_filters.keys().where(*statement_filters.conditions(filters, viewer)).order_by(*order)
        few = statements.c.key.in_(wanted_keys.offset(skipped).limit(limit))
        return self._complete(self._connection.execute(_with_names().where(few).order_by(*order)).all())

    def among(
        self, filters: StatementFilter, keys: Sequence[int] | None, viewer: Organisation | None = None
    ) -> frozenset[int]:
        conditions = statement_filters.conditions(filters, viewer)
        if keys is not None:
            conditions.append(statements.c.key.in_(keys))
        return frozenset(self._connection.scalars(statement_filters.keys().where(*conditions)))

    def names(self, of: NameOf, part: str, limit: int, viewer: Organisation | None = None) -> list[str]:
        query = statement_filters.names(of, part, viewer)
        return list(self._connection.scalars(query.limit(limit)))

    def add(self, new: Sequence[Statement], sequence: int, by: Actor | None = None) -> list[int]:
        if not new:
            return []
        values = self._values(new, sequence)
        for statement, row in zip(new, values, strict=True):
            row |= {
                "id": statement.id,
                "created_at": statement.created_at,
                "contributor_key": statement.contributor.key if statement.contributor else None,
            }
        added = insert(statements).returning(statements.c.key, sort_by_parameter_order=True)
        keys = list(self._connection.execute(added, values).scalars())
        self._link(
            (key, ref.key, statement.learned_at)
            for key, statement in zip(keys, new, strict=True)
            for ref in statement.narratives
        )
        self._add_findings(
            ((key, finding) for key, statement in zip(keys, new, strict=True) for finding in statement.findings),
            new[0].created_at,
            by,
        )
        store_predictions(self._connection, zip(keys, new, strict=True))
        if by:
            RevisionRows(self._connection).add_created(keys, new, by)
        return keys

    def change(self, before: Statement, after: Statement, sequence: int, by: Actor | None = None) -> None:
        revisions = RevisionRows(self._connection)
        revisions.add(before, after, by)
        [values] = self._values([after], sequence)
        self._connection.execute(update(statements).where(statements.c.key == before.key), values)
        replace_prediction(self._connection, before.key, before, after)
        keys_before = {ref.key for ref in before.narratives}
        keys_after = {ref.key for ref in after.narratives}
        if removed := keys_before - keys_after:
            revisions.add_former_links(before.key, sorted(removed), after.updated_at)
            links = statement_narratives.c
            self._connection.execute(
                statement_narratives.delete().where(links.statement_key == before.key, links.narrative_key.in_(removed))
            )
        self._link((before.key, key, after.updated_at) for key in sorted(keys_after - keys_before))
        added = ((before.key, finding) for finding in after.findings if finding.id is None)
        self._add_findings(added, after.updated_at, by)

    def touch(self, *, statement: int | None = None, narrative: int | None = None) -> None:
        """Marks a statement, or all of a narrative, as changed, so that every process reloads it."""
        members = select(statement_narratives.c.statement_key).where(statement_narratives.c.narrative_key == narrative)
        affected = statements.c.key == statement if statement else statements.c.key.in_(members)
        self._connection.execute(update(statements).where(affected).values(sequence=self.next_sequence()))

    def withdrawn(self, ids: Iterable[str]) -> frozenset[str]:
        query = select(statements.c.id).where(statements.c.id.in_(list(ids)), statements.c.withdrawn_at.is_not(None))
        return frozenset(self._connection.scalars(query))

    def _values(self, batch: Sequence[Statement], sequence: int) -> list[dict[str, Any]]:
        speaker_keys = name_tables.keys_of(self._connection, speakers, (statement.speaker for statement in batch))
        source_keys = name_tables.keys_of(self._connection, sources, (statement.source.name for statement in batch))
        return [
            {
                "identity": statement.identity,
                "external_id": statement.external_id,
                "title": statement.title,
                "text": statement.text,
                "language": statement.language,
                "speaker_key": speaker_keys.get(statement.speaker),
                "said_at": statement.said_at.text if statement.said_at else None,
                "said_before": None if statement.said_at or not statement.said_before else statement.said_before.text,
                "said_begins": statement.said_by.begins if statement.said_by else None,
                "said_ends": statement.said_by.ends if statement.said_by else None,
                "learned_at": statement.learned_at,
                "source_key": source_keys.get(statement.source.name),
                "url": statement.source.url,
                "archive_url": statement.source.archive_url,
                "metadata": dict(statement.metadata),
                "updated_at": statement.updated_at,
                "withdrawn_at": statement.withdrawn_at,
                "sequence": sequence,
                "organisation_key": statement.owner,
            }
            for statement in batch
        ]

    def _link(self, links: Iterable[tuple[int, int, datetime]]) -> None:
        rows = [{"statement_key": s, "narrative_key": n, "learned_at": moment} for s, n, moment in links]
        if rows:
            self._connection.execute(insert(statement_narratives), rows)

    def _add_findings(self, found: Iterable[tuple[int, Finding]], at: datetime, by: Actor | None) -> None:
        rows = [finding_row(finding, by, at=at, statement=key) for key, finding in found]
        if rows:
            self._connection.execute(insert(findings), rows)

    def _complete(
        self, rows: Sequence[Row[Any]], until: datetime = _ANY_TIME, links: Executable = _LINKS
    ) -> list[Statement]:
        """Domain objects of rows, in order, with two more queries for the narratives and findings of all of them."""
        refs: dict[int, list[NarrativeRef]] = {row.key: [] for row in rows}
        about_statement: dict[int, list[Finding]] = {row.key: [] for row in rows}
        about_narrative: dict[int, list[Finding]] = {}
        for batch in _slices([row.key for row in rows]):
            for statement_key, *ref in self._connection.execute(links, {"keys": batch, "until": until}):
                refs[statement_key].append(NarrativeRef(*ref))
            linked = sorted({ref.key for key in batch for ref in refs[key]} - about_narrative.keys())
            about_narrative |= {key: [] for key in linked}
            for row in self._connection.execute(_FINDINGS, {"keys": batch, "linked": linked, "until": until}):
                found = about_narrative if row.statement_key is None else about_statement
                found[row.narrative_key or row.statement_key].append(finding_of(row))
        return [
            _statement_of(
                row,
                tuple(refs[row.key]),
                (
                    *about_statement[row.key],
                    *(finding for ref in refs[row.key] for finding in about_narrative[ref.key]),
                ),
            )
            for row in rows
        ]


def _period(text: str | None, begins: int | None, ends: int | None) -> Period | None:
    return None if text is None or begins is None or ends is None else Period.stored(text, begins, ends)


def _statement_of(row: Row[Any], refs: tuple[NarrativeRef, ...], found: tuple[Finding, ...]) -> Statement:
    return Statement(
        key=row.key,
        id=row.id,
        external_id=row.external_id,
        title=row.title,
        text=row.text,
        language=row.language,
        speaker=row.speaker,
        said_at=_period(row.said_at, row.said_begins, row.said_ends),
        learned_at=row.learned_at,
        source=Source(row.source, row.url, row.archive_url),
        created_at=row.created_at,
        updated_at=row.updated_at,
        withdrawn_at=row.withdrawn_at,
        narratives=refs,
        findings=found,
        metadata=row.metadata,
        owner=row.organisation_key,
        contributor=contributor_of(row),
        namespace=namespace_of(row.identity),
        said_before=_period(row.said_before, row.said_begins, row.said_ends),
    )


def _slices(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
