"""CSV for spreadsheets, with the byte order mark by which they know UTF-8: a row a statement, a match of a check, or
a claim of an article.

A cell that a spreadsheet would compute is defused (`app/domain/core/formulas.py`).
"""

import csv
import io
from collections.abc import Iterator
from typing import Any, Final

from app.domain.checks.checks import Match
from app.domain.core.formulas import escape_formula
from app.domain.desk.flags import Flag
from app.domain.documents.documents import Document
from app.domain.statements.statements import Source, Statement
from app.formats.writing.document_rows import DOCUMENT_COLUMNS, document_rows, precedent_cells
from app.formats.writing.import_fields import finding_fields, moment_text
from app.formats.writing.json_text import json_text
from app.services.exports.export_records import Export

_STATEMENT_COLUMNS: Final = (
    "external_id", "text", "title", "language", "speaker", "said_at", "said_before", "learned_at", "source", "url",
    "archive_url", "narratives", "keywords", "findings", "metadata",
)  # fmt: skip
_FLAG_COLUMNS: Final = (
    "flag_id", "state", "checked_at", "text", "language", "speaker", "said_at", "source", "url", "match_id", "tier",
    "score", "relation", "days_before", "precedent_id", "precedent_external_id", "precedent_text", "precedent_speaker",
    "precedent_said_at", "precedent_source", "precedent_url", "narratives", "verdicts", "review", "reason",
)  # fmt: skip


def write(export: Export) -> Iterator[str]:
    """The table, its first row the names of the columns."""
    columns = {"flags": _FLAG_COLUMNS, "statements": _STATEMENT_COLUMNS, "documents": DOCUMENT_COLUMNS}[export.kind]
    yield "\ufeff" + _row(columns)
    for record in export.records:
        if isinstance(record, Document):
            for cells in document_rows(record):
                yield _row(cells[name] for name in columns)
        elif isinstance(record, Flag):
            for match in record.check.matches or (None,):
                yield _row(_flag_cells(record, match)[name] for name in _FLAG_COLUMNS)
        elif isinstance(record, Statement) and export.kind == "statements":
            yield _row(_statement_cells(record)[name] for name in _STATEMENT_COLUMNS)


def _row(cells: Any) -> str:
    written = io.StringIO()
    csv.writer(written).writerow("" if cell is None else escape_formula(str(cell)) for cell in cells)
    return written.getvalue()


def _statement_cells(statement: Statement) -> dict[str, object]:
    metadata = dict(statement.metadata)
    keywords = metadata.get("keywords")
    listed = isinstance(keywords, list) and all(isinstance(word, str) and "|" not in word for word in keywords)
    if listed:
        del metadata["keywords"]
    findings = [finding_fields(finding) for finding in statement.findings]
    return {
        "external_id": statement.external_id,
        "text": statement.text,
        "title": statement.title,
        "language": statement.language,
        "speaker": statement.speaker,
        "said_at": statement.said_at.text if statement.said_at else None,
        "said_before": statement.said_before.text if statement.said_before else None,
        "learned_at": moment_text(statement.learned_at),
        "source": statement.source.name,
        "url": statement.source.url,
        "archive_url": statement.source.archive_url,
        "narratives": " | ".join(ref.title for ref in statement.narratives),
        "keywords": " | ".join(keywords) if listed and isinstance(keywords, list) else None,
        "findings": json_text(findings) if findings else None,
        "metadata": json_text({name: metadata[name] for name in sorted(metadata)}) if metadata else None,
    }


def _flag_cells(flag: Flag, match: Match | None) -> dict[str, object]:
    check, source = flag.check, flag.check.source or Source()
    cells: dict[str, object] = dict.fromkeys(_FLAG_COLUMNS)
    cells |= {
        "flag_id": check.id,
        "state": flag.state,
        "checked_at": moment_text(check.created_at),
        "text": check.text,
        "language": check.language.code,
        "speaker": check.speaker,
        "said_at": check.said_at.text if check.said_at else None,
        "source": source.name,
        "url": source.url,
    }
    if match is None:
        return cells
    precedent = match.precedent
    return cells | {
        "match_id": match.id,
        "tier": match.tier,
        "score": f"{match.score:.3f}",
        "relation": match.relation,
        "days_before": match.days_before,
        **precedent_cells(precedent),
        "precedent_external_id": precedent.external_id,
        "review": match.review.verdict if match.review else None,
        "reason": match.review.reason if match.review else None,
    }
