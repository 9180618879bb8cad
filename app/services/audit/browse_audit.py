"""The audit log: reading, exporting and verifying it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.access.keys import Caller
from app.domain.audit.entries import AuditEntry, AuditHead, ChainState, verify_chain
from app.services.audit.ports import AuditFilter
from app.services.ports import Store


@dataclass(frozen=True, slots=True)
class BrowseAudit:
    """The audit log. `by` sees its own organisation's entries, one of the operator's organisation sees all; without
    `by` it is the command line, which sees all."""

    store: Store

    def find(
        self, filters: AuditFilter, before: int | None, limit: int, by: Caller | None = None
    ) -> tuple[Sequence[AuditEntry], Mapping[str, str]]:
        """Entries, the newest first, and the present names of accounts and keys in them by id."""
        with self.store.reading() as tx:
            found = tx.audit.find(_visible(filters, by), before, limit)
            return found, tx.audit.names(found)

    def export(self, filters: AuditFilter) -> Iterator[AuditEntry]:
        """All entries that match, the oldest first. The export is an entry itself."""
        with self.store.writing() as tx:
            tx.audit.add("audit.exported", "audit", organisation_id=filters.organisation_id)
        with self.store.reading() as tx:
            yield from tx.audit.stream(filters)

    def verify(self, noted: AuditHead | None = None) -> ChainState:
        """Verifies the whole chain; `noted` as in `verify_chain`."""
        with self.store.reading() as tx:
            return verify_chain(tx.audit.stream(AuditFilter()), noted)


def _visible(filters: AuditFilter, by: Caller | None) -> AuditFilter:
    if by is None or by.organisation.operator:
        return filters
    return replace(filters, organisation_id=by.organisation.id)
