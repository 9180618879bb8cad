"""STIX 2.1: a bundle with OpenCTI's narratives, notes of statements and findings, sightings of narratives, opinions of
reviews, identities of speakers and sources, and DISARM's techniques. Why so: `docs/decisions/0021-exports.md`."""

from collections.abc import Iterator
from typing import Final

from app.domain.core.dates import instant
from app.domain.desk.flags import Flag
from app.domain.exports.uuids import export_uuid
from app.domain.statements.statements import NarrativeRef, Source, Statement
from app.formats.writing import stix_objects as objects
from app.formats.writing.disarm import Technique, tags_of, techniques, techniques_of
from app.formats.writing.json_text import json_array
from app.formats.writing.stix_objects import Object
from app.services.exports.export_records import Export, ExportedNarrative

_REVIEWED: Final = {"confirmed": "agree", "dismissed": "disagree"}


def write(export: Export) -> Iterator[str]:
    """The bundle, an object a line."""
    opening = f'{{"type":"bundle","id":"bundle--{export_uuid("bundle", export.identity)}","objects":'
    yield from json_array(_Bundle(export).objects(), opening, "}")


class _Bundle:
    """Objects of an export, each written once."""

    def __init__(self, export: Export):
        self._export = export
        self._narratives: dict[int, str] = {}
        self._written: set[int] = set()
        """Hashes of ids that were written, of what may be asked for again: names, links, precedents of flags."""

    def objects(self) -> Iterator[Object]:
        yield from objects.own_objects()
        for record in self._export.records:
            if isinstance(record, ExportedNarrative):
                yield from self._narrative(record)
            elif isinstance(record, Flag):
                yield from self._flag(record)
            elif isinstance(record, Statement):
                yield from self._statement(record)

    def _narrative(self, record: ExportedNarrative) -> Iterator[Object]:
        narrative = record.narrative
        written = objects.narrative_object(narrative)
        self._narratives[record.key] = written["id"]
        yield written
        if narrative.parent and narrative.parent.key in self._narratives:
            yield objects.subnarrative(written["id"], self._narratives[narrative.parent.key])
        for finding in narrative.findings:
            yield objects.finding_note(finding, written["id"], narrative.created_at)

    def _statement(self, statement: Statement) -> Iterator[Object]:
        narratives = self._of(statement.narratives)
        tags = tags_of(statement.metadata)
        used = techniques_of(tags)
        speaker, source = self._identities(statement.speaker, statement.source.name)
        yield from self._new(*speaker, *source)
        yield from self._techniques(used, narratives)
        refs = [*narratives, *(technique.stix_id for technique in used), *_ids(speaker), *_ids(source)]
        note = objects.statement_note(statement, refs, tags)
        if self._export.kind == "flags":
            self._written.add(hash(note["id"]))
        yield note
        for finding in statement.findings:
            yield objects.finding_note(finding, note["id"], statement.created_at)
        where = next(iter(_ids(source)), None)
        for narrative in narratives:
            yield objects.sighting(
                note["id"], narrative, statement.text, statement.said_at, statement.created_at, where
            )

    def _flag(self, flag: Flag) -> Iterator[Object]:
        check = flag.check
        speaker, source = self._identities(check.speaker, check.source.name if check.source else None)
        yield from self._new(*speaker, *source)
        precedents = {match.id: objects.statement_id(match.precedent.id) for match in check.matches}
        known = {match: note for match, note in precedents.items() if hash(note) in self._written}
        note = objects.stix_object(
            "note",
            export_uuid("check", check.id),
            check.created_at,
            check.created_at,
            abstract=check.summary,
            content=check.text,
            authors=[check.speaker] if check.speaker else None,
            object_refs=[*dict.fromkeys(known.values()), *_ids(speaker), *_ids(source)] or [objects.REFRAIN],
            lang=check.language.code,
            labels=["flag", *([flag.state] if flag.state else [])],
            external_references=objects.references(check.source or Source()),
            extensions=objects.extension("check"),
        )
        yield note
        for match in check.matches:
            review = match.review
            if review is None:
                continue
            about = [note["id"], *([known[match.id]] if match.id in known else [])]
            yield objects.stix_object(
                "opinion",
                export_uuid("opinion", review.id, match.id),
                review.at,
                review.at,
                opinion=_REVIEWED[review.verdict],
                explanation=review.reason,
                authors=[self._export.organisation] if self._export.organisation else None,
                object_refs=about,
            )
        yield from self._recurrence(flag, note["id"], next(iter(_ids(source)), None))

    def _recurrence(self, flag: Flag, note: str, source: str | None) -> Iterator[Object]:
        """Sightings of the narratives of confirmed precedents; what nobody confirmed is none."""
        check = flag.check
        confirmed = [
            match
            for match in check.matches
            if match.review and match.review.verdict == "confirmed" and match.relation == "repeats"
        ]
        used = [techniques()["T0003"]]
        if any(match.tier == "near_verbatim" for match in confirmed):
            used.append(techniques()["T0084"])
        narratives = self._of(tuple(ref for match in confirmed for ref in match.precedent.narratives))
        if narratives:
            yield from self._techniques(used, narratives)
        said_at = check.said_at or instant(check.created_at)
        for narrative in narratives:
            yield objects.sighting(note, narrative, check.text, said_at, check.created_at, source)

    def _of(self, refs: tuple[NarrativeRef, ...]) -> list[str]:
        """Ids of narratives that were written."""
        return list(dict.fromkeys(self._narratives[ref.key] for ref in refs if ref.key in self._narratives))

    def _identities(self, speaker: str | None, source: str | None) -> tuple[list[Object], list[Object]]:
        return (
            [objects.identity_object(speaker, "individual")] if speaker else [],
            [objects.identity_object(source, "organization")] if source else [],
        )

    def _techniques(self, used: list[Technique], narratives: list[str]) -> Iterator[Object]:
        yield from self._new(*map(objects.technique_object, used))
        links = (objects.technique_link(narrative, technique) for narrative in narratives for technique in used)
        yield from self._new(*links)

    def _new(self, *candidates: Object) -> Iterator[Object]:
        """Objects among these that were not written yet."""
        for one in candidates:
            if hash(one["id"]) not in self._written:
                self._written.add(hash(one["id"]))
                yield one


def _ids(candidates: list[Object]) -> list[str]:
    return [one["id"] for one in candidates]
