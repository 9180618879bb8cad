"""Search in the archive: semantic or by keywords."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from app.domain.access.keys import Organisation
from app.domain.core.dates import Earlier
from app.domain.search.snippets import Snippet, query_terms, snippet_of
from app.domain.statements.statements import Statement
from app.services.ports import Languages, Store
from app.services.search.index_sync import IndexSync
from app.services.search.search_filters import search_filter
from app.services.statements.ports import NameOf, StatementFilter
from index.contract import EncoderInput, TextEncoder

SearchBy = Literal["meaning", "words"]

MOST_SEMANTIC_RESULTS: Final = 200
"""Bound on the results of a semantic search, which would rank all of the archive."""

_LITTLE_WORD: Final = 3
"""Longest word that is not highlighted in the results of a semantic search."""


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """Search result: a statement and a snippet; `similarity`: cosine, None in a keyword search."""

    statement: Statement
    passage: Snippet
    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class SearchStatements:
    """Searches the archive, semantically or by keywords, whatever the date; checks find what was said before."""

    store: Store
    encoder: TextEncoder
    archive: IndexSync
    languages: Languages

    def __call__(
        self,
        query: str,
        by: SearchBy,
        filters: StatementFilter,
        skipped: int,
        limit: int,
        viewer: Organisation | None = None,
    ) -> list[FoundStatement]:
        """Results: semantic, the closest first, a bounded number; by keywords, those with every word, the latest
        first.

        An empty query finds all that the filter lets through. Raises `NotReady` by meaning, while the index is not.
        """
        words = query_terms(query)
        if by == "meaning" and query.strip():
            return self._by_vector(query, words, filters, skipped, limit, viewer)
        with self.store.reading() as tx:
            found = tx.statements.latest(replace(filters, words=words), skipped, limit, viewer)
        return [FoundStatement(statement, snippet_of(statement.text, words)) for statement in found]

    def count(self, viewer: Organisation | None = None) -> int:
        """Statements that `viewer` sees, withdrawn ones left out."""
        with self.store.reading() as tx:
            return tx.statements.count(viewer)

    def names(self, of: NameOf, part: str, limit: int, viewer: Organisation | None = None) -> list[str]:
        """Names in use that have `part` in them, the shortest first."""
        with self.store.reading() as tx:
            return tx.statements.names(of, part, limit, viewer)

    def _by_vector(
        self,
        query: str,
        words: Sequence[str],
        filters: StatementFilter,
        skipped: int,
        limit: int,
        viewer: Organisation | None,
    ) -> list[FoundStatement]:
        [encoded] = self.encoder.encode([EncoderInput(query, self.languages.detect(query))])
        index = self.archive.index
        [projected] = index.projection.project(encoded.vector[None])
        telling = [word for word in words if len(word) > _LITTLE_WORD]
        beyond_language = replace(filters, language=None)
        with self.store.reading() as tx:
            self.archive.sync(tx)
            filtered = beyond_language != StatementFilter()
            where = replace(
                search_filter(Earlier(), viewer),
                language=filters.language or None,
                among=tx.statements.among(beyond_language, None, viewer) if filtered else None,
            )
            ranked = index.search(encoded, projected, MOST_SEMANTIC_RESULTS, where, lexical=False)
            shown = ranked[skipped : skipped + limit]
            known = index.statements(tx, shown, viewer=viewer)
        similar = index.similarities(projected, shown)
        return [
            FoundStatement(known[key], snippet_of(known[key].text, telling), similar[key])
            for key in shown
            if key in known and key in similar
        ]
