"""Community detection: groups of entries that are densely connected by scored pairs (Louvain method, by networkx).

Pairs are edges of a weighted graph. Of each connected component the communities are those that maximise

    sum over pairs in one community of  (score - PENALTY * strength(a) * strength(b))

with strength(a) the sum of the scores of a's pairs. That is modularity with a resolution that grows with the component,
so that a group is the same however large the rest of the archive is: plain modularity merges small groups in large
graphs. Components of more than `MOST_IN_PART` entries are divided at their weakest pairs first, so that the time grows
with the number of pairs and no faster.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

import networkx as nx

from index.processor_budget import check_processor_budget

PENALTY: Final = 0.005
"""Chosen on development data, see `bench/suggested_narratives.py`: higher values make smaller groups."""

MOST_IN_PART: Final = 2_000
"""Entries among which communities are sought at once: some seconds of processor time."""

_FLOOR_STEP: Final = 0.05
_SAME: Final = 0.9
"""Score from which on connected entries are one community, where they are too many to be looked at."""
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
    found = [one for some in each_part(pairs, least, penalty) for one in some]
    return sorted(found, key=lambda one: min(one.members))


def each_part(pairs: Iterable[ScoredPair], least: int, penalty: float = PENALTY) -> Iterator[list[Community]]:
    """The same communities, in no particular order, part by part of the graph, often none: for callers that pause."""
    graph: Any = nx.Graph()
    graph.add_weighted_edges_from(sorted(pairs))
    yield []
    for component in nx.connected_components(graph):
        for members, floor in _parts(graph, component):
            check_processor_budget()
            found = []
            if len(members) >= least:
                part = _part(graph, members)
                if len(members) < len(component):
                    _keep_strengths(part, graph)
                found = _communities_of(part, floor, penalty)
            yield [one for one in found if len(one.members) >= least]


def _communities_of(part: Any, floor: float, penalty: float) -> list[Community]:
    resolution, divided = penalty * 2 * part.size(weight="weight"), [set(part)]
    if len(part) <= MOST_IN_PART or floor < _SAME:
        divided = nx.community.louvain_communities(part, resolution=resolution, seed=_SEED)
    found = []
    part.remove_edges_from(list(nx.selfloop_edges(part)))
    for members in divided:
        check_processor_budget()
        # Louvain may leave a community in two parts that only a third one joined.
        found += [_community(part, one) for one in nx.connected_components(part.subgraph(members))]
    return found


def _parts(graph: Any, component: set[int]) -> Iterator[tuple[set[int], float]]:
    """Parts of a component, and the score below which pairs were cut to part them: none where it is small enough.

    Gives an empty part after each division, so that nobody waits for all of them.
    """
    if len(component) <= MOST_IN_PART:
        yield component, 0.0
        return
    waiting = [(component, min(score for _, _, score in graph.edges(component, data="weight")))]
    while waiting:
        members, floor = waiting.pop()
        if len(members) <= MOST_IN_PART or floor >= _SAME:
            yield members, floor
            continue
        floor = min(_SAME, floor + _FLOOR_STEP)
        inside = nx.Graph()
        inside.add_nodes_from(members)
        edges = graph.edges(members, data="weight")
        inside.add_edges_from((one, other) for one, other, score in edges if score >= floor and other in members)
        waiting += [(part, floor) for part in nx.connected_components(inside)]
        yield set(), floor


def _keep_strengths(part: Any, graph: Any) -> None:
    """Gives each entry of a part the strength that it has in the whole graph: what it has outside becomes a loop."""
    for one in list(part):
        outside = graph.degree(one, weight="weight") - part.degree(one, weight="weight")
        if outside > 0:
            part.add_edge(one, one, weight=outside / 2)


def _part(graph: Any, members: set[int]) -> Any:
    """Graph of these entries and all their pairs, in order: what is made of it does not depend on that of the pairs."""
    part = nx.Graph()
    part.add_nodes_from(sorted(members))
    edges = (_ordered(*edge) for edge in graph.edges(members, data="weight") if edge[1] in members)
    part.add_weighted_edges_from(sorted(edges))
    return part


def _ordered(first: int, second: int, score: float) -> ScoredPair:
    return ScoredPair(min(first, second), max(first, second), score)


def _community(graph: Any, members: set[int]) -> Community:
    inside = graph.subgraph(members)
    centrality = dict(inside.degree(weight="weight"))
    best = [max((data["weight"] for data in inside[one].values()), default=0.0) for one in members]
    order = sorted(members, key=lambda one: (-round(centrality[one], 9), one))
    return Community(tuple(order), sum(best) / len(best))
