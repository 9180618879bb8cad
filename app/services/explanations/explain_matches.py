"""What a statement repeats of each precedent, what it changes, what it adds and what it drops."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.checks.checks import Match
from app.domain.core.text_quotes import TextQuote
from app.domain.explanations.role_spans import AddedSlot, AlignedSlot, DroppedSlot
from app.services.ports import Store
from index.alignment.align import Aligned, Alignment, align_each
from index.alignment.chunked_text import Content
from index.alignment.phrases import Side
from index.alignment.weights import Weights
from index.contract import Reader, Reading


def stored_side(text: str, language: str, words: bytes | None) -> Side | None:
    """A text with its stored words; None where they are missing, damaged, or of the text as it was before a change."""
    try:
        content = Content.unpack(words or b"")
    except ValueError:
        return None
    return Side(text, language, content) if content.is_of(text) else None


@dataclass(frozen=True, slots=True)
class ExplainMatches:
    """Aligns a statement with its precedents by what was stored of them: nothing is embedded."""

    store: Store
    reader: Reader
    weights: Weights

    def __call__(self, text: str, language: str, reading: Reading, matches: Sequence[Match]) -> tuple[Match, ...]:
        """The matches with their spans, in order; without them where a precedent's words are not stored yet."""
        if not matches:
            return ()
        keys = [match.precedent.key for match in matches]
        with self.store.reading() as tx:
            stored = tx.vectors.words(self.reader.fingerprint, self.reader.words_version, keys)
        sides = [
            stored_side(match.precedent.text, match.precedent.language, stored.get(match.precedent.key))
            for match in matches
        ]
        statement = Side(text, language, Content.unpack(reading.words))
        found = iter(align_each(statement, [side for side in sides if side], self.weights))
        return tuple(
            _explained(match, text, next(found)) if side else match for match, side in zip(matches, sides, strict=True)
        )


def _explained(match: Match, text: str, found: Alignment) -> Match:
    theirs = match.precedent.text

    def both(slots: Sequence[Aligned]) -> tuple[AlignedSlot, ...]:
        return tuple(
            AlignedSlot(one.role, TextQuote.of(text, *one.statement), TextQuote.of(theirs, *one.precedent))
            for one in slots
        )

    return replace(
        match,
        repeated=both(found.repeated),
        changed=both(found.changed),
        added=tuple(AddedSlot(one.role, TextQuote.of(text, *one.span)) for one in found.added),
        dropped=tuple(DroppedSlot(one.role, TextQuote.of(theirs, *one.span)) for one in found.dropped),
    )
