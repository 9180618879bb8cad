"""Export of records: narratives, statements, checks with their reviews, and articles, streamed page by page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, TypeAlias

from app.domain.access.keys import Organisation
from app.domain.core.errors import FieldError, InvalidInput, NotFound
from app.domain.desk.flags import Flag
from app.domain.documents.documents import Document
from app.domain.exports.formats import FILE_TYPES, ExportFormat
from app.domain.statements.statements import Narrative, Statement
from app.services.desk.browse_flags import require_flag
from app.services.desk.ports import FlagCursor, FlagFilter
from app.services.ports import Store, Transaction
from app.services.statements.ports import StatementFilter

_STATEMENTS_AT_ONCE: Final = 200
_FLAGS_AT_ONCE: Final = 50
_NARRATIVES_AT_ONCE: Final = 200
_DOCUMENTS_AT_ONCE: Final = 20
_OF_DOCUMENTS: Final = (ExportFormat.JSONL, ExportFormat.CSV)
_CHUNK_CHARACTERS: Final = 32 * 1024


@dataclass(frozen=True, slots=True)
class ExportedNarrative:
    """Narrative, with the key that statements refer to it by."""

    key: int
    narrative: Narrative


Record: TypeAlias = ExportedNarrative | Statement | Flag | Document
Kind: TypeAlias = Literal["statements", "flags", "documents"]


@dataclass(frozen=True, slots=True)
class Export:
    """Export: its records, and what names it.

    A narrative comes before those below it and before the statements that refer to it, a statement before the flags
    that it is a precedent of. `identity` is the same for the same request to the same archive. Checks that raised no
    flag are written as flags are.
    """

    kind: Kind
    name: str
    """Base of a file name, ASCII."""
    title: str
    identity: str
    records: Iterator[Record]
    base_url: str = ""
    """Address of the service, where it is known; links to its pages begin with it."""
    organisation: str = ""
    """Name of the organisation whose reviews the flags have."""
    dated_by_record: bool = False
    """Entries of a feed are dated by when they were recorded, not by when they were said."""
    of_checks: bool = False
    """Checks, flags or not."""

    @property
    def noted_as(self) -> str:
        """What the audit log calls its records, in the singular."""
        return "check" if self.of_checks else self.kind.removesuffix("s")

    def filename(self, export_format: ExportFormat) -> str:
        """Name of the file in a format, ASCII."""
        return f"refrain-{self.name}{FILE_TYPES[export_format].suffix}"


Write: TypeAlias = Callable[[Export], Iterator[str]]
"""Writer of a format: the text of an export, in pieces."""


@dataclass(frozen=True, slots=True)
class ExportRecords:
    """Streams what lists show to a viewer, in order of recording, with memory for a page at a time.

    Each page is a transaction of its own, so that a slow reader holds no connection: what is recorded meanwhile comes
    at the end, and what is withdrawn meanwhile may be left out.
    """

    store: Store
    writers: Mapping[ExportFormat, Write]

    def chunks(self, export: Export, export_format: ExportFormat) -> Iterator[bytes]:
        """UTF-8 of an export, in pieces of some ten kilobytes. Raises `InvalidInput` for a format that has no place
        for its records."""
        if export.kind == "documents" and export_format not in _OF_DOCUMENTS:
            offered = " or ".join(_OF_DOCUMENTS)
            raise InvalidInput([FieldError(None, f"has no place for articles: take {offered}", "export_format")])
        waiting: list[str] = []
        length = 0
        for piece in self.writers[export_format](export):
            waiting.append(piece)
            length += len(piece)
            if length >= _CHUNK_CHARACTERS:
                yield "".join(waiting).encode()
                waiting, length = [], 0
        if waiting:
            yield "".join(waiting).encode()

    def statements(self, filters: StatementFilter, viewer: Organisation | None) -> Export:
        """Statements that a filter lets through, with their narratives; of the archive all narratives."""
        everything = filters == StatementFilter()
        name = "archive" if everything else "statements"
        return self._export(
            "statements", name, "Archive" if everything else "Statements", viewer, repr(filters),
            self._statement_records(filters, viewer, everything=everything),
        )  # fmt: skip

    def narrative(self, name: str, viewer: Organisation | None) -> Export:
        """A narrative and those below it, with their statements; by id, external id or title. Raises `NotFound`."""
        with self.store.reading() as tx:
            ref = tx.narratives.resolve(name, viewer)
            if ref is None:
                raise NotFound(f"there is no narrative {name!r}: send its id, external id or title")
            keys = tuple(tx.members.below(ref.key))
        records = self._statement_records(StatementFilter(within=keys), viewer, narratives=keys)
        return self._export("statements", f"narrative-{ref.id}", ref.title, viewer, ref.id, records)

    def flags(self, filters: FlagFilter, organisation: Organisation) -> Export:
        """Flags of the organisation that a filter lets through, the newest first, with their precedents."""
        records = self._flag_records(organisation, self._flag_pages(organisation, filters))
        return self._export("flags", "flags", "Flags", organisation, repr(filters), records)

    def flag(self, flag_id: str, organisation: Organisation) -> Export:
        """One flag with its precedents. Raises `NotFound`."""
        with self.store.reading() as tx:
            flag = require_flag(tx.flags.by_id(organisation, flag_id))
        records = self._flag_records(organisation, iter([[flag]]))
        return self._export("flags", f"flag-{flag.check.id}", "Flag", organisation, flag.check.id, records)

    def checks(self, flagged: bool | None, organisation: Organisation) -> Export:
        """Checks of the organisation, flags or not, the newest first, with their precedents; None: all."""
        records = self._flag_records(organisation, self._check_pages(organisation, flagged))
        found = self._export("flags", "checks", "Checks", organisation, f"checks {flagged}", records)
        return replace(found, of_checks=True)

    def check(self, check_id: str, organisation: Organisation) -> Export:
        """One check with its precedents, a flag or not. Raises `NotFound`."""
        with self.store.reading() as tx:
            flag = tx.flags.by_id(organisation, check_id)
        if flag is None:
            raise NotFound("your organisation has no check with this id")
        records = self._flag_records(organisation, iter([[flag]]))
        found = self._export("flags", f"check-{check_id}", "Check", organisation, check_id, records)
        return replace(found, of_checks=True)

    def documents(self, organisation: Organisation) -> Export:
        """Articles that the organisation had checked, the newest first."""
        return self._export(
            "documents", "articles", "Articles", organisation, "all", self._document_records(organisation)
        )

    def document(self, document_id: str, organisation: Organisation) -> Export:
        """One article with its claims and their checks. Raises `NotFound`."""
        with self.store.reading() as tx:
            document = tx.documents.by_id(organisation, document_id)
        if document is None:
            raise NotFound("your organisation has no document with this id")
        title = document.read.title or "Article"
        return self._export("documents", f"article-{document_id}", title, organisation, document_id, iter([document]))

    def _document_records(self, organisation: Organisation) -> Iterator[Record]:
        before: str | None = None
        while True:
            with self.store.reading() as tx:
                ids = tx.documents.ids(organisation, before, _DOCUMENTS_AT_ONCE)
            for document_id in ids:  # one at a time: an article with a hundred checks is large
                with self.store.reading() as tx:
                    document = tx.documents.by_id(organisation, document_id)
                if document:
                    yield document
            if len(ids) < _DOCUMENTS_AT_ONCE:
                return
            before = ids[-1]

    def _check_pages(self, organisation: Organisation, flagged: bool | None) -> Iterator[list[Flag]]:
        before: int | None = None
        while True:
            with self.store.reading() as tx:
                found = tx.flags.of_checks(organisation, flagged, before, _FLAGS_AT_ONCE)
            yield found
            if len(found) < _FLAGS_AT_ONCE:
                return
            before = found[-1].key

    def _export(
        self,
        kind: Kind,
        name: str,
        title: str,
        viewer: Organisation | None,
        what: str,
        records: Iterator[Record],
    ) -> Export:
        with self.store.reading() as tx:
            identity = "\x1f".join((tx.statements.archive_id(), viewer.id if viewer else "", kind, what))
        return Export(kind, name, title, identity, records, organisation=viewer.name if viewer else "")

    def _statement_records(
        self,
        filters: StatementFilter,
        viewer: Organisation | None,
        *,
        everything: bool = False,
        narratives: Sequence[int] = (),
    ) -> Iterator[Record]:
        written: set[int] = set()
        if everything:
            yield from self._all_narratives(viewer, written)
        for start in range(0, len(narratives), _NARRATIVES_AT_ONCE):
            with self.store.reading() as tx:
                found = missing_narratives(tx, narratives[start : start + _NARRATIVES_AT_ONCE], written, viewer)
            yield from found
        after = 0
        while True:
            with self.store.reading() as tx:
                page = tx.statements.page_after(filters, after, _STATEMENTS_AT_ONCE, viewer)
                missing = missing_narratives(tx, [ref.key for one in page for ref in one.narratives], written, viewer)
            yield from missing
            for statement in page:
                yield own_parts(statement, written)
            if len(page) < _STATEMENTS_AT_ONCE:
                return
            after = page[-1].key

    def _all_narratives(self, viewer: Organisation | None, written: set[int]) -> Iterator[ExportedNarrative]:
        after = 0
        while True:
            with self.store.reading() as tx:
                keys = tx.narratives.keys_after(after, _NARRATIVES_AT_ONCE, viewer)
                found = missing_narratives(tx, keys, written, viewer)
            yield from found
            if len(keys) < _NARRATIVES_AT_ONCE:
                return
            after = keys[-1]

    def _flag_pages(self, organisation: Organisation, filters: FlagFilter) -> Iterator[list[Flag]]:
        cursor: FlagCursor | None = None
        while True:
            with self.store.reading() as tx:
                found = tx.flags.find(organisation, filters, "newest", cursor, _FLAGS_AT_ONCE)
            yield [flag for _, flag in found]
            if len(found) < _FLAGS_AT_ONCE:
                return
            cursor = found[-1][0]

    def _flag_records(self, organisation: Organisation, pages: Iterator[list[Flag]]) -> Iterator[Record]:
        written: set[int] = set()
        shown: set[int] = set()
        for page in pages:
            matches = [match for flag in page for match in flag.check.matches]
            new = sorted({match.precedent.key for match in matches} - shown)
            shown.update(new)
            with self.store.reading() as tx:
                found = tx.statements.by_keys(new)
                precedents = [found[key] for key in new if key in found and found[key].visible_to(organisation.key)]
                refs = [ref.key for one in precedents for ref in one.narratives]
                refs += [ref.key for match in matches for ref in match.precedent.narratives]
                missing = missing_narratives(tx, refs, written, organisation)
            yield from missing
            for statement in precedents:
                yield own_parts(statement, written)
            yield from page


def missing_narratives(
    tx: Transaction, keys: Sequence[int], written: set[int], viewer: Organisation | None
) -> list[ExportedNarrative]:
    """Narratives that were not written yet, each after its ancestors. Adds their keys to `written`."""
    found: dict[int, Narrative] = {}
    wanted = set(keys) - written
    while wanted:
        more = tx.narratives.by_keys(sorted(wanted), viewer)
        found |= more
        wanted = {one.parent.key for one in more.values() if one.parent} - written - found.keys()
    ordered: list[ExportedNarrative] = []
    for key in sorted(found):
        chain: list[int] = []
        above: int | None = key
        while above is not None and above in found and above not in written:
            written.add(above)
            chain.append(above)
            parent = found[above].parent
            above = parent.key if parent else None
        ordered += [ExportedNarrative(one, found[one]) for one in reversed(chain)]
    return ordered


def own_parts(statement: Statement, narratives: set[int]) -> Statement:
    """The statement with its own findings, and with those of its narratives that were written."""
    return replace(
        statement,
        findings=tuple(finding for finding in statement.findings if finding.narrative is None),
        narratives=tuple(ref for ref in statement.narratives if ref.key in narratives),
    )


def changed_at(record: Record) -> datetime | None:
    """Moment of the last change of a statement or a flag; None for a narrative, which has none of its own."""
    if isinstance(record, Statement):
        return record.updated_at
    if isinstance(record, Flag):
        changes = [moment for review in record.reviews for moment in (review.at, review.undone_at) if moment]
        return max([record.check.created_at, *changes])
    if isinstance(record, Document):
        return record.created_at
    return None
