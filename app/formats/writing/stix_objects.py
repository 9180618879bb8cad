"""STIX 2.1 objects of statements, narratives, findings and flags, with ids that stay the same."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from app.domain.core.dates import Period, last_moment_of, moment_of
from app.domain.exports.uuids import export_uuid
from app.domain.statements.statements import Finding, Narrative, Source, Statement
from app.formats.stix_names import OPENCTI_EXTENSION, REFRAIN_EXTENSION, SUBNARRATIVE_OF
from app.formats.writing.disarm import Technique
from app.formats.writing.import_fields import finding_fields, moment_text, without_empty

_MADE: Final = "2026-01-01T00:00:00.000Z"
"""Moment of objects that stand for a name or a link, and have none of their own."""
_OWN_ID: Final = re.compile(r"\A[a-z-]+--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
REFRAIN: Final = f"identity--{export_uuid('identity', 'refrain')}"
Object = dict[str, Any]


def own_objects() -> list[Object]:
    """The objects that every bundle begins with: the identity that made it, and the definition of our extension."""
    return [
        _object("identity", REFRAIN, _MADE, _MADE, name="Refrain", identity_class="system"),
        _object(
            "extension-definition",
            REFRAIN_EXTENSION,
            _MADE,
            _MADE,
            created_by_ref=REFRAIN,
            name="Refrain",
            description="Dates with their precision, outcomes and other fields of statements, findings and narratives.",
            schema="docs/interchange.md",
            version="1.0.0",
            extension_types=["property-extension"],
        ),
    ]


def narrative_id(narrative_id: str, external_id: str | None) -> str:
    """STIX id of a narrative; where it came from a bundle, the one that it had there."""
    if external_id and external_id.startswith("narrative--") and _OWN_ID.fullmatch(external_id):
        return external_id
    return f"narrative--{export_uuid('narrative', narrative_id)}"


def statement_id(statement_id: str) -> str:
    """STIX id of the note of a statement."""
    return f"note--{export_uuid('statement', statement_id)}"


def narrative_object(narrative: Narrative) -> Object:
    """A narrative as OpenCTI's `narrative` object."""
    made = stix_moment(narrative.created_at)
    extensions = {
        OPENCTI_EXTENSION: {"extension_type": "new-sdo"},
        REFRAIN_EXTENSION: _extension("narrative", external_id=narrative.external_id),
    }
    return _object(
        "narrative",
        narrative_id(narrative.id, narrative.external_id),
        made,
        made,
        created_by_ref=REFRAIN,
        name=narrative.title,
        description=narrative.description,
        extensions=extensions,
    )


def subnarrative(child: str, parent: str) -> Object:
    """Relationship of a narrative to its parent."""
    return _relationship(SUBNARRATIVE_OF, child, parent)


def technique_object(technique: Technique) -> Object:
    """DISARM's attack pattern, by its own id."""
    reference = {"source_name": "mitre-attack", "url": technique.url, "external_id": technique.id}
    return _object(
        "attack-pattern",
        technique.stix_id,
        technique.created,
        technique.modified,
        name=technique.name,
        kill_chain_phases=[{"kill_chain_name": "mitre-attack", "phase_name": technique.phase}],
        external_references=[reference],
    )


def technique_link(narrative: str, technique: Technique) -> Object:
    """Relationship of a narrative to a technique."""
    return _relationship("related-to", narrative, technique.stix_id)


def identity_object(name: str, identity_class: str) -> Object:
    """Identity of a speaker or a source."""
    return _object(
        "identity",
        f"identity--{export_uuid('identity', identity_class, name)}",
        _MADE,
        _MADE,
        created_by_ref=REFRAIN,
        name=name,
        identity_class=identity_class,
    )


def statement_note(statement: Statement, refs: Sequence[str], tags: Sequence[str]) -> Object:
    """Note with a statement's text; it refers to its narratives and techniques, its speaker and its source."""
    own = {
        "external_id": statement.external_id,
        "said_at": statement.said_at.text if statement.said_at else None,
        "said_before": statement.said_before.text if statement.said_before else None,
        "learned_at": moment_text(statement.learned_at),
        "source": statement.source.name,
        "metadata": {name: statement.metadata[name] for name in sorted(statement.metadata)},
    }
    return _object(
        "note",
        statement_id(statement.id),
        stix_moment(statement.created_at),
        stix_moment(statement.updated_at),
        created_by_ref=REFRAIN,
        abstract=statement.title,
        content=statement.text,
        authors=[statement.speaker] if statement.speaker else None,
        object_refs=[*refs] or [REFRAIN],
        lang=statement.language,
        labels=list(tags),
        external_references=references(statement.source),
        extensions={REFRAIN_EXTENSION: _extension("statement", **own)},
    )


def finding_note(finding: Finding, about: str, made: datetime) -> Object:
    """Note with what a fact-checker found about a statement or a narrative."""
    source = Source(finding.publisher, finding.url)
    moment = stix_moment(finding.learned_at or made)
    return _object(
        "note",
        f"note--{export_uuid('finding', finding.id or '', *map(str, finding.content))}",
        moment,
        moment,
        created_by_ref=REFRAIN,
        abstract=finding.verdict,
        content=finding.summary or finding.verdict,
        authors=[finding.publisher] if finding.publisher else None,
        object_refs=[about],
        labels=["fact-check"],
        external_references=references(source),
        extensions={REFRAIN_EXTENSION: _extension("finding", finding=finding_fields(finding))},
    )


def sighting(key: str, narrative: str, text: str, said_at: Period | None, made: datetime, source: str | None) -> Object:
    """Sighting of a narrative: one time that its script was used. `key` identifies what used it."""
    first, last = moment_of(said_at), last_moment_of(said_at)
    moment = stix_moment(made)
    return _object(
        "sighting",
        f"sighting--{export_uuid('sighting', key, narrative)}",
        moment,
        moment,
        created_by_ref=REFRAIN,
        description=text,
        sighting_of_ref=narrative,
        where_sighted_refs=[source] if source else None,
        first_seen=stix_moment(first) if first else None,
        last_seen=stix_moment(last) if last else None,
        count=1,
        extensions={REFRAIN_EXTENSION: _extension("recurrence")},
    )


def stix_moment(moment: datetime) -> str:
    """A moment in UTC, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def stix_object(kind: str, uuid: str, made: datetime, changed: datetime, **fields: Any) -> Object:
    """An object of ours, with the fields that have a value."""
    moments = stix_moment(made), stix_moment(changed)
    return _object(kind, f"{kind}--{uuid}", *moments, created_by_ref=REFRAIN, **fields)


def extension(kind: str) -> Mapping[str, Any]:
    """Our extension of an object."""
    return {REFRAIN_EXTENSION: _extension(kind)}


def _relationship(kind: str, source: str, target: str) -> Object:
    return _object(
        "relationship",
        f"relationship--{export_uuid('relationship', kind, source, target)}",
        _MADE,
        _MADE,
        created_by_ref=REFRAIN,
        relationship_type=kind,
        source_ref=source,
        target_ref=target,
    )


def _object(kind: str, identifier: str, made: str, changed: str, **fields: Any) -> Object:
    head = {"type": kind, "spec_version": "2.1", "id": identifier, "created": made, "modified": max(made, changed)}
    return {**head, **without_empty(fields)}


def _extension(kind: str, **fields: Any) -> Object:
    return {"extension_type": "property-extension", "kind": kind, **without_empty(fields)}


def references(source: Source) -> list[dict[str, str]]:
    """External references to the page of a source and to its archived copy."""
    found = []
    if source.url:
        found.append({"source_name": source.name or "source", "url": source.url})
    if source.archive_url:
        found.append({"source_name": "archived copy", "url": source.archive_url})
    return found
