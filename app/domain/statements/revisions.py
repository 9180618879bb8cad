"""Revisions of a statement: author, time and former values of each change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal

from app.domain.checks.reviews import Actor
from app.domain.core.dates import parse_period
from app.domain.statements.statements import Source, Statement

RevisionKind = Literal["created", "edited", "withdrawn", "restored"]

SEARCHED: Final = frozenset({"title", "text", "language", "said_at", "said_before", "withdrawn_at"})
"""Fields that search depends on."""
REWORDED: Final = frozenset({"title", "text", "language"})
"""Fields that the vector depends on."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """Change of a field, before and after, as JSON; `narratives` are lists of objects with id and title."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Revision:
    """Revision: a change of a statement. `by` is None where the author is unknown, as for an import."""

    at: datetime
    what: RevisionKind
    by: Actor | None
    changes: tuple[FieldChange, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StoredRevision:
    """Stored revision: `before` has the former values of the fields that changed."""

    at: datetime
    what: RevisionKind
    by: Actor | None
    before: Mapping[str, Any]
    reason: str | None = None


def values_of(statement: Statement) -> dict[str, Any]:
    """Mutable values of a statement, as JSON; links to narratives by their ids and titles."""
    return {
        "external_id": statement.external_id,
        "title": statement.title,
        "text": statement.text,
        "language": statement.language,
        "speaker": statement.speaker,
        "said_at": statement.said_at.text if statement.said_at else None,
        "said_before": statement.said_before.text if statement.said_before else None,
        "learned_at": statement.learned_at.isoformat(),
        "source": {
            "name": statement.source.name,
            "url": statement.source.url,
            "archive_url": statement.source.archive_url,
        },
        "metadata": dict(statement.metadata),
        "withdrawn_at": statement.withdrawn_at.isoformat() if statement.withdrawn_at else None,
        "narratives": [{"id": ref.id, "title": ref.title} for ref in statement.narratives],
    }


def changed_fields(before: Statement, after: Statement) -> dict[str, Any]:
    """Former values of the fields that differ."""
    then, now = values_of(before), values_of(after)
    return {name: value for name, value in then.items() if value != now[name]}


def kind_of(before: Statement, after: Statement) -> RevisionKind:
    """Kind of the change between two versions of a statement."""
    if before.withdrawn == after.withdrawn:
        return "edited"
    return "withdrawn" if after.withdrawn else "restored"


def with_former_values(statement: Statement, before: Mapping[str, Any]) -> Statement:
    """Statement with former values of these fields. `learned_at` and links are left as they are."""
    values: dict[str, Any] = {
        name: before[name]
        for name in ("external_id", "title", "text", "language", "speaker", "metadata")
        if name in before
    }
    for name in ("said_at", "said_before"):
        if name in before:
            values[name] = parse_period(before[name]) if before[name] else None
    if "source" in before:
        values["source"] = Source(**before["source"])
    if "withdrawn_at" in before:
        values["withdrawn_at"] = datetime.fromisoformat(before["withdrawn_at"]) if before["withdrawn_at"] else None
    return replace(statement, **values)


def history_of(statement: Statement, stored: Sequence[StoredRevision]) -> list[Revision]:
    """The history of a statement, the newest first; `stored` are its revisions, the newest first.

    Where it is not known who created it, as with an import, it begins with a creation by nobody in particular.
    """
    after = values_of(statement)
    history: list[Revision] = []
    for revision in stored:
        changes = tuple(
            FieldChange(name, value, after[name]) for name, value in revision.before.items() if name in after
        )
        history.append(Revision(revision.at, revision.what, revision.by, changes, revision.reason))
        after = {**after, **revision.before}
    if not history or history[-1].what != "created":
        history.append(Revision(statement.created_at, "created", None, ()))
    return history
