"""Subject of an Arabic phrase: without capitals, only the title or the word for a body before it shows a name."""

import re
from typing import Final

from app.language.attribution.subject import UNKNOWN, Subject
from app.language.lexicons.attribution import AttributionLexicon

_WORD: Final = re.compile(r"\w+")
_MARKS: Final = re.compile(r"[,.;:()\"«»“”]")
_DEFINITE: Final = ("ال", "لل", "وال", "بال")
_SHORTEST: Final = 2
_LONGEST_PERSON: Final = 3
_LONGEST_BODY: Final = 7


def arabic_subject(phrase: str, lexicon: AttributionLexicon) -> Subject:
    """The person after a title, or the body that a phrase begins with; unknown where neither is plain."""
    ends = [len(phrase)]
    stops = (lexicon.that, lexicon.saying, lexicon.subject_end, _MARKS)
    ends += [found.start() for kind in stops if (found := kind.search(phrase))]
    words = _WORD.findall(phrase[: min(ends)])
    if not words:
        return UNKNOWN
    if lexicon.anonymous.fullmatch(words[0]):
        return Subject("anonymous", words=phrase)
    if lexicon.role.fullmatch(words[0]):
        name = _untitled(words, lexicon)
        return Subject("name", " ".join(name), phrase) if name else Subject("anonymous", words=phrase)
    if lexicon.proper.fullmatch(words[0]) and len(words) == 1:
        return Subject("name", words[0], phrase)
    if lexicon.body.fullmatch(words[0]) and _SHORTEST <= len(words) <= _LONGEST_BODY:
        return Subject("name", " ".join(words), phrase)
    return UNKNOWN


def _untitled(words: list[str], lexicon: AttributionLexicon) -> list[str]:
    """The name after a title: two or three words, the first without an article, as names mostly are."""
    position = 1
    while position < len(words):
        word = words[position]
        if lexicon.office.fullmatch(word):
            position += 2
        elif (
            word == "باسم" or word.startswith(_DEFINITE) or lexicon.role.fullmatch(word) or lexicon.body.fullmatch(word)
        ):
            position += 1
        else:
            break
    name = words[position:]
    return name if _SHORTEST <= len(name) <= _LONGEST_PERSON and "في" not in name else []
