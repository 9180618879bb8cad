"""Passages of a text: the sentences and clauses that make a statement of their own, each with what settles its stance.

A question or a negation counts for the claim that it is about. `Did you know that …` and `nobody denies that …` take
for granted what follows; `…, and nobody was warned` leaves alone what stands before; `This is a hoax.` and `Is that
true?` are about the sentences beside them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from app.domain.checks.checks import StanceLabel
from app.domain.core.spans import Span
from app.language.lexicons.polarity import PolarityPatterns, polarity_patterns
from app.language.stance.rules import ParsedText, classify_parsed, masked, parse_text, question_mark
from index.alignment.tokens import words
from index.processor_budget import check_processor_budget
from index.text.sentences import sentence_spans

MOST_PASSAGES: Final = 40
"""Of a text with more sentences the longest are read, and the others as part of the whole."""
_LEAST_WORDS: Final = 4
_LEAST_CHARACTERS: Final = 6
"""The same for scripts without blanks, in which each character is a word."""
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0eff]")
_MARKS: Final = " \n\t,;:.!?؟？،؛-–—…"
_NO_WORDS: Final = re.compile(r"https?://\S+|www\.\S+|[#@]\w+")
_SHORT: Final = 8
"""Words of a sentence up to which its denial is about the sentences beside it."""
_ASKING_BACK: Final = 5
"""The same of a question about truth."""
_HEAD: Final = 3
"""Words at the head of a sentence that say whether it is about a claim: "rumours that"."""
_MOST_CUES: Final = 12
"""Phrases of one kind that are tried in a sentence: more is no prose, and each costs time linear in the sentence."""
_BEFORE: Final = 40
"""Characters before a word, blanks for the most part, among which a mark of the sentence is looked for."""
_BREAKS: Final = (",", ";", "–", "—", ":")
_ONE_SUBJECT: Final = 600
"""Characters of a text up to which what is said of one of its claims counts for all of its sentences."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Part of a text, `text[start:end]`, in code points."""

    start: int
    end: int
    settled: StanceLabel | None = None
    """Its stance where what stands around it decides; None where it is read by itself."""


def passages(text: str, language: str) -> list[Passage]:
    """Passages that are compared beside the whole text, in order; none for a text of one plain sentence."""
    sentences = list(dict.fromkeys(span for _, span in sentence_spans(text, language)))
    patterns = polarity_patterns(language)
    found = _read(text, language, sentences, patterns) if patterns else [Passage(*span) for span in sentences]
    distinct: dict[str, Passage] = {}
    for passage in found:
        wording = text[passage.start : passage.end]
        if wording != text.strip() and is_statement(wording):
            distinct.setdefault(wording, passage)
    longest = sorted(distinct.values(), key=lambda passage: passage.start - passage.end)[:MOST_PASSAGES]
    return sorted(longest, key=lambda passage: (passage.start, -passage.end))


def presupposed_stance(text: str, language: str) -> StanceLabel | None:
    """The stance of a single sentence that takes a claim for granted; None for any other text."""
    patterns = polarity_patterns(language)
    if patterns is None:
        return None
    parsed = parse_text(text, language)
    if not patterns.presupposing.search(parsed.whole) or len(parsed.sentences) != 1:
        return None
    presupposed = _presupposed(0, parsed, patterns, language)
    return presupposed.settled if presupposed else None


def is_statement(text: str, least: int = _LEAST_WORDS) -> bool:
    """True for a text long enough to state something; URLs, hashtags, handles and emojis are no words."""
    bare = _NO_WORDS.sub(" ", text)
    return len(words(bare)) >= (_LEAST_CHARACTERS if _UNSPACED.search(bare) else least)


def _read(text: str, language: str, sentences: Sequence[Span], patterns: PolarityPatterns) -> Iterator[Passage]:
    """Sentences, and what they take for granted or leave undenied."""
    parsed = [_parsed(text[begin:end], language) for begin, end in sentences]
    about = [_about_others(sentence, patterns) if len(parsed) > 1 else None for sentence in parsed]
    reach = 1 if len(text) > _ONE_SUBJECT else len(parsed)
    for number, (begin, end) in enumerate(sentences):
        check_processor_budget()
        others = {*about[max(0, number - reach) : number], *about[number + 1 : number + 1 + reach]}
        around: StanceLabel | None = "denial" if "denial" in others else "question" if "question" in others else None
        presupposed = _presupposed(begin, parsed[number], patterns, language)
        yield Passage(begin, end, around or (presupposed.settled if presupposed else None))
        for clause in [presupposed] if presupposed else _clauses(begin, parsed[number], patterns, language):
            yield Passage(clause.start, clause.end, around or clause.settled)


def _parsed(sentence: str, language: str) -> ParsedText:
    check_processor_budget()
    return parse_text(sentence, language)


def _about_others(sentence: ParsedText, patterns: PolarityPatterns) -> StanceLabel | None:
    """Relation of a sentence to those beside it; None where it speaks of something of its own."""
    stance, keywords, whole = sentence.patterns, sentence.keywords, sentence.whole
    bare = masked(patterns.presupposing, masked(stance.exempt, whole))
    length = len(words(sentence.text))
    if stance.verdict.search(bare):
        return "denial"
    if stance.refuting.search(bare) and (length <= _SHORT or keywords.claim.search(bare)):
        return "denial"
    if length > _SHORT:
        return None
    truth = keywords.truth.search(bare) or keywords.untrue.search(bare)
    short = length <= _ASKING_BACK and question_mark(whole) is not None
    return "question" if stance.asking.search(bare) or (short and truth) else None


def _presupposed(offset: int, parsed: ParsedText, patterns: PolarityPatterns, language: str) -> Passage | None:
    """Passage that a sentence presupposes, although it asks or negates; None where there is none.

    `offset`: of the sentence in its text.
    """
    whole, stance = parsed.whole, parsed.patterns
    for match in islice(patterns.presupposing.finditer(whole), _MOST_CUES):
        check_processor_budget()
        before = whole[: match.start()]
        if stance.refuting.search(before) or stance.asking.search(before) or _turns(parsed, match.end(), patterns):
            continue
        for begin, end in ((match.end(), len(whole)), (0, match.start())):
            clause = _trimmed(parsed, begin, end)
            wording = parsed.text[slice(*clause)]
            if is_statement(wording, least=_LEAST_WORDS - 1):
                label = classify_parsed(parse_text(wording, language)).label
                settled: StanceLabel = "denial" if label == "denial" else "assertion"
                return Passage(offset + clause[0], offset + clause[1], settled)
    return None


def _turns(parsed: ParsedText, begin: int, patterns: PolarityPatterns) -> bool:
    """True where a sentence goes on, from `begin` on, with a contrast that asks or negates: `…, but was it gas?`"""
    asked = parsed.keywords.whether.finditer(parsed.whole, begin) if question_mark(parsed.whole) else ()
    if any(parsed.whole[max(0, match.start() - _BEFORE) : match.start()].rstrip().endswith(_BREAKS) for match in asked):
        return True
    contrast = patterns.contrast.search(parsed.whole, begin)
    if contrast is None:
        return False
    asks = question_mark(parsed.whole) is not None or parsed.keywords.whether.match(parsed.whole, contrast.end() + 1)
    return bool(asks or parsed.keywords.negator.search(parsed.whole, contrast.end()))


def _clauses(offset: int, parsed: ParsedText, patterns: PolarityPatterns, language: str) -> Iterator[Passage]:
    """Clauses of a statement that its denial does not reach: before a clause joined on, and behind a contrast."""
    whole = parsed.whole
    negates = parsed.keywords.negator.search(whole) or _refutes(whole, parsed)
    if not negates or question_mark(whole) is not None:
        return
    for match in islice(reversed(list(patterns.joining.finditer(whole))), _MOST_CUES):
        check_processor_budget()
        after = whole[match.start() :]
        reported = parsed.keywords.claim.search(" ".join(whole[: match.start()].split()[:_HEAD]))
        negated = parsed.keywords.negator.search(after) and not reported and not _refutes_before(after, parsed)
        if negated and (free := _free(offset, parsed, 0, match.start(), language)):
            yield free
            break
    for match in islice(patterns.contrast.finditer(whole), _MOST_CUES):
        check_processor_budget()
        before, after = whole[: match.start()], whole[match.end() :]
        denied = parsed.keywords.negator.search(before) or _refutes(before, parsed)
        if denied and not parsed.keywords.negator.search(after) and not _refutes(after, parsed):
            if free := _free(offset, parsed, match.end(), len(whole), language):
                yield free
            break


def _free(offset: int, parsed: ParsedText, begin: int, end: int, language: str) -> Passage | None:
    clause = _trimmed(parsed, begin, end)
    wording = parsed.text[slice(*clause)]
    if not is_statement(wording):
        return None
    label = classify_parsed(parse_text(wording, language)).label
    return Passage(offset + clause[0], offset + clause[1], label) if label in ("assertion", "report") else None


def _trimmed(parsed: ParsedText, begin: int, end: int) -> Span:
    """A span of the folded text as one of the text, without marks at its ends."""
    start, stop = parsed.folded.offsets[begin], parsed.folded.offsets[end]
    while start < stop and parsed.text[start] in _MARKS:
        start += 1
    while start < stop and parsed.text[stop - 1] in _MARKS:
        stop -= 1
    return start, stop


def _refutes_before(clause: str, parsed: ParsedText) -> bool:
    """True where a clause that is joined on refutes what is before it; `…, not in the zoo` merely distinguishes it."""
    keywords = parsed.keywords
    judging = (keywords.truth, keywords.untrue, keywords.denying, keywords.proof)
    if any(kind.search(clause) for kind in judging):
        return True
    negator = keywords.negator.search(clause)
    return _refutes(clause[negator.end() :] if negator else clause, parsed)


def _refutes(clause: str, parsed: ParsedText) -> bool:
    bare = masked(parsed.patterns.exempt, clause)
    return parsed.patterns.refuting.search(bare) is not None or parsed.patterns.verdict.search(bare) is not None
