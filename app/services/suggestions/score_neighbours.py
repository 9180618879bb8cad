"""Scores of an archived statement's candidates, for the graph that suggestions are made of."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from app.domain.access.keys import Organisation
from app.domain.checks.checks import CheckRequest
from app.domain.checks.pair_scoring import Scoring
from app.domain.statements.statements import Statement
from app.services.checks.find_candidates import FindCandidates
from app.services.ports import Clock, Transaction
from index.contract import EncodedText, TextEncoder

MOST_PAIRS: Final = 25
"""Candidates that are kept of one statement, those of the highest score."""
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class ScoreNeighbours:
    """Finds candidates as a check does, by vectors and terms, and scores them as a check does."""

    encoder: TextEncoder
    find_candidates: FindCandidates
    policy: Scoring
    clock: Clock

    @property
    def version(self) -> str:
        """Version of the scores; others do not compare with them."""
        parts = (self.encoder.fingerprint, self.policy.version, str(self.policy.suggest_at), str(_FORMAT))
        return sha256("\x1f".join(parts).encode()).hexdigest()[:32]

    def __call__(
        self, tx: Transaction, statement: Statement, encoded: EncodedText, owner: Organisation | None
    ) -> dict[int, float]:
        """Scores by key of the statements of the same owner that may say the same, from the suggest cut-off on.

        Denials are not left out: people file them with what they deny. `owner`: whose private statement it is; None:
        it is shared. Raises `NotReady`.
        """
        request = CheckRequest(statement.text, statement.language, earlier_only=False, limit=MOST_PAIRS, record=False)
        own = frozenset({statement.key})
        found = self.find_candidates(tx, request, statement.language, encoded, own, self.clock(), owner)
        found = [(candidate, other) for candidate, other in found if other.owner == statement.owner]
        scores = self.policy.scores(
            [candidate.signals for candidate, _ in found], [candidate.narratives for candidate, _ in found]
        )
        likely = [
            (score, other.key)
            for (candidate, other), score in zip(found, scores, strict=True)
            if score >= self.policy.suggest_at and not candidate.one_word
        ]
        likely.sort(key=lambda one: (-one[0], one[1]))
        return {key: score for score, key in likely[:MOST_PAIRS]}
