"""Common script of a group of statements: what the most central one has in common with the others, phrase by phrase."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.explanations.role_spans import AlignedSpan
from app.domain.statements.statements import Statement
from app.domain.suggestions.suggestions import CommonPhrase
from app.services.explanations.explain_matches import ExplainMatches
from app.services.ports import Transaction
from index.contract import TextEncoder

MOST_COMPARED: Final = 12
"""Members that are aligned with the most central one."""
MOST_PHRASES: Final = 6
_WORD: Final = re.compile(r"\w+(?:['’-]\w+)*")
_SHORT: Final = 3
"""Characters of a word that says nothing alone."""


@dataclass(frozen=True, slots=True)
class CommonScript:
    """Aligns the members of a group by their stored token features."""

    encoder: TextEncoder
    explain: ExplainMatches

    def __call__(self, tx: Transaction, members: Sequence[Statement]) -> tuple[tuple[CommonPhrase, ...], int]:
        """Phrases of the first member that at least half of the compared members repeat, in order of the text, and the
        number of members that were compared; none where its token features are not stored."""
        central, others = members[0], members[1 : MOST_COMPARED + 1]
        encoded = tx.vectors.of(central.key, self.encoder.fingerprint)
        if encoded is None or encoded.token_features_version != self.encoder.token_features_version:
            return (), 0
        sides = [side for side in self.explain.sides(tx, others) if side]
        if not sides:
            return (), 0
        aligned = self.explain.align(central.text, central.language, encoded, sides)
        return common_phrases(central.text, [spans.repeated for spans in aligned]), len(sides) + 1


def common_phrases(text: str, repeated: Sequence[Iterable[AlignedSpan]]) -> tuple[CommonPhrase, ...]:
    """Runs of words of a text that at least half of the others repeat. `repeated`: for each other text what it has in
    common with this one."""
    least = max(1, -(-len(repeated) // 2))
    words = list(_WORD.finditer(text))
    counts = [0] * len(words)
    for spans in repeated:
        covered = [(span.statement.start, span.statement.end) for span in spans]
        for at, word in enumerate(words):
            counts[at] += any(begin <= word.start() and word.end() <= end for begin, end in covered)
    runs: list[tuple[int, int, int]] = []
    for at, count in enumerate(counts):
        if count < least:
            continue
        if runs and runs[-1][1] == at - 1:
            begin, _, fewest = runs[-1]
            runs[-1] = (begin, at, min(fewest, count))
        else:
            runs.append((at, at, count))
    telling = [run for run in runs if any(len(word.group()) > _SHORT for word in words[run[0] : run[1] + 1])]
    longest = sorted(telling, key=lambda run: (run[0] - run[1], run[0]))[:MOST_PHRASES]
    return tuple(
        CommonPhrase(text[words[begin].start() : words[end].end()], fewest + 1)
        for begin, end, fewest in sorted(longest)
    )
