"""Ports of documents."""

from typing import Protocol

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.documents.documents import Document
from app.domain.documents.same_article import KnownArticle


class Documents(Protocol):
    """Articles as they were answered; an organisation sees its own only."""

    def add(self, organisation: Organisation, document: Document, by: Actor | None = None) -> None:
        """Stores an article that `by` had checked; its checks are stored by themselves."""

    def same_article(self, organisation: Organisation, text: str, url: str | None) -> KnownArticle | None:
        """The latest article with the same text, normalised, or at the same address."""

    def ids(self, organisation: Organisation, before: str | None, limit: int) -> list[str]:
        """Ids of the articles, the newest first; `before` is the last one seen."""

    def by_id(self, organisation: Organisation, document_id: str) -> Document | None:
        """With its checks as they stand now."""
