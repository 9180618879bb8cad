"""Probabilities that candidates convey the message of a statement, by the model of pairs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.domain.checks.checks import Candidate
from app.domain.checks.pair_scoring import PAIR
from app.domain.checks.scoring import ScoringModel
from app.domain.statements.statements import Statement, indexed_text, text_start
from app.services.ports import Transaction
from index.alignment.tokens import words
from index.contract import EncodedText, EncoderInput, TextEncoder
from index.pairs.features import PairText
from index.pairs.pair_states import PairStates
from index.pairs.probability import PairModel

Found = tuple[Candidate, Statement]

MOST_SCORED: Final = 50
"""Candidates that are scored, those of the highest rank score: no more are shown of a check."""

_LEAST_WORDS: Final = 2
"""One word is no statement."""


@dataclass(frozen=True, slots=True)
class ScorePairs:
    """Scores pairs by what is stored of both texts; what is missing of a candidate is computed from its text."""

    encoder: TextEncoder
    model: PairModel
    retrieval: ScoringModel
    """Ranks the candidates, of which the best are scored."""

    def __call__(
        self, tx: Transaction, text: str, language: str, encoded: EncodedText, found: Sequence[Found]
    ) -> list[Found]:
        """The best candidates with the signal `pair`, in no particular order; none for a text of one word."""
        if len(words(text)) < _LEAST_WORDS or not found:
            return []
        best = sorted(found, key=lambda one: (-self.retrieval.rank_score(one[0].signals), one[0].key))[:MOST_SCORED]
        statements = [statement for _, statement in best]
        probabilities = self.model.probabilities(
            self._statement(text, language, encoded), self._candidates(tx, statements)
        )
        return [
            (replace(candidate, signals={**candidate.signals, PAIR: probability}), statement)
            for (candidate, statement), probability in zip(best, probabilities.tolist(), strict=True)
        ]

    def _statement(self, text: str, language: str, encoded: EncodedText) -> PairText:
        states = self._states(encoded)
        if states is None:
            [encoded] = self.encoder.encode([EncoderInput(text, language)])
            states = PairStates.unpack(encoded.pair_states)
        return _pair_text(text, language, encoded, states)

    def _candidates(self, tx: Transaction, statements: Sequence[Statement]) -> list[PairText]:
        """In order. Those without states of their wording and of this version are encoded, all in one batch."""
        stored = tx.vectors.encodings([statement.key for statement in statements], self.encoder.fingerprint)
        known: dict[int, PairText] = {}
        for statement in statements:
            encoded = stored.get(statement.key)
            states = self._states(encoded) if encoded else None
            if encoded and states and states.is_of(indexed_text(statement.title, statement.text)):
                known[statement.key] = _pair_text(statement.text, statement.language, encoded, states)
        missing = [statement for statement in statements if statement.key not in known]
        for statement, encoded in zip(missing, self.encoder.encode([_input(one) for one in missing]), strict=True):
            states = PairStates.unpack(encoded.pair_states)
            known[statement.key] = _pair_text(statement.text, statement.language, encoded, states)
        return [known[statement.key] for statement in statements]

    def _states(self, encoded: EncodedText) -> PairStates | None:
        """The states of an encoding; None where they are missing, damaged or of another version."""
        if encoded.pair_states_version != self.encoder.pair_states_version:
            return None
        try:
            return PairStates.unpack(encoded.pair_states)
        except ValueError:
            return None


def _input(statement: Statement) -> EncoderInput:
    whole = indexed_text(statement.title, statement.text)
    return EncoderInput(whole, statement.language, text_start(statement.title, statement.text))


def _pair_text(text: str, language: str, encoded: EncodedText, states: PairStates) -> PairText:
    return PairText(text, language, frozenset(encoded.terms.split()), encoded.vector, states)
