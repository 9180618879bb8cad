"""MISP: one event with `narrative` objects, a `news-media` object a statement, an `annotation` a finding.

What the templates have no attribute for is in each object's comment, as JSON after `refrain:`.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from app.domain.checks.checks import Check, Match
from app.domain.core.dates import Period, last_moment_of, moment_of
from app.domain.desk.flags import Flag
from app.domain.exports.uuids import export_uuid
from app.domain.statements.statements import Finding, Source, Statement
from app.formats.misp_templates import COMMENT_MARK, FINDING, NARRATIVE, STATEMENT, Template
from app.formats.writing.disarm import tags_of, techniques_of
from app.formats.writing.import_fields import (
    finding_fields,
    narrative_fields,
    narrative_label,
    statement_fields,
    without_empty,
)
from app.formats.writing.json_text import json_array, json_text
from app.services.exports.export_records import Export, ExportedNarrative

_CATEGORIES: Final = {"text": "Other", "link": "External analysis"}
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DESCRIPTIONS: Final = {
    "narrative": "Object describing a narrative.",
    "news-media": "News media are forms of mass media delivering news to the general public.",
    "annotation": "An annotation object allowing analysts to add annotations, comments, executive summary to a MISP "
    "event, objects or attributes.",
}
Object = dict[str, Any]


def write(export: Export) -> Iterator[str]:
    """The event, an object a line. Its date is that of its latest record, which is known at its end."""
    event = {
        "uuid": export_uuid("event", export.identity),
        "info": f"Refrain: {export.title}",
        "analysis": "2",
        "threat_level_id": "4",
        "distribution": "0",
        "published": False,
        "Tag": [{"name": "refrain:export"}],
    }
    objects = _Objects(export)
    opening = '{"Event":' + json_text(event)[:-1] + ',"Object":'
    yield from json_array(objects.all(), opening, "")
    yield f',"date":"{objects.latest.date().isoformat()}","timestamp":"{_seconds(objects.latest)}"' + "}}\n"


class _Objects:
    """Objects of an export; `latest` is the moment of the newest of its records so far."""

    def __init__(self, export: Export):
        self._export = export
        self._labels: dict[int, str] = {}
        self._narratives: dict[int, str] = {}
        self._precedents: set[str] = set()
        self.latest = _BEGINNING

    def all(self) -> Iterator[Object]:
        for record in self._export.records:
            if isinstance(record, ExportedNarrative):
                yield from self._narrative(record)
            elif isinstance(record, Flag):
                yield from self._flag(record)
            elif isinstance(record, Statement):
                yield from self._statement(record)

    def _narrative(self, record: ExportedNarrative) -> Iterator[Object]:
        narrative, made = record.narrative, record.narrative.created_at
        self._labels[record.key] = narrative_label(narrative)
        uuid = self._narratives[record.key] = export_uuid("misp-narrative", narrative.id)
        parent = self._narratives.get(narrative.parent.key) if narrative.parent else None
        found = narrative.findings
        values = [
            ("narrative-summary", "\n\n".join(part for part in (narrative.title, narrative.description) if part)),
            ("narrative-disproof", "\n\n".join(finding.summary or finding.verdict for finding in found)),
            ("external-references", next((finding.url for finding in found if finding.url), None)),
        ]
        fields = {**narrative_fields(narrative, self._labels), "findings": None}
        refs = [("child-of", parent, "")] if parent else []
        yield self._object(NARRATIVE, uuid, made, values, refs, comment={"narrative": without_empty(fields)})
        for finding in found:
            yield self._finding(finding, uuid, made)

    def _statement(self, statement: Statement) -> Iterator[Object]:
        uuid = _statement_uuid(statement.id)
        if self._export.kind == "flags":
            self._precedents.add(statement.id)
        tags = tags_of(statement.metadata)
        tags += [f'refrain:disarm-technique="{technique.id}"' for technique in techniques_of(tags)]
        narratives = [self._narratives[ref.key] for ref in statement.narratives if ref.key in self._narratives]
        fields = {**statement_fields(statement, self._labels), "text": None, "narratives": None, "findings": None}
        yield self._object(
            STATEMENT,
            uuid,
            statement.updated_at,
            _said(statement.text, statement.title, statement.speaker, statement.source),
            [("instance-of", narrative, "") for narrative in narratives],
            comment={"statement": without_empty(fields)},
            tags=tags,
            said_at=statement.said_at,
        )
        for finding in statement.findings:
            yield self._finding(finding, uuid, statement.created_at)

    def _finding(self, finding: Finding, about: str, made: datetime) -> Object:
        values = [("text", finding.summary or finding.verdict), ("type", "fact-check"), ("ref", finding.url)]
        uuid = export_uuid("misp-finding", finding.id or "", *map(str, finding.content))
        moment = finding.learned_at or made
        comment = {"finding": finding_fields(finding)}
        return self._object(FINDING, uuid, moment, values, [("annotates", about, "")], comment=comment)

    def _flag(self, flag: Flag) -> Iterator[Object]:
        check = flag.check
        refs = [
            ("similar", _statement_uuid(match.precedent.id), _verdict(match))
            for match in check.matches
            if match.precedent.id in self._precedents
        ]
        yield self._object(
            STATEMENT,
            export_uuid("misp-check", check.id),
            check.created_at,
            _said(check.text, None, check.speaker, check.source or Source()),
            refs,
            comment={"check": _check_fields(check, flag)},
            tags=["refrain:flag", *([f'refrain:state="{flag.state}"'] if flag.state else [])],
            said_at=check.said_at,
        )

    def _object(
        self,
        template: Template,
        uuid: str,
        moment: datetime,
        values: Sequence[tuple[str, str | None]],
        references: Sequence[tuple[str, str, str]],
        *,
        comment: dict[str, Any],
        tags: Sequence[str] = (),
        said_at: Period | None = None,
    ) -> Object:
        self.latest = max(self.latest, moment)
        timestamp = _seconds(moment)
        attributes = [
            {
                "uuid": export_uuid("attribute", uuid, relation),
                "object_relation": relation,
                "type": template.types[relation],
                "category": _CATEGORIES[template.types[relation]],
                "value": value,
                "to_ids": False,
                "disable_correlation": True,
                "distribution": "5",
                "timestamp": timestamp,
            }
            for relation, value in values
            if value
        ]
        if tags:
            attributes[0]["Tag"] = [{"name": tag} for tag in tags]
        first, last = moment_of(said_at), last_moment_of(said_at)
        return without_empty(
            {
                "uuid": uuid,
                "name": template.name,
                "meta-category": "misc",
                "description": _DESCRIPTIONS[template.name],
                "template_uuid": template.uuid,
                "template_version": template.version,
                "distribution": "5",
                "timestamp": timestamp,
                "comment": COMMENT_MARK + json_text(comment),
                "first_seen": first.isoformat(timespec="microseconds") if first else None,
                "last_seen": last.isoformat(timespec="microseconds") if last else None,
                "Attribute": attributes,
                "ObjectReference": [
                    {
                        "uuid": export_uuid("reference", uuid, relation, target),
                        "object_uuid": uuid,
                        "referenced_uuid": target,
                        "relationship_type": relation,
                        "comment": said,
                    }
                    for relation, target, said in references
                ],
            }
        )


def _said(text: str, title: str | None, speaker: str | None, source: Source) -> list[tuple[str, str | None]]:
    return [
        ("content", text), ("title", title), ("username", speaker), ("source", source.name), ("link", source.url),
        ("archive", source.archive_url),
    ]  # fmt: skip


def _check_fields(check: Check, flag: Flag) -> dict[str, Any]:
    said_at = check.said_at.text if check.said_at else None
    fields = {"said_at": said_at, "language": check.language.code, "state": flag.state, "summary": check.summary}
    return without_empty(fields)


def _verdict(match: Match) -> str:
    parts = (match.tier, match.relation, match.review.verdict if match.review else None)
    said = ", ".join(str(part) for part in parts if part)
    return f"{said}: {match.review.reason}" if match.review and match.review.reason else said


def _statement_uuid(statement_id: str) -> str:
    return export_uuid("misp-statement", statement_id)


def _seconds(moment: datetime) -> str:
    return str(int(moment.timestamp()))
