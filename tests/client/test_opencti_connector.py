"""The OpenCTI connector against a running Refrain, with a stand-in for the helper of pycti: no server is to be had."""

import importlib
import json
import sys
import types
from pathlib import Path
from types import SimpleNamespace
from uuid import NAMESPACE_OID, uuid5

import pytest
from builders import STAGED

from refrain_client import Refrain

SOURCE = Path(__file__).resolve().parents[2] / "plugins/opencti/src"
AMBER = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"
LEVELS = ["TLP:CLEAR", "TLP:WHITE", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]


class Helper:
    """What the connector uses of pycti's `OpenCTIConnectorHelper`, with its answers."""

    connect_scope = "Text, Media-Content,Narrative,Report,Note"

    def __init__(self):
        self.sent, self.errors = [], []
        self.connector_logger = SimpleNamespace(error=lambda message, about: self.errors.append((message, about)))

    def stix2_create_bundle(self, items):
        return json.dumps({"type": "bundle", "id": "bundle--1", "spec_version": "2.1", "objects": items})

    def send_stix2_bundle(self, bundle):
        self.sent.append(json.loads(bundle)["objects"])
        return [bundle]

    @staticmethod
    def check_max_tlp(tlp, max_tlp):
        return LEVELS.index(tlp) <= LEVELS.index(max_tlp)

    def listen(self, message_callback):
        self.callback = message_callback


def generated(kind):
    return SimpleNamespace(generate_id=lambda *parts: f"{kind}--{uuid5(NAMESPACE_OID, repr(parts))}")


@pytest.fixture(scope="module")
def connector_class():
    """The class, loaded as `python main.py` would, with a stand-in for pycti's generators of ids."""
    pycti = types.ModuleType("pycti")
    kinds = {"Identity": "identity", "Narrative": "narrative", "Note": "note", "StixCoreRelationship": "relationship"}
    for name, kind in kinds.items():
        setattr(pycti, name, generated(kind))
    sys.modules["pycti"] = pycti
    sys.path.insert(0, str(SOURCE))
    try:
        yield importlib.import_module("connector.connector").RefrainConnector
    finally:
        sys.path.remove(str(SOURCE))
        for name in [name for name in sys.modules if name == "pycti" or name.partition(".")[0] == "connector"]:
            del sys.modules[name]


@pytest.fixture(scope="module")
def refrain(served):
    with Refrain(served.url, served.key()) as one:
        narrative = one.narratives.record("Staged attacks")
        one.statements.record(
            STAGED, said_at="2021-04-24", speaker="A *spokesman*", narratives=[narrative.id],
            source={"name": "News", "url": "https://news.example.org/1"},
            findings=[{"verdict": "False", "publisher": "Checkers", "url": "https://checkers.example.org/1"}],
        )  # fmt: skip
        yield one


@pytest.fixture
def helper():
    return Helper()


@pytest.fixture
def connector(connector_class, helper, refrain):
    settings = SimpleNamespace(max_tlp_level="amber", record=False, max_precedents=5)
    return connector_class(settings, helper, refrain)


def message(entity, tlp="TLP:AMBER", **more):
    marking = {"definition_type": "TLP", "definition": tlp}
    return {
        "entity_id": entity["id"],
        "enrichment_entity": {"objectMarking": [marking] if tlp else [], "entity_type": entity["type"]},
        "stix_entity": entity,
        "stix_objects": [entity, {"type": "identity", "id": "identity--of-the-bundle"}],
        **more,
    }


TEXT = {"type": "text", "id": "text--1", "value": STAGED, "object_marking_refs": [AMBER]}


def test_the_entity_comes_back_with_its_precedents_as_notes_and_their_narratives(connector, helper):
    connector.run()
    assert helper.callback(message(TEXT)) == "Sent 1 STIX bundle(s)"
    [objects] = helper.sent
    assert objects[:2] == message(TEXT)["stix_objects"]
    by_type = {one["type"]: one for one in objects[2:]}
    note = by_type["note"]
    assert note["object_refs"] == [TEXT["id"]]
    assert f"> {STAGED}" in note["content"]
    assert "Speaker: A \\*spokesman\\*" in note["content"]
    assert "Finding: False (Checkers)" in note["content"]
    assert [one["url"] for one in note["external_references"]] == [
        "https://news.example.org/1", "https://checkers.example.org/1",
    ]  # fmt: skip
    narrative, relationship = by_type["narrative"], by_type["relationship"]
    assert narrative["name"] == "Staged attacks"
    assert narrative["extensions"]["extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba"]
    assert (relationship["source_ref"], relationship["target_ref"]) == (TEXT["id"], narrative["id"])
    for one in objects[2:]:
        assert one["object_marking_refs"] == [AMBER]
        assert one["spec_version"] == "2.1"
    ids = {one["id"] for one in objects}
    assert {note["created_by_ref"], narrative["created_by_ref"]} <= ids
    assert len(ids) == len(objects)


def test_the_same_entity_gives_the_same_ids(connector, helper):
    for _ in range(2):
        connector.process_message(message(TEXT))
    first, second = ([one["id"] for one in objects] for objects in helper.sent)
    assert first == second


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "media-content", "id": "media-content--1", "title": "T", "content": STAGED,
         "publication_date": "2021-05-23T12:00:00Z"},
        {"type": "report", "id": "report--1", "name": "A report", "description": STAGED, "published": "2021-05-23"},
        {"type": "note", "id": "note--1", "content": STAGED},
        {"type": "narrative", "id": "narrative--1", "name": STAGED},
    ],
)  # fmt: skip
def test_the_text_of_other_entities_is_found(connector, helper, entity):
    connector.process_message(message(entity))
    assert "note" in {one["type"] for one in helper.sent[0][2:]}, helper.errors


def test_a_long_text_is_read_claim_by_claim(connector, helper):
    report = {
        "type": "report", "id": "report--2", "name": "Long", "published": "2021-05-24",
        "description": f"The ministry said on Sunday: “{STAGED}” " + "The weather was fine that day. " * 200,
    }  # fmt: skip
    connector.process_message(message(report))
    assert any("> " in one.get("content", "") for one in helper.sent[0]), helper.errors


def test_what_is_above_the_highest_tlp_is_not_sent(connector, helper, monkeypatch):
    asked = []
    monkeypatch.setattr(connector.refrain, "check", lambda *_, **__: asked.append(1))
    assert "TLP:RED" in connector.process_message(message(TEXT, tlp="TLP:RED"))
    assert (asked, helper.sent) == ([], [])
    assert helper.errors


def test_without_a_precedent_or_out_of_scope_the_bundle_comes_back_unchanged(connector, helper):
    new = {**TEXT, "value": "Zebras graze quietly."}
    connector.process_message(message(new))
    assert helper.sent == [message(new)["stix_objects"]]
    address = {"type": "ipv4-addr", "id": "ipv4-addr--1", "value": "192.0.2.1"}
    connector.process_message(message(address))
    assert helper.sent[1] == message(address)["stix_objects"]
    assert "not of a type" in connector.process_message(message(address, event_type="create"))


def test_a_service_that_refuses_is_logged_and_nothing_is_sent(connector_class, helper, served):
    with Refrain(served.url, "wrong") as refrain:
        settings = SimpleNamespace(max_tlp_level="red", record=False, max_precedents=5)
        assert "401" in connector_class(settings, helper, refrain).process_message(message(TEXT))
    assert helper.sent == []
    assert helper.errors
