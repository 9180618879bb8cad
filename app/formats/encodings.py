"""Encodings of text files: read off the file where it says so, and else guessed among the code pages that spreadsheets
save.

A guess is by alphabets: the page under which words are of one script, and of letters that one language has. General
detectors are unsure of a few lines, and files of ten claims are usual (`docs/decisions/0020-formats-in.md`).
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app.formats.lines import Unreadable

_BLOCK: Final = 1 << 20
_SAMPLED: Final = 64 * 1024
"""Bytes with letters beyond ASCII that a guess looks at."""
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
                 (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_REPLACED: Final = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII: Final = re.compile("[^\x00-\x7f\udc80-\udcff]")
_HIGH_LINE: Final = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_CHARSET: Final = re.compile(
    rb"<(?:meta|\?xml)\b[^<>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_LONGEST_HEAD: Final = 4_096
"""Bytes of a page within which it names its encoding."""
_NUL_SHARE: Final = 0.04
_INVERTED: Final = re.compile(r"(?<!\w)(?:¿(?=\w[^\n]{0,300}\?)|¡(?=\w[^\n]{0,300}!))")
_TYPOGRAPHIC: Final = frozenset("“”„‘’‚‹›«»–—…•·°§€№®©™\u00a0½¼²³´¨×")
_LATIN: Final = {
    "cp1252": ("äöüß", "éèàçêâîôûùëïüœæ", "áéíóúñü", "áàâãçéêíóôõú", "àèéìîòù", "åäöæøé", "ëïéèöüóáç"),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áéíóöőúüű", "ăâîşţéöü", "čćđšžéü", "äáčďéíĺľňóôŕšťúýž"),
    "cp1254": ("çğıöşüâîû",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
}
"""Letters beyond ASCII of languages, by the code page that writes them."""
_OTHERS: Final = {
    "cp1251": ("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўѝ", 0),
    "cp866": ("абвгдежзийклмнопрстуфхцчшщъыьэюяё", 0.02),
    "koi8_r": ("абвгдежзийклмнопрстуфхцчшщъыьэюяё", 0.02),
    "cp1253": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ", 0),
    "cp1255": ("אבגדהוזחטיךכלםמןנסעףפץצקרשת", 0),
    "cp1256": ("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئپچژگً", 0),
}
"""Alphabets of other scripts, by code page, and what is taken off for pages that are rarely met."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """Encoding of a file, and whether it is a guess."""

    name: str
    guessed: bool = False

    @property
    def errors(self) -> str:
        """Error handler of the codec for bytes that are not of the encoding, so that only their lines are refused."""
        return "surrogateescape" if self.name.startswith("utf-8") else "replace"


def encoding_of(path: Path, asked: str | None = None) -> Encoding:
    """The encoding of a text file: the one asked for, or its own. Raises `Unreadable` for an unknown name."""
    if asked:
        return Encoding(_known(asked))
    with path.open("rb") as file:
        head = file.read(_SAMPLED)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name)
    if unmarked := _without_mark(head):
        return Encoding(unmarked, guessed=True)
    letters = broken = 0
    for text in _decoded(path):
        letters += len(_BEYOND_ASCII.findall(text))
        broken += len(_REPLACED.findall(text))
    if broken <= letters:
        return Encoding("utf-8")
    return Encoding(guess(_high_lines(path)), guessed=True)


def page_text(raw: bytes, asked: str | None = None) -> tuple[str, Encoding]:
    """Text of a web page or of plain text, and the encoding by which it was read: the one asked for, that of its mark,
    UTF-8, the one that the page names, or a guess. Raises `Unreadable` for an unknown name."""
    if asked:
        name = _known(asked)
        return raw.decode(name, "replace"), Encoding(name)
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return raw.decode(name, "replace"), Encoding(name)
    try:
        return raw.decode("utf-8"), Encoding("utf-8")
    except UnicodeError:
        pass
    if unmarked := _without_mark(raw[:_SAMPLED]):
        return raw.decode(unmarked, "replace"), Encoding(unmarked, guessed=True)
    if named := _CHARSET.search(raw[:_LONGEST_HEAD]):
        try:
            name = _known(named[1].decode("ascii"))
            return raw.decode(name, "replace"), Encoding(name)
        except (Unreadable, UnicodeError):
            pass
    text = raw.decode("utf-8", "surrogateescape")
    if len(_REPLACED.findall(text)) <= len(_BEYOND_ASCII.findall(text)):
        return raw.decode("utf-8", "replace"), Encoding("utf-8")
    name = guess(b"\n".join(_HIGH_LINE.findall(raw))[:_SAMPLED])
    return raw.decode(name, "replace"), Encoding(name, guessed=True)


def guess(sample: bytes) -> str:
    """The code page under which these bytes are words of a language."""
    scores = {page: _plausible_latin(sample, page, alphabets) for page, alphabets in _LATIN.items()}
    scores |= {page: _plausible(sample, page, letters) - off for page, (letters, off) in _OTHERS.items()}
    return max(scores, key=lambda page: scores[page])


def _known(asked: str) -> str:
    try:
        found = codecs.lookup(asked)
        "a".encode(found.name)
    except (LookupError, UnicodeError, ValueError, TypeError) as error:
        raise Unreadable(
            f"no encoding is called “{asked[:40]}”: say utf-8, utf-16, cp1250, cp1251 or cp1252"
        ) from error
    return found.name


def _without_mark(head: bytes) -> str | None:
    """UTF-16 without its mark, seen by zero bytes at every other place alone: of digits, delimiters, line ends."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < max(4, _NUL_SHARE * len(head) / 2) or min(even, odd) * 10 > max(even, odd):
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    try:
        head[: len(head) // 4 * 4 - 4].decode(name)
    except UnicodeError:
        return None
    return name


def _decoded(path: Path) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            if not block.isascii():
                yield decoder.decode(block)


def _high_lines(path: Path) -> bytes:
    """The lines of a file that have bytes beyond ASCII, the first of them."""
    found: list[bytes] = []
    size = 0
    with path.open("rb") as file:
        while size < _SAMPLED and (block := file.read(_BLOCK)):
            for line in _HIGH_LINE.findall(block):
                found.append(line[:_SAMPLED])
                size += len(found[-1])
                if size >= _SAMPLED:
                    break
    return b"\n".join(found)[:_SAMPLED]


def _plausible_latin(sample: bytes, page: str, alphabets: tuple[str, ...]) -> float:
    """Share of the characters beyond ASCII that one language has, 0 to 1; words of them alone count against it."""
    text = _INVERTED.sub("", sample.decode(page, "replace"))
    high = [character for character in text if character > "\x7f" and character not in _TYPOGRAPHIC]
    if not high:
        return 1.0
    best = max(sum(character.lower() in letters for character in high) for letters in alphabets) / len(high)
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    foreign = sum(sum(letter > "\x7f" for letter in word) > 0.6 * len(word) for word in words if len(word) > 2)
    return best - (foreign / len(words) if words else 0)


def _plausible(sample: bytes, page: str, alphabet: str) -> float:
    """Share of the characters beyond ASCII that are of the alphabet; words of two scripts and odd capitals count
    against it."""
    text = sample.decode(page, "replace")
    high = [character for character in text if character > "\x7f" and character not in _TYPOGRAPHIC]
    if not high:
        return 0.0
    within = sum(character.lower() in alphabet for character in high) / len(high)
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    mixed = sum(any(letter <= "\x7f" for letter in word) for word in words)
    odd = sum(word[1:] != word[1:].lower() and word != word.upper() for word in words)
    return within - ((mixed + odd) / len(words) if words else 0)
