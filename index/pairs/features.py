"""Features of a pair of texts: how well each covers the other, token by token, and what names, numbers, words and
lengths have in common. Computed from the two texts alone, for one statement against many candidates at once.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from index.alignment.chunks import NAMES, Kind
from index.contract import FloatArray
from index.embedders.windows import unit_rows
from index.pairs.late_interaction import LateInteraction, Matches, padded
from index.pairs.pair_states import NO_KIND, PairStates
from index.text.languages import UNDETERMINED, differ
from index.text.terms import NAME, NUMBER

COVERAGE: Final = (
    "mean",
    "content_mean",
    "name_mean",
    "word_mean",
    "quantile_20",
    "quantile_50",
    "lowest_3",
    "over_45",
    "over_65",
    "mutual",
    "mutual_mean",
)
"""How well a text's tokens are covered by the other text: each token by its highest cosine with a token of the other,
weighed by rarity. `mean` over all tokens; `content_mean` over those with content; `name_mean`, `word_mean` over names
and over plain words; weighed quantiles; the mean of the three lowest; which part is over .45 and over .65; which part
is the best match of its own best match, and their mean."""

SIDES: Final = ("statement", "candidate", "lower")
OVERLAP: Final = (
    "centred_cosine",
    "cosine",
    "across",
    "length_statement",
    "length_candidate",
    "length_difference",
    "length_lower",
    "rarity_statement",
    "rarity_candidate",
    "names_statement",
    "names_candidate",
    "names_shared",
    "names_both",
    "numbers_shared",
    "numbers_differ",
    "numbers_one_sided",
    "stems_statement",
    "stems_candidate",
    "token_sort",
    "token_set",
    "partial",
    "other_language",
    "other_content_mean",
    "other_cosine",
    "other_word_mean",
)
"""`across`: 1 where the languages are known and differ; stems and letters count 0 then. `other_*`: within one language
that is not English, where all texts lie closer together."""

FEATURES: Final = (*(f"{name}_{side}" for side in SIDES for name in COVERAGE), *OVERLAP)

_QUANTILES: Final = (0.2, 0.5)
_THRESHOLDS: Final = (0.45, 0.65)
_LOWEST: Final = 3
_LETTERS: Final = 600
_REFERENCE_LANGUAGE: Final = "en"


class PairText(NamedTuple):
    """A text as pairs are compared: `terms` as `index.text.terms` has them, `vector` of shape (dimension,)."""

    text: str
    language: str
    terms: frozenset[str]
    vector: FloatArray
    states: PairStates


def pair_features(statement: PairText, candidates: Sequence[PairText], vector_mean: FloatArray) -> FloatArray:
    """`FEATURES` of the statement with each candidate: shape (len(candidates), len(FEATURES)).

    `vector_mean` of shape (dimension,) is that of texts at large, and is taken off for `centred_cosine`.
    """
    coverage = _coverage(statement.states, [candidate.states for candidate in candidates])
    columns = {
        f"{name}_{side}": coverage[at, :, column]
        for at, side in enumerate(SIDES)
        for column, name in enumerate(COVERAGE)
    }
    columns |= _cosines(statement, candidates, vector_mean)
    columns |= _lengths(statement.states, [candidate.states for candidate in candidates])
    columns |= _terms(statement, candidates)
    across = np.array([differ(candidate.language, statement.language) for candidate in candidates], np.float32)
    columns |= _letters(statement.text, [candidate.text for candidate in candidates], across)
    other = (1 - across) * (statement.language not in (_REFERENCE_LANGUAGE, UNDETERMINED))
    columns |= {
        "across": across,
        "other_language": other,
        "other_content_mean": other * columns["content_mean_lower"],
        "other_cosine": other * columns["centred_cosine"],
        "other_word_mean": other * columns["word_mean_lower"],
    }
    for name in ("stems_statement", "stems_candidate"):
        columns[name] = columns[name] * (1 - across)
    return np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float32)


def _coverage(statement: PairStates, candidates: Sequence[PairStates]) -> FloatArray:
    """Shape (3, n, len(COVERAGE)): of the statement, of each candidate, and the lower of both."""
    n, own = len(candidates), len(statement.codes)
    most = max((len(candidate.codes) for candidate in candidates), default=0)
    found = np.zeros((3, n, len(COVERAGE)), np.float32)
    if not own or not most:
        return found
    both = LateInteraction.of(statement, candidates, most)
    rarities = padded([candidate.rarities for candidate in candidates], both.valid)
    kinds = padded([candidate.kinds for candidate in candidates], both.valid)
    own_rarities = np.broadcast_to(statement.rarities, (n, own))
    own_kinds = np.broadcast_to(statement.kinds, (n, own))
    found[0] = _side(both.statement, own_rarities, own_kinds)
    found[1] = _side(both.candidates, rarities, kinds)
    found[2] = np.minimum(found[0], found[1])
    covered: FloatArray = found * both.valid.any(axis=1, keepdims=True)
    return covered


def _side(matches: Matches, rarities: FloatArray, kinds: npt.NDArray[np.uint8]) -> FloatArray:
    """`COVERAGE` of one side: all arrays of shape (n, tokens); padding has rarity 0."""
    highest, mutual = matches
    content = kinds != NO_KIND
    weights = np.where(content.any(axis=1, keepdims=True), rarities * content, rarities)
    content_mean = _mean(highest, weights)
    name = np.isin(kinds, [kind + 1 for kind in NAMES])
    word = kinds == Kind.WORD + 1
    order = np.argsort(np.where(weights > 0, highest, np.inf), axis=1)
    sorted_highest = np.take_along_axis(highest, order, axis=1)
    sorted_weights = np.take_along_axis(weights, order, axis=1)
    share = np.cumsum(sorted_weights, axis=1) / np.maximum(sorted_weights.sum(axis=1, keepdims=True), 1e-6)
    rows = np.arange(len(highest))
    lowest = sorted_weights[:, :_LOWEST] > 0
    columns = [
        _mean(highest, rarities),
        content_mean,
        np.where(name.any(axis=1), _mean(highest, rarities * name), content_mean),
        np.where(word.any(axis=1), _mean(highest, rarities * word), content_mean),
        *(sorted_highest[rows, (share >= quantile - 1e-6).argmax(axis=1)] for quantile in _QUANTILES),
        (sorted_highest[:, :_LOWEST] * lowest).sum(axis=1) / np.maximum(lowest.sum(axis=1), 1),
        *(_mean((highest > threshold).astype(np.float32), weights) for threshold in _THRESHOLDS),
        _mean(mutual.astype(np.float32), weights),
        _mean(highest * mutual, weights),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _mean(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The weighed mean of each row; 0 where there is no weight."""
    mean: FloatArray = (values * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-6)
    return mean


def _cosines(statement: PairText, candidates: Sequence[PairText], vector_mean: FloatArray) -> dict[str, FloatArray]:
    vectors = np.stack([candidate.vector for candidate in candidates])
    [centred] = unit_rows((statement.vector - vector_mean)[None])
    return {
        "cosine": vectors @ statement.vector,
        "centred_cosine": unit_rows(vectors - vector_mean) @ centred,
    }


def _lengths(statement: PairStates, candidates: Sequence[PairStates]) -> dict[str, FloatArray]:
    own = np.log(np.full(len(candidates), max(1, statement.words), np.float32))
    theirs = np.log(np.maximum(1, np.array([candidate.words for candidate in candidates], np.float32)))
    return {
        "length_statement": own,
        "length_candidate": theirs,
        "length_difference": np.abs(own - theirs),
        "length_lower": np.minimum(own, theirs),
        "rarity_statement": np.log1p(np.full(len(candidates), statement.rarity, np.float32)),
        "rarity_candidate": np.log1p(np.array([candidate.rarity for candidate in candidates], np.float32)),
    }


def _terms(statement: PairText, candidates: Sequence[PairText]) -> dict[str, FloatArray]:
    names, numbers, stems = _by_kind(statement.terms)
    rows = []
    for candidate in candidates:
        their_names, their_numbers, their_stems = _by_kind(candidate.terms)
        shared_names, shared_stems = len(names & their_names), len(stems & their_stems)
        shared_numbers = len(numbers & their_numbers)
        rows.append(
            (
                shared_names / len(names) if names else 0.5,
                shared_names / len(their_names) if their_names else 0.5,
                min(3, shared_names),
                bool(names and their_names),
                min(2, shared_numbers),
                bool(numbers and their_numbers and not shared_numbers),
                bool(numbers) != bool(their_numbers),
                shared_stems / max(1, len(stems)),
                shared_stems / max(1, len(their_stems)),
            )
        )
    counted = np.array(rows, np.float32)
    first = OVERLAP.index("names_statement")
    return {name: counted[:, at] for at, name in enumerate(OVERLAP[first : first + counted.shape[1]])}


@lru_cache(maxsize=8_192)
def _by_kind(terms: frozenset[str]) -> tuple[set[str], set[str], frozenset[str]]:
    names = {term for term in terms if term[0] == NAME}
    numbers = {term for term in terms if term[0] == NUMBER}
    return names, numbers, terms - names - numbers


def _letters(text: str, texts: Sequence[str], across: FloatArray) -> dict[str, FloatArray]:
    ratios = {"token_sort": fuzz.token_sort_ratio, "token_set": fuzz.token_set_ratio, "partial": fuzz.partial_ratio}
    same = np.flatnonzero(across == 0)
    shortened = [texts[at][:_LETTERS] for at in same.tolist()]
    found = {name: np.zeros(len(texts), np.float32) for name in ratios}
    if shortened:
        for name, ratio in ratios.items():
            found[name][same] = process.cdist([text[:_LETTERS]], shortened, scorer=ratio, dtype=np.float32)[0] / 100
    return found
