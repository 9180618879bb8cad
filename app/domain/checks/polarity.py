"""Polarity of a match: whether a claim repeats what was said before, or says the opposite."""

import re
from typing import Final

from app.domain.checks.checks import Relation, StanceLabel

_WORD: Final = re.compile(r"\w+")
_SAID: Final = ("assertion", "report")


def relation_of(statement: StanceLabel | None, precedent: StanceLabel | None) -> Relation:
    """`opposes` where one of the two asserts or reports what the other denies; `repeats` otherwise."""
    denied = [stance == "denial" for stance in (statement, precedent)]
    said = [stance in _SAID for stance in (statement, precedent)]
    return "opposes" if any(denied) and any(said) else "repeats"


def is_said_again(statement: StanceLabel | None, precedent: StanceLabel | None) -> bool:
    """True where both say it, or both deny it. What is asked, or not read (None), is not said."""
    return statement is not None and ((statement in _SAID and precedent in _SAID) or statement == precedent == "denial")


def is_verbatim(statement: str, precedent: str) -> bool:
    """True where both have the same words in the same order: then they say the same, whatever the language says."""
    return _WORD.findall(statement.casefold()) == _WORD.findall(precedent.casefold())
