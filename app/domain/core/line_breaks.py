"""Hard line breaks: text that was broken into lines of a fixed width, as in e-mail, is put together again.

A line break inside a paragraph is taken for a hard one where the next line goes on in small letters or after a hyphen,
or, in scripts without capitals, where the lines are of one width. Lists, verses and lines that are sentences by
themselves stay as they are.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

_WIDEST: Final = 100
"""Characters of the widest lines that mail and text editors break."""
_NARROWEST: Final = 24
"""Characters that the longest line of a wrapped paragraph has at least."""
_FULL: Final = 0.55
"""Part of the longest line that each other line has at least, but the last."""
_FULL_OF_UNCASED: Final = 0.75
_LINES_OF_UNCASED: Final = 3
"""Lines of a paragraph from which their width alone shows that it was wrapped."""
_CONTINUED: Final = 1 / 3
"""Part of the breaks in a paragraph that have to be plain continuations."""

_QUOTED: Final = re.compile(r"\A\s*+(?:>[ \t]?)++")
_ITEM: Final = re.compile(r"\A\s*+(?:[-*+•‣▪▫◦●○■□–—·→➤✓✔]\s|\(?(?:\d{1,3}|[^\W\d_])[.)]\s)")
_ENDS: Final = re.compile(r"[.!?…:;。！？；：؟۔।॥]['\"”’»›)\]」』]*$")
_STOPS: Final = re.compile(r"[.!?…。！？؟۔।॥]['\"”’»›)\]」』]*$")
_HYPHEN: Final = re.compile(r"(?<![^\W\d_])([^\W\d_]+)([-‐\u00ad])$")
_SMALL: Final = re.compile(r"\A['\"“„‘«‹(\[]*+([^\W\d_])")
_LONGEST_WORD: Final = 64
_FIRST_WORD: Final = re.compile(r"\S+")
_COMPOUND: Final = frozenset(
    (
        "all",
        "anti",
        "ex",
        "far",
        "full",
        "half",
        "high",
        "long",
        "low",
        "mid",
        "multi",
        "non",
        "self",
        "semi",
        "short",
        "so",
        "vice",
        "well",
    )
)
"""First parts of English compounds that are written with a hyphen."""
_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]")


def unwrapped(text: str) -> str:
    """The text with hard line breaks replaced by blanks, hyphens at them and marks of quoted mail (`>`) removed.

    Returned unchanged where nothing shows that its lines were broken by a program. Idempotent on what it joined.
    """
    if "\n" not in text and "\r" not in text:
        return text
    lines = text.splitlines()
    joined: list[str] = []
    for block in _blocks(lines, _quoted(lines)):
        joined += _joined(block, text) if _is_wrapped(block) else block
    return text if joined == lines else "\n".join(joined)


def _quoted(lines: Sequence[str]) -> list[bool]:
    """True for each line that is quoted mail: it has the mark, and so has a line next to it."""
    marked = [False, *(_QUOTED.match(line) is not None for line in lines), False]
    return [here and (before or after) for before, here, after in zip(marked, marked[1:], marked[2:], strict=False)]


def _blocks(lines: Sequence[str], quoted: Sequence[bool]) -> list[list[str]]:
    """Runs of lines that may be one paragraph, without marks of quoted mail: parted at blank lines, before items of a
    list, and where quoted mail begins or ends.
    """
    blocks: list[list[str]] = []
    goes_on, was_quoted = False, False
    for raw, is_quoted in zip(lines, quoted, strict=True):
        line = _QUOTED.sub("", raw, count=1) if is_quoted else raw
        goes_on = goes_on and is_quoted == was_quoted
        if line.strip() and goes_on and not _ITEM.match(line):
            blocks[-1].append(line)
        else:
            blocks.append([line])
        goes_on, was_quoted = bool(line.strip()), is_quoted
    return blocks


def _is_wrapped(block: Sequence[str]) -> bool:
    if len(block) < 2:
        return False
    lengths = [len(line.strip()) for line in block]
    widest = max(lengths)
    if not _NARROWEST <= widest <= _WIDEST:
        return False
    if not any(character.isupper() or character.islower() for line in block for character in line):
        full = sum(length >= _FULL_OF_UNCASED * widest for length in lengths[:-1])
        open_ends = sum(_STOPS.search(line.rstrip()) is None for line in block[:-1])
        return len(block) >= _LINES_OF_UNCASED and full == len(block) - 1 and 2 * open_ends >= full
    if any(length < _FULL * widest for length in lengths[:-1] if length < _NARROWEST):
        return False
    continued = sum(_goes_on(line, after) for line, after in pairwise(block))
    return continued >= max(1.0, _CONTINUED * (len(block) - 1))


def _goes_on(line: str, after: str) -> bool:
    """True where a sentence plainly goes on in the next line."""
    first = _SMALL.match(after.lstrip())
    return first is not None and first[1].islower() and _ENDS.search(line.rstrip()) is None


def _joined(block: Sequence[str], text: str) -> list[str]:
    """The lines of a wrapped paragraph, joined; a line that stops a sentence well before the edge ends a paragraph."""
    widest = max(len(line.strip()) for line in block)
    joined = [block[0].rstrip()]
    for before, line in pairwise(block):
        word = _FIRST_WORD.search(line)
        room = widest - len(before.strip()) - 1
        fits = word is not None and len(word[0]) < room - _NARROWEST // 2
        if _STOPS.search(before.rstrip()) and fits:
            joined.append(line.rstrip())
        else:
            joined[-1] = _together(joined[-1], line.strip(), text)
    return joined


def _together(first: str, second: str, text: str) -> str:
    hyphen = _HYPHEN.search(first[-_LONGEST_WORD:])
    word = _SMALL.match(second)
    if hyphen and word and word[1].islower():
        if hyphen[2] == "-" and _is_compound(hyphen[1], second, text):
            return first + second
        return first[:-1] + second
    if _UNSPACED.match(first[-1:]) and _UNSPACED.match(second[:1]):
        return first + second
    return f"{first} {second}"


def _is_compound(first: str, second: str, text: str) -> bool:
    """True for a word that is written with a hyphen wherever it stands."""
    rest = re.match(r"\w+", second)
    return first.lower() in _COMPOUND or (rest is not None and f"{first}-{rest[0]}" in text)
