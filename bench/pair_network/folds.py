"""Folds of the judged pairs for cross-validation, and the texts that training for a fold may not see.

Pairs that share a text, directly or over others, are in one fold. A case of the diary is in one fold in all its
languages; a pair of the diary is in the fold of its statement's case. So its precedent, which is of an earlier case, can
be in training with other statements; no text of a test pair of another kind can.
"""

import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from .readings import LabelledPair
from .texts import Text, one_line

FOLDS = 4
_SEED = 5


class Folds(NamedTuple):
    """`of_pair`, shape (number of pairs,): the fold in which each is a test pair. `held_back`: of each fold the texts
    that no training pair may have, white space normalised."""

    of_pair: np.ndarray
    held_back: list[set[str]]

    def allowed(self, pairs: Sequence[LabelledPair], fold: int) -> np.ndarray:
        """Mask of the pairs that may be trained on for a fold: shape (len(pairs),), bool."""
        return np.array([self.held_back[fold].isdisjoint(pair.texts) for pair in pairs], bool)


def assign_folds(judged: Sequence[LabelledPair], cases: Mapping[str, Mapping[str, Text]]) -> Folds:
    """The folds of the judged pairs. `cases` as by `readings.case_texts`. The same pairs give the same folds."""
    drawn = random.Random(_SEED)
    names = sorted(cases)
    drawn.shuffle(names)
    fold_of_case = {case: at % FOLDS for at, case in enumerate(names)}
    case_of = {one_line(text.text): case for case, texts in cases.items() for text in texts.values()}
    group_of = _groups([pair.texts for pair in judged if pair.kind != "diary"])
    fold_of_group: dict[str, int] = {}
    of_pair, held_back = np.zeros(len(judged), np.int64), [set[str]() for _ in range(FOLDS)]
    for at, pair in enumerate(judged):
        if pair.kind == "diary":
            of_pair[at] = fold_of_case[case_of[pair.texts[0]]]
        else:
            of_pair[at] = fold_of_group.setdefault(group_of[pair.texts[0]], drawn.randrange(FOLDS))
            held_back[of_pair[at]].update(pair.texts)
    for text, case in case_of.items():
        held_back[fold_of_case[case]].add(text)
    for held in held_back:
        # A text of another kind can be a case's: then the case is held back in all its languages.
        for case in {case_of[text] for text in held if text in case_of}:
            held.update(one_line(text.text) for text in cases[case].values())
    return Folds(of_pair, held_back)


def _groups(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """For each text one that stands for all that it is linked to by pairs (union-find)."""
    parent: dict[str, str] = {}

    def root(text: str) -> str:
        while parent.setdefault(text, text) != text:
            parent[text] = text = parent[parent[text]]
        return text

    for one, other in pairs:
        parent[root(one)] = root(other)
    return {text: root(text) for text in parent}
