"""Revision history of a statement."""

from dataclasses import dataclass

from app.domain.access.keys import Organisation
from app.domain.core.errors import NotFound
from app.domain.statements.revisions import Revision, history_of
from app.domain.statements.statements import Statement
from app.services.ports import Store


@dataclass(frozen=True, slots=True)
class StatementHistory:
    """Reads the revisions of a statement."""

    store: Store

    def __call__(self, statement_id: str, viewer: Organisation | None = None) -> list[Revision]:
        """The revisions of a statement that `viewer` may see, the newest first. Raises `NotFound`."""
        with self.store.reading() as tx:
            statement = tx.statements.by_id(statement_id, viewer)
            if statement is None:
                raise NotFound("there is no statement with this id")
            return history_of(statement, tx.revisions.of(statement.key))

    def of(self, statement: Statement) -> list[Revision]:
        """The revisions of a statement that was read, the newest first."""
        with self.store.reading() as tx:
            return history_of(statement, tx.revisions.of(statement.key))
