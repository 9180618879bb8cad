"""Looking something up in the archive: by what statements mean, or by the words in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from app.domain.access.keys import Organisation
from app.domain.core.dates import Earlier
from app.domain.search.snippets import Snippet, snippet_of, words_of
from app.domain.statements.statements import Statement
from app.services.ports import Languages, Store
from app.services.search.index_sync import IndexSync
from app.services.statements.ports import NameOf, StatementFilter
from index.contract import EncoderInput, TextEncoder

SearchBy = Literal["meaning", "words"]

CLOSEST: Final = 200
"""Statements that a search by meaning shows: it would rank all of the archive."""

_UNFILTERED: Final = 400
_FILTERED: Final = 50_000
"""Statements that are ranked where a filter may leave few of them."""


_LITTLE_WORD: Final = 3
"""Letters of words that are not marked where a text was found by its meaning."""


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """A statement and the passage to show of its text; `similarity`: of its meaning, a cosine, None by words."""

    statement: Statement
    passage: Snippet
    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class SearchStatements:
    """Finds what somebody is looking for, at any time; a check asks for what was said before."""

    store: Store
    encoder: TextEncoder
    archive: IndexSync
    languages: Languages

    def __call__(
        self,
        query: str,
        by: SearchBy,
        wanted: StatementFilter,
        skipped: int,
        limit: int,
        viewer: Organisation | None = None,
    ) -> list[FoundStatement]:
        """By meaning the closest first, at most `CLOSEST`; by words those in which each occurs, the last said first.

        An empty query finds all that the filter lets through. Raises `NotReady` by meaning, while the index is not.
        """
        words = words_of(query)
        if by == "meaning" and query.strip():
            return self._by_vector(query, words, wanted, skipped, limit, viewer)
        with self.store.reading() as tx:
            found = tx.statements.latest(replace(wanted, words=words), skipped, limit, viewer)
        return [FoundStatement(one, snippet_of(one.text, words)) for one in found]

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
        wanted: StatementFilter,
        skipped: int,
        limit: int,
        viewer: Organisation | None,
    ) -> list[FoundStatement]:
        [encoded] = self.encoder.encode([EncoderInput(query, self.languages.detect(query))])
        index = self.archive.index
        [projected] = index.projection.project(encoded.vector[None])
        telling = [word for word in words if len(word) > _LITTLE_WORD]
        filtered = wanted != StatementFilter()
        with self.store.reading() as tx:
            self.archive.sync(tx)
            ranked = index.search(encoded, projected, _FILTERED if filtered else _UNFILTERED, Earlier(), lexical=False)
            seen = tx.statements.among(wanted, None if filtered else ranked, viewer)
            shown = [key for key in ranked if key in seen][:CLOSEST][skipped : skipped + limit]
            known = index.statements(tx, shown, viewer=viewer)
        similar = index.similarities(projected, shown)
        return [
            FoundStatement(known[key], snippet_of(known[key].text, telling), similar[key])
            for key in shown
            if key in known and key in similar
        ]
