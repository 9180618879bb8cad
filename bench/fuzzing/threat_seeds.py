"""Small STIX bundles and MISP events, as others write them and as ours are, for fuzzing to begin from."""

import json

from app.formats.stix_names import REFRAIN_EXTENSION

_AT = "2023-05-04T10:00:00.000Z"
_OWN = {"extension_type": "property-extension"}


def bundles() -> list[bytes]:
    narrative = {
        "type": "narrative",
        "id": "narrative--1",
        "created": _AT,
        "modified": _AT,
        "name": "N",
        "description": "D",
    }
    child = {
        **narrative,
        "id": "narrative--2",
        "name": "M",
        "extensions": {REFRAIN_EXTENSION: {**_OWN, "external_id": "m"}},
    }
    objects = [
        narrative, child,
        {"type": "relationship", "relationship_type": "subnarrative-of", "source_ref": "narrative--2", "target_ref": "narrative--1"},
        {"type": "identity", "id": "identity--1", "name": "Outlet"},
        {"type": "report", "id": "report--1", "name": "R", "published": _AT, "description": "Said.", "object_refs": ["narrative--1"],
         "labels": ["a"], "external_references": [{"source_name": "s", "url": "https://s.example/"}], "created_by_ref": "identity--1"},
        {"type": "sighting", "sighting_of_ref": "narrative--2", "first_seen": _AT, "description": "Again.", "where_sighted_refs": ["identity--1"]},
        {"type": "media-content", "id": "m--1", "title": "T", "content": "C", "url": "https://m.example/", "publication_date": _AT},
        {"type": "note", "id": "note--1", "content": "Said.", "abstract": "T", "lang": "en", "authors": ["A"], "object_refs": ["narrative--2"],
         "extensions": {REFRAIN_EXTENSION: {**_OWN, "kind": "statement", "said_at": "2021-05", "metadata": {"k": [1]}}}},
        {"type": "note", "content": "No.", "object_refs": ["note--1"],
         "extensions": {REFRAIN_EXTENSION: {**_OWN, "kind": "finding", "finding": {"verdict": "false", "learned_at": _AT}}}},
    ]  # fmt: skip
    return [
        json.dumps({"type": "bundle", "id": "bundle--1", "objects": some}).encode()
        for some in (objects, objects[:4], objects[4:])
    ]


def events() -> list[bytes]:
    def attribute(relation: str, value: str) -> dict[str, object]:
        return {"object_relation": relation, "value": value, "Tag": [{"name": "t"}]}

    own = 'refrain:{"statement": {"said_at": "2021", "source": {"name": "S"}, "external_id": "1", "k": [1]}}'
    objects = [
        {"name": "narrative", "uuid": "1", "Attribute": [attribute("narrative-summary", "T\nD")]},
        {"name": "narrative", "uuid": "2", "comment": 'refrain:{"narrative": {"title": "T", "external_id": "n"}}',
         "ObjectReference": [{"referenced_uuid": "1", "relationship_type": "child-of"}]},
        {"name": "microblog", "uuid": "3", "first_seen": _AT, "Attribute": [attribute("post", "Said."), attribute("username", "u"),
         attribute("link", "https://p.example/"), attribute("language", "en"), attribute("creation-date", _AT)],
         "ObjectReference": [{"referenced_uuid": "1", "relationship_type": "mentions"}]},
        {"name": "news-media", "uuid": "4", "comment": own, "Attribute": [attribute("content", "Said."), attribute("title", "T")],
         "ObjectReference": [{"referenced_uuid": "2", "relationship_type": "instance-of"}]},
        {"name": "annotation", "uuid": "5", "comment": 'refrain:{"finding": {"verdict": "false"}}',
         "ObjectReference": [{"referenced_uuid": "4", "relationship_type": "annotates"}]},
    ]  # fmt: skip
    event = {"Event": {"info": "E", "date": "2023-05-04", "Object": objects}}
    return [json.dumps(one).encode() for one in (event, {"response": [event]}, [event])]
