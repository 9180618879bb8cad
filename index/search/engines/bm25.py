"""Finds texts by the terms that they share with a query (BM25), with tantivy in memory."""

import math
import threading
from collections.abc import Sequence
from typing import Final

import numpy as np
import tantivy

from index.contract import NEVER, Hit, IdArray, PeriodArray, State, TimeWindow, WrongShape

_KIND: Final = "terms"
_HEAP_BYTES: Final = 30_000_000
_MOST_TERMS: Final = 200
"""Bound on the terms of a query: its rarest."""


class Bm25Index:
    """`LexicalIndex` on tantivy. The search after a change pays for it, so that changes are taken in together.

    Beside tantivy's index it keeps each entry's terms, some hundred bytes.
    """

    def __init__(self) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("id", indexed=True, fast=True)
        builder.add_integer_field("begins", indexed=True, fast=True)
        builder.add_integer_field("ends", indexed=True, fast=True)
        builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        self._changing = threading.Lock()
        self._clear()

    def __len__(self) -> int:
        return len(self._terms)

    def upsert(self, ids: IdArray, terms: Sequence[str], periods: PeriodArray) -> None:
        """Adds entries, or replaces those whose id is there; the last of several with one id wins.

        Shapes (n,), n texts of terms with blanks between, (n, 2). Raises `WrongShape` and then changes nothing.
        """
        ids, periods = np.asarray(ids, np.int64), np.asarray(periods, np.int64)
        if len(terms) != ids.size or periods.shape != (ids.size, 2):
            raise WrongShape(f"{ids.size} ids, {len(terms)} texts and periods of shape {periods.shape} do not fit")
        last = dict(zip(ids.tolist(), zip(terms, periods.tolist(), strict=True), strict=True))
        with self._changing:
            for id_, (text, (begins, ends)) in last.items():
                if id_ in self._terms:
                    self._writer.delete_documents_by_term("id", id_)
                self._terms[id_] = text
                self._periods[id_] = (begins, ends)
                self._writer.add_document(tantivy.Document(id=id_, begins=begins, ends=ends, terms=text))
            self._changed |= bool(last)

    def remove(self, ids: IdArray) -> int:
        """Removes entries and says how many were there. Unknown ids are no error."""
        with self._changing:
            there = [id_ for id_ in dict.fromkeys(np.asarray(ids).tolist()) if id_ in self._terms]
            for id_ in there:
                self._writer.delete_documents_by_term("id", id_)
                del self._terms[id_], self._periods[id_]
            self._changed |= bool(there)
        return len(there)

    def search(self, terms: Sequence[str], k: int, window: TimeWindow | None = None) -> list[Hit]:
        """At most `k` entries that share a term and lie inside the window, best first; `similarity` is BM25's."""
        rarest = list(dict.fromkeys(terms))
        if not rarest or not self._terms or k < 1:
            return []
        searcher = self._searcher()
        if len(rarest) > _MOST_TERMS:
            rarest = sorted(rarest, key=lambda term: searcher.doc_freq("terms", term))[:_MOST_TERMS]
        any_of = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "terms", term, "freq")) for term in rarest
        ]
        query = tantivy.Query.boolean_query(any_of)
        if window and window != TimeWindow():
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *self._window_query(window)])
        hits = searcher.search(query, limit=k, count=False).hits
        ids = searcher.fast_field_values("id", [address for _, address in hits])
        found = [Hit(int(id_ or 0), round(float(score), 6)) for id_, (score, _) in zip(ids, hits, strict=True)]
        return sorted(found, key=lambda hit: (-hit.similarity, hit.id))

    def terms_of(self, ids: Sequence[int]) -> list[frozenset[str]]:
        """The terms of entries, in order; none for an id that is not there."""
        return [frozenset(self._terms.get(id_, "").split()) for id_ in ids]

    def idf(self, terms: Sequence[str]) -> dict[str, float]:
        """Inverse document frequency (BM25) of each term, a natural logarithm, at least 0."""
        searcher = self._searcher()
        count = max(searcher.num_docs, 1)
        frequency = {term: searcher.doc_freq("terms", term) for term in set(terms)}
        return {term: math.log1p((max(count - n, 0) + 0.5) / (n + 0.5)) for term, n in frequency.items()}

    def state(self) -> State:
        """A copy of all that `restore` needs, as arrays."""
        with self._changing:
            ids = np.fromiter(self._terms, np.int64, len(self._terms))
            periods = np.array(list(self._periods.values()), np.int64).reshape(-1, 2)
            text = "\n".join(self._terms.values()).encode()
        return {"kind": np.array(_KIND), "ids": ids, "periods": periods, "terms": np.frombuffer(text, np.uint8)}

    def restore(self, state: State) -> None:
        """Replaces the content. Raises `WrongShape` when the state is of another kind."""
        if state.keys() != {"kind", "ids", "periods", "terms"} or str(state["kind"]) != _KIND:
            raise WrongShape("the state is of another kind of index")
        text = state["terms"].tobytes().decode()
        lines = text.split("\n") if len(state["ids"]) else []
        if len(lines) != len(state["ids"]) or state["periods"].shape != (len(lines), 2):
            raise WrongShape(
                f"the state has {len(state['ids'])} ids, {len(lines)} texts, periods of {state['periods'].shape}"
            )
        with self._changing:
            self._clear()
        self.upsert(state["ids"], lines, state["periods"])

    def _clear(self) -> None:
        self._index = tantivy.Index(self._schema)
        self._writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        self._terms: dict[int, str] = {}
        self._periods: dict[int, tuple[int, int]] = {}
        self._changed = False

    def _searcher(self) -> tantivy.Searcher:
        if self._changed:
            with self._changing:
                if self._changed:
                    self._writer.commit()
                    self._index.reload()
                    self._changed = False
        return self._index.searcher()

    def _window_query(self, window: TimeWindow) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        bounds = (
            ("ends", None, window.ends_by), ("begins", None, window.begins_by), ("begins", window.begins_from, None)
        )  # fmt: skip
        return [
            (tantivy.Occur.Must, tantivy.Query.range_query(
                self._schema,
                name,
                tantivy.FieldType.Integer,
                -(2**63) + 1 if lowest is None else min(lowest, NEVER),
                NEVER - 1 if highest is None else min(highest, NEVER - 1),
            ))
            for name, lowest, highest in bounds
            if lowest is not None or highest is not None
        ]  # fmt: skip
