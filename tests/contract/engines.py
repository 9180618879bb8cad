"""Opens every engine that the battery runs over; those in a database each under a name of its own."""

import itertools

from index import factory
from index.contract import VectorIndex
from index.search.engines.pgvector import PgvectorIndex

BY_GRAPH = "pgvector: by its graph"
"""pgvector where even the smallest index is searched by its graph."""

ENGINES = ["faiss:", "exact:", "pgvector:", BY_GRAPH]

connections = []
"""Of the database for those in one, last."""

_numbers = itertools.count(1)


def open_index(url: str, dimension: int) -> VectorIndex:
    """An empty index."""
    name = f"of the battery, {next(_numbers)}"
    if url == BY_GRAPH:
        return PgvectorIndex(connections[-1], name, dimension, exact_up_to=-1)
    return factory.open_index(url, dimension, name, connections[-1] if connections else None)
