"""Narratives and statements of threat intelligence files, put into the order and the records of an import.

The readers of STIX and MISP say what is a narrative, a statement and a finding, and how they refer to each other; the
rest is the same for both.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.formats.lines import Line, Unreadable
from app.formats.record import narrative_draft, statement_draft


@dataclass(slots=True)
class ThreatRecord:
    """Narrative or statement of a file: its place, counted from 1, and its fields as an import takes them.

    `narratives` are ids of narratives in the file: those of a statement, or the parents of a narrative.
    """

    number: int
    fields: dict[str, Any]
    narratives: list[str] = field(default_factory=list)
    findings: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Name under which an import finds the narrative again."""
        return str(self.fields.get("external_id") or self.fields.get("title") or "")


def lines_of(narratives: Mapping[str, ThreatRecord], statements: Mapping[str, ThreatRecord]) -> Iterator[Line]:
    """Lines of the records, by their ids in the file: narratives after their parents, then statements."""
    written: set[str] = set()
    for one in narratives:
        yield from _narrative_lines(one, narratives, written)
    for record in statements.values():
        labels = [narratives[one].label for one in dict.fromkeys(record.narratives) if one in narratives]
        fields = {**record.fields, "narratives": [label for label in labels if label]}
        try:
            yield Line(record.number, draft=statement_draft({**fields, "findings": record.findings}))
        except Unreadable as error:
            yield Line(record.number, reason=str(error))


def _narrative_lines(one: str, narratives: Mapping[str, ThreatRecord], written: set[str]) -> Iterator[Line]:
    chain: list[str] = []
    above: str | None = one
    while above is not None and above not in written:
        written.add(above)
        chain.append(above)
        above = next((parent for parent in narratives[above].narratives if parent in narratives), None)
    for name in reversed(chain):
        record = narratives[name]
        parent = next((narratives[parent].label for parent in record.narratives if parent in narratives), None)
        fields = {**record.fields, "parent": parent, "findings": record.findings}
        try:
            yield Line(record.number, narrative=narrative_draft(fields))
        except Unreadable as error:
            yield Line(record.number, reason=str(error))
