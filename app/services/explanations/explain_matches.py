"""What a statement repeats of each precedent, what it changes, what it adds and what it drops."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.checks.checks import Match
from app.domain.core.text_quotes import TextQuote
from app.domain.explanations.role_spans import AddedSpan, AlignedSpan, RemovedSpan
from app.services.ports import Store
from index.alignment.align import Aligned, Alignment, align_each
from index.alignment.chunked_text import ChunkedText
from index.alignment.phrases import Side
from index.alignment.weights import Weights
from index.contract import EncodedText, TextEncoder


def stored_side(text: str, language: str, words: bytes | None) -> Side | None:
    """A text with its stored words; None where they are missing, damaged, or of the text as it was before a change."""
    try:
        content = ChunkedText.unpack(words or b"")
    except ValueError:
        return None
    return Side(text, language, content) if content.is_of(text) else None


@dataclass(frozen=True, slots=True)
class ExplainMatches:
    """Aligns a statement with its precedents by what was stored of them: nothing is embedded."""

    store: Store
    encoder: TextEncoder
    weights: Weights

    def __call__(self, text: str, language: str, encoded: EncodedText, matches: Sequence[Match]) -> tuple[Match, ...]:
        """The matches with their spans, in order; without them where a precedent's words are not stored yet."""
        if not matches:
            return ()
        keys = [match.precedent.key for match in matches]
        with self.store.reading() as tx:
            stored = tx.vectors.token_features(self.encoder.fingerprint, self.encoder.token_features_version, keys)
        sides = [
            stored_side(match.precedent.text, match.precedent.language, stored.get(match.precedent.key))
            for match in matches
        ]
        statement = Side(text, language, ChunkedText.unpack(encoded.token_features))
        found = iter(align_each(statement, [side for side in sides if side], self.weights))
        return tuple(
            _explained(match, text, next(found)) if side else match for match, side in zip(matches, sides, strict=True)
        )


def _explained(match: Match, text: str, found: Alignment) -> Match:
    theirs = match.precedent.text

    def both(slots: Sequence[Aligned]) -> tuple[AlignedSpan, ...]:
        return tuple(
            AlignedSpan(one.role, TextQuote.of(text, *one.statement), TextQuote.of(theirs, *one.precedent))
            for one in slots
        )

    return replace(
        match,
        repeated=both(found.repeated),
        changed=both(found.changed),
        added=tuple(AddedSpan(one.role, TextQuote.of(text, *one.span)) for one in found.added),
        removed=tuple(RemovedSpan(one.role, TextQuote.of(theirs, *one.span)) for one in found.dropped),
    )
