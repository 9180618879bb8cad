"""Summary of the differences of two aligned texts: complete phrases, the most informative first."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.explanations.role_spans import OPPOSING, AddedSpan, AlignedSpan, RemovedSpan, Role
from app.language.explanation.noun_phrases import Phrase, phrases_of
from app.language.explanation.phrase_rendering import PhraseRenderer, PhraseSpan, SourceText
from app.language.explanation.replacements import Replacement, replacements_of

_REPEATED: Final[tuple[Role, ...]] = (
    "actor", "target", "victims", "means", "place", "act", "quantity", "time", "other",
)  # fmt: skip
_ONE_SIDED: Final[tuple[Role, ...]] = (
    "quantity", "means", "actor", "victims", "target", "time", "other", "place", "act",
)  # fmt: skip
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class DiffSummary:
    """Phrases that an explanation mentions, the most informative first. Offsets of repeated ones refer to
    `readable`."""

    readable: SourceText
    repeated: tuple[PhraseSpan, ...]
    accused: PhraseSpan | None
    """The accused party in both texts."""
    changed: tuple[Replacement, ...]
    added: tuple[PhraseSpan, ...]
    dropped: tuple[PhraseSpan, ...]


@dataclass(frozen=True, slots=True)
class AlignedTexts:
    """Two texts with the alignment of their chunks."""

    statement: SourceText
    precedent: SourceText
    repeated: Sequence[AlignedSpan]
    changed: Sequence[AlignedSpan]
    added: Sequence[AddedSpan]
    dropped: Sequence[RemovedSpan]

    @property
    def same_words(self) -> bool:
        """True if the words of both are the same, punctuation aside."""
        return _WORD.findall(self.statement.text.casefold()) == _WORD.findall(self.precedent.text.casefold())

    def diff_summary(self, renderer: PhraseRenderer) -> DiffSummary:
        """Phrases to be mentioned in the explanation."""
        statement = phrases_of(
            self.statement,
            [(span.role, span.statement, "repeated") for span in self.repeated]
            + [(span.role, span.statement, "changed") for span in self.changed]
            + [(span.role, span.statement, "alone") for span in self.added],
            renderer,
        )
        precedent = phrases_of(
            self.precedent,
            [(span.role, span.precedent, "repeated") for span in self.repeated]
            + [(span.role, span.precedent, "changed") for span in self.changed]
            + [(span.role, span.precedent, "alone") for span in self.dropped],
            renderer,
        )
        changed = replacements_of(
            Replacement(statement[span.statement.start], precedent[span.precedent.start], span.conflict)
            for span in self.changed
            if span.conflict not in OPPOSING
        )
        readable, phrases = self.statement, statement
        if self.precedent.own and not self.statement.own:
            readable, phrases = self.precedent, precedent
        again = _repeated_spans(readable, phrases.values(), renderer)
        return DiffSummary(
            readable,
            repeated=_ordered_by_role(again, _REPEATED),
            accused=_accused_span(phrases.values()),
            changed=changed,
            added=_unmatched_spans(
                self.statement, statement.values(), {replacement.statement for replacement in changed}, renderer
            ),
            dropped=_unmatched_spans(
                self.precedent, precedent.values(), {replacement.precedent for replacement in changed}, renderer
            ),
        )


def _repeated_spans(source: SourceText, phrases: Iterable[Phrase], renderer: PhraseRenderer) -> set[PhraseSpan]:
    """Spans of repeated phrases, and of repeated names in other phrases."""
    again = set()
    for phrase in phrases:
        if phrase.repeated:
            again.add(phrase.span)
        elif "changed" not in phrase.statuses:
            named = zip(phrase.parts, phrase.statuses, strict=True)
            again.update(part for part, status in named if status == "repeated" and renderer.is_name(source, part))
    return again


def _accused_span(phrases: Iterable[Phrase]) -> PhraseSpan | None:
    """Accused party in both texts: the same phrase, or the same name with more detail in one."""
    blamed = (phrase for phrase in phrases if phrase.span.role == "accused" and phrase.statuses[-1] == "repeated")
    return next((phrase.span for phrase in blamed), None)


def _unmatched_spans(
    source: SourceText, phrases: Iterable[Phrase], changed: Collection[Phrase], renderer: PhraseRenderer
) -> tuple[PhraseSpan, ...]:
    """Spans of phrases without a counterpart in the other text, nor a name in common: "Idlib governorate" repeats
    Idlib."""
    alone = set()
    for phrase in phrases:
        named = zip(phrase.parts, phrase.statuses, strict=True)
        known = any(status == "repeated" and renderer.is_name(source, part) for part, status in named)
        if (
            (phrase.unmatched or "changed" in phrase.statuses)
            and not phrase.lacks_noun
            and not (phrase.cut_off and _is_one_name(source, phrase, renderer))
            and phrase not in changed
            and not known
        ):
            alone.add(phrase.span)
    return _ordered_by_role(alone, _ONE_SIDED)


def _is_one_name(source: SourceText, phrase: Phrase, renderer: PhraseRenderer) -> bool:
    """True for a name of one word, which may be an adjective: "Turkish"."""
    part = phrase.span
    return renderer.is_name(source, part) and " " not in source.text[part.start : part.end]


def _ordered_by_role(spans: Iterable[PhraseSpan], roles: Sequence[Role]) -> tuple[PhraseSpan, ...]:
    """Spans with one of the roles, in the order of the roles and then of the text."""
    return tuple(
        sorted((span for span in spans if span.role in roles), key=lambda span: (roles.index(span.role), span.start))
    )
