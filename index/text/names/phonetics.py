"""Phonetic keys of words, across scripts and romanisations: Shughur, Choghour, Шугур, الشغور.

A sound is a string of consonant classes, `a` in front where the word begins with a vowel; other vowels are left out,
for Arabic does not write them. Only in words of few consonants a dot shows where one is: Kuleba `k.l.p`, club `klp`.
Where spellings disagree on more than the class, a word has several sounds.

    p b p    f v w f    t d t    s z ts    x sh ch zh j    k q    g h kh gh    l m n r
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import Final

_LATIN: Final = {
    **dict(zip("bcdfghklmnpqrstvwz", "pktfggklmnpkrstffs", strict=True)),
    **dict(zip("ßšžčćłđþ", "sxxxxltt", strict=True)),
    **dict.fromkeys(("kh", "gh"), "g"),
    **dict.fromkeys(("th", "dh"), "t"),
    **dict.fromkeys(("qu", "ck"), "k"),
    **dict.fromkeys(("tz", "ts"), "s"),
    "ph": "f",
    "x": "ks",
    **dict.fromkeys("aeiouyæœøı", "a"),
    **dict.fromkeys(("schtsch", "shch", "tsch", "dsch", "sch", "tch", "dzh", "dj", "sh", "zh", "sz", "cz"), "x"),
}
_CYRILLIC: Final = {
    **dict(zip("бвгґджзклмнпрстфхцчшщ", "pfggtxsklmnprstfgsxxx", strict=True)),
    **dict.fromkeys("аеёиоуыэюяіїєў", "a"),
}
_ARABIC: Final = {
    letter: sound
    for sound, letters in {
        "p": "بپ",
        "f": "فڤ",
        "t": "تثدذضط",
        "s": "زسصظ",
        "x": "جشچژ",
        "k": "قكک",
        "g": "حخغهةگ",
        "l": "ل",
        "m": "م",
        "n": "ن",
        "r": "ر",
        "a": "اأإآٱعيىئءؤی",
    }.items()
    for letter in letters
}
# Latin letters that sound differently from language to language; `*` is for all the others.
_BY_LANGUAGE: Final = {
    "ch": {"*": "x", "de": "g", "it": "g", "nl": "g", "pl": "g", "cs": "g"},
    "j": {"*": "x", "de": "a", "it": "a", "nl": "a", "pl": "a", "cs": "a", "es": "g"},
    "ç": {"*": "s", "it": "x"},
}
_SOFT_C: Final = re.compile("c(?=[eiy])")
_GRAPHEME: Final = re.compile("|".join(sorted([*_LATIN, *_BY_LANGUAGE], key=len, reverse=True)) + "|.")
_REPEATED: Final = re.compile(r"(.)\1+")
_AFFRICATE: Final = re.compile("t(?=[xs])")
TELLING: Final = 4
"""A sound of so many consonants is seldom shared by two names."""
_MOST_READINGS: Final = 24


@lru_cache(maxsize=50_000)
def phonetic_key(word: str, language: str = "und") -> tuple[str, ...]:
    """The sounds of one word of any case, likeliest for the language first; () for a script that is not known."""
    word = word.lower()
    if "\u0600" <= word[:1] <= "\u06ff":
        readings = [_arabic(word, offset) for offset in range(len(word))]
    elif "\u0400" <= word[:1] <= "\u052f":
        readings = [(_CYRILLIC.get(letter, ""),) for letter in word]
    else:
        readings = list(_latin(_SOFT_C.sub("ç", _plain(word)), language))
    found: dict[str, None] = {}
    for _, reading in zip(range(_MOST_READINGS), product(*readings), strict=False):
        found[_reduced("".join(reading))] = None
    return tuple(sound for sound in found if sound)


def consonants(sound: str) -> str:
    """A sound as a script without vowels has it."""
    return sound.replace(".", "")


def _plain(word: str) -> str:
    """Without diacritics, save where they make another consonant."""
    if word.isascii():
        return word
    return "".join(
        x if x in _LATIN else unicodedata.normalize("NFKD", x)[0] for x in unicodedata.normalize("NFC", word)
    )


def _latin(word: str, language: str) -> Iterable[tuple[str, ...]]:
    for match in _GRAPHEME.finditer(word):
        letters = match.group()
        if rule := _BY_LANGUAGE.get(letters):
            first = rule.get(language, rule["*"])
            yield (first, *(replacement for replacement in dict.fromkeys(rule.values()) if replacement != first))
        elif letters == "h" and match.start() and not word[match.end() : match.end() + 1].strip("bcdfgklmnpqrstvwxz"):
            yield ("", "g") if match.end() == len(word) else ("g", "")  # Salamiyah, Kahn
        else:
            yield (_LATIN.get(letters, ""),)


def _arabic(word: str, offset: int) -> tuple[str, ...]:
    """Waw is a consonant or a vowel, and in front mostly `and`; a final ha may be mute."""
    letter = word[offset]
    if letter == "و":
        return ("a", "f") if offset else ("a",)
    if letter in "هةح" and offset == len(word) - 1:
        return ("", "g")
    return (_ARABIC.get(letter, ""),)


def _reduced(classes: str) -> str:
    spoken = _AFFRICATE.sub("", _REPEATED.sub(r"\1", classes))
    consonants = spoken.replace("a", "")
    rest = consonants if len(consonants) >= TELLING else spoken.strip("a").replace("a", ".")
    return "a" * spoken.startswith("a") + rest
