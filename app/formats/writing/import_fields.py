"""Fields of statements and narratives under the names that the import formats give them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from app.domain.statements.statements import Finding, Narrative, Source, Statement


def narrative_label(narrative: Narrative) -> str:
    """Name under which an import finds a narrative again: its external id, or its title where it has none."""
    return narrative.external_id or narrative.title


def statement_fields(statement: Statement, labels: Mapping[int, str]) -> dict[str, Any]:
    """Everything that an import of a statement takes; its narratives by their labels, which `labels` has by key.

    Metadata stands beside the fields, and has none of their names.
    """
    fields = {
        "external_id": statement.external_id,
        "text": statement.text,
        "title": statement.title,
        "language": statement.language,
        "speaker": statement.speaker,
        "said_at": statement.said_at.text if statement.said_at else None,
        "said_before": statement.said_before.text if statement.said_before else None,
        "learned_at": moment_text(statement.learned_at),
        "source": source_fields(statement.source),
        "narratives": [labels[ref.key] for ref in statement.narratives if ref.key in labels],
        "findings": [finding_fields(finding) for finding in statement.findings],
    }
    return {**without_empty(fields), **{name: statement.metadata[name] for name in sorted(statement.metadata)}}


def narrative_fields(narrative: Narrative, labels: Mapping[int, str]) -> dict[str, Any]:
    """Everything that an import of a narrative takes; its parent by its label."""
    parent = narrative.parent
    fields = {
        "external_id": narrative.external_id,
        "title": narrative.title,
        "description": narrative.description,
        "parent": labels.get(parent.key, parent.title) if parent else None,
        "findings": [finding_fields(finding) for finding in narrative.findings],
    }
    return without_empty(fields)


def finding_fields(finding: Finding) -> dict[str, Any]:
    """Everything that an import of a finding takes."""
    return without_empty(
        {
            "verdict": finding.verdict,
            "publisher": finding.publisher,
            "url": finding.url,
            "published_at": finding.published_at.text if finding.published_at else None,
            "summary": finding.summary,
            "learned_at": moment_text(finding.learned_at) if finding.learned_at else None,
            "outcome": finding.outcome,
            "outcome_url": finding.outcome_url,
        }
    )


def source_fields(source: Source) -> dict[str, str]:
    """Name and addresses of a source, where it has them."""
    return without_empty({"name": source.name, "url": source.url, "archive_url": source.archive_url})


def moment_text(moment: datetime) -> str:
    """A moment as RFC 3339 in UTC, to the microsecond where it has any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def without_empty(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields that have a value."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}
