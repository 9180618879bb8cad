"""JSON lines that `refrain import` reads back: narratives as `{"narrative": {…}}`, statements with the import's fields,
checks, flags and articles as the API answers them."""

from collections.abc import Iterator

from app.domain.desk.flags import Flag
from app.domain.documents.documents import Document
from app.domain.statements.statements import Statement
from app.formats.writing.document_answers import document_answer
from app.formats.writing.flag_answers import flag_answer
from app.formats.writing.import_fields import narrative_fields, narrative_label, statement_fields
from app.formats.writing.json_text import json_text
from app.services.exports.export_records import Export, ExportedNarrative


def write(export: Export) -> Iterator[str]:
    """One object a line."""
    labels: dict[int, str] = {}
    for record in export.records:
        if isinstance(record, Document):
            yield document_answer(record, export.base_url).model_dump_json() + "\n"
        elif isinstance(record, Flag):
            yield flag_answer(record, export.base_url).model_dump_json() + "\n"
        elif export.kind == "flags":
            continue
        elif isinstance(record, ExportedNarrative):
            labels[record.key] = narrative_label(record.narrative)
            yield json_text({"narrative": narrative_fields(record.narrative, labels)}) + "\n"
        elif isinstance(record, Statement):
            yield json_text(statement_fields(record, labels)) + "\n"
