"""Names that may be those of one speaker: alike in sound, across scripts and transliterations."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from rapidfuzz import fuzz

from index.text.names.name_tokens import folded
from index.text.names.phonetics import consonants, phonetic_key

LEAST_SOUNDS: Final = 3
"""Least number of consonants of a family name by which names are compared."""

LEAST_RATIO: Final = 90.0
"""Least similarity, in per cent, of names in one script that are taken for spellings of one."""

_MOST_ALIKE: Final = 40
"""Names of one sound that are compared with each other."""


def alike_pairs(names: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of positions of names that may be those of one speaker.

    Their family names, the last words, sound alike; and so do their given names, or one is an initial, or one name has
    none. Names of one script that differ in a letter or two are alike as well.
    """
    by_sound: dict[str, list[int]] = defaultdict(list)
    words = [folded(name).replace(".", " ").split() for name in names]
    for number, parts in enumerate(words):
        if parts:
            for sound in phonetic_key(parts[-1]):
                if len(consonants(sound)) >= LEAST_SOUNDS:
                    by_sound[sound].append(number)
    found: set[tuple[int, int]] = set()
    for numbers in by_sound.values():
        for one, other in combinations(sorted(set(numbers))[:_MOST_ALIKE], 2):
            if _given_alike(words[one][:-1], words[other][:-1]):
                found.add((one, other))
    by_beginning: dict[str, list[int]] = defaultdict(list)
    for number, parts in enumerate(words):
        if len(parts) > 1:
            by_beginning[" ".join(parts)[:3]].append(number)
    for numbers in by_beginning.values():
        for one, other in combinations(numbers[:_MOST_ALIKE], 2):
            if fuzz.ratio(" ".join(words[one]), " ".join(words[other])) >= LEAST_RATIO:
                found.add((one, other))
    return sorted(found)


def _given_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    if not one or not other:
        return True
    first, second = one[0], other[0]
    if len(first) == 1 or len(second) == 1:
        if first.isascii() == second.isascii():
            return first[0] == second[0]
        return bool({key[:1] for key in phonetic_key(first)} & {key[:1] for key in phonetic_key(second)})
    return bool(set(phonetic_key(first)) & set(phonetic_key(second)))
