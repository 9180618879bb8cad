"""Ports of documents."""

from typing import Protocol

from app.domain.access.keys import Organisation
from app.domain.documents.documents import Document


class Documents(Protocol):
    """Articles as they were answered; an organisation sees its own only."""

    def add(self, organisation: Organisation, document: Document) -> None:
        """Stores an article; its checks are stored by themselves."""

    def by_id(self, organisation: Organisation, document_id: str) -> Document | None:
        """With its checks as they stand now."""
