"""Alignment of a checked text with its precedents: what it repeats of each, what it changes, adds and drops."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.core.text_quotes import TextQuote
from app.domain.explanations.role_spans import AddedSpan, AlignedSpan, AlignedSpans, RemovedSpan
from app.domain.statements.statements import Statement
from app.services.ports import Transaction
from index.alignment.align import AlignedPhrase, Alignment, align_each
from index.alignment.chunked_text import ChunkedText
from index.alignment.phrases import AlignmentInput
from index.alignment.weights import Weights
from index.contract import EncodedText, TextEncoder

NO_SPANS: Final = AlignedSpans()


def alignment_input(text: str, language: str, token_features: bytes | None) -> AlignmentInput | None:
    """A text with its stored token features; None where they are missing, damaged, or of another wording."""
    try:
        content = ChunkedText.unpack(token_features or b"")
    except ValueError:
        return None
    return AlignmentInput(text, language, content) if content.is_of(text) else None


@dataclass(frozen=True, slots=True)
class ExplainMatches:
    """Aligns a text with its precedents by what was stored of them: nothing is embedded."""

    encoder: TextEncoder
    weights: Weights

    def sides(self, tx: Transaction, precedents: Sequence[Statement]) -> list[AlignmentInput | None]:
        """The precedents as they can be aligned, in order; None where their token features are not stored yet."""
        keys = [precedent.key for precedent in precedents]
        stored = (
            tx.vectors.token_features(self.encoder.fingerprint, self.encoder.token_features_version, keys)
            if keys
            else {}
        )
        return [alignment_input(one.text, one.language, stored.get(one.key)) for one in precedents]

    def align(
        self, text: str, language: str, encoded: EncodedText, sides: Sequence[AlignmentInput | None]
    ) -> list[AlignedSpans]:
        """The spans that a text has in common with each precedent, in order; none where there is nothing to align."""
        known = [side for side in sides if side]
        if not known:
            return [NO_SPANS] * len(sides)
        statement = AlignmentInput(text, language, ChunkedText.unpack(encoded.token_features))
        found = iter(align_each(statement, known, self.weights))
        return [_spans(text, side.text, next(found)) if side else NO_SPANS for side in sides]


def _spans(text: str, precedent: str, found: Alignment) -> AlignedSpans:
    def both(aligned: Sequence[AlignedPhrase]) -> tuple[AlignedSpan, ...]:
        return tuple(
            AlignedSpan(pair.role, TextQuote.of(text, *pair.statement), TextQuote.of(precedent, *pair.precedent))
            for pair in aligned
        )

    return AlignedSpans(
        repeated=both(found.repeated),
        changed=both(found.changed),
        added=tuple(AddedSpan(span.role, TextQuote.of(text, *span.span)) for span in found.added),
        removed=tuple(RemovedSpan(span.role, TextQuote.of(precedent, *span.span)) for span in found.dropped),
    )
