"""Language detection, offline, and canonical language tags.

Two detectors share the work. eldc tells 60 languages apart and is right far more often on a few words: .985 of texts of
four words against .961, .921 of two against .747 (`docs/decisions/0014-language-detection.md`). py3langid knows more
languages; it is asked about the others where a text is long enough, or has letters that none of the 60 is written
with. It also detects alone where eldc has no build for the machine.

What a few words in Latin letters are written in is often not to be told: they may be all names. Then the languages that
the archive has decide, and else the answer is `und`.
"""

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final

import langcodes

from index.text.languages import UNDETERMINED

__all__ = ["UNDETERMINED", "OfflineLanguages", "canonical_tag"]

Shares = Mapping[str, float]
"""Shares of the archive's statements by language, 0 to 1."""

_ARABIC: Final = {"arz", "ary", "arb", "apc", "acm", "ajp", "aeb"}
_FEW_WORDS: Final = 4
"""Texts of up to so many words are also judged by the archive's languages."""
_ENOUGH_WORDS: Final = 10
"""Words from which py3langid tells a language that eldc does not know from one that it does."""
_LETTERS_OF_A_WORD: Final = 3
"""Letters that count as a word in a script without blanks."""

_BONUS: Final = 0.1
"""Added to eldc's score, 0 to 1, of a language in the archive for a text of few words, and as much times its share."""
_BONUS_OF_UNSURE: Final = 0.2
"""The same where eldc is not sure of its answer."""
_SCORE_OF_UNSURE: Final = {1: 1.0, 2: 0.7}
"""Score from which an answer is taken of which eldc is not sure, by the number of words; 0 for more of them."""

_OTHERS: Final = (
    *("af", "cy", "eo", "ga", "ha", "id", "kk", "km", "ky", "mk", "mn", "mt", "my", "ne", "ps", "si", "so", "sw", "tg"),
    *("tk", "tt", "ug", "uz", "xh", "zu"),
)
"""Languages that eldc does not know and py3langid does, without those that it takes larger ones for."""
_MISTAKEN: Final = {
    "af": {"nl"}, "id": {"ms"}, "kk": {"ru", "uk"}, "ky": {"ru"}, "mk": {"bg", "sr", "ru"}, "mn": {"ru"},
    "ne": {"hi", "mr"}, "ps": {"fa"}, "tg": {"bg", "ru", "sr"}, "tt": {"ru"}, "ug": {"fa"},
}  # fmt: skip
"""What eldc says of a text in one of them, and is sure of it."""
_OTHER_LETTERS: Final = re.compile(
    "[әғқңөұүһҳҷӣӯѓѕќԥҙҫҡ\u067c\u0681\u0685\u0689\u0693\u0696\u069a\u06bc\u06d0\u06c7\u06c8\u06cb"
    "\u0d80-\u0dff\u1000-\u109f\u1780-\u17ff]",
    re.IGNORECASE,
)
"""Letters of the Cyrillic and Arabic scripts, and scripts, that none of eldc's languages is written with."""
_NOT_SAID: Final = re.compile(r"https?://\S+|www\.\S+|(?<!\w)@\w+", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN: Final = re.compile("[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")


def canonical_tag(tag: str) -> str | None:
    """`RU` as `ru`, `en_US` as `en`, `klingon` as None: the code of the language alone."""
    try:
        language = langcodes.Language.get(tag)
    except langcodes.tag_parser.LanguageTagError:
        return None
    return language.language if language.is_valid() else None


class OfflineLanguages:
    """Detects by the models that come with eldc and py3langid, names by the IANA registry that langcodes carries."""

    def detect(self, text: str, archive: Callable[[], Shares] = dict) -> str:
        """The ISO 639 code of the likeliest language; `und` for a text without a letter, and for a few words of which
        it cannot be told.

        `archive`: the languages of the archive; asked for texts of few words only.
        """
        said = _NOT_SAID.sub(" ", text)
        if not any(map(str.isalpha, said)):
            said = text
        if not any(map(str.isalpha, said)):
            return UNDETERMINED
        words = _length(said)
        if self._short is None:
            return self._by_py3langid(said)
        found = self._short.detect_details(said)
        if (words >= _ENOUGH_WORDS or _OTHER_LETTERS.search(said)) and (other := self._other(said, found)):
            return other
        if words > _FEW_WORDS:
            return str(found.language)
        return _of_few_words(words, found, archive(), latin=_LATIN.search(said) is not None)

    def canonical(self, tag: str) -> str | None:
        """The code of the language that a tag names; None where it names none."""
        return canonical_tag(tag)

    def _other(self, text: str, found: Any) -> str | None:
        """The language of a text where it is none that eldc knows."""
        if found.reliable and not any(found.language in mistaken for mistaken in _MISTAKEN.values()):
            return None
        code = self._by_py3langid(text)
        sure = found.reliable and found.language not in _MISTAKEN.get(code, ())
        return code if code in _OTHERS and not sure else None

    def _by_py3langid(self, text: str) -> str:
        code = str(self._identifier.classify(text)[0])
        return "ar" if code in _ARABIC else code

    @cached_property
    def _short(self) -> Any:
        """eldc, set to give the scores of twenty languages; None where it is not installed."""
        try:
            import eldc
        except ImportError:
            return None
        eldc.init()
        detector = eldc.instance()
        detector.set_scores(20)
        return detector

    @cached_property
    def _identifier(self) -> Any:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
        if self._short is not None:
            import eldc

            identifier.set_languages([*(code for code in eldc.LANGUAGES if code in identifier.labels), *_OTHERS])
        return identifier


def _length(text: str) -> int:
    """The number of words of a text; in scripts without blanks as many as its letters make."""
    unspaced = len(_UNSPACED.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + -(-unspaced // _LETTERS_OF_A_WORD)


def _of_few_words(words: int, found: Any, archive: Shares, *, latin: bool) -> str:
    """The language of a few words, of which eldc found `found`."""
    scores: Mapping[str, float] = found.scores
    if not scores:
        return UNDETERMINED
    likeliest = max(scores, key=lambda code: scores[code])
    known = [code for code in scores if code in archive]
    if known:
        best = max(known, key=lambda code: scores[code] + _BONUS * archive[code])
        bonus = _BONUS if found.reliable else _BONUS_OF_UNSURE
        if scores[best] + bonus + _BONUS * archive[best] >= scores[likeliest]:
            return best
    if found.reliable or not latin or scores[likeliest] >= _SCORE_OF_UNSURE.get(words, 0):
        return likeliest
    return UNDETERMINED
