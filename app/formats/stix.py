"""STIX 2.1 bundles: narratives (OpenCTI's), and what says or sights them: notes, reports, sightings and media contents.

What is ours is read back as it was written. Of others, reports, notes that refer to a narrative, sightings of one and
media contents become statements; notes of no narrative are remarks, and stay out.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from app.formats.json_document import parse_document
from app.formats.json_values import items, mapping, text, texts
from app.formats.lines import Line, Unreadable
from app.formats.stix_names import REFRAIN_EXTENSION, SUBNARRATIVE_OF
from app.formats.threat_records import ThreatRecord, lines_of

_DERIVED: Final = ("recurrence", "check", "technique")
_NOTHING: Final = "holds no narrative, report, note or sighting of a narrative, and no media content"


def is_bundle(document: Any) -> bool:
    """True for a STIX bundle."""
    return isinstance(document, Mapping) and document.get("type") == "bundle"


def read_statements(path: Path) -> Iterator[Line]:
    """Lines of narratives and statements, numbered by their place in `objects`. Raises `Unreadable`."""
    document = parse_document(path.read_bytes(), path.name)
    if not is_bundle(document):
        raise Unreadable(f'{path.name} is no STIX bundle: it has no "type": "bundle"')
    yield from read_bundle(document, path.name)


def read_bundle(document: Mapping[str, Any], name: str) -> Iterator[Line]:
    """Lines of a bundle. Raises `Unreadable` where there is nothing to read in it."""
    bundle = _Bundle(document)
    if not bundle.narratives and not bundle.statements:
        raise Unreadable(f"{name} {_NOTHING}")
    return lines_of(bundle.narratives, bundle.statements)


class _Bundle:
    """Objects of a bundle, by their ids."""

    def __init__(self, document: Mapping[str, Any]):
        numbered = enumerate(items(document.get("objects")), start=1)
        listed = [(number, one) for number, one in numbered if isinstance(one, Mapping)]
        self._names = {
            str(one.get("id")): name
            for _, one in listed
            if one.get("type") == "identity" and (name := text(one.get("name")))
        }
        self.narratives: dict[str, ThreatRecord] = {}
        self.statements: dict[str, ThreatRecord] = {}
        for number, one in listed:
            if one.get("type") == "narrative":
                self.narratives[_id(one, number)] = self._narrative(number, one)
        for number, one in listed:
            if record := self._statement(number, one):
                self.statements[_id(one, number)] = record
        for _, one in listed:
            self._link(one)

    def _narrative(self, number: int, one: Mapping[str, Any]) -> ThreatRecord:
        own = _own(one)
        external_id = own.get("external_id") if own else text(one.get("id"))
        fields = {"title": one.get("name"), "external_id": external_id, "description": one.get("description")}
        return ThreatRecord(number, fields)

    def _statement(self, number: int, one: Mapping[str, Any]) -> ThreatRecord | None:
        own, refs = _own(one), texts(one.get("object_refs"))
        narratives = [ref for ref in refs if ref in self.narratives]
        match one.get("type"):
            case "note" if own.get("kind") == "statement":
                return ThreatRecord(number, self._own_fields(one, own), narratives)
            case _ if own.get("kind") in (*_DERIVED, "finding"):
                return None
            case "note" if narratives:
                said = {"text": one.get("content"), "title": one.get("abstract"), "said_at": None}
                return ThreatRecord(number, self._fields(one, said), narratives)
            case "report" if narratives or text(one.get("description")):
                described = text(one.get("description"))
                said = {"text": described or one.get("name"), "title": one.get("name") if described else None}
                said["said_at"] = one.get("published")
                return ThreatRecord(number, self._fields(one, said), narratives)
            case "sighting" if (narrative := text(one.get("sighting_of_ref"))) in self.narratives:
                said = {"text": one.get("description"), "said_at": one.get("first_seen") or one.get("last_seen")}
                return ThreatRecord(number, self._fields(one, said), [narrative] if narrative else [])
            case "media-content":
                said = {"text": one.get("content") or one.get("title"), "said_at": one.get("publication_date")}
                said |= {"title": one.get("title") if one.get("content") else None, "url": one.get("url")}
                return ThreatRecord(number, self._fields(one, said), narratives)
        return None

    def _own_fields(self, one: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
        """Fields of a statement of ours."""
        authors, [url, archive_url] = texts(one.get("authors")), _addresses(one)
        fields = {
            "text": one.get("content"),
            "title": one.get("abstract"),
            "language": one.get("lang"),
            "speaker": authors[0] if authors else None,
            "said_at": own.get("said_at"),
            "said_before": own.get("said_before"),
            "learned_at": own.get("learned_at"),
            "source": {"name": own.get("source"), "url": url, "archive_url": archive_url},
            "external_id": own.get("external_id"),
        }
        return {**mapping(own.get("metadata")), **fields}

    def _fields(self, one: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
        """Fields of a statement of others, for what they `said`."""
        authors, [url, archive_url] = texts(one.get("authors")), _addresses(one)
        where = [self._names.get(ref) for ref in texts(one.get("where_sighted_refs"))]
        made_by = self._names.get(str(one.get("created_by_ref")))
        return {
            "keywords": texts(one.get("labels")) or None,
            "language": one.get("lang"),
            "speaker": authors[0] if authors else None,
            "source": {
                "name": next((name for name in (*where, made_by) if name), None),
                "url": said.get("url") or url,
                "archive_url": archive_url,
            },
            "external_id": text(one.get("id")),
            **{name: value for name, value in said.items() if name != "url"},
        }

    def _link(self, one: Mapping[str, Any]) -> None:
        """Adds what relationships and findings say of other objects."""
        if one.get("type") == "relationship":
            source, target = self._of(one.get("source_ref")), self._of(one.get("target_ref"))
            from_narrative, to_narrative = text(one.get("source_ref")), text(one.get("target_ref"))
            if source and to_narrative in self.narratives and to_narrative:
                if from_narrative in self.narratives and one.get("relationship_type") != SUBNARRATIVE_OF:
                    return
                source.narratives.append(to_narrative)
            elif target and from_narrative in self.narratives and from_narrative:
                target.narratives.append(from_narrative)
        elif one.get("type") == "note" and (own := _own(one)).get("kind") == "finding":
            for about in map(self._of, texts(one.get("object_refs"))):
                if about and (finding := mapping(own.get("finding"))):
                    about.findings.append(finding)

    def _of(self, ref: Any) -> ThreatRecord | None:
        return self.narratives.get(ref) or self.statements.get(ref) if isinstance(ref, str) else None


def _id(one: Mapping[str, Any], number: int) -> str:
    return text(one.get("id")) or f"object {number}"


def _own(one: Mapping[str, Any]) -> Mapping[str, Any]:
    """Our extension of an object; empty where it has none."""
    return mapping(mapping(one.get("extensions")).get(REFRAIN_EXTENSION))


def _addresses(one: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Addresses of the page and of its archived copy."""
    url = archive_url = None
    for reference in map(mapping, items(one.get("external_references"))):
        if reference.get("source_name") == "archived copy":
            archive_url = archive_url or text(reference.get("url"))
        else:
            url = url or text(reference.get("url"))
    return url, archive_url
