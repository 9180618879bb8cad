"""MISP events: `narrative` objects, and objects that hold what somebody said, such as `news-media` or `microblog`.

What is ours is read back as it was written. Of others a narrative's title is the first line of its summary, and
statements are under the narratives that references join them to, in either direction.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from app.domain.core import strict_json
from app.domain.core.strict_json import NotJson
from app.domain.statements.statements import LONGEST_NAME
from app.formats.json_document import parse_document
from app.formats.json_values import items, mapping, text
from app.formats.lines import Line, Unreadable
from app.formats.misp_templates import COMMENT_MARK, TEXTS
from app.formats.threat_records import ThreatRecord, lines_of

_DATES: Final = ("creation-date", "created-at", "first-seen")
_SPEAKERS: Final = ("display-name", "username", "user-name", "author", "creator", "name")
_ADDRESSES: Final = ("link", "url")


def is_event(document: Any) -> bool:
    """True for a MISP event, or for events as the server answers them."""
    return bool(_events(document))


def read_statements(path: Path) -> Iterator[Line]:
    """Lines of narratives and statements, numbered by the place of their objects. Raises `Unreadable`."""
    document = parse_document(path.read_bytes(), path.name)
    if not is_event(document):
        raise Unreadable(f'{path.name} is no MISP event: it has no "Event"')
    yield from read_events(document, path.name)


def read_events(document: Any, name: str) -> Iterator[Line]:
    """Lines of one or several events. Raises `Unreadable` where there is nothing to read in them."""
    read = _Objects([one for event in _events(document) for one in items(event.get("Object"))])
    if not read.narratives and not read.statements:
        raise Unreadable(f"{name} holds no narrative object and none of {', '.join(TEXTS)}")
    return lines_of(read.narratives, read.statements)


def _events(document: Any) -> list[Mapping[str, Any]]:
    listed = document
    if isinstance(document, Mapping):
        listed = items(document.get("response")) or [document]
    wrapped = (mapping(one).get("Event") for one in items(listed))
    return [event for event in wrapped if isinstance(event, Mapping)]


class _Objects:
    """Objects of events, by their UUIDs."""

    def __init__(self, listed: list[Any]):
        objects = [(number, one) for number, one in enumerate(listed, start=1) if isinstance(one, Mapping)]
        self.narratives: dict[str, ThreatRecord] = {}
        self.statements: dict[str, ThreatRecord] = {}
        for number, one in objects:
            own = _own(one)
            if one.get("name") == "narrative":
                self.narratives[_uuid(one, number)] = ThreatRecord(number, _narrative_fields(one, own))
            elif one.get("name") in TEXTS and "check" not in own:
                self.statements[_uuid(one, number)] = ThreatRecord(number, _statement_fields(one, own))
        for number, one in objects:
            self._link(_uuid(one, number), one)

    def _link(self, uuid: str, one: Mapping[str, Any]) -> None:
        finding = mapping(_own(one).get("finding"))
        for reference in map(mapping, items(one.get("ObjectReference"))):
            target, relation = text(reference.get("referenced_uuid")), reference.get("relationship_type")
            if target is None:
                continue
            about = self.narratives.get(target) or self.statements.get(target)
            if finding:
                if about:
                    about.findings.append(finding)
            elif uuid in self.statements and target in self.narratives:
                self.statements[uuid].narratives.append(target)
            elif uuid in self.narratives and target in self.statements:
                self.statements[target].narratives.append(uuid)
            elif uuid in self.narratives and target in self.narratives and relation == "child-of":
                self.narratives[uuid].narratives.append(target)
            elif uuid in self.narratives and target in self.narratives and relation == "parent-of":
                self.narratives[target].narratives.append(uuid)


def _narrative_fields(one: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(known := own.get("narrative"), Mapping):
        return {name: known.get(name) for name in ("title", "external_id", "description")}
    values = _values(one)
    summary = values.get("narrative-summary") or ""
    title, _, rest = summary.partition("\n")
    return {
        "title": title.strip()[:LONGEST_NAME],
        "external_id": text(one.get("uuid")),
        "description": rest.strip() or (title.strip() if len(title.strip()) > LONGEST_NAME else None),
    }


def _statement_fields(one: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    values = _values(one)
    said = next((values[name] for name in TEXTS[one["name"]] if name in values), None)
    if isinstance(known := own.get("statement"), Mapping):
        return {**known, "text": said}
    title = values.get("title")
    dates = (*(values.get(name) for name in _DATES), text(one.get("first_seen")))
    return {
        "text": said or title,
        "title": title if said else None,
        "language": values.get("language"),
        "speaker": next((values[name] for name in _SPEAKERS if name in values), None),
        "said_at": next((date for date in dates if date), None),
        "source": {
            "name": values.get("source"),
            "url": next((values[name] for name in _ADDRESSES if name in values), None),
            "archive_url": values.get("archive"),
        },
        "external_id": text(one.get("uuid")),
        "keywords": _tags(one) or None,
    }


def _values(one: Mapping[str, Any]) -> dict[str, str]:
    """The first value of each attribute of an object, by its relation."""
    found: dict[str, str] = {}
    for attribute in map(mapping, items(one.get("Attribute"))):
        relation, value = text(attribute.get("object_relation")), text(attribute.get("value"))
        if relation and value:
            found.setdefault(relation, value)
    return found


def _tags(one: Mapping[str, Any]) -> list[str]:
    tags = (
        text(mapping(tag).get("name"))
        for attribute in map(mapping, items(one.get("Attribute")))
        for tag in items(attribute.get("Tag"))
    )
    return list(dict.fromkeys(tag for tag in tags if tag))


def _own(one: Mapping[str, Any]) -> Mapping[str, Any]:
    """Our record of an object, from its comment; empty where it has none."""
    comment = one.get("comment")
    if not isinstance(comment, str) or not comment.startswith(COMMENT_MARK):
        return {}
    try:
        return mapping(strict_json.loads(comment.removeprefix(COMMENT_MARK).encode("utf-8", "replace")))
    except NotJson:
        return {}


def _uuid(one: Mapping[str, Any], number: int) -> str:
    return text(one.get("uuid")) or f"object {number}"
