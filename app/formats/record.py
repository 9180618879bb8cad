"""One record, as a mapping of the field names of the import format, to a draft."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from app.domain.core.errors import FieldError, InvalidInput
from app.domain.statements.statements import Finding, NarrativeDraft, StatementDraft
from app.formats.lines import LeftOut, Unreadable
from app.schemas.faults import validated
from app.schemas.imports import ImportRecord, NarrativeRecord

_MOST_LEFT_OUT: Final = 20
"""Fields of a record that are left out, at most: with more it is no record of this kind."""


def statement_draft(record: Any) -> StatementDraft:
    """The draft that a record describes; what is not a field of ours is kept as metadata. Raises `Unreadable`."""
    try:
        return validated(ImportRecord, record).drafted(record)
    except InvalidInput as error:
        raise Unreadable(str(error)) from error


def lenient_draft(
    record: Mapping[str, Any], kept: frozenset[str] = frozenset(("text",))
) -> tuple[StatementDraft, tuple[LeftOut, ...]]:
    """The draft that a record of another format describes, without the fields that cannot be read, and those fields.

    Raises `Unreadable` where one of the fields to be `kept` cannot be read.
    """
    left_out: list[LeftOut] = []
    current: Any = record
    while True:
        try:
            return validated(ImportRecord, current).drafted(current), tuple(left_out)
        except InvalidInput as error:
            for fault in error.errors:
                if not _may_go(fault, kept) or len(left_out) >= _MOST_LEFT_OUT:
                    raise Unreadable(str(error)) from error
            before = current
            for fault in error.errors:
                path = [part.replace("~1", "/").replace("~0", "~") for part in (fault.pointer or "").split("/")[1:]]
                current = _without(current, path)
                left_out.append(LeftOut("/".join(path), fault.detail))
            if current == before:
                raise Unreadable(str(error)) from error


def _may_go(fault: FieldError, kept: frozenset[str]) -> bool:
    return bool(fault.pointer) and (fault.pointer or "").split("/")[1] not in kept


def _without(value: Any, path: list[str]) -> Any:
    """Copy of a value without the part at a path; a list keeps its places, so that later paths still hold."""
    if isinstance(value, Mapping):
        if len(path) == 1:
            return {name: inner for name, inner in value.items() if name != path[0]}
        inner = _without(value.get(path[0]), path[1:])
        return {**value, path[0]: inner} if inner not in (None, []) else _without(value, path[:1])
    if isinstance(value, list) and path[0].isdecimal():
        number = int(path[0])
        if len(path) == 1:
            return [inner for place, inner in enumerate(value) if place != number]
        return [_without(inner, path[1:]) if place == number else inner for place, inner in enumerate(value)]
    return None


def record_of(draft: StatementDraft) -> dict[str, Any]:
    """The record of our own format that describes a draft: reading it gives the draft again."""
    scripts = [label for label in draft.narratives if label.parent]
    beside = [label.name for label in draft.narratives if not label.parent]
    record: dict[str, Any] = {
        **draft.metadata,
        "text": draft.text,
        "title": draft.title,
        "language": draft.language,
        "speaker": draft.speaker,
        "said_at": draft.said_at.text if draft.said_at else None,
        "said_before": draft.said_before.text if draft.said_before else None,
        "learned_at": draft.learned_at.isoformat() if draft.learned_at else None,
        "source": _filled(asdict(draft.source)),
        "fakes": [label.name for label in scripts],
        "narratives": [scripts[0].parent, *beside] if scripts else beside,
        "external_id": draft.external_id,
        "findings": [_finding_record(finding) for finding in draft.findings],
    }
    return _filled(record)


def narrative_record_of(draft: NarrativeDraft) -> dict[str, Any]:
    """The record of `narratives.jsonl` that describes a draft: reading it gives the draft again."""
    return _filled(
        {
            "title": draft.title,
            "external_id": draft.external_id,
            "description": draft.description,
            "parent": draft.parent,
            "findings": [_finding_record(finding) for finding in draft.findings],
        }
    )


def _finding_record(finding: Finding) -> dict[str, Any]:
    return _filled(
        {
            "verdict": finding.verdict,
            "publisher": finding.publisher,
            "url": finding.url,
            "published_at": finding.published_at.text if finding.published_at else None,
            "summary": finding.summary,
            "learned_at": finding.learned_at.isoformat() if finding.learned_at else None,
            "outcome": finding.outcome,
            "outcome_url": finding.outcome_url,
        }
    )


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, [], {})}


def narrative_draft(record: Any) -> NarrativeDraft:
    """The narrative that a line of `narratives.jsonl` describes. Raises `Unreadable`."""
    try:
        return validated(NarrativeRecord, record).drafted()
    except InvalidInput as error:
        raise Unreadable(str(error)) from error
