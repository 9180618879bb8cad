"""Terms for the keyword index: stems of words, keys of names, numbers.

Names and numbers are the same in every language and carry a mark, so that they are shared across languages and scripts
and are never taken for words: `attack @idlib #400`.
"""

import re
import threading
import unicodedata
from typing import Final

import Stemmer

from index.text.languages import UNDETERMINED
from index.text.names import NameRecognizer
from index.text.normalize import normalize_text

VERSION: Final = 2
"""Version, changed with every change to what `terms` gives: stored terms of another version are recomputed."""

NAME: Final = "@"
NUMBER: Final = "#"

_LETTER: Final = "[a-zA-ZÀ-ÖØ-öø-ɏͰ-ԯ]"
_NAMED_NUMBER: Final = re.compile(
    rf"(?<![^\W_])(?:{_LETTER}{{1,10}}(?:\d+|-\d{{1,3}})(?![.,]?\d){_LETTER}*|\d{{1,2}}[A-ZА-Я])(?![^\W_])"
    r"|(?<![\w/.,])\d{1,2}/\d{1,2}(?![/\w])"
)
"""Numbers that are part of a name: MH17, F-16, COVID-19, 5G, 9/11."""
_WORD: Final = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)*")
_GROUPS: Final = re.compile(r"[.,\u00a0\u202f ](?=\d{3}(?:\D|$))")
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0eff]")
_LANGUAGES: Final = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "uk": "russian",
}  # fmt: skip
"""Snowball's stemmers by language. Ukrainian has none; the Russian one takes its commonest endings off."""

_SCRIPTS: Final = (
    ("en", "a", "\u024f"), ("el", "\u0370", "\u03ff"), ("ru", "\u0400", "\u052f"), ("hy", "\u0530", "\u058f"),
    ("ar", "\u0600", "\u06ff"), ("hi", "\u0900", "\u097f"), ("ta", "\u0b80", "\u0bff"), ("en", "\u1e00", "\u1eff"),
)  # fmt: skip
"""First and last letter of scripts, each with its commonest language that has a stemmer."""


class TermAnalyzer:
    """Term analysis of texts. Safe to call from several threads."""

    def __init__(self, names: NameRecognizer):
        self._names = names

    def terms(self, text: str, language: str) -> str:
        """The terms of a text in order, each once, with blanks between. `language`: its ISO 639 code."""
        worded = normalize_text(text)
        stems, numbers = self._words(worded, language)
        keys = [*(name.key for name in self._names.find(worded, language)), *_numbered_names(worded)]
        names = [NAME + key.replace(" ", "_") for key in keys]
        return " ".join(dict.fromkeys([*stems, *names, *numbers]))

    def _words(self, text: str, language: str) -> tuple[list[str], list[str]]:
        words: list[str] = []
        numbers: list[str] = []
        compatible = unicodedata.normalize("NFKC", text)
        for word in _WORD.findall(_NAMED_NUMBER.sub(" ", compatible).casefold()):
            if word[0].isdigit():
                numbers.append(NUMBER + _GROUPS.sub("", word).replace(",", "."))
            elif _UNSPACED.match(word):
                words += [word[offset : offset + 2] for offset in range(max(1, len(word) - 1))]
            elif len(word) > 1:
                words.append(word)
        return stems(words, language), numbers


def _numbered_names(text: str) -> list[str]:
    """Keys of names with a number in them."""
    return [name.upper().replace("-", "") for name in _NAMED_NUMBER.findall(unicodedata.normalize("NFKC", text))]


_of_thread = threading.local()


def _of_script(word: str) -> str:
    """The commonest language of the script of a word; empty for a script that has no stemmer."""
    first = word[0]
    return next((language for language, begins, ends in _SCRIPTS if begins <= first <= ends), "")


def stems(words: list[str], language: str) -> list[str]:
    """The stems of words in lower case, one each, in order; the words themselves in a language without a stemmer.

    In an undetermined language each is stemmed as the commonest language of its script has it.
    """
    if language == UNDETERMINED:
        return [stems([word], _of_script(word))[0] for word in words]
    name = _LANGUAGES.get(language)
    if name is None:
        return words
    stemmers = _of_thread.__dict__.setdefault("stemmers", {})  # a stemmer serves one thread at a time
    if name not in stemmers:
        stemmers[name] = Stemmer.Stemmer(name)
    stemmed: list[str] = stemmers[name].stemWords(words)
    return [stem or word for stem, word in zip(stemmed, words, strict=True)]
