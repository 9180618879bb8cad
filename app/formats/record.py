"""One record, as a mapping of the field names of the import format, to a draft."""

from typing import Any

from app.domain.core.errors import InvalidInput
from app.domain.statements.statements import NarrativeDraft, StatementDraft
from app.formats.lines import Unreadable
from app.schemas.faults import validated
from app.schemas.imports import ImportRecord, NarrativeRecord


def statement_draft(record: Any) -> StatementDraft:
    """The draft that a record describes; what is not a field of ours is kept as metadata. Raises `Unreadable`."""
    try:
        return validated(ImportRecord, record).drafted(record)
    except InvalidInput as error:
        raise Unreadable(str(error)) from error


def narrative_draft(record: Any) -> NarrativeDraft:
    """The narrative that a line of `narratives.jsonl` describes. Raises `Unreadable`."""
    try:
        return validated(NarrativeRecord, record).drafted()
    except InvalidInput as error:
        raise Unreadable(str(error)) from error
