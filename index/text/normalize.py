"""Text normalisation before search, equally for archived and checked texts: removes decoration, obfuscation and
boilerplate.

Copies come with invisible characters, letters of other scripts, emoji, links, hashtags and repeated punctuation.
`normalize_text` removes those, so that a copy is embedded, and its terms are looked up, as the original is. The name
and the date that a quoted post is signed with stay: with them its fact-check is found more often than without.
"""

import re
import unicodedata
from typing import Final

from index.text.confusables import LETTER, STYLED, unify_scripts

VERSION: Final = 1
"""Version, changed with every change to the normalised text: vectors of two versions are never compared."""

_ROUNDS: Final = 4
"""Bound on passes: one is enough for nearly every text; another is needed where a removal has uncovered more."""

_PICTURES: Final = re.compile(
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25a0-\u27bf\u2934\u2935\u2b05-\u2b55"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]+"
)
"""Emoji and the symbols beside them (Extended_Pictographic, flags, geometric shapes)."""

_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\u0640\u0334-\u0338\u20d0-\u20f0]"
)
"""Default_Ignorable_Code_Point but the joiners, the Arabic stretch, and marks that strike out or enclose."""

_INDIC: Final = "\u0900-\u0dff\u1000-\u109f\u1780-\u17ff"
_STRAY_JOINER: Final = re.compile(f"(?<![{_INDIC}])[\u200c\u200d]")
_STRAY_JOINER_IN_PERSIAN: Final = re.compile(f"(?<![{_INDIC}\u0620-\u06ff])[\u200c\u200d]")
_NOT_ARABIC: Final = re.compile("[\u0679\u067e\u0686\u0688\u0691\u0698\u06a9\u06af\u06be\u06cc\u06d2]")
"""Letters of Persian, Urdu and their kin, in whose spelling a joiner divides a word; in Arabic it is nothing."""

_IN_ADDRESS: Final = r"[^\s<>\"“”«»„()\[\]{}|、。，（）「」]"
_LINK: Final = re.compile(  # those of Twitter come without a blank before and after them
    r"(?:https?://t\.co/|pic\.twitter\.com/)[a-z0-9]*?(?=https?:|[^a-z0-9]|$)"
    rf"|(?:https?://|www\.){_IN_ADDRESS}+"
    rf"|\b(?![a-z0-9-]*pic\.twitter\.com/)(?:[a-z0-9-]{{1,63}}\.){{1,4}}[a-z]{{2,24}}/{_IN_ADDRESS}*",
    re.IGNORECASE,
)
_PASSED_ON: Final = re.compile(r"^\W*(?:[RM]T\b\s*:?\s*@\w+\s*:?\s*)+|\(?\b(?:via|h/t)\s+@\w+\)?", re.IGNORECASE)
_HANDLE: Final = re.compile(r"\(@\w+\)")
"""Bracketed abbreviation after a name, which repeats it."""

_LABEL: Final = re.compile(
    r"^\W*(?:(?:breaking(?: news)?|just in|urgent|alert|shocking|exclusive|wow|omg|срочно|молния|шок|терміново|"
    r"eilmeldung|schock|flash info|choquant|última hora|urgente|ultim'ora|incredibile|عاجل)\s*[:!|–—-]+\s+)+",
    re.IGNORECASE,
)
"""Prefixes of news ("BREAKING:", ...) without information on the content."""

_UPPER: Final = "A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁІЇЄҐ"
_LOWER: Final = "a-zß-öø-ÿα-ωа-яёіїєґ"
_TAG: Final = re.compile(r"(?:#|(?<!\w)@)(?=[^\W\d])(\w+)")
_PARTS: Final = re.compile(
    rf"(?<=[{_LOWER}])(?=[{_UPPER}])|(?<=[{_UPPER}])(?=[{_UPPER}][{_LOWER}])|(?<=[^\W\d_]{{3}})(?=\d)|_+"
)
_APOSTROPHE: Final = re.compile("[‘’‚‛′`´ʼʻ]")
_QUOTES: Final = re.compile(r"[\"“”„‟«»‹›❝❞〝〞「」『』]+|(?<!\w)'+|'+(?!\w)")
_PUNCTUATION: Final = re.compile(r"([!?])[!?]+|(\.\.\.)\.+|([,;:*~=_|#-])\3+")
_STRETCHED: Final = re.compile(rf"([^\W\d_])\1{{3,}}|([{_LOWER}])\2\2")
_SPACE: Final = re.compile(r"\s{2,}|[^\S ]")
_FIRST_LETTER: Final = re.compile(r"(?<![\w'])[^\W\d_]")

_SHOUTED_LETTERS: Final = 12
_SHOUTED_SHARE: Final = 0.6


def normalize_text(text: str) -> str:
    """Normalised text; idempotent. A text of nothing but decoration is returned unchanged."""
    worded = text
    for _ in range(_ROUNDS):
        before, worded = worded, _normalized_once(worded)
        if worded == before:
            break
    return worded if any(map(str.isalnum, worded)) else text


def _normalized_once(text: str) -> str:
    if not text.isascii():
        text = _PICTURES.sub(" ", STYLED.sub(lambda letter: LETTER.get(letter[0], letter[0]), text))
        text = unicodedata.normalize("NFKC", text)
        text = (_STRAY_JOINER_IN_PERSIAN if _NOT_ARABIC.search(text) else _STRAY_JOINER).sub("", text)
        text = unify_scripts(_INVISIBLE.sub("", text))
        text = _APOSTROPHE.sub("'", text)
    text = _CONTROLS.sub("", text)
    if "/" in text or "www." in text or "WWW." in text:
        text = _LINK.sub(" ", text)
    if "@" in text or "#" in text:
        text = _HANDLE.sub(" ", _PASSED_ON.sub(" ", text))
        text = _TAG.sub(lambda tag: f" {_PARTS.sub(' ', tag[1])} ", text)
    text = _QUOTES.sub(" ", text)
    text = _PUNCTUATION.sub(lambda run: run[1] or run[2] or run[3], text)
    text = _STRETCHED.sub(lambda run: run[1] or 2 * run[2], text)
    text = _LABEL.sub("", text)
    return _lower_shouted(_SPACE.sub(" ", text).strip())


def _lower_shouted(text: str) -> str:
    """Text mostly in capitals, rewritten as a headline: models represent words in capitals badly."""
    upper = sum(map(str.isupper, text))
    if upper < _SHOUTED_LETTERS or upper < _SHOUTED_SHARE * (upper + sum(map(str.islower, text))):
        return text
    return _FIRST_LETTER.sub(lambda letter: letter[0].upper(), text.lower())
