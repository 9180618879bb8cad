"""Queries of tantivy: terms, of which the rarest are looked up, and filters."""

from collections.abc import Collection, Sequence
from typing import Final

import tantivy

from index.contract import ALWAYS, NEVER, SHARED, SearchFilter

_MOST_TERMS: Final = 200
"""Bound on the terms of a query: its rarest."""

_MOST_POSTINGS: Final = 200_000
"""Bound on the entries that contain the terms of a query, added up: what is in so many says little, and costs most."""

BOUNDED: Final = ("begins", "ends", "known_from")


def schema() -> tantivy.Schema:
    """Fields of an entry; terms and language are stored as well."""
    builder = tantivy.SchemaBuilder()
    for attribute in ("id", *BOUNDED, "owner"):
        builder.add_integer_field(attribute, indexed=True, fast=True)
    builder.add_text_field("language", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("terms", stored=True, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def rarest(searcher: tantivy.Searcher, terms: Sequence[str]) -> list[str]:
    """Terms that a query looks up: different ones, the rarest first, within the bounds."""
    chosen: list[str] = []
    postings = 0
    frequency = {term: searcher.doc_freq("terms", term) for term in dict.fromkeys(terms)}
    for term in sorted(frequency, key=lambda term: frequency[term])[:_MOST_TERMS]:
        postings += frequency[term]
        if chosen and postings > _MOST_POSTINGS:
            break
        chosen.append(term)
    return chosen


def query_of(of: tantivy.Schema, terms: Sequence[str], where: SearchFilter, *, has_private: bool) -> tantivy.Query:
    """Entries that have one of the terms and pass the filter, which has no weight in the score."""
    any_of = [(tantivy.Occur.Should, tantivy.Query.term_query(of, "terms", term, "freq")) for term in terms]
    matching = tantivy.Query.boolean_query(any_of)
    conditions = _conditions(of, where, has_private=has_private)
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, matching), *conditions]) if conditions else matching


def with_ids(of: tantivy.Schema, ids: Collection[int]) -> tantivy.Query:
    """Entries with these ids."""
    return tantivy.Query.term_set_query(of, "id", list(ids))


def _conditions(
    of: tantivy.Schema, where: SearchFilter, *, has_private: bool
) -> list[tuple[tantivy.Occur, tantivy.Query]]:
    bounds = (
        ("ends", None, where.ends_by), ("begins", None, where.begins_by), ("begins", where.begins_from, None),
        ("known_from", None, where.known_by),
    )  # fmt: skip
    required = [
        tantivy.Query.range_query(
            of,
            name,
            tantivy.FieldType.Integer,
            ALWAYS if lowest is None else min(max(lowest, ALWAYS), NEVER),
            NEVER - 1 if highest is None else min(max(highest, ALWAYS), NEVER - 1),
        )
        for name, lowest, highest in bounds
        if lowest is not None or highest is not None
    ]
    if has_private:
        owners = {SHARED} if where.viewer is None else {SHARED, where.viewer}
        of_owner = [tantivy.Query.term_query(of, "owner", owner) for owner in owners]
        required.append(tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in of_owner]))
    if where.language is not None:
        required.append(tantivy.Query.term_query(of, "language", where.language, "basic"))
    if where.among is not None:
        required.append(with_ids(of, where.among))
    conditions = [(tantivy.Occur.Must, tantivy.Query.const_score_query(query, 0.0)) for query in required]
    if where.excluded:
        conditions.append((tantivy.Occur.MustNot, with_ids(of, where.excluded)))
    return conditions
