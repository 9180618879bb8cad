"""The MISP module against a running Refrain, by the contract of misp-modules: JSON in, misp_standard out."""

import importlib.util
import json
from pathlib import Path
from uuid import UUID

import jsonschema
import pytest
from builders import STAGED

from app.domain.access.keys import Scope
from refrain_client import Refrain

MODULE = Path(__file__).resolve().parents[2] / "plugins/misp/refrain.py"
ATTRIBUTE = {"type": "text", "value": STAGED, "uuid": "11111111-2222-4333-8444-555555555555"}
UUID_4 = {"type": "string", "format": "uuid"}
STANDARD = {
    "$comment": "Objects of the MISP core format: https://www.misp-standard.org/rfc/misp-standard-core.html",
    "type": "object",
    "required": ["Object"],
    "additionalProperties": False,
    "properties": {
        "Object": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "meta-category", "template_uuid", "template_version", "uuid", "Attribute"],
                "properties": {
                    "uuid": UUID_4,
                    "template_uuid": UUID_4,
                    "template_version": {"type": "string", "pattern": "^[0-9]+$"},
                    "distribution": {"enum": ["0", "1", "2", "3", "4", "5"]},
                    "Attribute": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "required": ["uuid", "object_relation", "type", "value"],
                            "properties": {
                                "uuid": UUID_4,
                                "type": {"enum": ["text", "link"]},
                                "value": {"type": "string", "minLength": 1},
                                "to_ids": {"const": False},
                            },
                        },
                    },
                    "ObjectReference": {
                        "type": "array",
                        "items": {"required": ["uuid", "object_uuid", "referenced_uuid", "relationship_type"]},
                    },
                },
            },
        }
    },
}


@pytest.fixture(scope="module")
def module():
    spec = importlib.util.spec_from_file_location("misp_refrain", MODULE)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


@pytest.fixture(scope="module")
def config(served):
    with Refrain(served.url, served.key()) as refrain:
        narrative = refrain.narratives.record("Staged attacks")
        refrain.statements.record(
            STAGED, said_at="2021-04-24", speaker="A spokesman", narratives=[narrative.id],
            source={"name": "News", "url": "https://news.example.org/1"},
            findings=[{"verdict": "False", "publisher": "Checkers", "url": "https://checkers.example.org/1"}],
        )  # fmt: skip
    return {"url": served.url, "key": served.key(Scope.CHECK)}


def test_it_says_what_it_takes_and_is(module):
    assert module.introspection() == {"input": ["text", "comment", "other"], "format": "misp_standard"}
    about = module.version()
    assert {"version", "author", "description", "module-type", "config"} <= set(about)
    assert about["module-type"] == ["expansion", "hover"]
    assert about["config"] == ["url", "key", "max_precedents"]
    assert module.handler() is False


def test_precedents_and_narratives_come_as_objects_that_refer_to_the_attribute(module, config):
    request = json.dumps({"module": "refrain", "attribute": ATTRIBUTE, "config": config})
    answer = module.handler(q=request)
    results = answer["results"]
    jsonschema.Draft202012Validator(STANDARD, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER).validate(
        results
    )
    annotation, narrative = results["Object"]
    assert (annotation["name"], narrative["name"]) == ("annotation", "narrative")
    text = annotation["Attribute"][0]["value"]
    for part in (STAGED, "Speaker: A spokesman", "Said: 2021-04-24", "Finding: False (Checkers)"):
        assert part in text
    links = [one["value"] for one in annotation["Attribute"] if one["type"] == "link"]
    assert links == ["https://news.example.org/1", "https://checkers.example.org/1"]
    assert narrative["Attribute"][0]["value"] == "Staged attacks"
    for one in results["Object"]:
        assert one["ObjectReference"][0]["referenced_uuid"] == ATTRIBUTE["uuid"]
        assert UUID(one["uuid"]).version == 5
    assert module.handler(q=request) == answer  # the same each time


def test_nothing_is_recorded_and_what_is_new_has_no_results(module, config, served):
    with Refrain(served.url, config["key"]) as refrain:
        before = [one.id for one in refrain.list_checks()]
        new = {**ATTRIBUTE, "value": "Zebras graze quietly."}
        assert module.handler(q=json.dumps({"attribute": new, "config": config})) == {"results": {}}
        assert [one.id for one in refrain.list_checks()] == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"attribute": None}, "no attribute"),
        ({"attribute": {**ATTRIBUTE, "uuid": "x"}}, "no attribute"),
        ({"attribute": {**ATTRIBUTE, "type": "ip-dst"}}, "Unsupported"),
        ({"attribute": {**ATTRIBUTE, "value": " "}}, "empty"),
        ({"attribute": {**ATTRIBUTE, "value": "x" * 5_001}}, "5,001"),
        ({"config": None}, "not configured"),
        ({"config": {"url": "ftp://x", "key": "y"}}, "no address"),
    ],
)
def test_what_is_wrong_is_said(module, config, changes, said):
    assert said in module.handler(q=json.dumps({"attribute": ATTRIBUTE, "config": config, **changes}))["error"]


def test_a_wrong_key_and_broken_json_are_said(module, config):
    wrong = {"attribute": ATTRIBUTE, "config": {**config, "key": "wrong"}}
    assert "401" in module.handler(q=json.dumps(wrong))["error"]
    assert "error" in module.handler(q="{")
    assert "error" in module.handler(q="[]")
