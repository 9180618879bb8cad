"""Articles as they were answered; their checks are rows of their own."""

from sqlalchemy import Column, Connection, ForeignKey, String, Table, Text, select

from app.domain.access.keys import Organisation
from app.domain.documents.documents import Document
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
)


class DocumentRows:
    """`app.services.documents.ports.Documents`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def add(self, organisation: Organisation, document: Document) -> None:
        read = document.read
        values = {
            "id": document.id,
            "organisation_key": organisation.key,
            "created_at": document.created_at,
            "title": read.title,
            "url": read.url,
            "language": read.language.code,
            "answer": document_as_json(document),
        }
        self._connection.execute(documents.insert(), values)

    def by_id(self, organisation: Organisation, document_id: str) -> Document | None:
        own = (documents.c.organisation_key == organisation.key, documents.c.id == document_id)
        answer = self._connection.execute(select(documents.c.answer).where(*own)).scalar_one_or_none()
        if answer is None:
            return None
        document = document_from_json(answer)
        checks = CheckRows(self._connection).by_ids(organisation, [one.check.id for one in document.statements])
        return document.with_checks(checks)
