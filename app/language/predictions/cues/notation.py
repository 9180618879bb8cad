"""How the words of predictions and of their time windows are written down, a language at a time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.language.stance.cues.folding import fold_phrase

WindowKind = Literal["date", "span", "coming", "day", "this", "next", "end", "event", "near", "soon"]
"""What a pattern finds; the groups that it has to have stand behind each.

`date`: day and month, or month, or year, or weekday · `span`: count and unit · `coming`, `this`, `next`, `end`: unit ·
`day`: today or tomorrow · `event`: before something · `near`: at any moment · `soon`: at no time that can be told.
"""

Unit = Literal["hour", "day", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class Foretelling:
    """The words of one language; patterns see folded text (`app.language.stance.cues.folding`)."""

    cues: re.Pattern[str]
    """Shows that something is about to happen."""
    exempt: re.Pattern[str]
    """Looks like such a cue and is none: negated, past, a noun; masked before cues are looked for."""
    windows: tuple[tuple[WindowKind, re.Pattern[str]], ...]
    """In order of preference."""
    words: Mapping[str, int]
    """Months (1 to 12), weekdays (101 for Monday to 107) and numbers by how a word of them begins."""
    units: Mapping[str, Unit]
    """Units of time by how a word of them begins."""


def foretelling(
    cues: str,
    exempt: str,
    windows: Sequence[tuple[WindowKind, str]],
    *,
    months: str,
    weekdays: str,
    numbers: str,
    units: Mapping[Unit, str],
) -> Foretelling:
    """The words of a language, from lines of regular expressions in which a blank stands for white space.

    In windows `{month}`, `{weekday}`, `{unit}` and `{count}` stand for a word of these, `{event}` for up to six words.
    `months` and `weekdays` are listed in order, by how they begin; `numbers` from one on; several units share a blank.
    """
    months_by = _numbered(months, 1)
    weekdays_by = _numbered(weekdays, 101)
    numbers_by = _numbered(numbers, 1)
    units_by = {begin: unit for unit, begins in units.items() for begin in fold_phrase(begins).split()}
    holes = {
        "{month}": rf"(?P<month>{_any(months_by)})",
        "{weekday}": rf"(?P<weekday>{_any(weekdays_by)})",
        "{unit}": rf"(?P<unit>{_any(units_by)})",
        "{count}": rf"(?P<count>\d{{1,3}}|{_any(numbers_by)})",
        "{day}": r"(?P<day>\d{1,2})",
        "{year}": r"(?P<year>20\d\d)",
        "{event}": r"[^\s,.;:!?\"»”“)]+(?: (?!and |и |et |und |y |e )[^\s,.;:!?\"»”“)]+){0,4}",
    }
    found = []
    for kind, pattern in windows:
        for hole, filled in holes.items():
            pattern = pattern.replace(hole, filled)
        found.append((kind, compiled_lines(pattern)))
    return Foretelling(
        compiled_lines(cues), compiled_lines(exempt), tuple(found), {**numbers_by, **months_by, **weekdays_by}, units_by
    )


def compiled_lines(lines: str) -> re.Pattern[str]:
    """One pattern that finds any of the lines as whole words; a quotation may begin or end within.

    A line that begins with `|` continues the one before.
    """
    lines = re.sub(r"\n\s*\|", "|", lines)
    inside = [fold_phrase(line.strip()).replace(" ", r"\s+[\"“”«»„]*") for line in lines.strip().splitlines()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(one for one in inside if one)})(?!\w)")


def _numbered(begins: str, first: int) -> dict[str, int]:
    """Words by how they begin, each counted up; several for one number are joined by `/`."""
    listed = fold_phrase(begins).split()
    return {begin: first + at for at, same in enumerate(listed) for begin in same.split("/")}


def _any(begins: Mapping[str, object]) -> str:
    longest_first = sorted(begins, key=len, reverse=True)
    return "(?:" + "|".join(longest_first) + r")\w*"
