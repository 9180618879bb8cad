"""Glosses: rows to domain objects and back."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Select, String, Table, Text, delete, insert, select, update

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.glosses.glosses import Gloss, GlossSubject, SubjectText
from app.store.access import ownership
from app.store.checks.stored_check import check_from_json
from app.store.desk.flag_tables import reviews
from app.store.tables import _key, _moment, _public_id, checks, metadata, statements

glosses = Table(
    "glosses",
    metadata,
    _key(),
    _public_id(),
    Column("organisation_key", ForeignKey("organisations.key"), nullable=False),
    Column("statement_key", ForeignKey("statements.key", ondelete="CASCADE"), index=True, comment="or check_key"),
    Column("check_key", ForeignKey("checks.key", ondelete="CASCADE"), index=True),
    Column("text", Text, nullable=False),
    Column("language", String(35), nullable=False),
    Column("text_hash", String(64), nullable=False, comment="of the text that it is of"),
    Column("provider", Text, comment="of a machine translation; null: somebody's own words"),
    Column("by_id", String(36), nullable=False),
    Column("by_name", Text, nullable=False),
    _moment("updated_at"),
)


class GlossRows:
    """SQL implementation of `app.services.glosses.ports.Glosses`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def subject(self, organisation: Organisation, subject: GlossSubject) -> SubjectText | None:
        if subject.kind == "statement":
            seen = ownership.visible(statements.c.organisation_key, organisation)
            of = select(statements.c.key, statements.c.text, statements.c.language)
            found = self._connection.execute(of.where(statements.c.id == subject.id, seen)).first()
            return SubjectText(found.key, found.text, found.language) if found and found.text else None
        own = (checks.c.organisation_key == organisation.key, checks.c.id == subject.id)
        row = self._connection.execute(select(checks.c.key, checks.c.answer).where(*own)).first()
        if row is None:
            return None
        check = check_from_json(row.answer)
        return SubjectText(row.key, check.text, check.language.code)

    def put(self, organisation: Organisation, subject_key: int, gloss: Gloss) -> None:
        values = {
            "text": gloss.text,
            "language": gloss.language,
            "text_hash": gloss.text_hash,
            "provider": gloss.provider,
            "by_id": gloss.by.id,
            "by_name": gloss.by.name,
            "updated_at": gloss.at,
        }
        own = (glosses.c.organisation_key == organisation.key, glosses.c.id == gloss.id)
        if self._connection.execute(update(glosses).where(*own).values(values)).rowcount:
            return
        of = {f"{gloss.subject.kind}_key": subject_key}
        self._connection.execute(insert(glosses).values(id=gloss.id, organisation_key=organisation.key, **of, **values))

    def by_id(self, organisation: Organisation, gloss_id: str) -> Gloss | None:
        return next(iter(self._read(_glosses(organisation).where(glosses.c.id == gloss_id))), None)

    def remove(self, organisation: Organisation, gloss_id: str) -> None:
        own = (glosses.c.organisation_key == organisation.key, glosses.c.id == gloss_id)
        self._connection.execute(delete(glosses).where(*own))

    def find(self, organisation: Organisation, statement_ids: Sequence[str], check_ids: Sequence[str]) -> list[Gloss]:
        found: list[Gloss] = []
        if check_ids:
            found += self._read(_glosses(organisation).where(checks.c.id.in_(check_ids)))
        if statement_ids:
            found += self._read(_glosses(organisation).where(statements.c.id.in_(statement_ids)))
            archived = statements.alias("archived")
            carried = (
                _glosses(organisation, archived.c.id.label("archived_id"))
                .join(reviews, reviews.c.check_key == glosses.c.check_key)
                .join(archived, archived.c.key == reviews.c.archived_key)
                .where(archived.c.id.in_(statement_ids), reviews.c.undone_at.is_(None))
            )
            found += self._read(carried)
        return found

    def _read(self, wanted: Select[Any]) -> list[Gloss]:
        return [_gloss_of(row) for row in self._connection.execute(wanted.order_by(glosses.c.key))]


def _glosses(organisation: Organisation, *more: Any) -> Select[Any]:
    return (
        select(glosses, statements.c.id.label("statement_id"), checks.c.id.label("check_id"), *more)
        .outerjoin(statements, statements.c.key == glosses.c.statement_key)
        .outerjoin(checks, checks.c.key == glosses.c.check_key)
        .where(glosses.c.organisation_key == organisation.key)
    )


def _gloss_of(row: Any) -> Gloss:
    archived = row._mapping.get("archived_id")
    if archived or row.statement_id:
        subject = GlossSubject("statement", archived or row.statement_id)
    else:
        subject = GlossSubject("check", row.check_id)
    by = Actor(row.by_id, row.by_name)
    return Gloss(row.id, subject, row.text, row.language, by, row.updated_at, row.text_hash, row.provider)
