"""Names out of the cases that `according to` puts them in, by the endings in a language's lexicon."""

from app.language.lexicons.attribution import AttributionLexicon
from app.language.lexicons.grammar import Endings

_NAMED = 2
"""Words of a name that are all inflected."""
_ADJECTIVE = "ый"
_SHORTEST = 2
"""Letters that a word has left without its ending."""


def uninflected(phrase: str, lexicon: AttributionLexicon) -> str:
    """A name in the nominative: `Piotra Zielińskiego` as `Piotr Zieliński`.

    Of an organisation's name the noun that it is built on is inflected, and the adjectives before it and right after
    it: `Straży Granicznej`, but `Ministerstwa Obrony Narodowej`, where the rest is in the genitive anyway.
    """
    grammar = lexicon.grammar
    words = [grammar.name_suffix.sub("", word) for word in phrase.split()]
    head = next((index for index, word in enumerate(words) if lexicon.body.fullmatch(word)), None)
    if head is None:
        return " ".join(_without(word, grammar.name_endings) for word in words)
    before = [_without(word, grammar.adjective_endings) for word in words[:head]]
    after = [_without(word, grammar.adjective_endings) for word in words[head + 1 : head + 2]]
    return " ".join([*before, _without(words[head], grammar.head_endings), *after, *words[head + 2 :]])


def nominative(phrase: str, lexicon: AttributionLexicon) -> str:
    """A name out of the genitive or prepositional, where heads are listed: `Карпова` as `Карпов`."""
    words, grammar = phrase.split(), lexicon.grammar
    head = next((head for stem, head in grammar.heads.items() if words and words[0].lower().startswith(stem)), None)
    if head is None:
        return " ".join(_without(word, grammar.case_endings) for word in words) if len(words) <= _NAMED else phrase
    head = head[0].upper() + head[1:] if words[0][0].isupper() else head
    if head.lower().endswith(_ADJECTIVE):
        return " ".join([head, *(nominative(word, lexicon) for word in words[1:2]), *words[2:]])
    return " ".join([head, *words[1:]])


def _without(word: str, endings: Endings) -> str:
    for pattern, base in endings:
        found = pattern.search(word)
        if found and found.start() >= _SHORTEST:
            return word[: found.start()] + base
    return word
