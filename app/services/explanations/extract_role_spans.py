"""The parts of archived statements that vary down the years: quantities, means, places, times, targets."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.core.text_quotes import TextQuote
from app.domain.explanations.role_spans import Slot
from app.domain.statements.statements import Statement
from app.services.explanations.explain_matches import stored_side
from app.services.ports import Store
from index.alignment.align import slots
from index.alignment.weights import Weights
from index.contract import Reader


@dataclass(frozen=True, slots=True)
class ReadSlots:
    """Reads them off what was stored when the statements were written: nothing is embedded."""

    store: Store
    reader: Reader
    weights: Weights

    def __call__(self, statements: Sequence[Statement]) -> dict[int, tuple[Slot, ...]]:
        """The slots of each statement by its key, in order of the text; none where its words are not stored yet."""
        keys = [statement.key for statement in statements]
        with self.store.reading() as tx:
            stored = tx.vectors.words(self.reader.fingerprint, self.reader.words_version, keys)
        return {one.key: self._slots(one, stored.get(one.key)) for one in statements}

    def _slots(self, statement: Statement, words: bytes | None) -> tuple[Slot, ...]:
        side = stored_side(statement.text, statement.language, words)
        found = slots(side, self.weights) if side else []
        return tuple(Slot(slot.role, TextQuote.of(statement.text, *slot.span)) for slot in found)
