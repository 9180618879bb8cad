"""Match features: numbers for the similarity of two texts, computed for many candidates at once."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process

from index.contract import FloatArray
from index.search.projection import Projection
from index.text.languages import differ
from index.text.terms import NAME, NUMBER

FEATURES: Final = ("dense", "themes", "lexical", "names", "numbers", "wording", "brevity", "across")
"""Names of the match features. `dense`, `themes`: cosine of projected embeddings and of topic vectors. `lexical`:
IDF-weighted share of the statement's terms that the candidate has; `names`, `numbers`: the same of those alone,
whatever the language. `wording`: similarity by letters, whatever the order of words. `brevity`: inverse length of
the statement, from 1 for one word towards 0. `across`: 1 where the two languages are known and differ; `lexical` and
`wording` are 0 then."""

_LETTERS: Final = 600
"""Letters of each text that `wording` compares."""


_ALIKE: Final = fuzz.token_sort_ratio


def fuzzy_ratio(text: str, other: str) -> float:
    """Similarity of two texts by letters, 0 to 1, as in the feature `wording`."""
    return _ALIKE(text[:_LETTERS], other[:_LETTERS]) / 100


@dataclass(frozen=True, slots=True)
class FeatureInput:
    """Columns of n texts for computing features: `meaning` (projected embeddings) has shape (n, m) and rows of length
    1."""

    texts: Sequence[str]
    languages: Sequence[str]
    terms: Sequence[AbstractSet[str]]
    vectors: FloatArray
    themes: FloatArray | None = None
    """Topic vectors, `Projection.topics_of(vectors)`, where they are known already."""


def match_features(
    statement: FeatureInput, candidates: FeatureInput, idf: Mapping[str, float], projection: Projection
) -> dict[str, FloatArray]:
    """Features of every candidate: arrays of shape (n,). `statement` is one text; the IDF is that of its terms."""
    (text,), (language,), (terms,) = statement.texts, statement.languages, statement.terms
    across = np.array([differ(language, other) for other in candidates.languages], bool)
    names = {term for term in terms if term[0] == NAME}
    numbers = {term for term in terms if term[0] == NUMBER}
    words = terms - names - numbers
    shortened = [candidate[:_LETTERS] for candidate in candidates.texts]
    wording = process.cdist([text[:_LETTERS]], shortened, scorer=_ALIKE, dtype=np.float32)[0] / 100
    if statement.themes is None or candidates.themes is None:
        themes = projection.topics_of(np.vstack([statement.vectors, candidates.vectors]))
    else:
        themes = np.vstack([statement.themes, candidates.themes])
    return {
        "dense": candidates.vectors @ statement.vectors[0],
        "themes": themes[1:] @ themes[0],
        "lexical": np.where(across, 0, _idf_overlap(words, candidates.terms, idf)),
        "names": _idf_overlap(names, candidates.terms, idf),
        "numbers": _idf_overlap(numbers, candidates.terms, idf),
        "wording": np.where(across, 0, wording),
        "brevity": np.full(len(across), max(1, len(words)) ** -0.5, np.float32),
        "across": across.astype(np.float32),
    }


def _idf_overlap(
    statement_terms: AbstractSet[str], candidates: Sequence[AbstractSet[str]], idf: Mapping[str, float]
) -> FloatArray:
    """IDF-weighted share of the statement's terms that each candidate contains, 0 to 1; 0 for a statement without
    terms."""
    total = sum(idf[term] for term in statement_terms)
    if not total:
        return np.zeros(len(candidates), np.float32)
    return np.array([sum(idf[term] for term in statement_terms & terms) / total for terms in candidates], np.float32)
