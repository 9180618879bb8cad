"""Alignment of a statement with precedents: spans that are repeated, changed, added and removed."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from index.alignment.chunked_text import ChunkedText
from index.alignment.chunks import Kind
from index.alignment.conflicts import OPPOSING, Conflict, ConflictKind, Conflicts, ReadText, negated_span
from index.alignment.features import pair_features, shifted
from index.alignment.phrases import AlignmentInput, Phrases, role_of
from index.alignment.substitutions import AlignedGroup, Substitutions
from index.alignment.weights import Role, Weights
from index.contract import FloatArray
from index.processor_budget import check_processor_budget

Span = tuple[int, int]

_TOGETHER: Final = 0.35
"""Least probability of being counterparts for two chunks to be aligned."""


_NEGATED: Final[frozenset[ConflictKind | None]] = frozenset(["opposite", "negation", "contrast"])
"""Conflicts that a negation beside the phrase may make, which is shown with it."""

_SUPPORT: Final = 0.3
"""Weight of a neighbouring pair's probability beside the pair's own: of two mentions of a name it prefers the one in
the same phrase."""


class AlignedPhrase(NamedTuple):
    """Phrase with a counterpart, in both texts."""

    role: Role
    statement: Span
    precedent: Span
    certain: bool = True
    """False for a substitution that may be none."""
    conflict: ConflictKind | None = None
    """Of a substitution that is no mere detail."""


class UnalignedPhrase(NamedTuple):
    """Phrase without a counterpart."""

    role: Role
    span: Span


@dataclass(frozen=True, slots=True)
class Alignment:
    """Spans in the two texts; those of a text do not overlap, and each list is in order of its text."""

    repeated: Sequence[AlignedPhrase] = ()
    changed: Sequence[AlignedPhrase] = ()
    added: Sequence[UnalignedPhrase] = ()
    dropped: Sequence[UnalignedPhrase] = ()

    @property
    def opposed(self) -> bool:
        """True if the statement surely says the opposite of the precedent."""
        return any(phrase.conflict in OPPOSING for phrase in self.changed)

    @property
    def conflicting(self) -> bool:
        """True if they differ in what cannot be so and so: by opposite words, numbers, or who does it to whom."""
        return any(phrase.conflict for phrase in self.changed)


def align(statement: AlignmentInput, precedent: AlignmentInput, weights: Weights) -> Alignment:
    """The alignment of two texts. Takes about a millisecond for two sentences."""
    [alignment] = align_each(statement, [precedent], weights)
    return alignment


def align_each(statement: AlignmentInput, precedents: Iterable[AlignmentInput], weights: Weights) -> list[Alignment]:
    """The alignments of one text with several, in order."""
    read = ReadText(Phrases(statement, weights))
    return [_align_read(read, ReadText(Phrases(precedent, weights)), weights) for precedent in precedents]


def role_spans(side: AlignmentInput, weights: Weights) -> list[UnalignedPhrase]:
    """The phrases of one text, in order."""
    return _unaligned(Phrases(side, weights), set())


def _align_read(one: ReadText, other: ReadText, weights: Weights) -> Alignment:
    check_processor_budget()
    statement, precedent = one.phrases, other.phrases
    groups: list[AlignedGroup] = []
    conflicts: list[Conflict] = []
    if statement.spans and precedent.spans:
        likely = weights.pairs(pair_features(statement, precedent))
        _match_places_by_key(likely, statement.content, precedent.content)
        groups = _merged(_groups(likely, statement, precedent), statement, precedent)
        compared = Conflicts(groups, one, other)
        if conflicts := compared.found():
            _match_conflicts(likely, conflicts)
            apart = frozenset(conflict.statement for conflict in conflicts)
            groups = _merged(_groups(likely, statement, precedent), statement, precedent, apart)
        substitutions = Substitutions(groups, likely, statement, precedent)
    kinds = {(conflict.statement, conflict.precedent): conflict.kind for conflict in conflicts}
    aligned: dict[bool, list[AlignedPhrase]] = {True: [], False: []}
    for group in groups:
        role = role_of(
            statement.role_log_probabilities(group.statement) + precedent.role_log_probabilities(group.precedent)
        )
        conflict = kinds.get((group.statement[0], group.precedent[0]))
        repeated = group.repeated and not compared.may_conflict(group)
        sure = repeated or conflict is not None or (not group.repeated and substitutions.certain(group))
        spans = [
            negated_span(phrases, parts[0]) if conflict in _NEGATED else phrases.span(parts)
            for phrases, parts in ((statement, group.statement), (precedent, group.precedent))
        ]
        aligned[repeated].append(AlignedPhrase(role, spans[0], spans[1], sure, conflict))
    return Alignment(
        repeated=aligned[True],
        changed=aligned[False],
        added=_unaligned(statement, {part for group in groups for part in group.statement}),
        dropped=_unaligned(precedent, {part for group in groups for part in group.precedent}),
    )


@dataclass(slots=True)
class _Group:
    """Aligned chunks of both texts, those of each text adjacent and in order."""

    repeated: bool
    statement: list[int]
    precedent: list[int]


def _match_places_by_key(likely: FloatArray, statement: ChunkedText, precedent: ChunkedText) -> None:
    """Makes pairs of two known places repeated or changed by their keys alone, however similar their spelling and
    context."""
    places, others = statement.kinds[:, None] == Kind.PLACE, precedent.kinds[None] == Kind.PLACE
    apart = places & others & (statement.keys[:, None] != precedent.keys[None])
    likely[..., 2] += np.where(apart, likely[..., 1], 0)
    likely[..., 1] = np.where(apart, 0, likely[..., 1])


def _groups(likely: FloatArray, statement: Phrases, precedent: Phrases) -> list[_Group]:
    """Greedy matching: the likeliest pairs first, preferring those with aligned neighbours; each chunk once.

    Then neighbours whose likeliest counterpart is taken join it.
    """
    together = likely[..., 1] + likely[..., 2]
    of_one: dict[int, _Group] = {}
    of_other: dict[int, _Group] = {}
    supported = together + _SUPPORT * np.maximum(shifted(together, -1, -1), shifted(together, 1, 1))
    ranked = np.argwhere(together >= _TOGETHER)
    for i, j in ranked[np.argsort(-supported[ranked[:, 0], ranked[:, 1]], kind="stable")].tolist():
        if i not in of_one and j not in of_other:
            of_one[i] = of_other[j] = _Group(bool(likely[i, j, 1] > likely[i, j, 2]), [i], [j])
        elif i not in of_one and together[i].argmax() == j and _extend_run(statement, of_other[j].statement, i):
            of_one[i] = of_other[j]
        elif j not in of_other and together[:, j].argmax() == i and _extend_run(precedent, of_one[i].precedent, j):
            of_other[j] = of_one[i]
    return [of_one[i] for i in sorted(of_one) if of_one[i].statement[0] == i]


def _extend_run(phrases: Phrases, run: list[int], part: int) -> bool:
    """Adds a chunk to an adjacent run; False where it is not adjacent."""
    if phrases.adjacent(part, run[0]):
        run.insert(0, part)
    elif phrases.adjacent(run[-1], part):
        run.append(part)
    else:
        return False
    return True


def _match_conflicts(likely: FloatArray, conflicts: Iterable[Conflict]) -> None:
    """Makes the chunks of each conflict a changed pair, and of no other."""
    for conflict in conflicts:
        likely[conflict.statement] = likely[:, conflict.precedent] = (1, 0, 0)
    for conflict in conflicts:
        likely[conflict.statement, conflict.precedent] = (0, 0, 1)


def _merged(
    groups: Sequence[_Group], statement: Phrases, precedent: Phrases, apart: AbstractSet[int] = frozenset()
) -> list[AlignedGroup]:
    """Groups merged where they are adjacent in both texts and form one phrase; `groups` in order of the statement,
    `apart`: chunks of the statement that are in a group by themselves."""
    merged: list[_Group] = []
    for group in groups:
        last = merged[-1] if merged else None
        if (
            last
            and last.repeated == group.repeated
            and apart.isdisjoint((*last.statement, *group.statement))
            and statement.joined(last.statement, group.statement)
            and precedent.joined(last.precedent, group.precedent)
        ):
            last.statement += group.statement
            last.precedent = sorted(last.precedent + group.precedent)
        else:
            merged.append(group)
    return [AlignedGroup(group.repeated, sorted(group.statement), sorted(group.precedent)) for group in merged]


def _unaligned(phrases: Phrases, aligned: set[int]) -> list[UnalignedPhrase]:
    left = [part for part in range(len(phrases.spans)) if part not in aligned]
    return [
        UnalignedPhrase(
            phrases.single_roles[run[0]] if len(run) == 1 else role_of(phrases.role_log_probabilities(run)),
            phrases.span(run),
        )
        for run in phrases.runs(left)
    ]
