"""Confusables: words spelt with look-alike letters of another script are restored: `сhеmical` to `chemical`.

The letters are from Unicode's confusables (UTS #39, confusables.txt), kept to the scripts that are borrowed from.
"""

import re
from collections.abc import Iterator
from string import ascii_uppercase
from typing import Final

LETTER: Final = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡ", "abcdefghijklmnoprstuvwyzag", strict=True)) | {
    chr(first + number): letter
    for first in (0x1F130, 0x1F150, 0x1F170)
    for number, letter in enumerate(ascii_uppercase)
}
"""Small capitals, and letters in squares and discs, each with its plain letter: NFKC leaves them as they are."""
STYLED: Final = re.compile("[ɑɡɢɪɴʀʏʙʜʟᴀ-ᴢꜰꜱ\U0001f130-\U0001f189]")
"""Finds them, and some others that `LETTER` does not have."""

_LETTERS: Final = {
    "latin": r"A-Za-zªº\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
    "cyrillic": r"\u0400-\u0481\u048a-\u052f",
    "greek": r"\u0370-\u0373\u0376\u0377\u037b-\u037d\u037f\u0386\u0388-\u03ff\u1f00-\u1fbc",
    "other": r"\u0531-\u0556\u0561-\u0587\u13a0-\u13f5",  # Armenian and Cherokee
}
_ONE: Final = {script: re.compile(f"[{letters}]") for script, letters in _LETTERS.items()}
_ALL: Final = {script: re.compile(f"[{letters}]+") for script, letters in _LETTERS.items()}
_WORD: Final = re.compile(f"[{''.join(_LETTERS.values())}]+")
_BORROWED: Final = re.compile(r"[\u0370-\u0587\u13a0-\u13f5\u1f00-\u1fff]")

_ANYWHERE: Final = (
    "AАΑ BВΒ C.Ϲ CС. EЕΕ HНΗ IІΙ IӀ. JЈͿ KКΚ MМΜ N.Ν OОΟ PРΡ SЅ. TТΤ XХΧ YУΥ YҮ. Z.Ζ QԚ. WԜ. VѴ. GԌ. "
    "aа. cсϲ eе. iі. jјϳ oоο pр. sѕ. xх. yу. yү. hһ. dԁ. qԛ. wԝ. vѵ. lӏ."
)
"""Latin, Cyrillic and Greek letters that look the same anywhere; a full stop where there is none."""

_IN_A_WORD: Final = "a.α bЬβ bв. e.ε hн. i.ι kкκ mм. nпη p.ρ rг. tтτ u.υ v.ν wѡω x.χ y.γ"
"""Letters that are confusable only beside letters of the other script."""

_FROM_OTHER: Final = "OՕ SՏ UՍ oօ nո nռ uս gց hհ fք AᎪ BᏴ CᏟ DᎠ EᎬ GᏀ HᎻ JᎫ KᏦ LᏞ MᎷ PᏢ RᎡ SᏚ TᎢ VᏙ WᎳ YᎩ ZᏃ"
"""A Latin letter, and the Armenian or Cherokee one that passes for it."""


def _translation_table(target: str, classes: str) -> dict[int, str]:
    """Translation table from the letters of each class outside the target script to the one in it."""
    column = list(_LETTERS).index(target)
    found: dict[int, str] = {}
    for alike in classes.split():
        own = alike[column : column + 1]
        for letter in set(alike) - {own, "."} if own not in ("", ".") else ():
            found.setdefault(ord(letter), own)
    return found


_READ_ALONE: Final = {script: _translation_table(script, _ANYWHERE) for script in _LETTERS}
_READ_BESIDE: Final = {
    script: _translation_table(script, f"{_ANYWHERE} {_IN_A_WORD}{f' {_FROM_OTHER}' if script == 'latin' else ''}")
    for script in _LETTERS
}


def unify_scripts(text: str) -> str:
    """`text` with every word in one script, where it has such a reading.

    A word of several scripts is read in the text's own, that of most letters, or else in another of its own. A word
    wholly of another script is read as Latin in a Latin text where no word of the text has to be of that script. The
    other way round only single letters are: `Kyiv` and `BBC` in a Russian text are no Russian words.
    """
    if text.isascii() or not _BORROWED.search(text):
        return text
    scripts = [script for script, letter in _ONE.items() if letter.search(text)]
    if len(scripts) < 2:
        return text
    own = max(scripts, key=lambda script: len(_ONE[script].findall(text)))
    foreign = {word: _script(word) for word in _WORD.findall(text) if not _ALL[own].fullmatch(word)}
    present = {script for word, script in foreign.items() if script and not _whole_word_in(word, own)}
    read = {
        word: _mixed_word_in(word, own)
        if script is None
        else word
        if script in present
        else _whole_word_in(word, own) or word
        for word, script in foreign.items()
    }
    return _WORD.sub(lambda match: read.get(match[0], match[0]), text) if read else text


def _script(word: str) -> str | None:
    """The one script of a word, None where it has several."""
    return next((script for script, letters in _ALL.items() if letters.fullmatch(word)), None)


def _whole_word_in(word: str, target: str) -> str | None:
    """Word of another script in the target's letters, None where it has no such reading."""
    if target != "latin" and len(word) > 1:
        return None
    read = word.translate(_READ_ALONE[target])
    return read if _ALL[target].fullmatch(read) else None


def _mixed_word_in(word: str, own: str) -> str:
    """Word of mixed scripts in one of them, the text's own first; unchanged where it has no such reading."""
    for target in _targets(word, own):
        read = word.translate(_READ_BESIDE[target])
        if _ALL[target].fullmatch(read):
            return read
    return word


def _targets(word: str, own: str) -> Iterator[str]:
    yield own
    yield from (script for script, letter in _ONE.items() if script != own and letter.search(word))
