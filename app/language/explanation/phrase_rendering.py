"""Rendering of phrases quoted in a sentence: with their article, in lower case, bounded in length."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Final

from app.domain.core.messages import Messages
from app.domain.explanations.role_spans import Role
from index.alignment.lexicon import lexicon

_LONGEST: Final = 60
_MOST_BEFORE: Final = 6
_MOST_BETWEEN: Final = 2
_SHORT: Final = 3
"""Length of words that in any language are hardly more than a preposition."""
DEEDS: Final[tuple[Role, ...]] = ("act", "motive")
_FOLLOWING: Final = re.compile(r" ([^\W\d_]+)")
_MORE: Final = re.compile(r" [^\W\d_]")
_QUOTES: Final = re.compile(r"[\"“”«»„]")
_UNSEEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, including those for the direction of writing."""


@dataclass(frozen=True, slots=True)
class PhraseSpan:
    """Span of a chunk, with its role."""

    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceText:
    """Text that phrases are quoted from. `own`: it is in the language of the sentence; words of any other are put in
    quotation marks."""

    text: str
    own: bool


@dataclass(frozen=True, slots=True)
class RenderedPhrase:
    """Phrase as rendered in a sentence. `attached`: it begins with a preposition, and follows what it belongs to.
    `names`: it certainly names a thing or an event, and not an act or a date."""

    words: str
    attached: bool = False
    names: bool = True


class PhraseRenderer:
    """Renders phrases for sentences of one language, by the word lists of that language in app/texts."""

    def __init__(self, phrases: Messages):
        self._phrases = phrases
        self._lifts = phrases.format_message("grammar-lifting") == "yes"
        self._articles = self._word_list("articles")
        self._possessives = self._word_list("possessives")
        self._prepositions = self._word_list("prepositions")
        self._not_first = self._word_list("not-first")
        self._motion = self._word_list("motion")
        self._links = self._word_list("links")
        self._place_links = self._word_list("place-links")
        self._deeds = self._word_list("deeds")
        self._kinds = self._word_list("kinds")
        self._places = self._word_list("places")
        self._adverb = phrases.format_message("grammar-adverb")
        self._times = self._word_list("times")
        self._negations = self._word_list("negations")
        self._common = self._word_list("common")
        self._link_after = re.compile(rf" (?:{'|'.join(map(re.escape, sorted(self._links))) or '(?!)'})\b")

    def _word_list(self, name: str) -> frozenset[str]:
        return frozenset(self._phrases.format_message(f"grammar-{name}").split())

    def render(self, source: SourceText, part: PhraseSpan, *, bare: bool = False) -> RenderedPhrase:
        """Renders a span of a text; `bare`: without its preposition."""
        deed = part.role in DEEDS
        if not self._fits(source):
            return RenderedPhrase(
                self._quoted(source.text[part.start : part.end]), names=not deed and part.role not in ("time", "other")
            )
        begins, attached, article = self._with_words_before(source.text, part, bare=bare)
        name = self.is_name(source, part) and " " not in source.text[part.start : part.end]
        if article and name and part.role == "place" and _MORE.match(source.text, part.end):
            begins, attached, article = part.start, False, False  # "the Idlib governorate" is not "the Idlib"
        words = unquoted(source.text[begins : part.end])
        if _begins_sentence(source.text, begins):
            words = self._lowercase_first(words, source.text)
        if deed and not article:
            return RenderedPhrase(self._quoted(words), names=False)
        first, _, rest = words.partition(" ")
        if attached and first in self._motion:
            named = self.without_article(rest)[:1].isupper()
            words = self._phrases.format_message("grammar-rest" if named else "grammar-rest-unnamed", place=rest)
        elif first.lower() in self._possessives:
            words = self._phrases.format_message("grammar-article", noun=rest)
        negated = source.text[part.start : part.end].split()[0].lower() in self._negations
        names = (
            not negated
            and not self._link_after.match(source.text, part.end)
            and {
                "time": article and self._names_event(words),
                "other": self.is_name(source, part) or " " in source.text[part.start : part.end],
            }.get(part.role, True)
        )
        return RenderedPhrase(shortened(words), attached, names)

    def _fits(self, source: SourceText) -> bool:
        """True if words of a text fit a sentence of the language as they are."""
        return source.own and self._lifts

    def without_article(self, words: str) -> str:
        """Rendered words without their leading article."""
        first, _, rest = words.partition(" ")
        return rest if first in self._articles else words

    def same_phrase(self, source: SourceText, first: PhraseSpan, second: PhraseSpan) -> bool:
        """True if two neighbouring chunks form one phrase: "Syrian refugees", "chlorine attack", "six tanks of gas"."""
        between = source.text[first.end : second.start]
        if between in (" ", "-"):
            return self._same_noun_phrase(source, first, second)
        words = between.split()
        if second.role in DEEDS or not 0 < len(words) <= _MOST_BETWEEN:
            return False
        if not self._fits(source):
            return first.role == "quantity" and all(word.isalpha() and len(word) <= _SHORT for word in words)
        if first.role == second.role == "place":
            linked = words[0] in self._place_links
        else:
            group = first.role == "actor" and " " in source.text[second.start : second.end]
            material = first.role == second.role == "means"
            linked = words[0] in self._links and (first.role == "quantity" or group or material)
        return linked and all(word in self._articles | self._possessives for word in words[1:])

    def _same_noun_phrase(self, source: SourceText, first: PhraseSpan, second: PhraseSpan) -> bool:
        """True if two adjacent chunks form one noun phrase: the first modifies the second, and neither is a verb."""
        if not self._fits(source):
            return first.role not in DEEDS and first.role in ("quantity", second.role)
        word, next_word = (source.text[part.start : part.end].split()[-1] for part in (first, second))
        if second.role in ("quantity", "time") or (self._adverb and next_word.endswith(self._adverb)):
            return False
        if first.role == "time" and any(map(str.isdigit, source.text[first.start : first.end])):
            return False  # "From 1 January banks"
        named, other_named = self.is_name(source, first), self.is_name(source, second)
        if first.role != "quantity" and other_named and word.islower():
            return False  # "without gas Germany"
        if first.role == "place" and named and next_word not in self._places:
            return self._with_words_before(source.text, first, bare=True)[2]  # not so in "in Georgia election workers"
        return (first.role not in DEEDS or word in self._kinds) and (
            second.role not in DEEDS or next_word in self._deeds | self._kinds
        )

    def is_name(self, source: SourceText, part: PhraseSpan) -> bool:
        """True if a chunk has a capital for another reason than being first in its sentence."""
        words = source.text[part.start : part.end]
        return words[:1].isupper() and not (words[1:].islower() and _begins_sentence(source.text, part.start))

    def continues(self, source: SourceText, end: int) -> bool:
        """True if a content word in small letters follows after one blank: "intelligence" after "Turkish"."""
        following = _FOLLOWING.match(source.text, end) if source.own else None
        return (
            following is not None
            and following[1].islower()
            and following[1] not in lexicon(self._phrases.language).function
        )

    def _with_words_before(self, text: str, part: PhraseSpan, *, bare: bool) -> tuple[int, bool, bool]:
        """Start of a chunk with the words that belong before it; whether that is a preposition, and whether it has an
        article."""
        begins, attached, article = part.start, False, False
        start = part.start
        for _ in range(_MOST_BEFORE):
            before, next_to_it = _word_before(text, start), start == begins
            if before is None:
                break
            word, start = before
            if word in self._articles or (word in self._possessives and not text[begins].isdigit()):
                if next_to_it:
                    begins, article = start, True
            elif bare or part.role not in ("place", "time") or word not in self._prepositions | self._motion:
                break
            elif word not in self._not_first:
                begins, attached = start, True
        return begins, attached, article

    def _names_event(self, words: str) -> bool:
        """True if the words of a time name an event, and not a date or a duration."""
        return words.islower() and not any(word[0].isdigit() or word in self._times for word in words.split())

    def _lowercase_first(self, words: str, text: str) -> str:
        """Words from the start of a sentence, as written inside one."""
        first = words.partition(" ")[0]
        small = first.lower()
        known = self._articles | self._prepositions | self._motion | self._common
        if small in known or re.search(rf"(?<!\w){re.escape(small)}(?!\w)", text):
            return small + words[len(first) :]
        return words

    def _quoted(self, words: str) -> str:
        return self._phrases.format_message("explanation-quoted", words=shortened(unquoted(words)))


def _begins_sentence(text: str, offset: int) -> bool:
    before = text[:offset].rstrip(" \t\"“”«»„'(")
    return not before or before[-1] in ".!?…:\n"


def _word_before(text: str, offset: int) -> tuple[str, int] | None:
    """Word before an offset, in lower case, and its start; None where there is none."""
    end = offset
    while end and text[end - 1] in " \t":
        end -= 1
    start = end
    while start and (text[start - 1].isalnum() or text[start - 1] in "’'-"):
        start -= 1
    return (text[start:end].lower(), start) if start < end < offset else None


def list_order(items: Iterable[RenderedPhrase], phrases: Messages) -> tuple[str, ...]:
    """Rendered phrases in a list order: attached ones with the phrase before them, or with the first that can take
    them."""
    listed: list[str] = []
    early: list[str] = []

    def attach(phrase: str, attached: str) -> str:
        return phrases.format_message("grammar-attached", phrase=phrase, attached=attached)

    for item in items:
        if not item.attached:
            listed.append(reduce(attach, early, item.words))
            early = []
        elif listed:
            listed[-1] = attach(listed[-1], item.words)
        else:
            early.append(item.words)
    return (*listed, *early)


def unquoted(words: str) -> str:
    """Single line without invisible characters or quotation marks, as the words are quoted in a sentence."""
    return " ".join(_QUOTES.sub("", _UNSEEN.sub("", words)).split())


def shortened(words: str) -> str:
    """Words bounded in length, cut after a word."""
    if len(words) <= _LONGEST:
        return words
    return f"{words[:_LONGEST].rpartition(' ')[0] or words[: _LONGEST - 1]}…"
