"""Assertions of a document's own author: the sentences that no other speaker is given for, and that could be checked.

Left out: questions, talk to the reader, short opinions, headings of a few words, and what the document has said before.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from app.domain.core.spans import Span
from app.domain.core.text import canonical
from app.domain.documents.documents import Claim
from app.domain.statements.one_word import is_one_word
from app.language.attribution.quotations import is_speech
from app.language.attribution.text_spans import Sentence, Spans
from app.language.lexicons.attribution import attribution_lexicon
from app.language.lexicons.post import PostLexicon, post_lexicon
from index.processor_budget import check_processor_budget

_FEWEST_WORDS: Final = 3
_FEWEST_WITHOUT_STOP: Final = 5
"""Words of a line without a full stop that is no item of a list: fewer are a heading."""
_LONG_ADDRESS: Final = 12
"""Words from which a sentence says more than that it thanks or calls."""
_LONG_OPINION: Final = 8
_CHARACTERS_OF_A_WORD: Final = 2
"""In scripts without blanks."""

_MARKER: Final = re.compile(r"(?:[-*+•‣▪▫◦●○■□–—·→➤✓✔>]|\(?(?:\d{1,3}|[^\W\d_])[.)]|\d{1,2}/(?:\d{1,2})?)\s+")
_DECORATION: Final = re.compile(r"[^\w\"'“”„«»‘’‹›「『(\[#@$€£¥%+-]+")
_TAG: Final = re.compile(r"(?<!\s)\s*+(?:[#＃@]\w++|https?://\S++|www\.\S++)")
"""A tag or an address with the blanks before it."""
_LONGEST_MARKER: Final = 40
_STOP: Final = re.compile(r"[.!…。！۔।॥]['\"”’»›)\]」』]*$")
_ASKS: Final = re.compile(r"[?？؟;]['\"”’»›)\]」』\s!！]*$")
_SIGNED: Final = re.compile(r"[^.!?]{0,80}\([@＠]\w+\)")
"""The name and account that a quoted post is signed with."""
_WORD: Final = re.compile(r"\d[\d.,/]*|[^\W\d_][\w'’-]*")
_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_GREEK: Final = re.compile("[\u0370-\u03ff]")


def own_assertions(
    text: str,
    sentences: Sequence[Sentence],
    quotations: Sequence[Span],
    attributed: Iterable[Claim],
    language: str,
    author: str | None,
) -> list[Claim]:
    """The author's assertions in a text, in order, each once; `attributed`: what others are said to have said in it.

    Their speaker is `author`; None for what stands in quotation marks, and in a language in which nobody else is found.
    """
    lexicon, words = attribution_lexicon(language), post_lexicon(language)
    taken, quoted_spans = Spans.of(span for claim in attributed for span in _spans(claim)), Spans.of(quotations)
    found: dict[str, Claim] = {}
    for sentence in sentences:
        check_processor_budget()
        whole = (sentence.start, sentence.end)
        if taken.overlapping(*whole):
            continue
        start, end = _bare(text, *whole)
        said = text[start:end]
        if lexicon and lexicon.about_this.match(said):
            continue
        if not _asserts(said, words, listed=start > sentence.start or _begins_item(text, start)):
            continue
        quoted = any(is_speech(text, span) for span in quoted_spans.overlapping(start, end))
        speaker = None if quoted or lexicon is None else author
        found.setdefault(canonical(said).casefold(), Claim(said, start, end, speaker, None, quoted, own=True))
    return list(found.values())


def _spans(claim: Claim) -> list[Span]:
    cue = claim.attribution
    return [(claim.start, claim.end), *([(cue.start, cue.end)] if cue else [])]


def _bare(text: str, start: int, end: int) -> Span:
    """A sentence without the marker of a list, emoji and tags around it."""
    for pattern in (_DECORATION, _MARKER, _DECORATION):
        if found := pattern.match(text, start, end):
            start = found.end()
    return start, start + _without_tags(text[start:end])


def _without_tags(said: str) -> int:
    """The end of what a sentence says before the tags and addresses that end it."""
    begins = ends = 0
    for tag in _TAG.finditer(said):
        begins = begins if tag.start() == ends and begins < ends else tag.start()
        ends = tag.end()
    return begins if ends and not said[ends:].strip() else len(said)


def _begins_item(text: str, start: int) -> bool:
    """True if what stands before on the line is the marker of a list, which was cut off as a sentence."""
    before = text[max(0, start - _LONGEST_MARKER) : start]
    line = before.rpartition("\n")[2]
    return len(line) < _LONGEST_MARKER and _MARKER.fullmatch(line.lstrip()) is not None


def _asserts(said: str, words: PostLexicon | None, *, listed: bool) -> bool:
    """True if a sentence could be checked."""
    length = _length(said)
    least = _FEWEST_WORDS if listed or _STOP.search(said) else _FEWEST_WITHOUT_STOP
    asks = _ASKS.search(said)
    if (
        length < least
        or is_one_word(said)
        or _SIGNED.match(said)
        or (asks and (asks[0][0] != ";" or _GREEK.search(said)))
    ):
        return False
    if words is None:
        return True
    if length < _LONG_ADDRESS and words.address.search(said):
        return False
    return not (length < _LONG_OPINION and words.opinion.search(said) and not any(map(str.isdigit, said)))


def _length(said: str) -> int:
    """The number of words; in scripts without blanks as many as its characters make."""
    unspaced = len(_UNSPACED.findall(said))
    return len(_WORD.findall(_UNSPACED.sub(" ", said))) + unspaced // _CHARACTERS_OF_A_WORD
