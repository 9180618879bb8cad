"""Community detection: groups of entries that are densely connected by scored pairs (Louvain method, by networkx).

Pairs are edges of a weighted graph. Of each connected component the communities are those that maximise

    sum over pairs in one community of  (score - PENALTY * strength(a) * strength(b))

with strength(a) the sum of the scores of a's pairs. That is modularity with a resolution that grows with the component,
so that a group is the same however large the rest of the archive is: plain modularity merges small groups in large
graphs.
"""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import networkx as nx

from index.processor_budget import check_processor_budget

PENALTY: Final = 0.005
"""Chosen on development data, see `bench/suggested_narratives.py`: higher values make smaller groups."""

_SEED: Final = 0


class ScoredPair(NamedTuple):
    """Undirected pair of two different entries, and its score above 0."""

    first: int
    second: int
    score: float


class Community(NamedTuple):
    """Entries of one community, the most central first."""

    members: tuple[int, ...]
    strength: float
    """Mean over the members of the score of each one's best pair inside, 0 to 1."""


def communities(pairs: Iterable[ScoredPair], least: int, penalty: float = PENALTY) -> list[Community]:
    """Communities of at least `least` entries, in order of their smallest entry; each entry is in one at most.

    Deterministic: the same pairs, in whatever order, give the same communities. Checks the processor budget in force,
    and raises what that raises.
    """
    graph: Any = nx.Graph()
    graph.add_weighted_edges_from(sorted(pairs))
    found = []
    for component in nx.connected_components(graph):
        check_processor_budget()
        if len(component) < least:
            continue
        part = nx.Graph()
        part.add_nodes_from(sorted(component))
        part.add_weighted_edges_from(sorted(_ordered(*edge) for edge in graph.edges(component, data="weight")))
        resolution = penalty * 2 * part.size(weight="weight")
        for members in nx.community.louvain_communities(part, resolution=resolution, seed=_SEED):
            check_processor_budget()
            # Louvain may leave a community in two parts that only a third one joined.
            found += [_community(part, one) for one in nx.connected_components(part.subgraph(members))]
    return sorted((one for one in found if len(one.members) >= least), key=lambda one: min(one.members))


def _ordered(first: int, second: int, score: float) -> ScoredPair:
    return ScoredPair(min(first, second), max(first, second), score)


def _community(graph: Any, members: set[int]) -> Community:
    inside = graph.subgraph(members)
    centrality = dict(inside.degree(weight="weight"))
    best = [max((data["weight"] for data in inside[one].values()), default=0.0) for one in members]
    order = sorted(members, key=lambda one: (-round(centrality[one], 9), one))
    return Community(tuple(order), sum(best) / len(best))
