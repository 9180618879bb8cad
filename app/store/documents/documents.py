"""Articles as they were answered; their checks are rows of their own."""

from sqlalchemy import Column, Connection, ForeignKey, Index, String, Table, Text, or_, select

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.documents.documents import Document
from app.domain.documents.same_article import KnownArticle, article_text_hash, article_url_hash
from app.store.checks.checks import CheckRows
from app.store.documents.stored_document import document_as_json, document_from_json
from app.store.tables import _key, _moment, _public_id, metadata

documents = Table(
    "documents",
    metadata,
    _key(),
    _public_id(),
    Column("organisation_key", ForeignKey("organisations.key"), nullable=False, index=True),
    _moment("created_at"),
    Column("title", Text),
    Column("url", Text),
    Column("language", String(35), nullable=False),
    Column("answer", Text, nullable=False, comment="JSON: the answer as it was given"),
    Column("text_hash", String(64), comment="of the text, normalised"),
    Column("url_hash", String(64), comment="of the address, normalised"),
    Column("by_id", String(36), comment="who had it checked; null: not known"),
    Column("by_name", Text),
    Index("ix_documents_text_hash", "organisation_key", "text_hash"),
    Index("ix_documents_url_hash", "organisation_key", "url_hash"),
)


class DocumentRows:
    """SQL implementation of `app.services.documents.ports.Documents`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def add(self, organisation: Organisation, document: Document, by: Actor | None = None) -> None:
        read = document.read
        values = {
            "id": document.id,
            "organisation_key": organisation.key,
            "created_at": document.created_at,
            "title": read.title,
            "url": read.url,
            "language": read.language.code,
            "answer": document_as_json(document),
            "text_hash": article_text_hash(read.text),
            "url_hash": article_url_hash(read.url),
            "by_id": by.id if by else None,
            "by_name": by.name if by else None,
        }
        self._connection.execute(documents.insert(), values)

    def same_article(self, organisation: Organisation, text: str, url: str | None) -> KnownArticle | None:
        hashed, of_url = article_text_hash(text), article_url_hash(url)
        same = documents.c.text_hash == hashed
        if of_url:
            same = or_(same, documents.c.url_hash == of_url)
        found = self._connection.execute(
            select(*(documents.c[name] for name in ("id", "created_at", "title", "by_name", "text_hash")))
            .where(documents.c.organisation_key == organisation.key, same)
            .order_by(documents.c.key.desc())
            .limit(1)
        ).first()
        if found is None:
            return None
        return KnownArticle(found.id, found.created_at, found.title, found.by_name, found.text_hash == hashed)

    def ids(self, organisation: Organisation, before: str | None, limit: int) -> list[str]:
        own = [documents.c.organisation_key == organisation.key]
        if before is not None:
            own.append(documents.c.key < select(documents.c.key).where(documents.c.id == before).scalar_subquery())
        listed = select(documents.c.id).where(*own).order_by(documents.c.key.desc()).limit(limit)
        return list(self._connection.scalars(listed))

    def by_id(self, organisation: Organisation, document_id: str) -> Document | None:
        own = (documents.c.organisation_key == organisation.key, documents.c.id == document_id)
        answer = self._connection.execute(select(documents.c.answer).where(*own)).scalar_one_or_none()
        if answer is None:
            return None
        document = document_from_json(answer)
        checks = CheckRows(self._connection).by_ids(organisation, [claim.check.id for claim in document.statements])
        return document.with_checks(checks)
