"""Polarity of a match: whether a claim repeats what was said before, or says the opposite."""

import re
from typing import Final, Literal

from app.domain.checks.checks import Relation, StanceLabel

Negation = Literal["same", "opposite"]
"""Comparison of the negated words of two texts; None in a signature: they say nothing."""

_SAID: Final = ("assertion", "report")
_WORD: Final = re.compile(r"\w+")


def relation_of(
    statement: StanceLabel | None, precedent: StanceLabel | None, negation: Negation | None = None
) -> Relation:
    """`opposes` where one of the two asserts or reports what the other denies; `repeats` otherwise.

    Two texts that both say it oppose each other where one negates what the other says; a denial and a statement with
    the same negation do not.
    """
    if statement in _SAID and precedent in _SAID:
        return "opposes" if negation == "opposite" else "repeats"
    labels = {statement, precedent}
    if "denial" in labels and labels & set(_SAID):
        return "repeats" if negation == "same" else "opposes"
    return "repeats"


def is_said_again(
    statement: StanceLabel | None, precedent: StanceLabel | None, negation: Negation | None = None
) -> bool:
    """True where both say it, or both deny it. What is asked, or not read (None), is not said."""
    known = (*_SAID, "denial")
    return statement in known and precedent in known and relation_of(statement, precedent, negation) == "repeats"


def is_verbatim(statement: str, precedent: str) -> bool:
    """True where both have the same words in the same order: then they say the same, whatever the language says."""
    return _WORD.findall(statement.casefold()) == _WORD.findall(precedent.casefold())
