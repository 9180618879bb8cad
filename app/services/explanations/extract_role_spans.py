"""Role spans of archived statements for timelines: quantities, means, places, times, targets."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.core.text_quotes import TextQuote
from app.domain.explanations.role_spans import RoleSpan
from app.domain.statements.statements import Statement
from app.services.explanations.explain_matches import alignment_input
from app.services.ports import Transaction
from index.alignment.align import role_spans
from index.alignment.weights import Weights
from index.contract import TextEncoder


@dataclass(frozen=True, slots=True)
class ExtractRoleSpans:
    """Extracts role spans from stored token features, without embedding."""

    encoder: TextEncoder
    weights: Weights

    def __call__(self, tx: Transaction, statements: Sequence[Statement]) -> dict[int, tuple[RoleSpan, ...]]:
        """Role spans of each statement by its key, in order of the text; empty without stored token features."""
        keys = [statement.key for statement in statements]
        stored = tx.vectors.token_features(self.encoder.fingerprint, self.encoder.token_features_version, keys)
        return {statement.key: self._role_spans(statement, stored.get(statement.key)) for statement in statements}

    def _role_spans(self, statement: Statement, words: bytes | None) -> tuple[RoleSpan, ...]:
        side = alignment_input(statement.text, statement.language, words)
        found = role_spans(side, self.weights) if side else []
        return tuple(RoleSpan(slot.role, TextQuote.of(statement.text, *slot.span)) for slot in found)
