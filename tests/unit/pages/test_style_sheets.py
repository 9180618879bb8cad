"""Style sheets: every page loads all of them, so a rule of one feature must not reach the elements of another."""

import re
from collections.abc import Iterator

import pytest

from app.web.pages.static_files import STATIC

BASE = "desk"
"""The sheet of what all pages share. The others may not write a rule for what is named here alone."""
_PIECE = re.compile(r"([^{};]*)([{};])")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def _selectors(text: str) -> Iterator[str]:
    """Selectors of all rules, those in media queries too; not the steps of animations nor what at-rules declare."""
    inside: list[bool] = []  # of each open block, whether rules are in it
    for head, sign in _PIECE.findall(_COMMENT.sub("", text)):
        head = " ".join(head.split())
        if sign == "{":
            if all(inside) and not head.startswith("@"):
                yield from re.split(r",\s*(?![^(]*\))", head)
            inside.append(head.startswith(("@media", "@supports")))
        elif sign == "}":
            inside.pop()
    assert not inside, "a block does not end"


def _names(selector: str) -> set[str]:
    """What a selector names: classes, ids and attributes, and classes of an element, as in `td.slot`."""
    plain = set(re.findall(r"[.#][a-zA-Z][\w-]*|\[[a-z-]+", selector))
    return plain | set(re.findall(r"\b[a-z][a-z0-9]*\.[a-zA-Z][\w-]*", selector))


def _owners(sheets: dict[str, set[str]]) -> dict[str, str]:
    """The sheet of each name: the only one that has it, or has it without a name of its own beside."""
    mentions: dict[str, set[str]] = {}
    for sheet, selectors in sheets.items():
        for name in set().union(*map(_names, selectors)):
            mentions.setdefault(name, set()).add(sheet)
    owners = {name: min(found) for name, found in mentions.items() if len(found) == 1}
    alone = dict(owners)
    for name, found in mentions.items():
        bare = [
            sheet
            for sheet in found
            if any(name in _names(one) and not _has_own(sheet, one, alone) for one in sheets[sheet])
        ]
        if len(bare) == 1:
            owners[name] = bare[0]
    return owners


def _has_own(sheet: str, selector: str, owners: dict[str, str]) -> bool:
    return any(owners.get(name) == sheet for name in _names(selector))


def _collisions(sheets: dict[str, set[str]]) -> list[str]:
    """Selectors that two sheets have, and selectors of a feature's sheet that name nothing of its own."""
    owners = _owners(sheets)
    features = {sheet: selectors for sheet, selectors in sheets.items() if sheet != BASE}
    twice = [
        f"{one}: in {sheet} and {other}"
        for sheet, selectors in sheets.items()
        for other, others in sheets.items()
        if sheet < other
        for one in sorted(selectors & others)
    ]
    bare = [
        f"{sheet}: {one}"
        for sheet, selectors in features.items()
        for one in sorted(selectors)
        if not _has_own(sheet, one, owners)
    ]
    return twice + bare


def test_no_rule_reaches_what_is_of_another_sheet():
    sheets = {file.stem: set(_selectors(file.read_text("utf-8"))) for file in sorted(STATIC.glob("*.css"))}
    assert len(sheets) > 10
    assert sum(map(len, sheets.values())) > 500
    assert not _collisions(sheets)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (".row { gap: 0 }", ".row { gap: 1px }"),
        (".row { gap: 0 }", ".row .own { gap: 1px } .row { margin: 0 }"),
        (".row { gap: 0 }", ".own { gap: 1px } @media print { .row:hover { gap: 0 } }"),
        (".row { gap: 0 }", "h3 { gap: 1px }"),
        (".row { gap: 0 }", ".own:is(.a, .b), section.row { gap: 0 } section > .row { gap: 0 }"),
    ],
)
def test_a_rule_without_a_name_of_its_own_is_found(here, there):
    sheets = {BASE: set(_selectors(here)), "queue": set(_selectors(there))}
    assert _collisions(sheets)


def test_a_rule_with_a_name_of_its_own_may_name_others():
    there = "/* .row {} */ .own .row, td.row, .row:is(.own, .other) { gap: 0 } @keyframes x { from { top: 0 } }"
    assert not _collisions({BASE: {".row"}, "queue": set(_selectors(there))})
