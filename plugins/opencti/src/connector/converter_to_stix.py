"""Precedents as STIX 2.1 objects, with ids made by pycti, so that the same precedent is the same object each time."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pycti import Identity, Narrative, Note, StixCoreRelationship

from refrain_client import Match

_EXTENSION = "extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba"
"""OpenCTI's extension, which makes a narrative an object of its own type."""
_AUTHOR = "Refrain"


class ConverterToStix:
    """Makes the objects of one enrichment. `markings`: those of the entity, which all that is made of it carries."""

    def __init__(self, markings: Sequence[str]):
        self._markings = list(markings)
        self._now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self.author = self._common("identity", Identity.generate_id(_AUTHOR, "system"))
        self.author |= {
            "name": _AUTHOR,
            "identity_class": "system",
            "description": "Finds earlier statements that follow the same script.",
        }

    def note(self, entity_id: str, match: Match) -> dict[str, Any]:
        """A precedent of an entity, as a note on it."""
        content = _content(match)
        said = match.precedent
        references = [
            {"source_name": said.source.name or "Source", "url": url}
            for url in (said.source.url, said.source.archive_url)
            if url
        ]
        references += [
            {"source_name": finding.publisher or "Finding", "url": finding.url, "description": finding.verdict}
            for finding in said.findings
            if finding.url
        ]
        return {
            **self._common("note", Note.generate_id(None, content)),
            "created_by_ref": self.author["id"],
            "abstract": _abstract(match),
            "content": content,
            "object_refs": [entity_id],
            "external_references": references,
        }

    def narrative(self, title: str) -> dict[str, Any]:
        """A recurring script."""
        return {
            **self._common("narrative", Narrative.generate_id(title)),
            "created_by_ref": self.author["id"],
            "name": title,
            "extensions": {_EXTENSION: {"extension_type": "new-sdo"}},
        }

    def relationship(self, source_id: str, target_id: str) -> dict[str, Any]:
        """That an entity is related to a narrative."""
        return {
            **self._common("relationship", StixCoreRelationship.generate_id("related-to", source_id, target_id)),
            "created_by_ref": self.author["id"],
            "relationship_type": "related-to",
            "source_ref": source_id,
            "target_ref": target_id,
        }

    def _common(self, kind: str, stix_id: str) -> dict[str, Any]:
        common: dict[str, Any] = {
            "type": kind, "spec_version": "2.1", "id": stix_id, "created": self._now, "modified": self._now,
        }  # fmt: skip
        return {**common, "object_marking_refs": self._markings} if self._markings else common


def _abstract(match: Match) -> str:
    said = match.precedent
    by = f" by {said.speaker}" if said.speaker else ""
    relation = "Contradicted" if match.relation == "opposes" else "Said before"
    return f"{relation}{by}{f', {said.said_at}' if said.said_at else ''}"[:250]


def _content(match: Match) -> str:
    """The note's text in Markdown, in which what somebody said is a quotation. It has no date of today's."""
    said = match.precedent
    quoted = "\n".join(f"> {_escaped(line)}" for line in said.text.splitlines())
    facts = [
        ("Speaker", said.speaker), ("Said", said.said_at), ("Source", said.source.name),
        ("Alike", (match.tier or "").replace("_", " ")),
        ("Narratives", "; ".join(one.title for one in said.narratives)),
    ]  # fmt: skip
    lines = [f"- {name}: {_escaped(value)}" for name, value in facts if value]
    lines += [
        f"- Finding: {_escaped(f'{finding.verdict} ({finding.publisher})' if finding.publisher else finding.verdict)}"
        for finding in said.findings
    ]
    explanation = [_escaped(match.explanation)] if match.explanation else []
    return "\n\n".join([quoted, "\n".join(lines), *explanation])


def _escaped(text: str) -> str:
    return "".join(
        f"\\{character}" if character in "\\`*_[]<>#|!" else character for character in " ".join(text.split())
    )
