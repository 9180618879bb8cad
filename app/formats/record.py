"""One record, as a mapping of the field names of the import format, to a draft."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, get_args

from app.domain.core.dates import InvalidDate, Period, moment_of, parse_period
from app.domain.core.text import InvalidText, clean, unstorable, web_address
from app.domain.statements.statements import (
    LONGEST_FIELD,
    LONGEST_NAME,
    LONGEST_TEXT,
    Finding,
    NarrativeDraft,
    NarrativeLabel,
    Outcome,
    Source,
    StatementDraft,
)
from app.formats.lines import Canonical, Unreadable

_KNOWN = {
    "text", "title", "date", "said_at", "learned_at", "lang", "language", "speaker", "source", "url", "archive_url",
    "id", "external_id", "fakes", "narratives", "findings", "disproof",
}  # fmt: skip
_LONGEST_ID = 500


def statement_draft(record: Mapping[str, Any], canonical: Canonical) -> StatementDraft:
    """The draft that a record describes; what is not a field of ours is kept as metadata. Raises `Unreadable`."""
    _storable(record, "")
    source = _source(record)
    learned_at = _moment(record, "learned_at")
    return StatementDraft(
        text=_required(record, "text", LONGEST_TEXT),
        title=_text(record, "title"),
        language=_language(record, canonical),
        speaker=_text(record, "speaker", LONGEST_NAME),
        said_at=_period(record, "said_at") or _period(record, "date"),
        learned_at=learned_at,
        source=source,
        narratives=_labels(record),
        external_id=_text(record, "external_id", _LONGEST_ID) or _text(record, "id", _LONGEST_ID),
        findings=_findings(record, source),
        metadata={name: value for name, value in record.items() if name not in _KNOWN and value not in (None, "")},
    )


def narrative_draft(record: Mapping[str, Any]) -> NarrativeDraft:
    """The narrative that a line of `narratives.jsonl` describes. Raises `Unreadable`."""
    _storable(record, "")
    return NarrativeDraft(
        title=_required(record, "title", LONGEST_NAME),
        external_id=_text(record, "external_id", _LONGEST_ID) or _text(record, "id", _LONGEST_ID),
        description=_text(record, "description", LONGEST_TEXT),
        parent=_text(record, "parent", LONGEST_NAME),
    )


def _required(record: Mapping[str, Any], name: str, longest: int) -> str:
    value = _text(record, name, longest)
    if value is None:
        raise Unreadable(f"{name}: is missing or empty, and has to be there")
    return value


def _text(record: Mapping[str, Any], name: str, longest: int = LONGEST_FIELD) -> str | None:
    value = record.get(name)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise Unreadable(f"{name}: must be text, and is {_kind(value)}")
    try:
        return clean(value, longest)
    except InvalidText as error:
        raise Unreadable(f"{name}: {error}") from error


def _address(record: Mapping[str, Any], name: str) -> str | None:
    raw = _text(record, name)
    try:
        return web_address(raw, LONGEST_FIELD) if raw else None
    except InvalidText as error:
        raise Unreadable(f"{name}: {error}") from error


def _period(record: Mapping[str, Any], name: str) -> Period | None:
    raw = _text(record, name)
    if raw is None:
        return None
    try:
        return parse_period(raw)
    except InvalidDate as error:
        raise Unreadable(f"{name}: {raw!r} {error}") from error


def _moment(record: Mapping[str, Any], name: str) -> datetime | None:
    return moment_of(_period(record, name))


def _language(record: Mapping[str, Any], canonical: Canonical) -> str | None:
    raw = _text(record, "language") or _text(record, "lang")
    if raw is None:
        return None
    tag = canonical(raw)
    if tag is None:
        raise Unreadable(f"language: {raw!r} names no language: write its code, such as en or ru, or leave it out")
    return tag


def _source(record: Mapping[str, Any]) -> Source:
    given = record.get("source")
    fields: Mapping[str, Any] = given if isinstance(given, Mapping) else {"name": given}
    return Source(
        name=_text(fields, "name", LONGEST_NAME),
        url=_address(fields, "url") or _address(record, "url"),
        archive_url=_address(fields, "archive_url") or _address(record, "archive_url"),
    )


def _labels(record: Mapping[str, Any]) -> tuple[NarrativeLabel, ...]:
    """Where there are scripts (`fakes`), the first of `narratives` is their parent; any others stand beside them."""
    scripts, narratives = _names(record, "fakes"), _names(record, "narratives")
    if not scripts:
        return tuple(NarrativeLabel(name) for name in narratives)
    parent = narratives[0] if narratives else None
    beside = [NarrativeLabel(name) for name in narratives[1:]]
    return tuple([NarrativeLabel(name, parent if name != parent else None) for name in scripts] + beside)


def _names(record: Mapping[str, Any], field: str) -> list[str]:
    value = record.get(field)
    values = [] if value is None else value if isinstance(value, list) else [value]
    names = (_text({field: one}, field, LONGEST_NAME) for one in values)
    return list(dict.fromkeys(name for name in names if name))


def _findings(record: Mapping[str, Any], source: Source) -> tuple[Finding, ...]:
    given = record.get("findings") or []
    if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
        raise Unreadable("findings: must be a list of objects with verdict, publisher, url, published_at, summary")
    found = [
        Finding(
            verdict=_required(one, "verdict", LONGEST_FIELD),
            publisher=_text(one, "publisher"),
            url=_address(one, "url"),
            published_at=_period(one, "published_at"),
            summary=_text(one, "summary", LONGEST_TEXT),
            learned_at=_moment(one, "learned_at"),
            outcome=_outcome(one),
            outcome_url=_address(one, "outcome_url"),
        )
        for one in given
    ]
    disproof = _text(record, "disproof", 10 * LONGEST_TEXT)
    if disproof:
        found.append(Finding(verdict="disproved", url=source.url, summary=disproof))
    return tuple(found)


def _outcome(record: Mapping[str, Any]) -> Outcome | None:
    raw = _text(record, "outcome")
    outcome = next((known for known in get_args(Outcome) if known == raw), None)
    if raw and outcome is None:
        raise Unreadable(f"outcome: {raw!r} is none: write one of {', '.join(get_args(Outcome))}, or leave it out")
    return outcome


def _storable(value: Any, path: str) -> None:
    """Raises `Unreadable` where a string anywhere inside cannot be stored."""
    if isinstance(value, str):
        if fault := unstorable(value):
            raise Unreadable(f"{path.lstrip('.')}: {fault}")
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            _storable(name, path)
            _storable(inner, f"{path}.{name}")
    elif isinstance(value, Sequence):
        for number, inner in enumerate(value):
            _storable(inner, f"{path}.{number}")


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", bool: "true or false", float: "a number"}
    return names.get(type(value), type(value).__name__)
