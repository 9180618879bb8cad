"""What a text does with what it says: asserts it, reports it, denies it or asks whether it is so.

Rules, not a model: cue words of each language (`stance_cues`), read in the order question, denial, report, assertion.
A cue of denial counts in the sentence that carries the text's content; quoted stretches, subordinate clauses and
phrases that only look like a denial are masked before.
"""

import re
from collections.abc import Sequence

from app.domain.matches import Stance, TextQuote
from app.domain.stance_cues import cues_for
from app.domain.stance_cues.folding import Folded, fold
from app.domain.stance_cues.notation import Cues

_CONTEXT = 20
_MASK = "_"
_QUOTED = re.compile(r'"[^"]*"|“[^“”]*”|«[^«»]*»|„[^„“”"]*[“”"]|‹[^‹›]*›|(?<!\w)\'[^\']*\'(?!\w)')
_SENTENCE = re.compile(r"\S.*?(?:[.!?…]+[\"'»”“)\]]*(?=\s|$)(?<!\b\w\.)|\n|$)", re.DOTALL)
_ASKED = re.compile(r"\?[!?\"'»”“)\].…]*$")
_QUOTED_QUESTION = re.compile(r"""^[^"'«“„‹]+\s["'«“„‹].*\?[!?]*["'»”“›]\W*$""", re.DOTALL)
_SPEAKER = re.compile(r"^[\"'«“]?(?:[^\W\d_][\w'-]*\.?\s){0,2}[^\W\d_][\w'-]*\s?:\s")
_CROSSED_OUT = re.compile(r"^\W*[❌🚫⛔]")
_SHORT = 90
"""Characters: a refutation after the main sentence is about that sentence as long as it says little else."""
_LONGER = 1.5
"""How many times as long as its questions the rest of a text has to be for it not to be a question."""

Span = tuple[int, int]


def read_stance(text: str, language: str) -> Stance:
    """The stance of a text, with the words that show it; an assertion where nothing shows another.

    `language` is a code such as "en" or "pt-BR"; for one without cue words of its own those of its script are used.
    Offsets of the cues are code points of `text`.
    """
    folded = fold(text)
    cues = cues_for(language, folded.text)
    whole = _unquoted(folded.text)
    sentences = [match.span() for match in _SENTENCE.finditer(whole)]
    if not sentences:
        return Stance()
    if spans := _asking(whole, sentences, cues):
        return Stance("question", _quotes(text, folded, spans))
    if spans := _denying(whole, sentences, cues):
        return Stance("denial", _quotes(text, folded, spans))
    if spans := _attributing(whole, cues):
        return Stance("report", _quotes(text, folded, spans))
    return Stance()


def _asking(whole: str, sentences: Sequence[Span], cues: Cues) -> list[Span]:
    """Where the text asks, if asking is what it does."""
    spans: list[Span] = []
    asked = told = 0
    for begin, end in sentences:
        sentence = whole[begin:end]
        mark = None if _QUOTED_QUESTION.search(sentence) else _ASKED.search(sentence)
        hit = cues.tags.search(sentence) if mark else cues.asking.search(sentence) if begin == sentences[0][0] else None
        if (found := hit or mark) and not (hit and mark):
            asked += end - begin
            spans.append((begin + found.start(), begin + found.end()))
        elif asked and (_verdict(sentence, cues) or _refuting(sentence, cues)):
            return []
        else:
            told += end - begin
    last = whole[slice(*sentences[-1])]
    checked = cues.verifying.search(last) or cues.asking.search(last)
    verified = spans and checked and _ASKED.search(last) and not cues.tags.search(last)
    return spans if verified or told <= _LONGER * asked else []


def _denying(whole: str, sentences: Sequence[Span], cues: Cues) -> list[Span]:
    """Where the text denies what it is about."""
    spans: list[Span] = []
    lead = next((span for span in sentences if not _ASKED.search(whole[slice(*span)])), sentences[0])
    for begin, end in sentences:
        sentence = whole[begin:end]
        if tag := cues.tags.search(sentence):
            sentence = sentence[: tag.start()]
        if (begin, end) == lead:
            found = _refuting(sentence, cues) or _negating(sentence, cues) or _verdict(sentence, cues)
        else:
            found = _verdict(sentence, cues)
            if not found and end - begin <= _SHORT and len(sentences) == 2:
                found = _refuting(sentence, cues)
        spans += [(begin + match.start(), begin + match.end()) for match in found]
    return spans


def _refuting(sentence: str, cues: Cues) -> list[re.Match[str]]:
    if not cues.refuting.search(sentence) and not _CROSSED_OUT.search(sentence):
        return []
    return [*_CROSSED_OUT.finditer(sentence), *cues.refuting.finditer(_masked(cues.exempt, sentence))]


def _negating(sentence: str, cues: Cues) -> list[re.Match[str]]:
    if not cues.negation.search(sentence):
        return []
    masked = _masked(cues.quality, _masked(cues.exempt, sentence))
    return [*cues.negation.finditer(_masked(cues.subordinate, masked))]


def _verdict(sentence: str, cues: Cues) -> list[re.Match[str]]:
    return [*cues.verdict.finditer(_masked(cues.exempt, sentence))] if cues.verdict.search(sentence) else []


def _attributing(whole: str, cues: Cues) -> list[Span]:
    """Where the text says whose words it gives."""
    found = [*cues.attributing.finditer(whole), *_SPEAKER.finditer(whole)]
    return [match.span() for match in found]


def _unquoted(folded: str) -> str:
    """The text with what it quotes masked, unless most of it is a quotation."""
    quoted = [match.span() for match in _QUOTED.finditer(folded)]
    if 2 * sum(end - begin for begin, end in quoted) > len(folded):
        return folded
    return _masked(_QUOTED, folded)


def _masked(pattern: re.Pattern[str], text: str) -> str:
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
