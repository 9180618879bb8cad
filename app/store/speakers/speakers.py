"""Speakers and outlets: lists, one with what it said, and aliases of speakers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.dates import instant, parse_period
from app.domain.narratives.activity import recent_months
from app.domain.speakers.speakers import NamedDetail, NamedFinding, NamedLine, NamedRef, NameKind, NameSort
from app.domain.statements.statements import NarrativeRef
from app.store import case_folding
from app.store.narratives.narrative_pages import dates, visible_statements
from app.store.speakers.same_speakers import WHOSE, with_aliases
from app.store.speakers.speaker_tables import refused_aliases, speaker_aliases
from app.store.tables import findings, narratives, sources, speakers, statement_narratives, statements

_NARRATIVES: Final = 50
_FINDINGS: Final = 10
_SHOWN: Final = 300
_TABLES: Final = {"speaker": speakers, "outlet": sources}
_ALIASES = speaker_aliases.c
_REFUSED = refused_aliases.c
_ALIAS, _MAIN = speakers.alias(), speakers.alias()
_MAIN_NAMES = (
    select(_ALIAS.c.name.label("alias"), _MAIN.c.name.label("main"))
    .select_from(speaker_aliases)
    .join(_ALIAS, _ALIAS.c.key == _ALIASES.speaker_key)
    .join(_MAIN, _MAIN.c.key == _ALIASES.of_key)
    .where(_ALIASES.organisation_key == bindparam("viewer"))
)


class SpeakerRows:
    """SQL implementation of `app.services.speakers.ports.Speakers`."""

    def __init__(self, connection: Connection):
        self._connection = connection
        self._main_names: dict[int, Mapping[str, str]] = {}

    def page(
        self,
        kind: NameKind,
        words: Sequence[str],
        sort: NameSort,
        skipped: int,
        limit: int,
        viewer: Organisation,
        now: datetime,
    ) -> list[NamedLine]:
        table = _TABLES[kind]
        names = table.alias()
        counted = _counted(kind, names, viewer, now)
        if words:
            name = table.c.name
            fits = select(_main(table.c.key, viewer) if kind == "speaker" else table.c.key)
            counted = counted.where(names.c.key.in_(fits.where(*(case_folding.contains(name, one) for one in words))))
        order: dict[NameSort, tuple[ColumnElement[Any], ...]] = {
            "count": (func.count(statements.c.key.distinct()).desc(), func.fold(names.c.name)),
            "last": (_last(now).desc().nulls_last(), func.fold(names.c.name)),
            "name": (func.fold(names.c.name),),
        }
        rows = self._connection.execute(counted.order_by(*order[sort], names.c.key).offset(skipped).limit(limit)).all()
        return self._lines(kind, rows, viewer, now)

    def detail(self, kind: NameKind, key: int, viewer: Organisation, now: datetime) -> NamedDetail | None:
        if kind == "speaker":
            key = int(self._connection.scalar(select(_main(literal(key), viewer))) or key)
        aliases = self._aliases(key, viewer) if kind == "speaker" else []
        keys = [key, *(alias.key for alias in aliases)]
        column = statements.c.speaker_key if kind == "speaker" else statements.c.source_key
        own = (column.in_(keys), *visible_statements(viewer))
        names = _TABLES[kind].alias()
        counted = _counted(kind, names, viewer, now).where(*own, names.c.key == key)
        lines = self._lines(kind, self._connection.execute(counted).all(), viewer, now)
        if not lines:
            return None
        return NamedDetail(lines[0], aliases, self._languages(own), self._narratives(own, viewer), self._findings(own))

    def key_of(self, kind: NameKind, name: str) -> int | None:
        table = _TABLES[kind]
        found = self._connection.scalar(select(table.c.key).where(table.c.name == name))
        return int(found) if found is not None else None

    def most_heard(self, limit: int, viewer: Organisation) -> list[NamedRef]:
        aliases = select(_ALIASES.speaker_key).where(_ALIASES.organisation_key == viewer.key)
        rows = self._connection.execute(
            select(speakers.c.key, speakers.c.name)
            .join(statements, statements.c.speaker_key == speakers.c.key)
            .where(*visible_statements(viewer), speakers.c.key.not_in(aliases))
            .group_by(speakers.c.key, speakers.c.name)
            .order_by(func.count().desc(), speakers.c.key)
            .limit(limit)
        )
        return [NamedRef(*row) for row in rows]

    def narratives_of(self, keys: Sequence[int], viewer: Organisation) -> dict[int, frozenset[int]]:
        rows = self._connection.execute(
            select(statements.c.speaker_key, statement_narratives.c.narrative_key)
            .join(statement_narratives, statement_narratives.c.statement_key == statements.c.key)
            .where(statements.c.speaker_key.in_(keys), *visible_statements(viewer))
            .distinct()
        )
        found: dict[int, set[int]] = {}
        for speaker, narrative in rows:
            found.setdefault(speaker, set()).add(narrative)
        return {speaker: frozenset(those) for speaker, those in found.items()}

    def refused(self, viewer: Organisation) -> frozenset[tuple[int, int]]:
        own = select(_REFUSED.speaker_key, _REFUSED.other_key).where(_REFUSED.organisation_key == viewer.key)
        return frozenset((one, other) for one, other in self._connection.execute(own))

    def main_names(self, viewer: Organisation) -> Mapping[str, str]:
        if viewer.key not in self._main_names:
            named = self._connection.execute(_MAIN_NAMES, {"viewer": viewer.key})
            self._main_names[viewer.key] = {row.alias: row.main for row in named}
        return self._main_names[viewer.key]

    def merge(self, speaker: int, into: int, viewer: Organisation, now: datetime, by: Actor) -> None:
        main = int(self._connection.scalar(select(_main(literal(into), viewer))) or into)
        if main == speaker:
            return
        self.separate(speaker, viewer)
        values = {"organisation_key": viewer.key, "speaker_key": speaker, "of_key": main, "into_key": into}
        self._connection.execute(insert(speaker_aliases), {**values, **_by(now, by)})
        self._lead(_ALIASES.of_key == speaker, main, viewer)

    def separate(self, speaker: int, viewer: Organisation) -> None:
        own = _ALIASES.organisation_key == viewer.key
        self._connection.execute(delete(speaker_aliases).where(own, _ALIASES.speaker_key == speaker))
        self._lead(_ALIASES.speaker_key.in_(self._merged_into(speaker, viewer)), speaker, viewer)
        self._main_names.clear()

    def _merged_into(self, speaker: int, viewer: Organisation) -> set[int]:
        """Keys of the names that were merged into a name, directly or by way of others."""
        reached: set[int] = set()
        last = [speaker]
        while last:
            directly = func.coalesce(_ALIASES.into_key, _ALIASES.of_key).in_(last)
            below = select(_ALIASES.speaker_key).where(_ALIASES.organisation_key == viewer.key, directly)
            last = [key for key in self._connection.scalars(below) if key not in reached]
            reached |= set(last)
        return reached

    def _lead(self, which: ColumnElement[bool], main: int, viewer: Organisation) -> None:
        """Makes aliases those of another speaker; which name each was merged into stays as it is."""
        kept = func.coalesce(_ALIASES.into_key, _ALIASES.of_key)
        led = update(speaker_aliases).where(_ALIASES.organisation_key == viewer.key, which)
        self._connection.execute(led.values(into_key=kept, of_key=main))

    def refuse(self, speaker: int, other: int, viewer: Organisation, now: datetime, by: Actor) -> None:
        self.accept_again(speaker, other, viewer)
        pair = {"speaker_key": min(speaker, other), "other_key": max(speaker, other)}
        self._connection.execute(insert(refused_aliases), {"organisation_key": viewer.key, **pair, **_by(now, by)})

    def accept_again(self, speaker: int, other: int, viewer: Organisation) -> None:
        pair = (_REFUSED.speaker_key == min(speaker, other), _REFUSED.other_key == max(speaker, other))
        self._connection.execute(delete(refused_aliases).where(_REFUSED.organisation_key == viewer.key, *pair))

    def _lines(self, kind: NameKind, rows: Sequence[Row[Any]], viewer: Organisation, now: datetime) -> list[NamedLine]:
        moments = {moment for row in rows for moment in (row.first, row.last) if moment is not None}
        said = dates(self._connection, moments)
        months = recent_months(now.date())
        counted = self._months(kind, [row.key for row in rows], months[0], viewer, now)
        return [
            NamedLine(
                NamedRef(row.key, row.name),
                row.statements,
                row.narratives,
                row.languages,
                row.first,
                row.last,
                [counted.get((row.key, month), 0) for month in months],
                said.get(row.first),
                said.get(row.last),
            )
            for row in rows
        ]

    def _months(
        self, kind: NameKind, keys: Sequence[int], since: str, viewer: Organisation, now: datetime
    ) -> dict[tuple[int, str], int]:
        month = func.substr(statements.c.said_at, 1, 7)
        dated = (statements.c.said_at.is_not(None), func.length(statements.c.said_at) >= len("2021-05"))
        begins = statements.c.said_begins
        said, whom = _whose(kind, viewer)
        rows = self._connection.execute(
            select(whom.label("whom"), month.label("month"), func.count().label("number"))
            .select_from(said)
            .where(whom.in_(keys), *dated, *visible_statements(viewer))
            .where(begins >= parse_period(since).begins, begins <= instant(now).begins)
            .group_by(whom, month)
        )
        return {(row.whom, row.month): row.number for row in rows}

    def _aliases(self, key: int, viewer: Organisation) -> list[NamedRef]:
        own = (_ALIASES.organisation_key == viewer.key, _ALIASES.of_key == key)
        names = select(speakers.c.key, speakers.c.name).join(speaker_aliases, _ALIASES.speaker_key == speakers.c.key)
        return [NamedRef(*row) for row in self._connection.execute(names.where(*own).order_by(speakers.c.name))]

    def _languages(self, own: Sequence[Any]) -> dict[str, int]:
        number = func.count().label("number")
        counted = select(statements.c.language, number).where(*own).group_by(statements.c.language)
        return {row.language: row.number for row in self._connection.execute(counted.order_by(number.desc()))}

    def _narratives(self, own: Sequence[Any], viewer: Organisation) -> list[tuple[NarrativeRef, int]]:
        number = func.count().label("number")
        seen = narratives.c.organisation_key.is_(None) | (narratives.c.organisation_key == viewer.key)
        rows = self._connection.execute(
            select(narratives.c.id, narratives.c.title, narratives.c.key, number)
            .join(statement_narratives, statement_narratives.c.narrative_key == narratives.c.key)
            .join(statements, statements.c.key == statement_narratives.c.statement_key)
            .where(*own, seen)
            .group_by(narratives.c.id, narratives.c.title, narratives.c.key)
            .order_by(number.desc(), narratives.c.key)
            .limit(_NARRATIVES)
        )
        return [(NarrativeRef(row.id, row.title, row.key), row.number) for row in rows]

    def _findings(self, own: Sequence[Any]) -> list[NamedFinding]:
        rows = self._connection.execute(
            select(findings.c.verdict, findings.c.publisher, findings.c.outcome, statements.c.id, statements.c.text,
                   statements.c.language)
            .join(statements, statements.c.key == findings.c.statement_key)
            .where(*own, findings.c.removed_at.is_(None))
            .order_by(findings.c.key.desc())
            .limit(_FINDINGS)
        )  # fmt: skip
        return [
            NamedFinding(row.verdict, row.publisher, row.outcome, row.id, row.text[:_SHOWN], row.language)
            for row in rows
        ]


def _last(now: datetime) -> ColumnElement[Any]:
    """The beginning of the last statement that is not dated after now."""
    begins = statements.c.said_begins
    return func.max(case((and_(statements.c.said_at.is_not(None), begins <= instant(now).begins), begins)))


def _whose(kind: NameKind, viewer: Organisation) -> tuple[FromClause, ColumnElement[int]]:
    """Statements, and the key of whom each counts as."""
    return (statements, statements.c.source_key) if kind == "outlet" else (with_aliases(viewer), WHOSE)


def _main(key: ColumnElement[Any], viewer: Organisation) -> ColumnElement[Any]:
    """The speaker whose alias one is for the viewer, or itself."""
    own = (_ALIASES.organisation_key == viewer.key, _ALIASES.speaker_key == key)
    return func.coalesce(select(_ALIASES.of_key).where(*own).scalar_subquery(), key)


def _counted(kind: NameKind, names: Any, viewer: Organisation, now: datetime) -> Select[Any]:
    said, whom = _whose(kind, viewer)
    begins = statements.c.said_begins
    past = and_(statements.c.said_at.is_not(None), begins <= instant(now).begins)
    links = statement_narratives.c
    return (
        select(
            names.c.key,
            names.c.name,
            func.count(statements.c.key.distinct()).label("statements"),
            func.count(links.narrative_key.distinct()).label("narratives"),
            func.count(statements.c.language.distinct()).label("languages"),
            func.min(case((past, begins))).label("first"),
            func.max(case((past, begins))).label("last"),
        )
        .select_from(said)
        .join(names, names.c.key == whom)
        .outerjoin(statement_narratives, links.statement_key == statements.c.key)
        .where(*visible_statements(viewer))
        .group_by(names.c.key, names.c.name)
    )


def _by(now: datetime, by: Actor) -> dict[str, Any]:
    return {"at": now, "by_id": by.id, "by_name": by.name}
