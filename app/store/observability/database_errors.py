"""Errors of the database, of which the observers of the process are notified."""

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from app.services.observability.observers import observers


def observe_errors(engine: Engine) -> None:
    """Tells the observers of every error that the driver raises, by the name of its class."""

    @event.listens_for(engine, "handle_error")
    def _note(context: ExceptionContext) -> None:
        observers.database_failed(type(context.original_exception).__name__)
