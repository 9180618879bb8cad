"""What a text does with what it says: asserts it, reports it, denies it or asks whether it is so.

Rules, not a model: cue words of each language (`stance_cues`), read in the order question, denial, report, assertion.
A cue of denial counts in the sentence that carries the text's content, and in a short text in the last; quoted words,
subordinate clauses and phrases that only look like a denial are masked before. `stance_marks` gives a learned judge
what it needs to overrule these rules.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.checks.checks import Stance
from app.domain.core.spans import Span
from app.domain.core.text_quotes import TextQuote
from app.language.lexicons.folding import Folded, fold
from app.language.lexicons.stance import StanceLexicon, StancePatterns, stance_lexicon

_CONTEXT = 20
_MASK = "_"
_QUOTED = re.compile(r'"[^"]*"|“[^“”]*”|«[^«»]*»|„[^„“”"]*[“”"]|‹[^‹›]*›|(?<!\w)\'[^\']*\'(?!\w)')
_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[\"'»”“)\]]*(?=\s|$)(?<!\b\w\.)|\n|$)", re.DOTALL)
ASKED = re.compile(r"\?[!?\"'»”“)\].…]*$")
QUOTED_QUESTION = re.compile(r"""^[^"'«“„‹]+\s["'«“„‹].*\?[!?]*["'»”“›]\W*$""", re.DOTALL)
_ASKED_BY_ANOTHER = re.compile(r"""^["'«“„‹][^"«»“”„‹›?]*\?+\s?["'»”“›]\W+\w[^?]*$""")
SPEAKER = re.compile(r"^[\"'«“]?(?:[^\W\d_][\w'-]*\.?\s){0,2}[^\W\d_][\w'-]*\s?:\s")
CROSSED_OUT = re.compile(r"^\W*[❌🚫⛔]")
_STATEMENT = 3
"""Blanks within a quotation from which on it is read as a statement and not as a word in quotation marks."""
LONG = 250
"""Characters from which on a text tells too much for one negated sentence to be what it is about."""
_LONGER = 1.5
"""How many times as long as its questions the rest of a text has to be for it not to be a question."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text as its stance is read: folded, what it quotes masked, cut into sentences."""

    text: str
    folded: Folded
    whole: str
    sentences: Sequence[Span]
    lexicon: StanceLexicon

    @property
    def cues(self) -> StancePatterns:
        return self.lexicon.patterns

    def sentence(self, span: Span) -> str:
        """A sentence as it is read."""
        return self.whole[slice(*span)]

    def asks(self, span: Span) -> bool:
        """Whether a sentence is a question of the text's own, by its mark."""
        return bool(ASKED.search(self.sentence(span))) and not QUOTED_QUESTION.search(self.sentence(span))

    @property
    def lead(self) -> Span:
        """The sentence that carries the content: the first that is no question."""
        return next((span for span in self.sentences if not ASKED.search(self.sentence(span))), self.sentences[0])

    def quotes(self, spans: Sequence[Span]) -> tuple[TextQuote, ...]:
        """Spans of `whole` as quotes of the text, in order."""
        return _quotes(self.text, self.folded, spans)


def parse(text: str, language: str) -> Parsed:
    """`text` cut up for `stance_of`; a text without a sentence has no `lead`."""
    folded = fold(text)
    whole = _unquoted(folded.text)
    return Parsed(
        text, folded, whole, [match.span() for match in _SENTENCE.finditer(whole)], stance_lexicon(language, whole)
    )


def read_stance(text: str, language: str) -> Stance:
    """The stance of a text, with the words that show it; an assertion where nothing shows another.

    `language` is a code such as "en" or "pt-BR"; for one without cue words of its own those of its script are used.
    Offsets of the cues are code points of `text`.
    """
    return stance_of(parse(text, language))


def stance_of(parsed: Parsed) -> Stance:
    """The stance of a parsed text."""
    whole, sentences, cues = parsed.whole, parsed.sentences, parsed.cues
    if not sentences:
        return Stance()
    if spans := _asking(whole, sentences, cues):
        return Stance("question", parsed.quotes(spans))
    if spans := _denying(parsed):
        return Stance("denial", parsed.quotes(spans))
    if spans := attributing(whole, cues):
        return Stance("report", parsed.quotes(spans))
    return Stance()


def _asking(whole: str, sentences: Sequence[Span], cues: StancePatterns) -> list[Span]:
    """Where the text asks, if asking is what it does."""
    spans: list[Span] = []
    asked = told = 0
    settled = last_asks = False
    for begin, end in sentences:
        sentence = whole[begin:end]
        mark = None if QUOTED_QUESTION.search(sentence) else ASKED.search(sentence)
        tag = mark and cues.tags.search(sentence)
        hit = None if mark else cues.asking.search(sentence)
        outermost = begin == sentences[0][0] or end == sentences[-1][1]
        if (mark and not tag) or (hit and outermost):
            asked += end - begin
            if found := hit or mark:
                spans.append((begin + found.start(), begin + found.end()))
            settled = bool(settled or cues.verifying.search(sentence) or end == sentences[-1][1])
            last_asks = True
        elif asked and (_verdict(sentence, cues) or _refuting(sentence, cues)):
            return []
        else:
            told += end - begin
            last_asks = False
    answered = len(spans) > 1 and not last_asks
    return spans if settled or (told <= _LONGER * asked and not answered) else []


def _denying(parsed: Parsed) -> list[Span]:
    """Where the text denies what it is about."""
    spans: list[Span] = []
    cues, lead = parsed.cues, parsed.lead
    long = len(parsed.whole) > LONG
    for begin, end in parsed.sentences:
        sentence = parsed.sentence((begin, end))
        if tag := cues.tags.search(sentence):
            sentence = sentence[: tag.start()]
        found = _verdict(sentence, cues)
        last = end == parsed.sentences[-1][1]
        if (begin, end) == lead or not (found or long):
            found = _refuting(sentence, cues) or found
        if not found and not long and ((begin, end) == lead or last):
            found = _negating(sentence, cues)
        spans += [(begin + match.start(), begin + match.end()) for match in found]
    return spans


def _refuting(sentence: str, cues: StancePatterns) -> list[re.Match[str]]:
    if not cues.refuting.search(sentence) and not CROSSED_OUT.search(sentence):
        return []
    return [*CROSSED_OUT.finditer(sentence), *cues.refuting.finditer(masked(cues.exempt, sentence))]


def _negating(sentence: str, cues: StancePatterns) -> list[re.Match[str]]:
    if not cues.negation.search(sentence):
        return []
    plain = masked(cues.quality, masked(cues.exempt, sentence))
    return [*cues.negation.finditer(masked(cues.subordinate, plain))]


def _verdict(sentence: str, cues: StancePatterns) -> list[re.Match[str]]:
    return [*cues.verdict.finditer(masked(cues.exempt, sentence))] if cues.verdict.search(sentence) else []


def attributing(whole: str, cues: StancePatterns) -> list[Span]:
    """Where the text says whose words it gives."""
    found = [*cues.attributing.finditer(whole), *SPEAKER.finditer(whole)]
    return [match.span() for match in found]


def _unquoted(folded: str) -> str:
    """The text with what it quotes masked, unless it gives somebody's statement in their words."""
    quoted = [match.span() for match in _QUOTED.finditer(folded)]
    if 2 * sum(end - begin for begin, end in quoted) > len(folded) and not _ASKED_BY_ANOTHER.search(folded):
        return folded
    return _QUOTED.sub(lambda match: match[0] if _spoken(folded, match) else _MASK * len(match[0]), folded)


def _spoken(folded: str, quoted: re.Match[str]) -> bool:
    """Whether a quoted stretch is a statement of its own: at the text's head or after a colon, and no question."""
    before = folded[: quoted.start()].rstrip()
    return (not before or before[-1] == ":") and "?" not in quoted[0] and quoted[0].count(" ") >= _STATEMENT


def masked(pattern: re.Pattern[str], text: str) -> str:
    """`text` with what the pattern finds blotted out, and every offset kept."""
    return pattern.sub(lambda match: _MASK * len(match[0]), text)


def _quotes(text: str, folded: Folded, spans: Sequence[Span]) -> tuple[TextQuote, ...]:
    """Spans of the folded text as quotes of the text, in order; of overlapping ones the first."""
    quotes: list[TextQuote] = []
    for begin, end in sorted(spans):
        while begin < end and not folded.text[begin].isalnum() and end - begin > 1:
            begin += 1
        while end - begin > 1 and folded.text[end - 1].isspace():
            end -= 1
        start, stop = folded.offsets[begin], folded.offsets[end]
        if start < stop and (not quotes or start >= quotes[-1].end):
            prefix, suffix = text[max(0, start - _CONTEXT) : start], text[stop : stop + _CONTEXT]
            quotes.append(TextQuote(text[start:stop], start, stop, prefix, suffix))
    return tuple(quotes)
