"""Grammar of each language as attribution needs it: word order, and the inflection of names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from app.language.lexicons.notation import NEVER, WRITTEN, Notation, any_of
from index.lexicons import InvalidLexicon, entries, section

_KEYS: Final = (
    "verb_final",
    "verb_after_comma",
    "according_without_comma",
    "drops_pronouns",
    "article_before_name",
    "name_suffix",
    "name_endings",
    "head_endings",
    "adjective_endings",
    "heads",
    "case_endings",
    "patronymic",
)

Endings = Sequence[tuple[re.Pattern[str], str]]
"""Patterns of word endings, each with the ending of the nominative that replaces it, in order of preference."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """Traits of one language; all are off, and all lists empty, where its file says nothing."""

    verb_final: bool
    """True where the reported clause stands between the speaker and the verb: Turkish."""
    verb_after_comma: bool
    """True where a verb right after a comma, with no `that` behind it, ends the reported clause: Russian, Polish."""
    according_without_comma: bool
    """True where no comma stands between the speaker after `according to` and the reported clause: German, Polish."""
    drops_pronouns: bool
    """True where a verb without a subject has the last person as its subject: `Stwierdziła, że …`."""
    article_before_name: bool
    """True where names have an article, a capital at the head of a sentence and no part of them: `O Hamas`."""
    name_suffix: re.Pattern[str]
    """Suffix of a name behind an apostrophe: Turkish `Demir'e`."""
    name_endings: Endings
    """Endings of a person's name after `according to`."""
    head_endings: Endings
    """Endings after `according to` of the head noun of an organisation's name: `ministerstwa`."""
    adjective_endings: Endings
    """Endings after `according to` of the adjectives beside that noun."""
    heads: Mapping[str, str]
    """Nouns that names of organisations are built on, in the nominative, by how any case of them begins."""
    case_endings: Endings
    """Endings of persons' names in other cases, where `heads` are listed."""
    patronymic: re.Pattern[str]
    """Ending of a name that stands between first name and surname."""


@cache
def grammar(code: str) -> Grammar:
    """The grammar of a language, by its ISO 639 code."""
    found = section(code, "grammar", _KEYS)
    notation = Notation(code, WRITTEN)
    return Grammar(
        verb_final=bool(found.get("verb_final")),
        verb_after_comma=bool(found.get("verb_after_comma")),
        according_without_comma=bool(found.get("according_without_comma")),
        drops_pronouns=bool(found.get("drops_pronouns")),
        article_before_name=bool(found.get("article_before_name")),
        name_suffix=_ending(notation, "name_suffix", found),
        name_endings=_endings(notation, "name_endings", found),
        head_endings=_endings(notation, "head_endings", found),
        adjective_endings=_endings(notation, "adjective_endings", found),
        heads=dict(entry.split("=") for entry in entries(found.get("heads", ""))),
        case_endings=_endings(notation, "case_endings", found),
        patronymic=_ending(notation, "patronymic", found),
    )


def _ending(notation: Notation, kind: str, section_found: Mapping[str, str]) -> re.Pattern[str]:
    expressions = notation.expressions(f"[grammar] {kind}", section_found.get(kind, ""))
    return re.compile(rf"{any_of(expressions)}\Z") if expressions else NEVER


def _endings(notation: Notation, kind: str, section_found: Mapping[str, str]) -> Endings:
    endings = []
    for entry in entries(section_found.get(kind, "")):
        ending, _, base = entry.rpartition("=")
        expression = notation.expressions(f"[grammar] {kind}", ending)
        if not expression:
            raise InvalidLexicon(f"{notation.language}.toml: [grammar] {kind}: {entry}: there is no ending before `=`")
        endings.append((re.compile(rf"(?:{expression[0]})\Z"), base))
    return endings
