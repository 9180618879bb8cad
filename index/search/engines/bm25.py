"""Finds texts by the terms that they share with a query (BM25), with tantivy in memory."""

import math
import threading
from collections.abc import Sequence
from typing import Final

import numpy as np
import tantivy

from index.contract import ALWAYS, NEVER, SHARED, UNFILTERED, Attributes, Hit, IdArray, SearchFilter, State, WrongShape
from index.search.engines.entries import columns_of

_KIND: Final = "terms 2"
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
        for attribute in ("begins", "ends", "owner", "known_from"):
            builder.add_integer_field(attribute, indexed=True, fast=True)
        builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        self._changing = threading.Lock()
        self._clear()

    def __len__(self) -> int:
        return len(self._terms)

    def upsert(self, ids: IdArray, terms: Sequence[str], attributes: Attributes) -> None:
        """Adds entries, or replaces those whose id is there; the last of several with one id wins.

        Shape (n,), n texts of terms with blanks between, attributes of n. Raises `WrongShape` and then changes nothing.
        """
        ids = np.asarray(ids, np.int64)
        columns = columns_of(attributes, ids.size)
        if len(terms) != ids.size:
            raise WrongShape(f"{ids.size} ids and {len(terms)} texts do not fit")
        rows = zip(
            columns.periods.tolist(), columns.owners.tolist(), columns.languages.tolist(), columns.known_from.tolist(),
            strict=True,
        )  # fmt: skip
        last = dict(zip(ids.tolist(), zip(terms, rows, strict=True), strict=True))
        with self._changing:
            for id_, (text, attributes_of_it) in last.items():
                if id_ in self._terms:
                    self._writer.delete_documents_by_term("id", id_)
                self._terms[id_] = text
                self._attributes[id_] = attributes_of_it
                (begins, ends), owner, language, known_from = attributes_of_it
                self._writer.add_document(
                    tantivy.Document(
                        id=id_,
                        begins=begins,
                        ends=ends,
                        owner=owner,
                        language=language,
                        known_from=known_from,
                        terms=text,
                    )
                )
            self._changed |= bool(last)

    def remove(self, ids: IdArray) -> int:
        """Removes entries and says how many were there. Unknown ids are no error."""
        with self._changing:
            there = [id_ for id_ in dict.fromkeys(np.asarray(ids).tolist()) if id_ in self._terms]
            for id_ in there:
                self._writer.delete_documents_by_term("id", id_)
                del self._terms[id_], self._attributes[id_]
            self._changed |= bool(there)
        return len(there)

    def search(self, terms: Sequence[str], k: int, where: SearchFilter = UNFILTERED) -> list[Hit]:
        """At most `k` entries that share a term and pass the filter, best first; `similarity` is BM25's."""
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
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *self._conditions(where)])
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
            rows = list(self._attributes.values())
            text = "\n".join(self._terms.values()).encode()
        languages = "\n".join(row[2] for row in rows).encode()
        return {
            "kind": np.array(_KIND),
            "ids": ids,
            "periods": np.array([row[0] for row in rows], np.int64).reshape(-1, 2),
            "owners": np.array([row[1] for row in rows], np.int64),
            "known_from": np.array([row[3] for row in rows], np.int64),
            "languages": np.frombuffer(languages, np.uint8),
            "terms": np.frombuffer(text, np.uint8),
        }

    def restore(self, state: State) -> None:
        """Replaces the content. Raises `WrongShape` when the state is of another kind."""
        columns = {"ids", "periods", "owners", "known_from", "languages", "terms"}
        if state.keys() != {"kind", *columns} or str(state["kind"]) != _KIND:
            raise WrongShape("the state is of another kind of index")
        ids = state["ids"]
        texts, languages = (
            state[name].tobytes().decode().split("\n") if len(ids) else [] for name in ("terms", "languages")
        )
        attributes = Attributes(state["periods"], state["owners"], languages, state["known_from"])
        columns_of(attributes, len(ids))
        if len(texts) != len(ids):
            raise WrongShape(f"the state has {len(ids)} ids and {len(texts)} texts")
        with self._changing:
            self._clear()
        self.upsert(ids, texts, attributes)

    def _clear(self) -> None:
        self._index = tantivy.Index(self._schema)
        self._writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        self._terms: dict[int, str] = {}
        self._attributes: dict[int, tuple[list[int], int, str, int]] = {}
        self._changed = False

    def _searcher(self) -> tantivy.Searcher:
        if self._changed:
            with self._changing:
                if self._changed:
                    self._writer.commit()
                    self._index.reload()
                    self._changed = False
        return self._index.searcher()

    def _conditions(self, where: SearchFilter) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        """Clauses of the filter, without weight in the score."""
        bounds = (
            ("ends", None, where.ends_by), ("begins", None, where.begins_by), ("begins", where.begins_from, None),
            ("known_from", None, where.known_by),
        )  # fmt: skip
        required = [
            tantivy.Query.range_query(
                self._schema,
                name,
                tantivy.FieldType.Integer,
                ALWAYS if lowest is None else min(max(lowest, ALWAYS), NEVER),
                NEVER - 1 if highest is None else min(max(highest, ALWAYS), NEVER - 1),
            )
            for name, lowest, highest in bounds
            if lowest is not None or highest is not None
        ]
        owners = [SHARED] if where.viewer is None else [SHARED, where.viewer]
        required.append(tantivy.Query.term_set_query(self._schema, "owner", owners))
        if where.language is not None:
            required.append(tantivy.Query.term_query(self._schema, "language", where.language, "basic"))
        if where.among is not None:
            required.append(tantivy.Query.term_set_query(self._schema, "id", list(where.among)))
        conditions = [(tantivy.Occur.Must, tantivy.Query.const_score_query(query, 0.0)) for query in required]
        if where.excluded:
            excluded = tantivy.Query.term_set_query(self._schema, "id", list(where.excluded))
            conditions.append((tantivy.Occur.MustNot, excluded))
        return conditions
