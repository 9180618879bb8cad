"""Stances of archived statements: read where they are stored, classified from the stored vector where they are not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from app.domain.checks.checks import Stance
from app.domain.statements.statements import Statement
from app.services.ports import Transaction
from app.services.stance.classify_stance import ClassifyStance
from index.contract import FloatArray


@dataclass(frozen=True, slots=True)
class StatementStances:
    """Gives a statement the stance that its text gets anywhere else."""

    fingerprint: str
    """Fingerprint of the encoder whose vectors are used."""
    classify_stance: ClassifyStance

    def __call__(
        self, tx: Transaction, statements: Sequence[Statement], known_at: datetime | None = None
    ) -> dict[int, Stance]:
        """The stance of each statement by key; of statements as they were at `known_at`, that of their text then."""
        keys = [statement.key for statement in statements]
        reworded = tx.revisions.former_encodings(keys, self.fingerprint, known_at) if keys and known_at else {}
        current = {statement.key: statement.text for statement in statements if statement.key not in reworded}
        stances = tx.vectors.stances(self.fingerprint, self.classify_stance.version, current) if current else {}
        missing = [statement for statement in statements if statement.key not in stances]
        unread = [statement.key for statement in missing if statement.key not in reworded]
        stored = tx.vectors.embeddings(self.fingerprint, unread) if unread else {}
        stored |= {key: encoding.vector for key, encoding in reworded.items()}
        return stances | {
            statement.key: self.classify_stance(statement.text, statement.language, _array(stored.get(statement.key)))
            for statement in missing
        }


def _array(stored: bytes | None) -> FloatArray | None:
    return None if stored is None else np.frombuffer(stored, "<f4")
