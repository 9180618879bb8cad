"""Role spans of archived statements for timelines: quantities, means, places, times, targets."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.core.text_quotes import TextQuote
from app.domain.explanations.role_spans import RoleSpan
from app.domain.statements.statements import Statement
from app.services.explanations.explain_matches import stored_side
from app.services.ports import Transaction
from index.alignment.align import slots
from index.alignment.weights import Weights
from index.contract import TextEncoder


@dataclass(frozen=True, slots=True)
class ExtractRoleSpans:
    """Extracts role spans from stored token features, without embedding."""

    encoder: TextEncoder
    weights: Weights

    def __call__(self, tx: Transaction, statements: Sequence[Statement]) -> dict[int, tuple[RoleSpan, ...]]:
        """The slots of each statement by its key, in order of the text; none where its words are not stored yet."""
        keys = [statement.key for statement in statements]
        stored = tx.vectors.token_features(self.encoder.fingerprint, self.encoder.token_features_version, keys)
        return {one.key: self._role_spans(one, stored.get(one.key)) for one in statements}

    def _role_spans(self, statement: Statement, words: bytes | None) -> tuple[RoleSpan, ...]:
        side = alignment_input(statement.text, statement.language, words)
        found = role_spans(side, self.weights) if side else []
        return tuple(RoleSpan(slot.role, TextQuote.of(statement.text, *slot.span)) for slot in found)
