"""MISP expansion module: has the text of an attribute been said before?

As misp-modules has it: `handler`, `introspection` and `version`; answers in the format misp_standard.
"""

import json
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from refrain_client import Match, NarrativeRef, Refrain, RefrainError, Retries

mispattributes = {"input": ["text", "comment", "other"], "format": "misp_standard"}
moduleinfo = {
    "version": "1",
    "author": "Refrain",
    "description": "Finds earlier statements that follow the same script as a text: by whom, when, what was found.",
    "module-type": ["expansion", "hover"],
    "name": "Refrain",
    "logo": "",
    "requirements": ["refrain-client", "A key of a service of Refrain with the scope check"],
    "features": "Returns annotation objects for the precedents of a text, and narrative objects for their scripts.",
    "references": [],
    "input": "A text, comment or other attribute with a statement.",
    "output": "MISP objects: annotation, narrative.",
}
moduleconfig = ["url", "key", "max_precedents"]

_NAMESPACE = uuid5(NAMESPACE_URL, "https://github.com/MISP/misp-modules#refrain")
_ANNOTATION = ("annotation", "5d8dc046-15a1-4ca3-a09f-ed4ede7c4487", "2")
_NARRATIVE = ("narrative", "83bea299-514a-4719-a84b-f6fd0997fac1", "2")
"""Name, UUID and version of the object templates, of MISP/misp-objects."""
_LONGEST = 5_000
_MOST_PRECEDENTS = 20
_RETRIES = Retries(deadline_s=20)


def handler(q: str | bool = False) -> dict[str, Any] | bool:
    """Answers a request, which is JSON: objects, or an error in words."""
    if q is False:
        return False
    try:
        request = json.loads(q)
        attribute, config = request.get("attribute") or {}, request.get("config") or {}
        kind, value, uuid = (attribute.get(name) for name in ("type", "value", "uuid"))
        uuid = str(UUID(uuid))
        asked = int(config.get("max_precedents") or 5)
    except (AttributeError, TypeError, ValueError):
        return {"error": "The request has no attribute with type, value and uuid, or max_precedents is no number."}
    if kind not in mispattributes["input"]:
        return {"error": "Unsupported attribute type."}
    if not config.get("url") or not config.get("key"):
        return {"error": "Refrain's url and key are not configured."}
    if not isinstance(value, str) or not value.strip():
        return {"error": "The attribute is empty."}
    if len(value) > _LONGEST:
        return {"error": f"The attribute has {len(value):,} characters; Refrain takes {_LONGEST:,}."}
    most = min(max(asked, 1), _MOST_PRECEDENTS)
    try:
        with Refrain(config["url"], config["key"], retries=_RETRIES) as refrain:
            check = refrain.check(value, record=False, limit=most)
    except (RefrainError, ValueError) as error:
        return {"error": f"Refrain: {error}"}
    return {"results": {"Object": _objects(uuid, check.matches)}} if check.matches else {"results": {}}


def introspection() -> dict[str, Any]:
    """The types that it takes."""
    return mispattributes


def version() -> dict[str, Any]:
    """Description of the module, and of its configuration."""
    return {**moduleinfo, "config": moduleconfig}


def _objects(attribute_uuid: str, matches: list[Match]) -> list[dict[str, Any]]:
    precedents = [_precedent(attribute_uuid, match) for match in matches]
    narratives: dict[str, NarrativeRef] = {one.id: one for match in matches for one in match.precedent.narratives}
    return precedents + [_narrative(attribute_uuid, one, matches) for one in narratives.values()]


def _precedent(attribute_uuid: str, match: Match) -> dict[str, Any]:
    """A precedent as an annotation of the attribute."""
    said = match.precedent
    facts = [
        said.text,
        *(f"{name}: {value}" for name, value in (("Speaker", said.speaker), ("Said", said.said_at),
            ("Source", said.source.name), ("Score", f"{match.score:.2f}"), ("Alike", match.tier)) if value),
        *(f"Finding: {one.verdict}{f' ({one.publisher})' if one.publisher else ''}" for one in said.findings),
        *([match.explanation] if match.explanation else ()),
    ]  # fmt: skip
    links = [url for url in (said.source.url, *(one.url for one in said.findings)) if url]
    values = [("text", "text", "\n".join(facts)), ("type", "text", "Annotation"), ("format", "text", "text")]
    values += [("ref", "link", url) for url in dict.fromkeys(links)]
    comment = "Contradicted before" if match.relation == "opposes" else "Said before"
    return _object(_ANNOTATION, attribute_uuid, said.id, values, comment)


def _narrative(attribute_uuid: str, narrative: NarrativeRef, matches: list[Match]) -> dict[str, Any]:
    """A script that precedents follow."""
    of_it = [match.precedent for match in matches if any(one.id == narrative.id for one in match.precedent.narratives)]
    values = [("narrative-description", "text", narrative.title), ("narrative-summary", "text", narrative.title)]
    values += [("link", "link", url) for url in [one.source.url for one in of_it if one.source.url][:1]]
    return _object(_NARRATIVE, attribute_uuid, narrative.id, values, "Recurring script")


def _object(
    template: tuple[str, str, str], attribute_uuid: str, about: str, values: list[tuple[str, str, str]], comment: str
) -> dict[str, Any]:
    """An object with uuids that are the same each time, which refers to the attribute."""
    name, template_uuid, template_version = template
    uuid = uuid5(_NAMESPACE, f"{attribute_uuid}/{name}/{about}")
    attributes = [
        {
            "uuid": str(uuid5(uuid, f"{number}/{relation}/{value}")),
            "object_relation": relation,
            "type": kind,
            "value": value,
            "to_ids": False,
            "disable_correlation": kind == "text",
        }
        for number, (relation, kind, value) in enumerate(values)
    ]
    reference = {
        "uuid": str(uuid5(uuid, "reference")),
        "object_uuid": str(uuid),
        "referenced_uuid": attribute_uuid,
        "relationship_type": "related-to",
    }
    return {
        "name": name,
        "meta-category": "misc",
        "template_uuid": template_uuid,
        "template_version": template_version,
        "uuid": str(uuid),
        "comment": comment,
        "distribution": "5",
        "Attribute": attributes,
        "ObjectReference": [reference],
    }
