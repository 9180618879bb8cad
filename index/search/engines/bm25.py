"""Finds texts by the terms that they share with a query (BM25), with tantivy in files that it maps."""

import math
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import tantivy

from index.contract import UNFILTERED, Attributes, Hit, IdArray, SearchFilter, State, WrongShape
from index.search.engines.entries import columns_of
from index.search.engines.id_set import IdSet
from index.search.engines.term_folder import TermFolder, is_file
from index.search.engines.term_queries import BOUNDED, query_of, rarest, schema, with_ids

_KIND: Final = "terms 3"
_HEAP_BYTES: Final = 30_000_000
_AT_ONCE: Final = 1_000


class _Files:
    """One tantivy index: its folder, and the writer of it."""

    def __init__(self, parent: Path | None, state: State | None = None) -> None:
        """Empty, or with the files of a state. Raises `WrongShape` where tantivy cannot read them."""
        folder = TermFolder(parent)
        if state is not None:
            folder.write(state)
        try:
            self.index = tantivy.Index(schema(), path=str(folder.path), reuse=True)
            self.writer = self.index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        except ValueError as error:
            raise WrongShape(f"the index of terms cannot be opened: {error}") from error
        self.folder = folder  # the last attribute, so that it goes away after those that write in it

    def add(self, id_: int, text: str, row: tuple[Any, ...]) -> None:
        """Adds an entry with its begin, end, moment from which it is known, owner and language."""
        begins, ends, known_from, owner, language = row
        self.writer.add_document(
            tantivy.Document(
                id=id_, begins=begins, ends=ends, known_from=known_from, owner=owner, language=language, terms=text
            )
        )

    def remove(self, id_: int) -> None:
        self.writer.delete_documents_by_term("id", id_)

    def commit(self) -> None:
        """Makes changes visible to searchers that are opened from now on."""
        self.writer.commit()
        self.index.reload()

    def settle(self) -> None:
        """Waits until tantivy changes its files no more by itself."""
        self.writer.wait_merging_threads()
        self.writer = self.index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        self.index.reload()


class Bm25Index:
    """`LexicalIndex` on tantivy. The search after a change pays for it, so that changes are taken in together.

    Of an entry it keeps eight bytes in memory; all else is in files, which are copied into a snapshot and out of it.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """`folder`: where the files are, which go away with the process; None: where temporary files lie."""
        self._parent = folder
        self._schema = schema()
        self._changing = threading.Lock()
        self._compacting = threading.Lock()
        self._touched: set[int] | None = None
        """Ids changed since a compaction began; None where none is running."""
        self._files: _Files | None = None
        """None until there is an entry: a command that searches nothing writes nothing."""
        self._ids = IdSet()
        self._has_private = False
        self._changed = False
        """True while there are changes that searches do not see."""
        self._remains = False
        """True while there may be something left of removed entries."""

    def __len__(self) -> int:
        return len(self._ids)

    def upsert(self, ids: IdArray, terms: Sequence[str], attributes: Attributes) -> None:
        """Adds entries, or replaces those whose id is there; the last of several with one id wins.

        Shape (n,), n texts of terms with blanks between, attributes of n. Raises `WrongShape` and then changes nothing.
        """
        ids = np.asarray(ids, np.int64)
        columns = columns_of(attributes, ids.size)
        if len(terms) != ids.size:
            raise WrongShape(f"{ids.size} ids and {len(terms)} texts do not fit")
        rows = zip(
            *columns.periods.T.tolist(),
            columns.known_from.tolist(),
            columns.owners.tolist(),
            columns.languages.tolist(),
            strict=True,
        )
        last = dict(zip(ids.tolist(), zip(terms, rows, strict=True), strict=True))
        with self._changing:
            files = self._opened()
            for id_, (text, row) in last.items():
                if id_ in self._ids:
                    files.remove(id_)
                self._ids.add(id_)
                files.add(id_, text, row)
            self._has_private |= bool(columns.owners.any())
            self._note(last)

    def remove(self, ids: IdArray) -> int:
        """Removes entries and says how many were there. Unknown ids are no error."""
        with self._changing:
            there = [id_ for id_ in dict.fromkeys(np.asarray(ids).tolist()) if id_ in self._ids]
            for id_ in there:
                self._opened().remove(id_)
                self._ids.remove(id_)
            self._remains |= bool(there)
            self._note(there)
        return len(there)

    def search(self, terms: Sequence[str], k: int, where: SearchFilter = UNFILTERED) -> list[Hit]:
        """At most `k` entries that share a term and pass the filter, best first; `similarity` is BM25's."""
        searcher = self._searcher()
        if searcher is None or not terms or k < 1:
            return []
        query = query_of(self._schema, rarest(searcher, terms), where, has_private=self._has_private)
        hits = searcher.search(query, limit=k, count=False).hits
        ids = searcher.fast_field_values("id", [address for _, address in hits])
        found = [Hit(int(id_ or 0), round(float(score), 6)) for id_, (score, _) in zip(ids, hits, strict=True)]
        return sorted(found, key=lambda hit: (-hit.similarity, hit.id))

    def terms_of(self, ids: Sequence[int]) -> list[frozenset[str]]:
        """The terms of entries, in order; none for an id that is not there."""
        searcher = self._searcher()
        read = _read(searcher, ids, self._schema) if searcher else ()
        found = {id_: frozenset(text.split()) for id_, text, _ in read}
        return [found.get(id_, frozenset()) for id_ in ids]

    def idf(self, terms: Sequence[str]) -> dict[str, float]:
        """Inverse document frequency (BM25) of each term, a natural logarithm, at least 0."""
        searcher = self._searcher()
        count = max(searcher.num_docs if searcher else 0, 1)
        frequency = {term: searcher.doc_freq("terms", term) if searcher else 0 for term in set(terms)}
        return {term: math.log1p((max(count - n, 0) + 0.5) / (n + 0.5)) for term, n in frequency.items()}

    def _compact(self) -> None:
        """Drops what is left of removed entries. Searches and changes go on meanwhile."""
        with self._compacting:
            with self._changing:
                if not self._remains:
                    return
                self._commit()
                searcher, ids, self._touched = self._opened().index.searcher(), self._ids.array(), set()
            try:
                files = _Files(self._parent)
                for begin in range(0, len(ids), _AT_ONCE):
                    for id_, text, row in _read(searcher, ids[begin : begin + _AT_ONCE].tolist(), self._schema):
                        files.add(id_, text, row)
                with self._changing:
                    self._commit()
                    for id_ in self._touched:
                        files.remove(id_)
                    for id_, text, row in _read(self._opened().index.searcher(), list(self._touched), self._schema):
                        files.add(id_, text, row)
                    files.commit()
                    self._files, self._remains = files, False
            finally:
                self._touched = None

    def state(self) -> State:
        """A copy of all that `restore` needs, as arrays; nothing of what was removed before."""
        self._compact()
        with self._changing:
            self._commit()
            files = self._opened()
            files.settle()
            return {
                "kind": np.array(_KIND),
                "ids": self._ids.array(),
                "private": np.array(self._has_private),
                **files.folder.read(),
            }

    def restore(self, state: State) -> None:
        """Replaces the content. Raises `WrongShape` when the state is of another kind."""
        named = {name for name in state if not is_file(name)}
        if named != {"kind", "ids", "private"} or str(state["kind"]) != _KIND:
            raise WrongShape("the state is of another kind of index")
        ids = IdSet(np.asarray(state["ids"], np.int64))
        files = _Files(self._parent, state)
        held = files.index.searcher().num_docs
        if held != len(state["ids"]) or held != len(ids):
            raise WrongShape(f"the state has {len(ids)} ids, and terms of {held} entries")
        with self._compacting, self._changing:
            self._files, self._ids, self._has_private = files, ids, bool(state["private"])
            self._changed, self._remains = False, False

    def _note(self, changed: "dict[int, Any] | list[int]") -> None:
        self._changed |= bool(changed)
        if self._touched is not None:
            self._touched.update(changed)

    def _opened(self) -> _Files:
        if self._files is None:
            self._files = _Files(self._parent)
        return self._files

    def _commit(self) -> None:
        if self._changed:
            self._opened().commit()
            self._changed = False

    def _searcher(self) -> tantivy.Searcher | None:
        """Reader of all changes; None before the first."""
        if self._changed:
            with self._changing:
                self._commit()
        return self._files.index.searcher() if self._files else None


def _read(
    searcher: tantivy.Searcher, ids: Sequence[int], of: tantivy.Schema
) -> "list[tuple[int, str, tuple[Any, ...]]]":
    """Ids, terms and attributes of those of the entries that there are."""
    if not ids:
        return []
    found = searcher.search(with_ids(of, ids), limit=len(ids), count=False).hits
    addresses = [address for _, address in found]
    columns = [searcher.fast_field_values(name, addresses) for name in ("id", *BOUNDED, "owner")]
    entries = []
    for address, (id_, *numbers) in zip(addresses, zip(*columns, strict=True), strict=True):
        stored = searcher.doc(address)
        entries.append((int(id_ or 0), stored["terms"][0], (*numbers, stored["language"][0])))
    return entries
