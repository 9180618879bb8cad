"""Undoing of an import: what it alone brought is taken out, and what others refer to stays, and is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from app.domain.access.keys import Organisation
from app.domain.core.errors import Conflict, NotFound
from app.domain.statements.imports import Import, UndoneImport, UndoPreview
from app.services.ports import Clock, Store
from app.services.search.index_sync import IndexSync

AT_ONCE: Final = 500
"""Rows that one transaction takes out: others write in between."""


@dataclass(frozen=True, slots=True)
class UndoImport:
    """Lists imports and undoes one. Statements are withdrawn, so that stored checks keep what they showed, and the next
    import that brings them restores them; findings are taken back. Cut short, it is repeated.
    """

    store: Store
    clock: Clock
    archive: IndexSync

    def find(self, before: int | None, limit: int, organisation: Organisation | None = None) -> list[Import]:
        """Imports of everybody, or of the organisation alone, the newest first."""
        with self.store.reading() as tx:
            return tx.imports.find(before, limit, organisation)

    def started_by(self, imports: Sequence[str]) -> Mapping[str, str]:
        """Names of who started each of these imports, by its id, where that is known."""
        with self.store.reading() as tx:
            return tx.audit.actor_names("job.created", imports)

    def get(self, import_id: str, organisation: Organisation) -> Import:
        """An import of the organisation. Raises `NotFound`."""
        with self.store.reading() as tx:
            return _existing(tx.imports.by_id(import_id, organisation))

    def preview(self, import_id: str, organisation: Organisation) -> UndoPreview:
        """The consequences of undoing it now. Raises `NotFound`, and `Conflict` while it is still running."""
        with self.store.reading() as tx:
            which = _finished(_existing(tx.imports.by_id(import_id, organisation)))
            return UndoPreview(which, tx.imports.count_unreferenced(which), tuple(tx.imports.kept(which)))

    def __call__(self, import_id: str, organisation: Organisation | None = None) -> UndoneImport:
        """Undoes an import: of the `organisation`, or without one any.

        Raises `NotFound`, and `Conflict` while it is still running.
        """
        with self.store.writing() as tx:
            which = _finished(_existing(tx.imports.by_id(import_id, organisation)))
            at = which.undone_at or max(
                self.clock(), (which.finished_at or which.created_at) + timedelta(microseconds=1)
            )
            tx.imports.begin_undo(which, at)
            tx.audit.add("import.undone", "import", which.id)
        statements = 0
        while True:
            with self.store.writing() as tx:
                taken_out = tx.imports.withdraw_statements(which, at, AT_ONCE)
                tx.audit.add_each("statement.withdrawn", "statement", taken_out)
            statements += len(taken_out)
            if len(taken_out) < AT_ONCE:
                break
        findings = 0
        while True:
            with self.store.writing() as tx:
                removed = tx.imports.remove_findings(which, at, AT_ONCE)
            findings += removed
            if removed < AT_ONCE:
                break
        self.archive.sync()
        with self.store.reading() as tx:
            return UndoneImport(
                which.id, at, statements, findings, tuple(tx.imports.kept(which)), tx.imports.updated(which)
            )


def _existing(which: Import | None) -> Import:
    if which is None:
        raise NotFound("there is no such import: a dry run leaves nothing that could be undone")
    return which


def _finished(which: Import) -> Import:
    if which.finished_at is None:
        raise Conflict("the import is still running: cancel it, or wait until it has ended")
    return which
