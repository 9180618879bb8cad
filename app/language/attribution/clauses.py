"""Clause boundaries in a sentence, and the words between a verb of saying and its clause."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.core.spans import Span
from app.language.attribution.date_phrases import DatePhrases
from app.language.attribution.quotations import inside, is_speech
from app.language.attribution.speakers import SpeakerResolver
from app.language.attribution.text_spans import Article, trimmed
from app.language.lexicons.attribution import AttributionLexicon

WORD: Final = re.compile(r"\w[\w’'-]*")
NOTHING_SAID: Final = 2
"""Words of the shortest reported clause."""
TAIL: Final = 8
"""Words that may come after a verb that ends a sentence: when, where, to whom."""
_APPOSED: Final = 3
"""Words of an apposition among which what it calls the speaker is."""
_SINCE: Final = re.compile(r"(?:since|с|со|з|із|seit|depuis|desde|da)\b")
_THEIRS: Final = frozenset(["it", "its", "their", "his", "her"])
_LAST: Final = re.compile(r"(?:\b(?P<word>\w+)|,)\s*\Z")
_LONGEST_LAST: Final = 120
"""Characters of a preposition before a date, with the blanks behind it."""


def count(words: str) -> int:
    """The number of words in a text."""
    return len(WORD.findall(words))


@dataclass(frozen=True, slots=True)
class ClauseParser:
    """Finds the clauses of one article's sentences."""

    article: Article
    lexicon: AttributionLexicon
    resolver: SpeakerResolver
    dates: DatePhrases

    def _in_relative(self, begins: int, verb: int) -> bool:
        """True where a verb is part of a relative clause: `the video that Holm posted`."""
        clause = self.article.plain[begins:verb]
        return any(
            clause[match.end() :].strip() and "," not in clause[match.end() :]
            for kind in (self.lexicon.relative, self.lexicon.that)
            for match in kind.finditer(clause)
        )

    def _apposition(self, start: int, end: int) -> bool:
        """True where the end of the sentence describes the speaker: `…, the governor of Orsk`."""
        words = WORD.findall(self.article.plain[start:end])
        kinds = (self.lexicon.role, self.lexicon.body)
        return len(words) <= TAIL and any(kind.fullmatch(word) for word in words[:_APPOSED] for kind in kinds)

    def _behind_apposition(self, comma: int, end: int) -> int:
        """The end of an apposition that begins at a comma: `According to Dahl, the mayor of Orsk, …`."""
        closes = self.article.plain.find(",", comma + 1, end)
        return closes if closes > 0 and self._apposition(comma, closes) else comma

    def _before_apposition(self, start: int, comma: int) -> int:
        """The comma before the speaker, in `…, the center, an organ of the ministry, said`."""
        apposed = self.article.plain.rfind(",", start, comma)
        before = self.article.plain.rfind(",", start, apposed) if apposed > 0 else -1
        return before if before > 0 else comma

    def _clause_after(self, start: int, end: int) -> tuple[int | None, bool]:
        """The start of the reported clause after a verb, and whether `that` or a colon introduces it."""
        plain, lexicon = self.article.plain, self.lexicon
        position = start
        while True:
            while position < end and (plain[position].isspace() or plain[position] == ","):
                position += 1
            if plain[position : position + 1] == ":":
                return position + 1, True
            dated = next(
                (
                    phrase.end
                    for phrase in self.dates.in_stretch(position, position + 13)
                    if phrase.start <= position + 12
                    and position < phrase.end
                    and self._only_links(position, phrase.start)
                ),
                None,
            )
            if dated:
                position = dated
                continue
            if that := lexicon.that.match(plain, position, end):
                return that.end(), True
            if between := lexicon.between.match(plain, position, end):
                position = between.end()
                continue
            break
        first = WORD.match(plain, position, end)
        if first and self.resolver.language == "en" and (lexicon.person.fullmatch(first[0]) or first[0] == "it"):
            return position, False
        that = lexicon.that.search(plain, position, end)
        if that and that.start() - position < 100 and not re.search(r"[.;:!?“”«»\"]", plain[position : that.start()]):
            verb_between = lexicon.saying.search(plain, position, that.start())
            if not verb_between and (
                "," not in plain[position : that.start()] or plain[position : that.start()].rstrip().endswith(",")
            ):
                return that.end(), True
        if count(plain[position:end]) < NOTHING_SAID and not self.article.quoted_in(position, end):
            return None, False
        if (
            first
            and self.lexicon.linking.fullmatch(first[0])
            and not self.lexicon.article.fullmatch(first[0])
            and first[0].lower() not in _THEIRS
        ):
            return None, False
        return position, self._is_quote(position)

    def _only_links(self, start: int, end: int) -> bool:
        between = self.article.plain[start:end].split()
        return len(between) <= 1 and all(self.lexicon.linking.fullmatch(word) for word in between)

    def _is_quote(self, start: int) -> bool:
        return any(is_speech(self.article.text, span) for span in self.article.quoted_in(start, start + 1))

    def _said(self, start: int, end: int) -> Span:
        """The span of the reported clause without the full stop; without the marks, where it is one quotation."""
        text = self.article.text
        start, end = trimmed(text, start, end, " \t\r\n,:;—–")
        for span in self.article.quoted_in(start, start + 1):
            if end - span[1] <= 1 and text[span[1] : end].strip(".!?…") == "":
                return inside(text, span)
        while end > start and text[end - 1] in ".!…" and not text[end - 2 : end - 1].isupper():
            end -= 1
        return start, end

    def _since(self, start: int, end: int) -> int | None:
        """The start of a date that ends the sentence and belongs to `have been pushing`, not to its object."""
        last = [
            phrase
            for phrase in self.dates.in_stretch(start, end + 1)
            if start < phrase.start and end - 1 <= phrase.end <= end + 1
        ]
        return last[-1].start if last and _SINCE.match(self.article.plain, last[-1].start) else None

    def _clause_end(self, start: int, end: int, quoted: Sequence[Span]) -> int:
        """The end of the words about the speaker: the start of the next quotation, or the sentence's end."""
        return min([end, *(span[0] for span in quoted if span[0] >= start)])

    def _undated(self, start: int, end: int) -> str:
        """A stretch of the sentence with its dates replaced by blanks."""
        text = self.article.plain[start:end]
        for phrase in self.dates.in_stretch(start, end):
            a, b = max(phrase.start, start) - start, min(phrase.end, end) - start
            if a < b:
                text = text[:a] + " " * (b - a) + text[b:]
                near = max(0, a - _LONGEST_LAST)
                before = _LAST.search(text[near:a])
                if before and (not before["word"] or self.lexicon.before_date.fullmatch(before["word"])):
                    begins = near + before.start()
                    text = text[:begins] + " " * (a - begins) + text[a:]
        return text
