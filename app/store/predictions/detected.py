"""Predictions of statements, detected and stored in the transaction that writes the statements."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, insert

from app.domain.statements.statements import Statement
from app.language.predictions.detection import detect_prediction
from app.store.predictions.prediction_tables import predictions


def store_predictions(connection: Connection, written: Iterable[tuple[int, Statement]]) -> None:
    """Adds the predictions of new statements, by their keys."""
    rows = [row for key, statement in written if (row := _row(key, statement))]
    if rows:
        connection.execute(insert(predictions), rows)


def replace_prediction(connection: Connection, key: int, before: Statement, after: Statement) -> None:
    """Stores anew what a statement predicts, where a change may have changed that."""
    if _read_from(before) != _read_from(after):
        remove_prediction(connection, key)
        store_predictions(connection, [(key, after)])


def remove_prediction(connection: Connection, key: int) -> None:
    """Removes the prediction of a statement."""
    connection.execute(delete(predictions).where(predictions.c.statement_key == key))


def _row(key: int, statement: Statement) -> dict[str, Any] | None:
    prediction = detect_prediction(statement.text, statement.language, statement.said_at)
    if prediction is None:
        return None
    made, until = prediction.made, prediction.until
    return {
        "statement_key": key,
        "made_ends": made.ends if made else None,
        "until_ends": until.ends if until else None,
    }


def _read_from(statement: Statement) -> tuple[object, ...]:
    return statement.text, statement.language, statement.said_at
