"""Substitutions that are certain: pairs of phrases that fill one place of the same frame with different values."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import permutations
from typing import Final, NamedTuple

from babel import Locale
from rapidfuzz import fuzz

from index.alignment.chunked_text import name_hash
from index.alignment.chunks import NAMES, NUMBERS, Kind
from index.alignment.lexicon import lexicon
from index.alignment.phrases import Phrases
from index.alignment.weights import ROLES, Role
from index.contract import FloatArray
from index.lexicons.calendar import month_forms, weekday_forms
from index.text.names.gazetteer import shipped
from index.text.names.stand_ins import stand_ins

_LEAST_CHANGED: Final = 0.55
"""Least probability that the phrases took each other's place."""
_MOST_REPEATED: Final = 0.1
"""Highest probability that they say the same."""
_SURE_ROLE: Final = 0.6
_ALIKE_TEXTS: Final = 0.4
"""Share of the chunks of both texts that are repeated, from which a place or time needs no aligned neighbour."""
_NEARLY_ONE_TEXT: Final = 0.6
"""Lower share of repeated chunks, from which one aligned neighbour is enough for places of no sure role."""
_LEAST_ALIKE: Final = (0.25, 0.4)
"""Least shares of the chunks of both texts that are repeated: the lower, the higher."""
_CLEAR_FRAME: Final = 0.85
"""Least probability that names of no sure role took each other's place."""
_SAME_TEXT: Final = 0.75
"""Lower share of repeated chunks, from which two texts are one but for a few phrases."""
_LONGEST: Final = 3
_SAME_LETTERS: Final = 4
_SAME_SHARE: Final = 0.6
_NEAR: Final = 2
_MISSPELT: Final = 80
"""Similarity by letters, of 100, from which two words may be one, misspelt or inflected."""

_AFTER_VERBS: Final[frozenset[Role]] = frozenset(["accused", "target", "victims", "place", "means"])
_THINGS: Final[frozenset[Role]] = frozenset(["means", "place", "actor", "accused", "target", "victims"])

_MAGNITUDES: Final = frozenset([12.0, 100.0, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9])
_RANGE: Final = re.compile(r"\d[-–/]\d|\d-?[mb]\b")
_FAMILIES: Final = (
    (Kind.NUMBER, frozenset(map(int, NUMBERS))),
    (Kind.TIME, frozenset([int(Kind.TIME)])),
    (Kind.NAME, frozenset(map(int, NAMES))),
)


class AlignedGroup(NamedTuple):
    """Aligned chunks of both texts, those of each text in order."""

    repeated: bool
    statement: Sequence[int]
    precedent: Sequence[int]


class Substitutions:
    """Decides which pairs of an alignment are certain substitutions."""

    def __init__(
        self, groups: Sequence[AlignedGroup], likely: FloatArray, statement: Phrases, precedent: Phrases
    ) -> None:
        """`likely`: probabilities of shape (n, m, 3) that two chunks have nothing in common, are repeated, changed."""
        self._groups, self._likely = groups, likely
        self._statement, self._precedent = statement, precedent
        self._of_statement = {part: at for at, group in enumerate(groups) for part in group.statement}
        self._of_precedent = {part: at for at, group in enumerate(groups) for part in group.precedent}
        self._across = statement.language != precedent.language
        self._shares = (
            _repeated_share(groups, self._of_statement, len(statement.spans)),
            _repeated_share(groups, self._of_precedent, len(precedent.spans)),
        )

    def certain(self, group: AlignedGroup) -> bool:
        """True if both phrases have one role, say different things, and stand in one frame.

        Numbers, times and names alone: common nouns in one place are too often other words for one thing.
        """
        if not self._alike_texts() or max(len(group.statement), len(group.precedent)) > _LONGEST:
            return False
        sides = tuple(_kind_of(phrases, parts) for phrases, parts in self._sides(group))
        if sides == (Kind.NUMBER, Kind.NUMBER):
            return self._numbers(group)
        if self._same(group):
            return False
        if sides == (Kind.TIME, Kind.TIME):
            return self._times(group)
        return sides == (Kind.NAME, Kind.NAME) and self._names(group)

    def _alike_texts(self) -> bool:
        return min(self._shares) >= _LEAST_ALIKE[0] and max(self._shares) >= _LEAST_ALIKE[1]

    def _sides(self, group: AlignedGroup) -> tuple[tuple[Phrases, Sequence[int]], tuple[Phrases, Sequence[int]]]:
        return (self._statement, group.statement), (self._precedent, group.precedent)

    def _probabilities(self, group: AlignedGroup) -> tuple[float, float]:
        """Highest probabilities of its chunks: repeated, changed."""
        pairs = self._likely[list(group.statement)][:, list(group.precedent)]
        return float(pairs[..., 1].max()), float(pairs[..., 2].max())

    def _roles(self, group: AlignedGroup) -> tuple[Role | None, Role | None]:
        """Role of each phrase where it is sure."""
        return tuple(_sure_role(phrases, parts) for phrases, parts in self._sides(group))  # type: ignore[return-value]

    def _numbers(self, group: AlignedGroup) -> bool:
        """Two amounts of the same thing: the chunk after both is aligned, or their unit is the same."""
        (statement, one), (precedent, other) = self._sides(group)
        values = [{int(phrases.content.keys[part]) for part in parts} - {0} for phrases, parts in self._sides(group)]
        if any(_RANGE.search(phrases.words[part]) for phrases, parts in self._sides(group) for part in parts):
            return False
        if any(is_vague(phrases, part) for phrases, parts in self._sides(group) for part in parts):
            return False
        if not all(values) or self._probabilities(group)[1] < _LEAST_CHANGED:
            return False
        if any(
            found & set(others.content.keys.tolist())
            for found, others in zip(values, (precedent, statement), strict=True)
        ):
            return False
        near = _followed(statement, one[-1]) and _followed(precedent, other[-1])
        measured = all(phrases.content.kinds[parts[-1]] == Kind.QUANTITY for phrases, parts in self._sides(group))
        if measured and near and self._material(one[-1] + 1, other[-1] + 1):
            return True
        units = [unit_of(phrases, parts) for phrases, parts in self._sides(group)]
        neighbours = self._neighbours(group)
        return (
            (near and self._counted(one[-1] + 1, other[-1] + 1))
            or (bool(units[0]) and units[0] == units[1] and neighbours > 0)
            or neighbours >= _NEAR
        )

    def _counted(self, part: int, other: int) -> bool:
        """True if two chunks are aligned, common nouns, and what goes on with them in one phrase is aligned as well."""
        statement, precedent = self._statement, self._precedent
        if not self._aligned(part, other) or statement.content.kinds[part] != Kind.WORD:
            return False
        if not self._across and statement.content.stems[part] != precedent.content.stems[other]:
            return False
        longer = [
            at + 1 < len(phrases.spans) and phrases.joined([at], [at + 1])
            for phrases, at in ((statement, part), (precedent, other))
        ]
        return longer != [True, True] or self._aligned(part + 1, other + 1)

    def _aligned(self, part: int, other: int) -> bool:
        group = self._of_statement.get(part)
        return group is not None and group == self._of_precedent.get(other)

    def _material(self, part: int, other: int) -> bool:
        """True if what is measured is a means in both: "six tanks of gas", "two tonnes of chemicals"."""
        sides = (self._statement, part), (self._precedent, other)
        return all(ROLES[int(phrases.roles[at].argmax())] == "means" for phrases, at in sides)

    def _times(self, group: AlignedGroup) -> bool:
        if self._across:
            return False
        first, second = (_granularity(phrases, parts) for phrases, parts in self._sides(group))
        return (
            first is not None
            and first == second
            and self._probabilities(group)[1] >= _LEAST_CHANGED
            and self._neighbours(group) > 0
        )

    def _names(self, group: AlignedGroup) -> bool:
        repeated, changed = self._probabilities(group)
        if repeated > _MOST_REPEATED or changed < _LEAST_CHANGED:
            return False
        if self._across and not all(_places_only(phrases, parts) for phrases, parts in self._sides(group)):
            return False
        if any(phrases.content.kinds[parts[-1]] not in NAMES for phrases, parts in self._sides(group)):
            return False  # "the diplomat" may be whoever the other text names
        kinds = [int(phrases.content.kinds[parts[-1]]) for phrases, parts in self._sides(group)]
        countries = [_is_country(phrases, parts[-1]) for phrases, parts in self._sides(group)]
        roles = self._roles(group)
        if countries[0] != countries[1] and (kinds == [Kind.PLACE, Kind.PLACE] or "place" in roles):
            return False  # one may lie in the other
        near = self._neighbours(group)
        if roles == ("place", "place"):
            return near > 0 or min(self._shares) >= _ALIKE_TEXTS
        families = [_family_of_name(phrases, parts[-1]) for phrases, parts in self._sides(group)]
        if families[0] is None or families[0] != families[1]:
            return False
        if roles[0] and roles[0] == roles[1] and roles[0] in _THINGS:
            return (
                near >= _NEAR
                or self._repeated_beside(group, -1, 1)
                or (roles[0] in _AFTER_VERBS and self._repeated_beside(group, 0, -1))
            )
        if kinds[0] != kinds[1]:
            return False
        if near >= _NEAR:
            return changed >= _CLEAR_FRAME or min(self._shares) >= _SAME_TEXT
        return changed >= _CLEAR_FRAME and near > 0 and min(self._shares) >= _NEARLY_ONE_TEXT

    def _neighbours(self, group: AlignedGroup) -> int:
        """Number of the chunks beside both phrases that are repeated in the same place, 0 to 2."""
        return self._repeated_beside(group, 0, -1) + self._repeated_beside(group, -1, 1)

    def _repeated_beside(self, group: AlignedGroup, at: int, step: int) -> bool:
        """True if the chunk beside both phrases, `step` from their chunk `at`, is repeated."""
        one = self._of_statement.get(group.statement[at] + step)
        other = self._of_precedent.get(group.precedent[at] + step)
        return one is not None and one == other and self._groups[one].repeated

    def _same(self, group: AlignedGroup) -> bool:
        """True if the phrases may name one thing, or either is in both texts."""
        (statement, one), (precedent, other) = self._sides(group)
        return (
            _shares_word(statement, one, precedent, range(len(precedent.spans)))
            or _shares_word(precedent, other, statement, range(len(statement.spans)))
            or _named_in(statement, one, precedent)
            or _named_in(precedent, other, statement)
            or _alike(statement, one, precedent, other)
            or _stand_for_each_other(statement, one, precedent, other)
        )


def _repeated_share(groups: Sequence[AlignedGroup], of: Mapping[int, int], count: int) -> float:
    return sum(groups[at].repeated for at in of.values()) / max(1, count)


def _kind_of(phrases: Phrases, parts: Sequence[int]) -> Kind:
    """Number, time, name or word: the first of these that any chunk is."""
    kinds = {int(phrases.content.kinds[part]) for part in parts}
    return next((kind for kind, members in _FAMILIES if not members.isdisjoint(kinds)), Kind.WORD)


def _granularity(phrases: Phrases, parts: Sequence[int]) -> str | None:
    """Content of a time: a date or year in digits, a month, a day of the week; None for any other: "last week"."""
    word = phrases.words[parts[0]]
    if len(parts) > 1:
        return None
    if any(map(str.isdigit, word)):
        return "digits"
    months = {form for forms in month_forms(phrases.language) for form in forms}
    if word in months:
        return "month"
    return "weekday" if word in weekday_forms(phrases.language) else None


def _family_of_name(phrases: Phrases, part: int) -> str | None:
    """A person, or a place or known organisation; None for a name that may be said of either, or of the same thing."""
    if phrases.content.kinds[part] == Kind.PERSON:
        return "person"
    known = phrases.content.kinds[part] == Kind.PLACE or int(phrases.content.keys[part]) in _organisations()
    return "body" if known else None


@cache
def _organisations() -> frozenset[int]:
    """Hashed keys of known organisations."""
    return frozenset(name_hash(key) for key, kind in shipped().keys.items() if kind == "organisation")


def _is_country(phrases: Phrases, part: int) -> bool:
    return int(phrases.content.keys[part]) in _countries()


@cache
def _countries() -> frozenset[int]:
    """Hashed keys of countries."""
    named = Locale("en").territories.items()
    return frozenset(name_hash(name) for code, name in named if len(code) == 2)


def _places_only(phrases: Phrases, parts: Sequence[int]) -> bool:
    return all(phrases.content.kinds[part] == Kind.PLACE for part in parts)


def _sure_role(phrases: Phrases, parts: Sequence[int]) -> Role | None:
    means = phrases.roles[list(parts)].mean(axis=0)
    return ROLES[int(means.argmax())] if means.max() >= _SURE_ROLE else None


def _followed(phrases: Phrases, part: int) -> bool:
    """True if the next chunk comes at once, or after one word: "six tanks of gas"."""
    if part + 1 >= len(phrases.spans):
        return False
    between = phrases.text[phrases.spans[part][1] : phrases.spans[part + 1][0]]
    return between[:1].isspace() and len(between.split()) <= 1 and (between.isspace() or between.strip().isalpha())


def is_vague(phrases: Phrases, part: int) -> bool:
    """True for a number that is only a magnitude: "dozens", "thousands", "hundreds of"."""
    words = re.findall(r"\w+", phrases.words[part])
    numbers = lexicon(phrases.language).numbers
    values = [numbers[word] for word in words if word in numbers]
    return len(values) == 1 and values[0] in _MAGNITUDES and not any(map(str.isdigit, phrases.words[part]))


def unit_of(phrases: Phrases, parts: Sequence[int]) -> str:
    """Last word of a quantity with its unit; "" of a bare number."""
    words = [phrases.words[part] for part in parts if phrases.content.kinds[part] == Kind.QUANTITY]
    return words[-1].split()[-1] if words and " " in words[-1] else ""


def _shares_word(phrases: Phrases, parts: Sequence[int], others: Phrases, among: range) -> bool:
    """True if a chunk, by its stem or key, is among those of another text."""
    stems = {int(others.content.stems[part]) for part in among}
    keys = {int(others.content.keys[part]) for part in among} - {0}
    named = [part for part in parts if phrases.content.kinds[part] in NAMES] or parts
    return any(int(phrases.content.stems[part]) in stems or int(phrases.content.keys[part]) in keys for part in named)


def _named_in(phrases: Phrases, parts: Sequence[int], others: Phrases) -> bool:
    """True if another text has a longer word of a name, as part of a longer name perhaps."""
    text = others.text.lower()
    named = [phrases.words[part] for part in parts if phrases.content.kinds[part] in NAMES]
    return any(len(word) >= _SAME_LETTERS and word in text for name in named for word in re.findall(r"\w+", name))


def _stand_for_each_other(statement: Phrases, one: Sequence[int], precedent: Phrases, other: Sequence[int]) -> bool:
    """True if one name may be said for the other, as a capital is for its country, and not of where something is."""
    pairs = _stand_ins()
    roles = _sure_role(statement, one), _sure_role(precedent, other)
    return roles != ("place", "place") and any(
        (int(statement.content.keys[part]), int(precedent.content.keys[there])) in pairs
        for part in one
        for there in other
    )


@cache
def _stand_ins() -> frozenset[tuple[int, int]]:
    hashes = [[name_hash(key) for key in pair] for pair in stand_ins() if len(pair) > 1]
    return frozenset(ordered for pair in hashes for ordered in permutations(pair))  # type: ignore[misc]


def _alike(statement: Phrases, one: Sequence[int], precedent: Phrases, other: Sequence[int]) -> bool:
    """True if words of both begin alike, as inflections and derivations do, or one is the other's abbreviation."""
    left, right = (
        [word for part in parts for word in re.findall(r"\w+", phrases.words[part])]
        for phrases, parts in ((statement, one), (precedent, other))
    )
    function = lexicon(statement.language).function | lexicon(precedent.language).function
    left, right = ([word for word in words if word not in function] for words in (left, right))
    if any(begin_alike(word, another) for word in left for another in right):
        return True
    initials = ["".join(word[0] for word in words) for words in (left, right)]
    return any(
        len(short) > 1 and any(word.startswith(short) for word in words)
        for short, words in ((initials[0], right), (initials[1], left))
    )


def begin_alike(word: str, other: str) -> bool:
    """True if two words are one but for their endings, as far as letters show."""
    shorter = min(len(word), len(other))
    same = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), shorter)
    misspelt = shorter > _SAME_LETTERS and fuzz.ratio(word, other) >= _MISSPELT
    return (
        misspelt
        or word == other
        or (same >= min(_SAME_LETTERS, shorter) and shorter > 1 and same >= _SAME_SHARE * shorter)
    )
