"""Names out of the cases that `according to` puts them in, by the endings in a language's lexicon."""

from app.language.lexicons.attribution import AttributionLexicon
from app.language.lexicons.grammar import Endings

_SHORTEST = 2
"""Letters that a word has left without its ending."""


def uninflected(phrase: str, lexicon: AttributionLexicon) -> str:
    """A name in the nominative: `Piotra Zielińskiego` as `Piotr Zieliński`.

    Of an organisation's name the noun that it is built on is inflected, and the adjectives before it and right after
    it: `Straży Granicznej`, but `Ministerstwa Obrony Narodowej`, where the rest is in the genitive anyway.
    """
    grammar = lexicon.grammar
    words = [grammar.name_suffix.sub("", word) for word in phrase.split()]
    head = next((at for at, word in enumerate(words) if lexicon.body.fullmatch(word)), None)
    if head is None:
        return " ".join(_without(word, grammar.name_endings) for word in words)
    before = [_without(word, grammar.adjective_endings) for word in words[:head]]
    after = [_without(word, grammar.adjective_endings) for word in words[head + 1 : head + 2]]
    return " ".join([*before, _without(words[head], grammar.head_endings), *after, *words[head + 2 :]])


def _without(word: str, endings: Endings) -> str:
    for pattern, base in endings:
        found = pattern.search(word)
        if found and found.start() >= _SHORTEST:
            return word[: found.start()] + base
    return word
