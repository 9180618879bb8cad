"""STIX bundles and MISP events that others wrote."""

import json

import pytest

from app.domain.core.dates import parse_period
from app.formats import misp, stix
from app.formats.file_format import Format
from app.formats.lines import Unreadable
from app.formats.opening import open_lines

AT = "2023-05-04T10:00:00.000Z"
NARRATIVE = {
    "type": "narrative", "spec_version": "2.1", "id": "narrative--11111111-1111-4111-8111-111111111111", "created": AT,
    "modified": AT, "name": "The West staged it", "description": "Blames the West.",
}  # fmt: skip
CHILD = {**NARRATIVE, "id": "narrative--22222222-2222-4222-8222-222222222222", "name": "Gas in Douma was staged"}
BELOW = {
    "type": "relationship", "relationship_type": "subnarrative-of", "source_ref": CHILD["id"],
    "target_ref": NARRATIVE["id"],
}  # fmt: skip
OUTLET = {"type": "identity", "id": "identity--1", "name": "Outlet", "identity_class": "organization"}
REPORT = {
    "type": "report", "id": "report--33333333-3333-4333-8333-333333333333", "name": "A staged attack", "published": AT,
    "description": "The attack in Douma was staged by rescuers.", "object_refs": [CHILD["id"]], "labels": ["syria"],
    "external_references": [{"source_name": "site", "url": "https://site.example/1"}], "created_by_ref": OUTLET["id"],
}  # fmt: skip
SIGHTING = {
    "type": "sighting", "id": "sighting--4", "sighting_of_ref": NARRATIVE["id"], "first_seen": AT,
    "description": "They staged it again.", "where_sighted_refs": [OUTLET["id"]],
}  # fmt: skip
MEDIA = {
    "type": "media-content", "id": "media-content--5", "title": "Broadcast", "content": "It was all theatre.",
    "url": "https://tv.example/5", "publication_date": "2023-05-01T00:00:00Z",
}  # fmt: skip


def bundle(*objects):
    return {"type": "bundle", "id": "bundle--1", "objects": list(objects)}


@pytest.fixture
def read(tmp_path):
    """The lines of a JSON file with this document, whose format is told from its shape."""

    def of(document):
        file = tmp_path / "file.json"
        file.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
        return [line for _, line in open_lines(file, Format.AUTO)]

    return of


def test_narratives_come_after_their_parents(read):
    child, parent = CHILD, NARRATIVE
    lines = read(bundle(child, BELOW, parent))
    assert [(line.number, line.narrative.title, line.narrative.parent) for line in lines] == [
        (3, parent["name"], None), (1, child["name"], parent["id"]),
    ]  # fmt: skip
    assert lines[0].narrative.external_id == parent["id"]
    assert lines[0].narrative.description == "Blames the West."


def test_reports_sightings_notes_and_media_become_statements(read):
    note = {
        "type": "note",
        "id": "note--6",
        "content": "Said on air.",
        "authors": ["Ivan"],
        "object_refs": [CHILD["id"]],
    }
    about = {
        "type": "relationship",
        "relationship_type": "related-to",
        "source_ref": MEDIA["id"],
        "target_ref": CHILD["id"],
    }
    lines = read(bundle(NARRATIVE, CHILD, OUTLET, REPORT, SIGHTING, MEDIA, note, about))
    drafts = {line.draft.text: line.draft for line in lines if line.draft}
    report = drafts["The attack in Douma was staged by rescuers."]
    assert (report.title, report.said_at, report.external_id) == ("A staged attack", parse_period(AT), REPORT["id"])
    assert (report.source.name, report.source.url) == ("Outlet", "https://site.example/1")
    assert [label.name for label in report.narratives] == [CHILD["id"]]
    assert report.metadata == {"keywords": ["syria"]}
    sighting = drafts["They staged it again."]
    assert (sighting.source.name, [label.name for label in sighting.narratives]) == ("Outlet", [NARRATIVE["id"]])
    assert (drafts["Said on air."].speaker, drafts["Said on air."].said_at) == ("Ivan", None)
    media = drafts["It was all theatre."]
    assert (media.title, media.source.url, media.said_at.text) == (
        "Broadcast",
        "https://tv.example/5",
        "2023-05-01T00:00:00Z",
    )
    assert [label.name for label in media.narratives] == [CHILD["id"]]


def test_what_cannot_be_read_is_rejected_by_its_place(read):
    lines = read(
        bundle(NARRATIVE, {**SIGHTING, "description": None}, {**REPORT, "published": "soon"}, {**CHILD, "name": 7.5})
    )
    assert [(line.number, line.reason.partition(" ")[0]) for line in lines if line.reason] == [
        (4, "/title"), (2, "/text"), (3, "/said_at"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "document",
    [bundle(), bundle(OUTLET, {"type": "indicator"}), {"type": "bundle", "objects": {"type": "narrative"}},
     bundle({"type": "note", "content": "A remark.", "object_refs": ["x"]}), {"Event": {"info": "Nothing"}},
     {"response": [{"Event": {}}]}],
)  # fmt: skip
def test_a_file_with_nothing_to_read_says_what_was_looked_for(read, document):
    with pytest.raises(Unreadable, match=r"file.json holds no narrative"):
        read(document)


def test_narratives_in_a_circle_are_read_once_each(read):
    back = {**BELOW, "source_ref": NARRATIVE["id"], "target_ref": CHILD["id"]}
    lines = read(bundle(NARRATIVE, CHILD, BELOW, back))
    assert sorted(line.narrative.title for line in lines) == sorted((NARRATIVE["name"], CHILD["name"]))


def attribute(relation, value, **more):
    return {"object_relation": relation, "value": value, "type": "text", **more}


STORY = {
    "name": "narrative", "uuid": "00000000-0000-4000-8000-000000000001",
    "Attribute": [attribute("narrative-summary", "Grain is stolen\nAnd sold on.")],
}  # fmt: skip
POST = {
    "name": "microblog", "uuid": "00000000-0000-4000-8000-000000000002",
    "first_seen": "2022-03-01T00:00:00.000000+00:00",
    "Attribute": [
        attribute("post", "They stole all the grain.", Tag=[{"name": "tlp:clear"}]), attribute("username", "poster"),
        attribute("link", "https://post.example/1"), attribute("archive", "https://archive.example/1"),
        attribute("language", "en"),
    ],
    "ObjectReference": [{"referenced_uuid": STORY["uuid"], "relationship_type": "mentions"}],
}  # fmt: skip
NEWS = {
    "name": "news-media", "uuid": "00000000-0000-4000-8000-000000000003",
    "Attribute": [attribute("title", "Grain gone"), attribute("source", "Outlet")],
}  # fmt: skip


@pytest.mark.parametrize("wrap", [lambda event: event, lambda event: {"response": [event]}, lambda event: [event]])
def test_an_event_has_narratives_and_what_was_said(read, wrap):
    about = {**STORY, "ObjectReference": [{"referenced_uuid": NEWS["uuid"], "relationship_type": "related-to"}]}
    narrative, post, news = read(wrap({"Event": {"info": "Grain", "Object": [POST, about, NEWS, {"name": "file"}]}}))
    assert (narrative.number, narrative.narrative.title, narrative.narrative.description) == (
        2, "Grain is stolen", "And sold on.",
    )  # fmt: skip
    draft = post.draft
    assert (draft.text, draft.speaker, draft.language) == ("They stole all the grain.", "poster", "en")
    assert (draft.source.url, draft.source.archive_url) == ("https://post.example/1", "https://archive.example/1")
    assert (draft.said_at.first_day.isoformat(), draft.external_id) == ("2022-03-01", POST["uuid"])
    assert draft.metadata == {"keywords": ["tlp:clear"]}
    assert (news.draft.text, news.draft.source.name, news.draft.said_at) == ("Grain gone", "Outlet", None)
    assert [[label.name for label in line.draft.narratives] for line in (post, news)] == [[STORY["uuid"]]] * 2


def test_named_formats_refuse_other_documents(tmp_path):
    file = tmp_path / "file.json"
    for content in (b"[]", b"7", b'"bundle"', b"{", b'{"type": ["bundle"]}', b'{"response": {"Event": 1}}'):
        file.write_bytes(content)
        for reader in (stix, misp):
            with pytest.raises(Unreadable):
                list(reader.read_statements(file))
