"""What a list of statements is filtered by, as conditions of SQL."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access.keys import Organisation
from app.services.statements.ports import NameOf, StatementFilter
from app.store import case_folding
from app.store.access import ownership
from app.store.tables import narratives, sources, speakers, statement_narratives, statements


def keys() -> Select[Any]:
    """The keys of statements, over the tables that the conditions name."""
    return (
        select(statements.c.key)
        .outerjoin(speakers, speakers.c.key == statements.c.speaker_key)
        .outerjoin(sources, sources.c.key == statements.c.source_key)
    )


def conditions(wanted: StatementFilter, viewer: Organisation | None) -> list[ColumnElement[bool]]:
    """Of statements that are not withdrawn and that `viewer` may see, joined with their speakers and sources."""
    found: list[ColumnElement[bool]] = [
        statements.c.withdrawn_at.is_(None),
        ownership.visible(ownership.passed_over(statements.c.organisation_key), viewer),
    ]
    if wanted.speaker:
        found.append(case_folding.equals(speakers.c.name, wanted.speaker))
    if wanted.source:
        found.append(case_folding.equals(sources.c.name, wanted.source))
    if wanted.language:
        found.append(statements.c.language == wanted.language)
    if wanted.narrative:
        found.append(statements.c.key.in_(_members(wanted.narrative, viewer)))
    if wanted.said_from:
        found.append(statements.c.said_begins >= wanted.said_from.begins)
    if wanted.said_to:
        found.append(statements.c.said_ends <= wanted.said_to.ends)
    both = func.coalesce(statements.c.title, "") + "\n" + statements.c.text
    return found + [case_folding.contains(both, part) for part in ((wanted.q,) if wanted.q else ()) + wanted.words]


def names(of: NameOf, part: str, viewer: Organisation | None) -> Select[Any]:
    """Names with this in them, the shortest first: of narratives that `viewer` sees, or of statements that it sees."""
    if of == "narrative":
        name = narratives.c.title
        used = ownership.visible(narratives.c.organisation_key, viewer)
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
    """The statements of a narrative that is named by its id, external id or title."""
    return (
        select(statement_narratives.c.statement_key)
        .join(narratives, narratives.c.key == statement_narratives.c.narrative_key)
        .where(
            (narratives.c.id == narrative)
            | (narratives.c.external_id == narrative)
            | (narratives.c.external_id == ownership.stored_id(narrative, viewer.key if viewer else None))
            | (narratives.c.title == narrative),
            ownership.visible(narratives.c.organisation_key, viewer),
        )
    )
