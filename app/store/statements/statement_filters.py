"""SQL conditions of a statement filter."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access.keys import Organisation
from app.services.statements.ports import NameOf, StatementFilter
from app.store import case_folding
from app.store.access import ownership
from app.store.narratives.narrative_tables import merged_narratives
from app.store.speakers.same_speakers import keys_named
from app.store.tables import narratives, sources, speakers, statement_narratives, statements


def keys() -> Select[Any]:
    """Query of statement keys, over the tables that the conditions use."""
    return (
        select(statements.c.key)
        .outerjoin(speakers, speakers.c.key == statements.c.speaker_key)
        .outerjoin(sources, sources.c.key == statements.c.source_key)
    )


def conditions(filters: StatementFilter, viewer: Organisation | None) -> list[ColumnElement[bool]]:
    """Conditions for statements that are not withdrawn and that `viewer` may see, joined with their speakers and
    sources."""
    found: list[ColumnElement[bool]] = [
        statements.c.withdrawn_at.is_(None),
        ownership.visible(ownership.without_index(statements.c.organisation_key), viewer),
    ]
    if filters.speaker:
        found.append(statements.c.speaker_key.in_(keys_named(filters.speaker, viewer)))
    if filters.source:
        found.append(case_folding.equals(sources.c.name, filters.source))
    if filters.language:
        found.append(statements.c.language == filters.language)
    if filters.narrative:
        found.append(statements.c.key.in_(_members(filters.narrative, viewer)))
    if filters.within is not None:
        linked = statement_narratives.c.narrative_key.in_(filters.within)
        found.append(statements.c.key.in_(select(statement_narratives.c.statement_key).where(linked)))
    if filters.keys is not None:
        found.append(statements.c.key.in_(filters.keys))
    if filters.said_from:
        found += [statements.c.said_begins >= filters.said_from.begins, statements.c.said_at.is_not(None)]
    if filters.said_to:
        found.append(statements.c.said_ends <= filters.said_to.ends)
    both = func.coalesce(statements.c.title, "") + "\n" + statements.c.text
    return found + [case_folding.contains(both, part) for part in ((filters.q,) if filters.q else ()) + filters.words]


def names(of: NameOf, part: str, viewer: Organisation | None) -> Select[Any]:
    """Names with this in them, the shortest first: of narratives that `viewer` sees, or of statements that it sees."""
    if of == "narrative":
        name = narratives.c.title
        merged = select(merged_narratives.c.narrative_key)
        used: ColumnElement[bool] = narratives.c.key.not_in(merged)
        used &= ownership.visible(narratives.c.organisation_key, viewer)
    else:
        table, column = (speakers, statements.c.speaker_key) if of == "speaker" else (sources, statements.c.source_key)
        name = table.c.name
        seen = select(column).where(
            column == table.c.key,
            statements.c.withdrawn_at.is_(None),
            ownership.visible(statements.c.organisation_key, viewer),
        )
        used = seen.exists()
    return select(name).where(case_folding.contains(name, part), used).group_by(name).order_by(func.length(name), name)


def _members(narrative: str, viewer: Organisation | None) -> Select[Any]:
    """The statements of a narrative that is named by its id, external id or title, its own or those of one that was
    merged into it."""
    named = (
        select(func.coalesce(merged_narratives.c.into_key, narratives.c.key))
        .outerjoin(merged_narratives, merged_narratives.c.narrative_key == narratives.c.key)
        .where(
            (narratives.c.id == narrative)
            | (narratives.c.external_id == narrative)
            | (narratives.c.external_id == ownership.stored_id(narrative, viewer.key if viewer else None))
            | (narratives.c.title == narrative),
            ownership.visible(narratives.c.organisation_key, viewer),
        )
    )
    return select(statement_narratives.c.statement_key).where(statement_narratives.c.narrative_key.in_(named))
