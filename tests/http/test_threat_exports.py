"""STIX and MISP: valid for the libraries of those who read them, and read back as they were."""

import json
import warnings
from pathlib import Path

import pytest
import stix2
from builders import STAGED, STAGED_ELSEWHERE, client, services
from exports import exported_bytes, import_file
from stix2 import properties
from waiting import until

from app.domain.exports.formats import ExportFormat
from app.formats.stix_names import OPENCTI_EXTENSION, REFRAIN_EXTENSION
from app.formats.writing.disarm import PREEMPTIVE_ACCUSATION

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pymisp import MISPEvent, MISPObject

SAMPLE = Path(__file__).resolve().parents[2] / "sample"


@stix2.CustomObject(
    "narrative",
    [
        ("name", properties.StringProperty(required=True)),
        ("description", properties.StringProperty()),
        ("aliases", properties.ListProperty(properties.StringProperty)),
        ("narrative_types", properties.ListProperty(properties.StringProperty)),
    ],
    OPENCTI_EXTENSION,
)
class Narrative:
    """OpenCTI's narrative, as its extension defines it: with it, nothing in a bundle is custom."""


def strict(content):
    """The objects of a bundle that the library takes without custom content."""
    return stix2.parse(content, allow_custom=False).objects


def misp(content):
    """The event, once each of its objects fits the template that it names."""
    event = MISPEvent()
    event.load(json.loads(content))
    for one in event.objects:
        template = MISPObject(one.name, strict=True)
        assert (template.template_uuid, int(template.template_version)) == (
            one.template_uuid,
            int(one.template_version),
        )
        for attribute in one.attributes:
            definition = template._definition["attributes"][attribute.object_relation]
            assert definition["misp-attribute"] == attribute.type
        assert {attribute.object_relation for attribute in one.attributes} & {
            *template._definition.get("requiredOneOf", []), *template._definition.get("required", [])
        }  # fmt: skip
    return event


@pytest.fixture
def sample(tmp_path):
    """The sample archive."""
    from app.formats.file_format import Format
    from app.formats.opening import open_lines

    built = services(tmp_path / "sample")
    report = built.import_statements((file.name, line) for file, line in open_lines(SAMPLE, Format.AUTO))
    assert (report.narratives, report.rejected) == (20, [])
    yield built
    built.store.close()


@pytest.mark.parametrize("export_format", [ExportFormat.STIX, ExportFormat.MISP])
def test_the_sample_archive_comes_back_equal(sample, tmp_path, export_format):
    written = exported_bytes(sample, export_format)
    assert exported_bytes(sample, export_format) == written
    other = services(tmp_path / "other")
    report = import_file(other, tmp_path / "file.json", written)
    assert (report.narratives, report.rejected, report.outcomes["new"]) == (20, [], 149)
    assert exported_bytes(other, ExportFormat.JSONL) == exported_bytes(sample, ExportFormat.JSONL)
    again = import_file(other, tmp_path / "file.json", written)
    assert again.outcomes["unchanged"] == 149
    other.store.close()


def test_the_bundle_of_the_sample_is_strict_stix(sample):
    objects = strict(exported_bytes(sample, ExportFormat.STIX))
    assert len({one["id"] for one in objects}) == len(objects)
    kinds = [one["type"] for one in objects]
    assert kinds.count("narrative") == 20
    notes = [one for one in objects if one["type"] == "note"]
    assert sum(one["extensions"][REFRAIN_EXTENSION]["kind"] == "statement" for one in notes) == 149
    assert {"sighting", "identity", "relationship", "extension-definition"} <= set(kinds)
    defined = {one["id"] for one in objects}
    for one in objects:
        refs = [*one.get("object_refs", []), *one.get("where_sighted_refs", [])]
        refs += [one[name] for name in ("source_ref", "target_ref", "sighting_of_ref", "created_by_ref") if name in one]
        assert defined.issuperset(refs), one["id"]


def test_the_event_of_the_sample_fits_its_templates(sample):
    event = misp(exported_bytes(sample, ExportFormat.MISP))
    names = [one.name for one in event.objects]
    assert (names.count("narrative"), names.count("news-media")) == (20, 149)
    uuids = {one.uuid for one in event.objects}
    assert len(uuids) == len(names)
    assert all(reference.referenced_uuid in uuids for one in event.objects for reference in one.references)


def test_reviews_are_opinions_and_confirmed_repeats_are_sightings(desk, record, check):
    desk.post("/v1/narratives", json={"title": "Staged gas"})
    record(STAGED, "2021-01-01", narratives=["Staged gas"])
    record(STAGED_ELSEWHERE, "2021-02-01", narratives=["Staged gas"])
    checked = check(STAGED, speaker="Karpov", source={"name": "Outlet", "url": "https://outlet.example/1"})
    first, second = checked["matches"][:2]
    address = f"/v1/exports/stix?flag={checked['id']}"
    before = strict(desk.get(address).content)
    said = {one["id"] for one in before if one["type"] == "note" and one["content"] == STAGED}
    assert not any(one["type"] in ("opinion", "attack-pattern") for one in before)
    assert len([one for one in before if one["type"] == "sighting"]) == 2
    for match, verdict in ((first, "confirmed"), (second, "dismissed")):
        review = {"verdict": verdict, "match_id": match["id"], "reason": f"It is {verdict}."}
        assert desk.post(f"/v1/flags/{checked['id']}/reviews", json=review).status_code == 201
    objects = strict(desk.get(address).content)
    opinions = {one["explanation"]: one for one in objects if one["type"] == "opinion"}
    assert opinions["It is confirmed."]["opinion"] == "agree"
    assert opinions["It is dismissed."]["opinion"] == "disagree"
    assert opinions["It is confirmed."]["authors"] == ["Desk"]
    assert set(opinions["It is confirmed."]["object_refs"]) == said
    sightings = [one for one in objects if one["type"] == "sighting"]
    assert len(sightings) == 3
    assert {str(one["first_seen"])[:10] for one in sightings} == {"2021-01-01", "2021-02-01", "2021-05-23"}
    patterns = {one["external_references"][0]["external_id"] for one in objects if one["type"] == "attack-pattern"}
    assert patterns == {"T0003", "T0084"}
    event = misp(desk.get(f"/v1/exports/misp?flag={checked['id']}").content)
    [flagged] = [one for one in event.objects if '"check"' in one.comment]
    assert [reference.comment for reference in flagged.references] == [
        f"{first['tier']}, repeats, confirmed: It is confirmed.",
        f"{second['tier']}, repeats, dismissed: It is dismissed.",
    ]


def test_tags_are_techniques_of_the_pinned_list_and_never_invented_ones(archive, desk, tmp_path):
    line = {
        "text": STAGED, "date": "2021-01-01", "narratives": ["Staged gas"],
        "keywords": [PREEMPTIVE_ACCUSATION, "T0117", "T9999", "gas"],
    }  # fmt: skip
    import_file(archive, tmp_path / "lines.jsonl", json.dumps(line).encode())
    objects = strict(desk.get("/v1/exports/stix").content)
    patterns = {
        one["external_references"][0]["external_id"]: one["id"] for one in objects if one["type"] == "attack-pattern"
    }
    assert set(patterns) == {"T0003", "T0084", "T0077", "T0117"}
    assert patterns["T0003"] == "attack-pattern--9cf02828-bd4c-4b04-a9f0-bb67ec3b0493"
    [note] = [one for one in objects if one["type"] == "note"]
    assert note["labels"] == line["keywords"]
    assert set(patterns.values()) <= set(note["object_refs"])
    event = misp(desk.get("/v1/exports/misp").content)
    [content] = [one for one in event.objects[1].attributes if one.object_relation == "content"]
    tags = [tag.name for tag in content.tags]
    assert tags[:4] == line["keywords"]
    assert tags[4:] == [f'refrain:disarm-technique="{one}"' for one in ("T0003", "T0084", "T0077", "T0117")]


def test_every_field_comes_back_through_stix_and_misp(desk, record, tmp_path):
    finding = {
        "verdict": "unfounded", "publisher": "Desk of facts", "url": "https://facts.example/1", "summary": "No trace.",
        "published_at": "2021-05", "outcome": "did_not_happen", "outcome_url": "https://facts.example/2",
        "learned_at": "2021-06-01",
    }  # fmt: skip
    desk.post("/v1/narratives", json={"title": "Parent", "description": "Told\nbroadly."})
    desk.post("/v1/narratives", json={"title": "Child", "external_id": "c-1", "parent": "Parent"})
    desk.post("/v1/findings", json={"narrative": "Parent", **finding})
    record(
        STAGED, "2021-04", title="A warning", speaker="Karpov", external_id="s-1", learned_at="2021-04-25T10:00:00.5Z",
        narratives=["Child", "Parent"], findings=[finding, {"verdict": "false"}],
        source={"name": "Outlet", "url": "https://outlet.example/1", "archive_url": "https://archive.example/1"},
    )  # fmt: skip
    record("Nobody knows when, \"or\" <where>.\n\nNor 'who' -- \u202eיהוה\u202c 👩‍👩‍👧.", None)
    record("Goats are compulsory in Aruna.", None, said_before="2020-03")
    lines = desk.get("/v1/exports/jsonl").content
    assert b'"said_before":"2020-03"' in lines.replace(b": ", b":")
    for export_format in ("stix", "misp"):
        content = desk.get(f"/v1/exports/{export_format}").content
        (strict if export_format == "stix" else misp)(content)
        other = services(tmp_path / export_format)
        assert import_file(other, tmp_path / f"{export_format}.json", content).rejected == []
        assert exported_bytes(other, ExportFormat.JSONL) == lines
        other.store.close()


@pytest.mark.parametrize("export_format", ["stix", "misp"])
def test_threat_intelligence_goes_in_over_http_with_its_narratives(desk, record, tmp_path, export_format):
    desk.post("/v1/narratives", json={"title": "Parent", "external_id": "p-1", "description": "Of the West."})
    desk.post("/v1/narratives", json={"title": "Child", "external_id": "c-1", "parent": "p-1"})
    record(STAGED, "2021-04", speaker="Karpov", narratives=["Child"])
    written, lines = desk.get(f"/v1/exports/{export_format}").content, desk.get("/v1/exports/jsonl").content
    other = services(tmp_path / "other")
    with client(other) as caller:
        job = caller.post("/v1/imports", files={"file": ("a.json", written)}).json()
        done = until(lambda: (now := caller.get(f"/v1/imports/{job['id']}").json())["state"] == "done" and now)
        assert (done["counts"], done["rejected"]) == ({"new": 1}, [])
    assert exported_bytes(other, ExportFormat.JSONL) == lines
    other.store.close()
