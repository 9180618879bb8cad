"""Word segmentation of scripts that are written without blanks: Chinese, Japanese, Thai; others by their blanks."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

KANA: Final = "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"
HAN: Final = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
THAI: Final = "\u0e00-\u0e7f"
UNSPACED: Final = KANA + HAN + THAI
"""Characters of the scripts that are segmented, for use in a regular expression's brackets."""

_JAPANESE: Final = re.compile(f"[{KANA}]")
_THAI: Final = re.compile(f"[{THAI}]")
_NAME_TAGS: Final = ("nr", "ns", "nt", "nz")
_LONGEST_RUN: Final = 300


def is_japanese(text: str) -> bool:
    """True if a text has kana, so that its Chinese characters are Japanese words too."""
    return _JAPANESE.search(text) is not None


def segments(run: str, *, japanese: bool) -> Iterator[tuple[int, int]]:
    """Start and end of each word of a run of characters of `UNSPACED`, in order."""
    split = _japanese if japanese else _thai if _THAI.match(run) else _chinese
    for begin in range(0, len(run), _LONGEST_RUN):
        start = begin
        for word in split(run[begin : begin + _LONGEST_RUN]):
            yield start, start + len(word)
            start += len(word)


def _chinese(run: str) -> list[str]:
    """Words of Chinese; a character that the dictionary takes for a name by itself belongs to the name beside it."""
    import rjieba

    found: list[str] = []
    before = ""
    for word, tag in rjieba.tag(run):
        named = tag in _NAME_TAGS and before in _NAME_TAGS
        if named and (len(word) == 1 or len(found[-1]) == 1):
            found[-1] += word
        else:
            found.append(word)
        before = tag
    return found


def _japanese(run: str) -> list[str]:
    return _split_between(run, _boundary_model("ja_word"))


def _thai(run: str) -> list[str]:
    return _split_between(run, _boundary_model("th"))


def _split_between(run: str, parse: Callable[[str], list[str]]) -> list[str]:
    """Words of a run, none of which begins with a mark on the character before it."""
    found: list[str] = []
    for word in parse(run):
        if found and unicodedata.category(word[0])[0] == "M":
            found[-1] += word
        else:
            found.append(word)
    return found


@cache
def _boundary_model(name: str) -> Callable[[str], list[str]]:
    from budoux.parser import Parser

    model = json.loads((files("budoux") / "models" / f"{name}.json").read_text("utf-8"))
    parse: Callable[[str], list[str]] = Parser(model).parse
    return parse


def mark_ranges() -> str:
    """Combining marks, which belong to the letter before them, as ranges for a regular expression's brackets."""
    marks = [code for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M"]
    starts = [code for before, code in pairwise([-1, *marks]) if code != before + 1]
    ends = [code for code, after in pairwise([*marks, -1]) if after != code + 1]
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))
