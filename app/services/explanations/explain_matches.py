"""Alignment of a checked text with each precedent: repeated, changed, added and removed phrases."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.core.text_quotes import TextQuote
from app.domain.explanations.role_spans import AddedSpan, AlignedSpan, AlignedSpans, RemovedSpan
from app.domain.statements.statements import Statement
from app.services.ports import Transaction
from index.alignment.align import AlignedPhrase, Alignment, Span, align_each
from index.alignment.chunked_text import ChunkedText
from index.alignment.phrases import AlignmentInput
from index.alignment.weights import Role, Weights
from index.contract import EncodedText, TextEncoder

NO_SPANS: Final = AlignedSpans()


def alignment_input(text: str, language: str, token_features: bytes | None) -> AlignmentInput | None:
    """Input of the alignment from stored token features; None where they are missing, damaged, or of another version
    of the text."""
    try:
        content = ChunkedText.unpack(token_features or b"")
    except ValueError:
        return None
    return AlignmentInput(text, language, content) if content.is_of(text) else None


@dataclass(frozen=True, slots=True)
class ExplainMatches:
    """Aligns a text with its precedents by their stored token features, without embedding."""

    encoder: TextEncoder
    weights: Weights

    def sides(self, tx: Transaction, precedents: Sequence[Statement]) -> list[AlignmentInput | None]:
        """Inputs of the alignment for precedents, in order; None where their token features are not stored yet."""
        keys = [precedent.key for precedent in precedents]
        stored = (
            tx.vectors.token_features(self.encoder.fingerprint, self.encoder.token_features_version, keys)
            if keys
            else {}
        )
        return [
            alignment_input(precedent.text, precedent.language, stored.get(precedent.key)) for precedent in precedents
        ]

    def align(
        self, text: str, language: str, encoded: EncodedText, sides: Sequence[AlignmentInput | None]
    ) -> list[AlignedSpans]:
        """Spans of a text and each precedent, in order; `NO_SPANS` where there is nothing to align.

        Of the replacements those that are certain; what may have been replaced is in no list.
        """
        known = [side for side in sides if side]
        if not known:
            return [NO_SPANS] * len(sides)
        statement = AlignmentInput(text, language, ChunkedText.unpack(encoded.token_features))
        found = iter(align_each(statement, known, self.weights))
        return [_spans(text, side.text, next(found)) if side else NO_SPANS for side in sides]


def _spans(text: str, precedent: str, found: Alignment) -> AlignedSpans:
    def both(aligned: Sequence[AlignedPhrase]) -> tuple[AlignedSpan, ...]:
        return tuple(
            AlignedSpan(
                phrase.role,
                TextQuote.of(text, *phrase.statement),
                TextQuote.of(precedent, *phrase.precedent),
                phrase.conflict,
            )
            for phrase in aligned
            if phrase.certain
        )

    # Other amounts may be of something else, but neither is in both texts.
    apart = [phrase for phrase in found.changed if not phrase.certain and phrase.role == "quantity"]
    added = sorted(
        [*((one.role, one.span) for one in found.added), *((one.role, one.statement) for one in apart)], key=_place
    )
    dropped = sorted(
        [*((one.role, one.span) for one in found.dropped), *((one.role, one.precedent) for one in apart)], key=_place
    )
    return AlignedSpans(
        repeated=both(found.repeated),
        changed=both(found.changed),
        added=tuple(AddedSpan(role, TextQuote.of(text, *span)) for role, span in added),
        removed=tuple(RemovedSpan(role, TextQuote.of(precedent, *span)) for role, span in dropped),
    )


def _place(phrase: tuple[Role, Span]) -> Span:
    return phrase[1]
