"""Probabilities that candidates convey the message of a statement, by the model of pairs."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from app.domain.checks.checks import Candidate
from app.domain.checks.pair_scoring import PAIR
from app.domain.checks.scoring import ScoringModel
from app.domain.statements.statements import Statement, indexed_text, text_start
from app.services.checks.pair_text_cache import PairTextCache
from app.services.ports import Transaction
from index.alignment.tokens import words
from index.contract import EncodedText, EncoderInput, IdArray, TextEncoder
from index.pairs.features import PairText
from index.pairs.pair_states import PairStates
from index.pairs.probability import PairModel

Found = tuple[Candidate, Statement]

MOST_SCORED: Final = 50
"""Candidates that are scored, those of the highest rank score: no more are shown of a check."""

_LEAST_WORDS: Final = 2
"""One word is no statement."""
_LEAST_OF_EACH: Final = 3
"""Candidates of each passage that are scored, where there are many passages."""
_NEARLY: Final = 0.1
"""A passage whose probability is at most so far below the best fits as well."""


class PassageText(NamedTuple):
    """A passage of a checked text, and its encoding."""

    text: str
    encoded: EncodedText


@dataclass(frozen=True, slots=True)
class ScorePairs:
    """Scores pairs by what is stored of both texts; what is missing of a candidate is computed from its text."""

    encoder: TextEncoder
    model: PairModel
    retrieval: ScoringModel
    """Ranks the candidates, of which the best are scored."""
    cache: PairTextCache = field(default_factory=PairTextCache)

    def __call__(
        self, tx: Transaction, passages: Sequence[PassageText], language: str, found: Sequence[Sequence[Found]]
    ) -> list[Found]:
        """The best candidates with the signal `pair`, in no particular order; none for a text of one word.

        `found`: for each passage what was found with it, the first being the whole text. A candidate gets the
        probability of the passage that it fits best, and the number of the shortest that fits it as well.
        """
        if len(words(passages[0].text)) < _LEAST_WORDS or not any(found):
            return []
        best = self._best(found)
        statements = [statement for _, statement in best]
        candidates = self._candidates(tx, statements)
        probabilities = np.stack(
            [
                self.model.probabilities(self._statement(passage.text, language, passage.encoded), candidates)
                for passage in passages
            ]
        )
        close = probabilities >= probabilities.max(axis=0) - _NEARLY
        chosen = _shortest(close, [len(passage.text) for passage in passages])
        known = {(number, one.key): one for number, each in enumerate(found) for one, _ in each}
        return [
            (_scored(known.get((number, candidate.key), candidate), number, probability, fits_whole), statement)
            for (candidate, statement), number, probability, fits_whole in zip(
                best, chosen.tolist(), probabilities.max(axis=0).tolist(), close[0].tolist(), strict=True
            )
        ]

    def closest(self, passage: PassageText, language: str, others: Sequence[PassageText], their_language: str) -> int:
        """Number of that of the other passages, all encoded by this encoder, which is most likely to say the same."""
        statement = self._statement(passage.text, language, passage.encoded)
        candidates = [self._statement(other.text, their_language, other.encoded) for other in others]
        return int(self.model.probabilities(statement, candidates).argmax())

    def _best(self, found: Sequence[Sequence[Found]]) -> list[Found]:
        """The best candidates of each passage in turn, by rank score, until there are enough; each statement once."""
        ranked = [
            sorted(each, key=lambda one: (-self.retrieval.rank_score(one[0].signals), one[0].key)) for each in found
        ]
        most = max(MOST_SCORED, _LEAST_OF_EACH * len(found))
        best: dict[int, Found] = {}
        for row in zip_longest(*ranked):
            for one in row:
                if one is not None and len(best) < most:
                    best.setdefault(one[0].key, one)
        return list(best.values())

    def _statement(self, text: str, language: str, encoded: EncodedText) -> PairText:
        states = self._states(encoded)
        if states is None:
            [encoded] = self.encoder.encode([EncoderInput(text, language)])
            states = PairStates.unpack(encoded.pair_states)
        return _pair_text(text, language, encoded, states)

    def stored(self, tx: Transaction, statements: Sequence[Statement]) -> dict[int, PairText]:
        """Pair texts by key of the statement, out of the cache or the database; without those whose wording is another
        than what is stored, or has no states of this version."""
        known = {statement.key: text for statement in statements if (text := self.cache.get(statement))}
        missing = [statement for statement in statements if statement.key not in known]
        keys = [statement.key for statement in missing]
        read = tx.vectors.encodings(keys, self.encoder.fingerprint) if keys else {}
        for statement in missing:
            encoded = read.get(statement.key)
            states = self._states(encoded) if encoded else None
            if encoded and states and states.is_of(indexed_text(statement.title, statement.text)):
                known[statement.key] = _pair_text(statement.text, statement.language, encoded, states)
                self.cache.put(statement, known[statement.key])
        return known

    def _candidates(self, tx: Transaction, statements: Sequence[Statement]) -> list[PairText]:
        """Candidates as pair texts, in order. Those that are not stored are encoded in one batch."""
        known = self.stored(tx, statements)
        missing = [statement for statement in statements if statement.key not in known]
        for statement, encoded in zip(missing, self.encoder.encode([_input(one) for one in missing]), strict=True):
            states = PairStates.unpack(encoded.pair_states)
            known[statement.key] = _pair_text(statement.text, statement.language, encoded, states)
            self.cache.put(statement, known[statement.key])
        return [known[statement.key] for statement in statements]

    def _states(self, encoded: EncodedText) -> PairStates | None:
        """The states of an encoding; None where they are missing, damaged or of another version."""
        if encoded.pair_states_version != self.encoder.pair_states_version:
            return None
        try:
            return PairStates.unpack(encoded.pair_states)
        except ValueError:
            return None


def _scored(candidate: Candidate, passage: int, probability: float, fits_whole: bool) -> Candidate:
    signals = {**candidate.signals, PAIR: probability}
    return replace(candidate, passage=passage, fits_whole=fits_whole, signals=signals)


def _shortest(close: npt.NDArray[np.bool_], lengths: Sequence[int]) -> IdArray:
    """For each candidate the shortest of the passages that fit it: shape (candidates,).

    `close` of shape (passages, candidates); `lengths` in characters.
    """
    chosen: IdArray = np.where(close, np.array(lengths)[:, None], np.iinfo(np.int64).max).argmin(axis=0)
    return chosen


def _input(statement: Statement) -> EncoderInput:
    whole = indexed_text(statement.title, statement.text)
    return EncoderInput(whole, statement.language, text_start(statement.title, statement.text))


def _pair_text(text: str, language: str, encoded: EncodedText, states: PairStates) -> PairText:
    return PairText(text, language, frozenset(encoded.terms.split()), encoded.vector, states)
