"""Case-insensitive comparison in any script: SQLite's own LIKE folds ASCII only."""

import sqlite3
from typing import Any

from sqlalchemy import func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import Text


class fold(GenericFunction[str]):  # noqa: N801 - it is SQL's name
    """SQL function that folds the case of a text."""

    type = Text()
    inherit_cache = True


@compiles(fold, "postgresql")
def _fold_postgresql(element: fold, compiler: Any, **options: Any) -> str:
    return f"lower({compiler.process(element.clauses, **options)})"


def register_fold(connection: sqlite3.Connection) -> None:
    """Registers the case folding function on an SQLite connection, as PostgreSQL has one."""
    connection.create_function("fold", 1, lambda text: None if text is None else text.lower(), deterministic=True)


def contains(column: ColumnElement[Any], part: str) -> ColumnElement[bool]:
    """SQL condition: a column contains a text, letter case aside."""
    folded = func.lower if part.isascii() else func.fold  # the database's own is faster, and knows ASCII everywhere
    return folded(column).contains(part.lower(), autoescape=True)


def equals(column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    """SQL condition: a column equals a text, letter case aside."""
    return func.fold(column) == text.lower()
