"""Opens engines that keep their vectors in a database: each index under a name of its own, in one database."""

import itertools
from typing import Any

from index.contract import VectorIndex
from index.search.engines.pgvector import PgvectorIndex

databases: list[Any] = []
"""Connections to the database; the fixture `database_of_engines` puts them here."""

_numbers = itertools.count(1)


def open_pgvector(dimension: int, **options: Any) -> VectorIndex:
    """An empty index."""
    return PgvectorIndex(databases[-1], f"of the battery, {next(_numbers)}", dimension, **options)
