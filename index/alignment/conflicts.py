"""Conflicts of two aligned texts: words of opposite meaning, negation, differing numbers, exchanged parties."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import permutations, product
from typing import Final, Literal, NamedTuple

from index.alignment.chunks import NAMES, NUMBERS, Kind
from index.alignment.lexicon import lexicon
from index.alignment.opposites import Meaning, meanings
from index.alignment.phrases import Phrases
from index.alignment.substitutions import AlignedGroup, is_vague, unit_of
from index.alignment.weights import ROLES
from index.text.terms import stems

ConflictKind = Literal["opposite", "contrast", "negation", "number", "exchange"]
"""`opposite`: words of which one denies the other, "causes" and "prevents"; `contrast`: traits that exclude each other,
"north" and "south"; `negation`: one phrase is negated; `number`: two numbers of one thing; `exchange`: who does it, and
to whom."""

OPPOSING: Final[frozenset[ConflictKind]] = frozenset(["opposite", "negation", "exchange"])
"""Those by which a text says the opposite of another, and not the same with another detail."""

_SAME_CLAIM: Final = (0.4, 0.7)
"""Least shares of what else the two sentences say that is repeated: the lower, the higher."""
_SURELY_SAME_CLAIM: Final = (0.5, 0.75)
_NEARLY_ALL: Final = (0.8, 0.9)
"""Those for a negation to reverse what is said, which much else may do too ("no proof that", "did nothing to"), and
for a trait to be in conflict with another."""
_FIXED_ORDER: Final = frozenset(["en", "fr", "es", "it", "pt", "de", "nl"])
"""Languages in which whoever does it stands before the verb."""
_DECLINED: Final = frozenset(["ru", "uk", "pl", "tr", "cs"])
"""Languages whose names show by their endings who does it."""
_SENTENCE_END: Final = re.compile(r"[.!?…。！？]['\"”»)]*(?:\s|$)|[。！？\n]")
_CONTRACTED: Final = re.compile(r"n['’]t\b", re.IGNORECASE)
_PAUSE: Final = re.compile(r"[.,;:!?…()]")
_YEAR_OR_RANGE: Final = re.compile(r"\d[-–/]\d|\d-?[mb]\b|(?<![\d.,])(?:1[89]|20)\d\d(?![\d.,%])")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_NO_MEANINGS: Final[AbstractSet[Meaning]] = frozenset()


class Conflict(NamedTuple):
    """Conflict between a chunk of the statement and one of the precedent."""

    kind: ConflictKind
    statement: int
    precedent: int
    certain: bool
    """True if the two sentences are surely about one thing."""


def negated_span(phrases: Phrases, part: int) -> tuple[int, int]:
    """Span of a chunk with the negation before it, where that is no part of the chunk."""
    start, end = phrases.spans[part]
    before = phrases.spans[part - 1][1] if part else 0
    negators = lexicon(phrases.language).negators
    words = _LETTERS.finditer(phrases.text, before, start)
    return min((word.start() for word in words if word.group().lower() in negators), default=start), end


class ReadText:
    """Text with its chunks, their sentences, and their meanings; made once for several comparisons."""

    def __init__(self, phrases: Phrases) -> None:
        self.phrases = phrases
        self.lists = lexicon(phrases.language)
        self.kinds = phrases.content.kinds.tolist()
        self.stems = phrases.content.stems.tolist()
        self.keys = phrases.content.keys.tolist()
        self.sentences = list(self._sentences())
        self._before = [self._words_before(part) for part in range(len(self.kinds))]
        self._words = [_LETTERS.findall(word) for word in phrases.words]
        self.negated = [self._negated(part) for part in range(len(self.kinds))]
        self.meanings = [self._meanings(part) for part in range(len(self.kinds))]
        self.poles = {meaning for part in self.meanings for meaning in part}

    def _sentences(self) -> Iterator[int]:
        number, end = 0, 0
        for start, stop in self.phrases.spans:
            number += _SENTENCE_END.search(self.phrases.text, end, start) is not None
            end = stop
            yield number

    def _words_before(self, part: int) -> list[str]:
        """Words between the chunk before and this one, but for those before a punctuation mark."""
        start = self.phrases.spans[part - 1][1] if part else 0
        clause = _PAUSE.split(self.phrases.text[start : self.phrases.spans[part][0]])[-1]
        words = _LETTERS.findall(clause.lower())
        return [*words, "n't"] if _CONTRACTED.search(clause) else words

    def between(self, part: int, other: int) -> list[str]:
        """Words from one chunk to another, without those of names."""
        found = []
        for at in range(part + 1, other + 1):
            found += self._before[at]
        return found

    def _negated(self, part: int) -> bool:
        negators = self.lists.negators
        return not negators.isdisjoint(self._words[part][:1]) or not negators.isdisjoint(self._before[part])

    def _meanings(self, part: int) -> AbstractSet[Meaning]:
        if self.kinds[part] == Kind.PERSON:
            return _NO_MEANINGS
        found: AbstractSet[Meaning] = _NO_MEANINGS
        for word in self._words[part]:
            if of_word := meanings(word, self.phrases.language):
                found = found | of_word
        if found and self.negated[part]:
            return {one.opposite() if one.deed else one for one in found}
        return found

    def is_action(self, part: int) -> bool:
        """True for a word that says what is done."""
        likely = self.phrases.roles[part]
        return self.kinds[part] == Kind.WORD and ROLES[int(likely.argmax())] == "act"

    def last_word(self, part: int) -> str:
        """Last word of a chunk, in lower case; "" where it has no letters."""
        return self._words[part][-1] if self._words[part] else ""

    def is_number(self, part: int) -> bool:
        """True for a number, with its unit or without."""
        return self.kinds[part] in NUMBERS

    def counts(self, part: int) -> bool:
        """True for a number that is neither a year nor a range of numbers, nor a magnitude."""
        if not self.is_number(part) or not self.keys[part] or is_vague(self.phrases, part):
            return False
        return not _YEAR_OR_RANGE.search(self.phrases.words[part])

    def names(self) -> dict[int, int]:
        """Chunks of the names that the text has once, by their keys."""
        count = Counter(self.keys)
        named = (at for at, kind in enumerate(self.kinds) if kind in NAMES)
        return {self.keys[at]: at for at in named if self.keys[at] and count[self.keys[at]] == 1}

    def sentence(self, part: int) -> list[int]:
        """Chunks of the sentence that a chunk is in."""
        return [at for at, number in enumerate(self.sentences) if number == self.sentences[part]]


class Conflicts:
    """Finds the conflicts of two texts, given what is aligned in them."""

    def __init__(self, groups: Sequence[AlignedGroup], statement: ReadText, precedent: ReadText) -> None:
        self._groups = groups
        self._one, self._other = statement, precedent
        self._of_one = {part: group for group in groups for part in group.statement}
        self._of_other = {part: group for group in groups for part in group.precedent}
        self._stems = set(self._one.stems) & set(self._other.stems)
        self._keys = set(self._one.keys) & set(self._other.keys) - {0}
        self._contrasted = [
            {at for at, own in enumerate(side.meanings) if any(one.opposite() in others for one in own)}
            for side, others in ((statement, precedent.poles), (precedent, statement.poles))
        ]
        """Chunks of each text of which the other has the opposite."""

    def found(self) -> list[Conflict]:
        """Each chunk in one conflict at most. What does not surely say the opposite is a contrast."""
        taken: tuple[set[int], set[int]] = set(), set()
        kept = []
        for conflict in [*self._opposites(), *self._exchanged(), *self._numbers(), *self._negations()]:
            if conflict.statement not in taken[0] and conflict.precedent not in taken[1]:
                taken[0].add(conflict.statement)
                taken[1].add(conflict.precedent)
                kept.append(conflict)
        return kept if self._reversed(kept) else [_softened(conflict) for conflict in kept]

    def _reversed(self, conflicts: Sequence[Conflict]) -> bool:
        """True if one text surely says the opposite of the other. Two reversals side by side make none: "prevents
        infertility", "causes fertility"."""
        runs: list[list[Conflict]] = []
        for conflict in sorted(conflicts, key=lambda one: one.statement):
            if conflict.kind in ("opposite", "negation") and conflict.certain:
                if runs and self._one.phrases.adjacent(runs[-1][-1].statement, conflict.statement):
                    runs[-1].append(conflict)
                else:
                    runs.append([conflict])
        return any(conflict.kind == "exchange" for conflict in conflicts) or any(len(run) % 2 for run in runs)

    def may_conflict(self, group: AlignedGroup) -> bool:
        """True if aligned phrases that are close in meaning may yet say the opposite: one is negated, or each has a
        word of opposite meaning."""
        sides = (self._one, group.statement), (self._other, group.precedent)
        own, theirs = ({meaning for part in parts for meaning in side.meanings[part]} for side, parts in sides)
        if not own & theirs and any(meaning.opposite() in theirs for meaning in own):
            return True
        i, j = group.statement[-1], group.precedent[-1]
        return self._one.negated[i] != self._other.negated[j] and self._one_word(i, j, across=False)

    def _opposites(self) -> Iterator[Conflict]:
        poles = self._one.poles, self._other.poles
        for i, own in enumerate(self._one.meanings):
            for j, theirs in enumerate(self._other.meanings) if own else ():
                aligned = self._aligned(i, j)  # otherwise a text with both poles may mean either
                clear = [
                    meaning
                    for meaning in own
                    if meaning.opposite() in theirs
                    and (aligned or meaning not in poles[1])
                    and (meaning in poles[1]) == (meaning.opposite() in poles[0])
                ]
                certain = self._same_claim(i, j) if clear else None
                if certain:
                    deed = any(meaning.deed for meaning in clear)
                    trait = aligned and self._beside(i, j) and self._same_claim(i, j, nearly_all=True)
                    if (aligned or self._beside(i, j)) if deed else trait:
                        yield Conflict("opposite" if deed else "contrast", i, j, certain)

    def _negations(self) -> Iterator[Conflict]:
        for group in self._groups:
            if not group.repeated or len(group.statement) != 1 or len(group.precedent) != 1:
                continue
            [i], [j] = group.statement, group.precedent
            if self._one.negated[i] != self._other.negated[j] and self._one_word(i, j):
                certain = self._same_claim(i, j)
                if certain and self._negated_once(i, j):
                    yield Conflict("negation", i, j, certain)

    def _one_word(self, i: int, j: int, *, across: bool = True) -> bool:
        """True if both chunks are the same common word but for its ending, or, if `across`, words of two languages."""
        if self._one.kinds[i] != Kind.WORD or self._other.kinds[j] != Kind.WORD:
            return False
        if self._one.phrases.language != self._other.phrases.language:
            return across
        forms = [self._one.last_word(i), self._other.last_word(j)]
        return len(set(stems(forms, self._one.phrases.language))) == 1

    def _negated_once(self, i: int, j: int) -> bool:
        """True if nothing else in the two sentences is negated: "not" elsewhere may say the same."""
        return (
            sum(self._one.negated[at] for at in self._one.sentence(i))
            + sum(self._other.negated[at] for at in self._other.sentence(j))
            == 1
        )

    def _numbers(self) -> Iterator[Conflict]:
        values = [
            Counter(key for key, kind in zip(side.keys, side.kinds, strict=True) if kind in NUMBERS)
            for side in (self._one, self._other)
        ]
        numbers = [
            [at for at in range(len(side.kinds)) if side.counts(at) and not others[side.keys[at]]]
            for side, others in ((self._one, values[1]), (self._other, values[0]))
        ]
        for i, j in product(*numbers):
            if self._counts_the_same(i, j) and (certain := self._same_claim(i, j)) is not None:
                yield Conflict("number", i, j, certain)

    def _counts_the_same(self, i: int, j: int) -> bool:
        """True if both numbers have one noun or unit after them."""
        units = unit_of(self._one.phrases, [i]), unit_of(self._other.phrases, [j])
        if units[0] and units[0] == units[1]:
            return self._beside(i, j)
        if self._aligned(i, j) and self._in_one_place(i, j):
            return True
        if i + 1 >= len(self._one.kinds) or j + 1 >= len(self._other.kinds):
            return False
        one, other = self._one.phrases, self._other.phrases
        near = one.adjacent(i, i + 1) and other.adjacent(j, j + 1)
        return near and self._says_the_same(i + 1, j + 1) and self._same_head(i + 1, j + 1)

    def _same_head(self, i: int, j: int) -> bool:
        """True unless the noun phrases that go on with two chunks end in other nouns: "oil refineries", "oil wells"."""
        longer = [
            at + 1 < len(side.kinds) and side.phrases.joined([at], [at + 1])
            for side, at in ((self._one, i), (self._other, j))
        ]
        return longer != [True, True] or self._says_the_same(i + 1, j + 1)

    def _in_one_place(self, i: int, j: int) -> bool:
        """True if the chunks before both say the same, and those after, where their sentences go on."""
        after = [
            at + 1 < len(side.sentences) and side.sentences[at + 1] == side.sentences[at]
            for side, at in ((self._one, i), (self._other, j))
        ]
        before = i > 0 and j > 0 and self._says_the_same(i - 1, j - 1)
        follows = after == [True, True] and self._says_the_same(i + 1, j + 1)
        return (before and (follows or after == [False, False])) or (follows and i == j == 0)

    def _exchanged(self) -> Iterator[Conflict]:
        """Two names that stand before and after the same verb in the other order."""
        one, other = self._one, self._other
        if one.phrases.language != other.phrases.language:
            return
        there = other.names()
        named = [(part, there[key]) for key, part in one.names().items() if key in there]
        for (a, there_a), (b, there_b) in permutations(named, 2):
            if a < b and there_b < there_a and self._same_verb(a, b, there_a, there_b):
                yield from (
                    Conflict("exchange", i, j, certain=True)
                    for i, j in ((a, there_b), (b, there_a))
                    if self._same_claim(i, j)
                )

    def _same_verb(self, a: int, b: int, there_a: int, there_b: int) -> bool:
        """True if one verb stands between both names in both texts, and they are not said to do it together."""
        one, other = self._one, self._other
        if one.sentences[a] != one.sentences[b] or other.sentences[there_a] != other.sentences[there_b]:
            return False
        verbs, other_verbs = (
            {side.stems[at] for at in range(first + 1, last) if side.is_action(at)}
            for side, first, last in ((one, a, b), (other, there_b, there_a))
        )
        gaps = [set(one.between(a, b)), set(other.between(there_b, there_a))]
        words = {word for at in range(a + 1, b) for word in one.phrases.words[at].split()}
        if words & one.lists.jointly or not verbs & other_verbs or any(gap & one.lists.jointly for gap in gaps):
            return False
        if one.phrases.language in _DECLINED:
            return all(
                one.phrases.words[part] != other.phrases.words[there] for part, there in ((a, there_a), (b, there_b))
            )
        agents = [bool(gap & one.lists.agents) for gap in gaps]
        return one.phrases.language in _FIXED_ORDER and agents[0] == agents[1]

    def _same_claim(self, i: int, j: int, *, nearly_all: bool = False) -> bool | None:
        """True if the sentences of two chunks surely say the same but for those; None if they may well not.

        `nearly_all`: only if hardly anything else differs, as for a negation.
        """
        shares = self._repeated_shares(i, j)
        if shares[0] < _SAME_CLAIM[0] or shares[1] < _SAME_CLAIM[1]:
            return None
        negation = self._one.negated[i] != self._other.negated[j]
        surely = _NEARLY_ALL if nearly_all or negation else _SURELY_SAME_CLAIM
        return shares[0] >= surely[0] and shares[1] >= surely[1]

    def _repeated_shares(self, i: int, j: int) -> list[float]:
        """For what else the sentences of two chunks say, numbers and opposites aside, the shares that are repeated, the
        lower first."""
        shares = []
        for side, part, contrasted, repeated in (
            (self._one, i, self._contrasted[0], self._repeated_in_statement),
            (self._other, j, self._contrasted[1], self._repeated_in_precedent),
        ):
            rest = [at for at in side.sentence(part) if at != part and at not in contrasted and not side.is_number(at)]
            shares.append(_share(rest, repeated))
        return sorted(shares)

    def _repeated_in_statement(self, part: int) -> bool:
        group = self._of_one.get(part)
        return (group is not None and group.repeated) or self._in_both(self._one, part)

    def _repeated_in_precedent(self, part: int) -> bool:
        group = self._of_other.get(part)
        return (group is not None and group.repeated) or self._in_both(self._other, part)

    def _in_both(self, side: ReadText, part: int) -> bool:
        return side.stems[part] in self._stems or side.keys[part] in self._keys

    def _aligned(self, i: int, j: int) -> bool:
        """True if two chunks are aligned, and in one place of their phrases."""
        group = self._of_one.get(i)
        if group is None or j not in group.precedent or len(group.statement) != len(group.precedent):
            return False
        return group.statement.index(i) == group.precedent.index(j)

    def _says_the_same(self, i: int, j: int) -> bool:
        group = self._of_one.get(i)
        aligned = group is not None and group.repeated and j in group.precedent
        return aligned or self._one.stems[i] == self._other.stems[j]

    def _beside(self, i: int, j: int) -> bool:
        """True if the chunks before or after both say the same."""
        return any(
            0 <= i + step < len(self._one.kinds)
            and 0 <= j + step < len(self._other.kinds)
            and self._says_the_same(i + step, j + step)
            for step in (-1, 1)
        )


def _share(parts: Sequence[int], counts: Callable[[int], bool]) -> float:
    return sum(map(counts, parts)) / len(parts) if parts else 0.0


def _softened(conflict: Conflict) -> Conflict:
    return conflict._replace(kind="contrast") if conflict.kind in OPPOSING else conflict
