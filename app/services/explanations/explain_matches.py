"""Alignment of a statement with each precedent: repeated, changed, added and dropped phrases."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.checks.checks import Match
from app.domain.core.text_quotes import TextQuote
from app.domain.explanations.role_spans import AddedSpan, AlignedSpan, RemovedSpan
from app.services.ports import Store
from index.alignment.align import AlignedPhrase, Alignment, align_each
from index.alignment.chunked_text import ChunkedText
from index.alignment.phrases import AlignmentInput
from index.alignment.weights import Weights
from index.contract import EncodedText, TextEncoder


def alignment_input(text: str, language: str, words: bytes | None) -> AlignmentInput | None:
    """Input of the alignment from stored token features; None where they are missing, damaged, or of another version
    of the text."""
    try:
        content = ChunkedText.unpack(words or b"")
    except ValueError:
        return None
    return AlignmentInput(text, language, content) if content.is_of(text) else None


@dataclass(frozen=True, slots=True)
class ExplainMatches:
    """Aligns a statement with its precedents by their stored token features, without embedding."""

    store: Store
    encoder: TextEncoder
    weights: Weights

    def __call__(self, text: str, language: str, encoded: EncodedText, matches: Sequence[Match]) -> tuple[Match, ...]:
        """Matches with their spans, in order; without spans where a precedent's token features are not stored yet."""
        if not matches:
            return ()
        keys = [match.precedent.key for match in matches]
        with self.store.reading() as tx:
            stored = tx.vectors.token_features(self.encoder.fingerprint, self.encoder.token_features_version, keys)
        sides = [
            alignment_input(match.precedent.text, match.precedent.language, stored.get(match.precedent.key))
            for match in matches
        ]
        statement = AlignmentInput(text, language, ChunkedText.unpack(encoded.token_features))
        found = iter(align_each(statement, [side for side in sides if side], self.weights))
        return tuple(
            _with_spans(match, text, next(found)) if side else match for match, side in zip(matches, sides, strict=True)
        )


def _with_spans(match: Match, text: str, found: Alignment) -> Match:
    theirs = match.precedent.text

    def both(slots: Sequence[AlignedPhrase]) -> tuple[AlignedSpan, ...]:
        return tuple(
            AlignedSpan(slot.role, TextQuote.of(text, *slot.statement), TextQuote.of(theirs, *slot.precedent))
            for slot in slots
        )

    return replace(
        match,
        repeated=both(found.repeated),
        changed=both(found.changed),
        added=tuple(AddedSpan(phrase.role, TextQuote.of(text, *phrase.span)) for phrase in found.added),
        dropped=tuple(RemovedSpan(phrase.role, TextQuote.of(theirs, *phrase.span)) for phrase in found.dropped),
    )
