"""Detection of predictions in a text: by cue words of each language, in sentences that are no questions."""

import re
from functools import lru_cache

from app.domain.core.dates import Period
from app.domain.core.text_quotes import TextQuote
from app.domain.predictions.predictions import Prediction
from app.language.lexicons.folding import Folded, fold
from app.language.lexicons.predictions import prediction_lexicon
from app.language.predictions.windows import window_in
from index.processor_budget import check_processor_budget

_END = r"[\"'»”“)\]]*+(?=\s|$)(?<!\b\w\.)"
_SENTENCE = re.compile(rf"\S(?:[^.!?…\n]++|[.!?…]++(?!{_END}))*+(?:[.!?…]++{_END}|\n|$)")
_CLOSING = "!?\"'»”“)].…"
_LONGEST_KEPT = 1_000
"""Characters of the longest text whose prediction is kept: pages show the same statements again and again."""


def detect_prediction(text: str, language: str, said_at: Period | None) -> Prediction | None:
    """The prediction that a text makes, without a status; None where it makes none.

    `language` is a code such as "en" or "pt-BR"; for one without cue words of its own those of its script are used.
    The window is looked for where the text predicts. Offsets are code points of `text`.
    """
    return (_detected if len(text) > _LONGEST_KEPT else _kept)(text, language, said_at)


def _detected(text: str, language: str, said_at: Period | None) -> Prediction | None:
    folded = fold(text)
    words = prediction_lexicon(language, folded.text)
    cues: list[TextQuote] = []
    window: tuple[tuple[int, int], Period | None] | None = None
    for sentence in _SENTENCE.finditer(folded.text):
        check_processor_budget()
        said = sentence[0].rstrip("\n")
        if "?" in said[len(said.rstrip(_CLOSING)) :]:
            continue
        plain = words.exempt.sub(lambda found: "_" * len(found[0]), sentence[0])
        found = [match.span() for match in words.cues.finditer(plain)]
        if not found:
            continue
        begin = sentence.start()
        cues += [_quote(text, folded, begin + start, begin + end) for start, end in found]
        if (here := window_in(sentence[0], said_at, words)) and (window is None or not window[1]):
            (start, end), until = here
            window = (begin + start, begin + end), until
    if not cues:
        return None
    if window is None:
        return Prediction(tuple(cues), made=said_at)
    (start, end), until = window
    return Prediction(tuple(cues), _quote(text, folded, start, end), until, made=said_at)


_kept = lru_cache(maxsize=20_000)(_detected)


def _quote(text: str, folded: Folded, begin: int, end: int) -> TextQuote:
    """A span of the folded text, without blanks around it, as a quote of the text."""
    while end - begin > 1 and folded.text[end - 1].isspace():
        end -= 1
    while end - begin > 1 and folded.text[begin].isspace():
        begin += 1
    return TextQuote.of(text, folded.offsets[begin], folded.offsets[end])
