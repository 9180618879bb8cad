"""The parts of archived statements that vary down the years: quantities, means, places, times, targets."""

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
    """Reads them off what was stored when the statements were written: nothing is embedded."""

    encoder: TextEncoder
    weights: Weights

    def __call__(self, tx: Transaction, statements: Sequence[Statement]) -> dict[int, tuple[RoleSpan, ...]]:
        """The slots of each statement by its key, in order of the text; none where its words are not stored yet."""
        keys = [statement.key for statement in statements]
        stored = tx.vectors.token_features(self.encoder.fingerprint, self.encoder.token_features_version, keys)
        return {one.key: self._role_spans(one, stored.get(one.key)) for one in statements}

    def _role_spans(self, statement: Statement, words: bytes | None) -> tuple[RoleSpan, ...]:
        side = stored_side(statement.text, statement.language, words)
        found = slots(side, self.weights) if side else []
        return tuple(RoleSpan(slot.role, TextQuote.of(statement.text, *slot.span)) for slot in found)
