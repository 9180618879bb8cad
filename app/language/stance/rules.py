"""Stance of a text by rules: assertion, report, denial or question, with the words that show it.

Patterns of each language (`index/lexicons`), matched in the order question, denial, report, assertion. A denial counts
in the sentence that carries the text's content, and in a short text in the last; quoted words and phrases that only
look like a denial are masked before. `features` gives a classifier what it needs to overrule these rules.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.checks.checks import Stance
from app.domain.core.spans import Span
from app.domain.core.text_quotes import TextQuote
from app.language.lexicons.folding import Folded, fold
from app.language.lexicons.stance import StanceKeywords, StanceLexicon, StancePatterns, stance_lexicon
from index.text.sentences import sentence_spans

LONG: Final = 250
"""Characters beyond which one negated sentence does not make the whole text a denial."""
MASK: Final = "_"
SPEAKER: Final = re.compile(r"^[\"'«“]?(?:[^\W\d_][\w'-]*\.?\s){0,2}[^\W\d_][\w'-]*\s?:\s")
CROSSED_OUT: Final = re.compile(r"^\W{0,12}[❌🚫⛔]")
_CONTEXT: Final = 20
_QUOTED: Final = re.compile(r'"[^"]*"|“[^“”]*”|«[^«»]*»|„[^„“”"]*[“”"]|‹[^‹›]*›|(?<!\w)\'[^\']*\'(?!\w)')
_ASKED_BY_ANOTHER: Final = re.compile(r"""^["'«“„‹][^"«»“”„‹›?]*\?+\s?["'»”“›]\W+\w[^?]*$""")
_CLOSING: Final = "!?\"'»”“)].…"
_OPENING_QUOTE: Final = re.compile(r"""["'«“„‹]""")
_QUOTED_MARK: Final = re.compile(r"""[?!]["'»”“›]""")
_STATEMENT: Final = 3
"""Blanks within a quotation from which on it is read as a statement and not as a word in quotation marks."""
_LONGER: Final = 1.5
"""Ratio of the rest of a text to its questions, in length, above which the text is not a question."""


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A text folded, its quotations masked, cut into sentences."""

    text: str
    folded: Folded
    whole: str
    """The folded text with `MASK` for what is quoted."""
    sentences: Sequence[Span]
    lexicon: StanceLexicon

    @property
    def patterns(self) -> StancePatterns:
        """The phrases of the text's language."""
        return self.lexicon.patterns

    @property
    def keywords(self) -> StanceKeywords:
        """The keywords of the text's language."""
        return self.lexicon.keywords

    def sentence(self, span: Span) -> str:
        """A sentence, folded and masked."""
        return self.whole[slice(*span)]

    def asks(self, span: Span) -> bool:
        """True where a sentence is a question of the text's own, by its mark."""
        sentence = self.sentence(span)
        return question_mark(sentence) is not None and not _ends_in_quoted_question(sentence)

    @property
    def lead(self) -> Span:
        """The sentence that carries the content: the first that is no question. There has to be a sentence."""
        return next((span for span in self.sentences if question_mark(self.sentence(span)) is None), self.sentences[0])

    def quotes(self, spans: Sequence[Span]) -> tuple[TextQuote, ...]:
        """Spans of `whole` as quotes of the text, in order; of overlapping ones the first."""
        return _quotes(self.text, self.folded, spans)


def parse_text(text: str, language: str) -> ParsedText:
    """`text` cut up for `classify_parsed`."""
    folded = fold(text)
    whole = _mask_quotations(folded.text)
    return ParsedText(text, folded, whole, _sentences(text, folded, language), stance_lexicon(language, whole))


def stance_by_rules(text: str, language: str) -> Stance:
    """The stance of a text, with the words that show it; an assertion where nothing shows another.

    `language` is a code such as "en" or "pt-BR"; for one without patterns of its own those of its script are used.
    Offsets of the cues are code points of `text`.
    """
    return classify_parsed(parse_text(text, language))


def classify_parsed(parsed: ParsedText) -> Stance:
    """The stance of a parsed text by rules."""
    if not parsed.sentences:
        return Stance()
    if spans := _question_spans(parsed):
        return Stance("question", parsed.quotes(spans))
    if spans := _denial_spans(parsed):
        return Stance("denial", parsed.quotes(spans))
    if spans := report_spans(parsed):
        return Stance("report", parsed.quotes(spans))
    return Stance()


def report_spans(parsed: ParsedText) -> list[Span]:
    """Spans in which the text attributes words; a label before a colon, `URGENTE:`, is nobody's name."""
    named = SPEAKER.finditer(masked(parsed.patterns.exempt, parsed.whole))
    found = [*parsed.keywords.saying.finditer(parsed.whole), *named]
    return [match.span() for match in found]


def question_mark(sentence: str) -> Span | None:
    """The question mark that a sentence ends with, and the marks after it; None where it ends otherwise."""
    mark = sentence.find("?", len(sentence.rstrip(_CLOSING)))
    return (mark, len(sentence)) if mark >= 0 else None


def masked(pattern: re.Pattern[str], text: str) -> str:
    """`text` with the matches of the pattern masked, and every offset kept."""
    return pattern.sub(lambda match: MASK * len(match[0]), text)


def _question_spans(parsed: ParsedText) -> list[Span]:
    """Spans in which the text asks, if it is a question as a whole."""
    patterns, sentences = parsed.patterns, parsed.sentences
    spans: list[Span] = []
    asked = stated = 0
    settled = last_asks = False
    for begin, end in sentences:
        sentence = parsed.sentence((begin, end))
        mark = question_mark(sentence) if parsed.asks((begin, end)) else None
        tag = mark and patterns.tags.search(sentence)
        hit = None if mark else patterns.asking.search(sentence)
        outermost = begin == sentences[0][0] or end == sentences[-1][1]
        if (mark and not tag) or (hit and outermost):
            asked += end - begin
            if found := hit.span() if hit else mark:
                spans.append((begin + found[0], begin + found[1]))
            settled = settled or end == sentences[-1][1]
            last_asks = True
        elif asked and (_verdicts(sentence, patterns) or _refutations(sentence, patterns)):
            return []
        else:
            stated += end - begin
            last_asks = False
    answered = len(spans) > 1 and not last_asks
    return spans if settled or (stated <= _LONGER * asked and not answered) else []


def _denial_spans(parsed: ParsedText) -> list[Span]:
    """Spans in which the text denies what it is about."""
    spans: list[Span] = []
    patterns, lead = parsed.patterns, parsed.lead
    long = len(parsed.whole) > LONG
    for begin, end in parsed.sentences:
        sentence = parsed.sentence((begin, end))
        if tag := patterns.tags.search(sentence):
            sentence = sentence[: tag.start()]
        found = _verdicts(sentence, patterns)
        last = end == parsed.sentences[-1][1]
        if (begin, end) == lead or not (found or long):
            found = _refutations(sentence, patterns) or found
        if not found and not long and ((begin, end) == lead or last):
            found = _negations(sentence, patterns)
        spans += [(begin + match.start(), begin + match.end()) for match in found]
    return spans


def _refutations(sentence: str, patterns: StancePatterns) -> list[re.Match[str]]:
    if not patterns.refuting.search(sentence) and not CROSSED_OUT.search(sentence):
        return []
    return [*CROSSED_OUT.finditer(sentence), *patterns.refuting.finditer(masked(patterns.exempt, sentence))]


def _negations(sentence: str, patterns: StancePatterns) -> list[re.Match[str]]:
    if not patterns.negation.search(sentence):
        return []
    return [*patterns.negation.finditer(masked(patterns.quality, masked(patterns.exempt, sentence)))]


def _verdicts(sentence: str, patterns: StancePatterns) -> list[re.Match[str]]:
    if not patterns.verdict.search(sentence):
        return []
    return [*patterns.verdict.finditer(masked(patterns.exempt, sentence))]


def _sentences(text: str, folded: Folded, language: str) -> list[Span]:
    """The sentences of a text, as spans of the folded text."""
    spans = [span for _, span in sentence_spans(text, language)]
    if len(folded.offsets) == len(text) + 1:
        return spans
    where = {offset: position for position, offset in reversed(list(enumerate(folded.offsets)))}
    known = sorted(where)
    found = []
    for span in spans:
        begin, end = (where[known[bisect_left(known, offset)]] for offset in span)
        if begin < end:
            found.append((begin, end))
    return found


def _ends_in_quoted_question(sentence: str) -> bool:
    """True where a question that ends a sentence is somebody else's: `The deputy asked: "Who pays?"`."""
    quote = _OPENING_QUOTE.search(sentence)
    if quote is None or not sentence[: quote.start()].strip() or not sentence[quote.start() - 1].isspace():
        return False
    end = len(sentence)
    while end and not (sentence[end - 1].isalnum() or sentence[end - 1] == MASK):
        end -= 1
    tail = sentence[max(end, quote.end()) :]
    return "?" in tail and _QUOTED_MARK.search(tail) is not None


def _mask_quotations(folded: str) -> str:
    """The text with what it quotes masked, unless it gives somebody's statement in their words."""
    quoted = sum(match.end() - match.start() for match in _QUOTED.finditer(folded))
    if 2 * quoted > len(folded) and not _ASKED_BY_ANOTHER.search(folded):
        return folded
    return _QUOTED.sub(lambda match: match[0] if _is_statement(folded, match) else MASK * len(match[0]), folded)


def _is_statement(folded: str, quoted: re.Match[str]) -> bool:
    """True where a quotation is a statement of its own: at the text's head or after a colon, and no question."""
    before = quoted.start()
    while before and folded[before - 1].isspace():
        before -= 1
    leads = not before or folded[before - 1] == ":"
    return leads and "?" not in quoted[0] and quoted[0].count(" ") >= _STATEMENT


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
