"""Grouping of scored pairs for suggested narratives: processor time in all, and of the longest step between two pauses.

    python bench/grouping.py [--statements 50000]

Pairs are drawn: groups of twelve statements whose pairs score .3 to .95, eight for each statement, and four weak pairs for
each with statements near it, so that all hang together in one component. Takes about a minute.
"""

import argparse
import random
import time

from app.domain.suggestions.suggestions import LEAST_MEMBERS
from index.clustering.communities import ScoredPair, each_part

GROUP, STRONG, WEAK, NEAR = 12, 8, 4, 300


def pairs_of(statements: int) -> list[ScoredPair]:
    drawn = random.Random(0)
    group_of = [drawn.randrange(max(1, statements // GROUP)) for _ in range(statements)]
    members: dict[int, list[int]] = {}
    for one, group in enumerate(group_of):
        members.setdefault(group, []).append(one)
    scores: dict[tuple[int, int], float] = {}
    for one in range(statements):
        own = members[group_of[one]]
        for other in drawn.sample(own, min(len(own), STRONG)):
            scores[min(one, other), max(one, other)] = drawn.uniform(0.3, 0.95)
        for _ in range(WEAK):
            other = drawn.randrange(max(0, one - NEAR), min(statements, one + NEAR))
            scores.setdefault((min(one, other), max(one, other)), drawn.uniform(0.2, 0.4))
    return [ScoredPair(*pair, score) for pair, score in scores.items() if pair[0] != pair[1]]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--statements", type=int, default=50_000)
    given = options.parse_args()
    pairs = pairs_of(given.statements)
    began = before = time.process_time()
    groups, steps = 0, []
    for found in each_part(pairs, LEAST_MEMBERS):
        groups += len(found)
        steps.append(time.process_time() - before)
        before = time.process_time()
    print(f"{given.statements:,} statements, {len(pairs):,} pairs: {groups:,} groups in {len(steps):,} steps")
    print(f"{time.process_time() - began:.1f} s of processor time, the longest step {max(steps):.1f} s")


if __name__ == "__main__":
    main()
