"""Clause boundaries in a sentence, and what stands between a verb of saying and its clause."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.core.spans import Span
from app.language.attribution.date_phrases import DatePhrase
from app.language.attribution.quotations import inside, spoken
from app.language.attribution.speakers import SpeakerResolver
from app.language.attribution.text_spans import Article, trimmed
from app.language.lexicons.attribution import AttributionLexicon

NOTHING_SAID: Final = 2
"""Words that what is said has at least."""
TAIL: Final = 8
"""Words that may come after a verb that ends a sentence: when, where, to whom."""
_WORD: Final = re.compile(r"\w[\w’'-]*")
_APPOSED: Final = 3
"""Words of an apposition among which what it calls the speaker is."""
_THEIRS: Final = frozenset(["it", "its", "their", "his", "her"])
_LAST: Final = re.compile(r"(?:\b(?P<word>\w+)|,)\s*\Z")


def count(words: str) -> int:
    """How many words there are."""
    return len(_WORD.findall(words))


@dataclass(frozen=True, slots=True)
class ClauseParser:
    """Finds the clauses of one article's sentences."""

    article: Article
    lexicon: AttributionLexicon
    resolver: SpeakerResolver
    dates: Sequence[DatePhrase]

    def _in_relative(self, begins: int, verb: int) -> bool:
        """Whether a verb is one of `the video that Holm posted`."""
        clause = self.article.plain[begins:verb]
        return any(
            clause[match.end() :].strip() and "," not in clause[match.end() :]
            for kind in (self.lexicon.relative, self.lexicon.that)
            for match in kind.finditer(clause)
        )

    def _apposition(self, start: int, end: int) -> bool:
        """Whether what ends the sentence tells what the speaker is: `…, the governor of Orsk`."""
        words = _WORD.findall(self.article.plain[start:end])
        kinds = (self.lexicon.role, self.lexicon.body)
        return len(words) <= TAIL and any(kind.fullmatch(word) for word in words[:_APPOSED] for kind in kinds)

    def _behind_apposition(self, comma: int, end: int) -> int:
        """Where an apposition ends that begins at a comma: `According to Dahl, the mayor of Orsk, …`."""
        closes = self.article.plain.find(",", comma + 1, end)
        return closes if closes > 0 and self._apposition(comma, closes) else comma

    def _before_apposition(self, start: int, comma: int) -> int:
        """The comma before the speaker, in `…, the center, an organ of the ministry, said`."""
        apposed = self.article.plain.rfind(",", start, comma)
        before = self.article.plain.rfind(",", start, apposed) if apposed > 0 else -1
        return before if before > 0 else comma

    def _clause_after(self, start: int, end: int) -> tuple[int | None, bool]:
        """Where what is said begins after a verb, and whether `that` or a colon says so."""
        plain, lexicon = self.article.plain, self.lexicon
        at = start
        while True:
            gap = re.compile(r"[\s,]*").match(plain, at, end)
            at = gap.end() if gap else at
            if plain[at : at + 1] == ":":
                return at + 1, True
            dated = next(
                (
                    phrase.end
                    for phrase in self.dates
                    if phrase.start <= at + 12 and at < phrase.end and self._only_links(at, phrase.start)
                ),
                None,
            )
            if dated:
                at = dated
                continue
            if that := lexicon.that.match(plain, at, end):
                return that.end(), True
            if between := lexicon.between.match(plain, at, end):
                at = between.end()
                continue
            break
        first = _WORD.match(plain, at, end)
        if first and self.resolver.language == "en" and (lexicon.person.fullmatch(first[0]) or first[0] == "it"):
            return at, False
        that = lexicon.that.search(plain, at, end)
        if that and that.start() - at < 100 and not re.search(r"[.;:!?“”«»\"]", plain[at : that.start()]):
            verb_between = lexicon.saying.search(plain, at, that.start())
            if not verb_between and (
                "," not in plain[at : that.start()] or plain[at : that.start()].rstrip().endswith(",")
            ):
                return that.end(), True
        if count(plain[at:end]) < NOTHING_SAID and not self.article.quoted_in(at, end):
            return None, False
        if (
            first
            and self.lexicon.linking.fullmatch(first[0])
            and not self.lexicon.article.fullmatch(first[0])
            and first[0].lower() not in _THEIRS
        ):
            return None, False
        return at, self._is_quote(at)

    def _only_links(self, start: int, end: int) -> bool:
        between = self.article.plain[start:end].split()
        return len(between) <= 1 and all(self.lexicon.linking.fullmatch(word) for word in between)

    def _is_quote(self, at: int) -> bool:
        return any(span[0] == at and spoken(self.article.text, span) for span in self.article.quotations)

    def _said(self, start: int, end: int) -> Span:
        """What is said, without the stop; a quotation that is all of it without its marks."""
        text = self.article.text
        start, end = trimmed(text, start, end, " \t\r\n,:;—–")
        for span in self.article.quotations:
            if span[0] == start and end - span[1] <= 1 and text[span[1] : end].strip(".!?…") == "":
                return inside(text, span)
        while end > start and text[end - 1] in ".!…" and not text[end - 2 : end - 1].isupper():
            end -= 1
        return start, end

    def _since(self, start: int, end: int) -> int | None:
        """Where a date begins that ends the sentence and belongs to `have been pushing`, not to what is pushed."""
        last = [phrase for phrase in self.dates if start < phrase.start and end - 1 <= phrase.end <= end + 1]
        return (
            last[-1].start
            if last and re.match(r"(?:since|с|со|з|із|seit|depuis|desde|da)\b", self.article.plain[last[-1].start :])
            else None
        )

    def _clause_end(self, start: int, end: int, quoted: Sequence[Span]) -> int:
        """Where the words about the speaker end: at a quotation that goes on, or at the sentence's end."""
        return min([end, *(span[0] for span in quoted if span[0] >= start)])

    def _undated(self, start: int, end: int) -> str:
        """A stretch of the sentence with its dates blotted out."""
        text = self.article.plain[start:end]
        for phrase in self.dates:
            a, b = max(phrase.start, start) - start, min(phrase.end, end) - start
            if a < b:
                text = text[:a] + " " * (b - a) + text[b:]
                before = _LAST.search(text[:a])
                if before and (not before["word"] or self.lexicon.before_date.fullmatch(before["word"])):
                    text = text[: before.start()] + " " * (a - before.start()) + text[a:]
        return text
