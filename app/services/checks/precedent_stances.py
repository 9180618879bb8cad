"""Stances of precedents, each of the sentence that matches: what was denied or asked before was not said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.checks.checks import Candidate, StanceLabel
from app.domain.statements.statements import Statement
from app.language.stance.passages import Passage, passages
from app.services.checks.checked_text import CheckedText
from app.services.checks.score_pairs import PassageText, ScorePairs
from app.services.ports import Transaction
from app.services.stance.classify_stance import ClassifyStance
from app.services.stance.statement_stances import StatementStances
from index.contract import EncoderInput, TextEncoder

_MOST_PARTS: Final = 12
"""A precedent with more passages has the stance of its whole text."""

Candidates = Sequence[tuple[Candidate, Statement]]


@dataclass(frozen=True, slots=True)
class PrecedentStances:
    """Reads the stored stance of each precedent, and of those with passages of several stances that which matches."""

    encoder: TextEncoder
    stances: StatementStances
    classify_stance: ClassifyStance
    score_pairs: ScorePairs | None
    """None where passages are not compared."""

    def __call__(
        self, tx: Transaction, text: CheckedText, found: Candidates, read_closely: int, known_at: datetime | None
    ) -> dict[int, StanceLabel | None]:
        """Stance by key. Passages are looked at for the first `read_closely` only."""
        stored = self.stances(tx, [statement for _, statement in found], known_at)
        labels = {key: stance.label for key, stance in stored.items()}
        if self.score_pairs is None:
            return labels
        several = {
            statement.key: parts
            for _, statement in found[:read_closely]
            if (parts := self._parts(statement, labels[statement.key]))
        }
        if not several:
            return labels
        inputs = [
            EncoderInput(statement.text[part.start : part.end], statement.language)
            for _, statement in found
            for part in several.get(statement.key, ())
        ]
        encodings = iter(self.encoder.encode(inputs))
        for candidate, statement in found:
            if statement.key in several:
                parts = several[statement.key]
                others = [PassageText(statement.text[part.start : part.end], next(encodings)) for part in parts]
                passage = text.passage(candidate.passage)
                best = self.score_pairs.closest(passage, text.language.code, others, statement.language)
                closest = others[best]
                read = self.classify_stance(closest.text, statement.language, closest.encoded.vector)
                labels[statement.key] = parts[best].settled or read.label
        return labels

    def _parts(self, statement: Statement, whole: StanceLabel | None) -> Sequence[Passage]:
        """Passages of a statement, where not all of them have the stance of the whole."""
        if whole is None:
            return ()
        parts = passages(statement.text, statement.language)
        if not parts or len(parts) > _MOST_PARTS:
            return ()
        labels = {
            part.settled or self.classify_stance(statement.text[part.start : part.end], statement.language, None).label
            for part in parts
        }
        said = {label in ("assertion", "report") for label in (*labels, whole)}
        return parts if len(said) > 1 else ()
