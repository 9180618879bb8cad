"""The OpenAPI document holds together, its examples are accepted, and its pages need nobody else."""

import re

import pytest
from builders import STAGED, client, services
from starlette.testclient import TestClient

from app.main import create_app

_RECEIVER = "https://hooks.example.org/refrain"
_FEED = "https://news.example.org/feed.xml"
METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    built = services(tmp_path_factory.mktemp("openapi"))
    yield client(built)
    built.store.close()


@pytest.fixture(scope="module")
def document(served):
    return served.get("/openapi.json").json()


def operations(document):
    return [
        (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    ]


def references(node):
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for inner in node.values():
            yield from references(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from references(inner)


def resolved(document, schema):
    while "$ref" in schema:
        _, _, kind, name = schema["$ref"].split("/")
        schema = document["components"][kind][name]
    return schema


def test_the_document_is_openapi_3_1_and_every_reference_leads_somewhere(document):
    assert document["openapi"].startswith("3.1")
    assert document["info"]["title"]
    assert document["info"]["version"]
    for reference in set(references(document)):
        assert resolved(document, {"$ref": reference})


def test_every_operation_has_a_name_of_its_own_and_says_what_it_does(document):
    names = [operation.get("operationId") for _, _, operation in operations(document)]
    assert all(names)
    assert len(set(names)) == len(names)
    for method, path, operation in operations(document):
        assert operation.get("summary"), (method, path)
        assert operation.get("description"), (method, path)
        in_path = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", path))


def test_every_operation_describes_its_errors(document):
    for method, path, operation in operations(document):
        answers = operation["responses"]
        assert all(answer["description"] for answer in answers.values())
        assert any(status.startswith("2") for status in answers)
        if not path.startswith("/v1"):
            continue
        assert "401" in answers, (method, path)
        if "requestBody" in operation:
            assert {"400", "401", "403", "413", "422"} <= set(answers), (method, path)
        if "{" in path:
            assert "404" in answers, (method, path)
        for status, answer in answers.items():
            if status[0] in "45":
                [(media_type, content)] = answer["content"].items()
                assert media_type == "application/problem+json", (method, path, status)
                assert resolved(document, content["schema"])["title"] == "Problem"


def test_every_operation_of_the_api_asks_for_a_key(document):
    for method, path, operation in operations(document):
        assert bool(operation.get("security")) == path.startswith("/v1"), (method, path)
    [scheme] = document["components"]["securitySchemes"].values()
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")


def examples_of(document, schema):
    """Values that the document gives as examples of a schema: its own, or one made of those of its properties."""
    schema = resolved(document, schema)
    given = [*schema.get("examples", ()), *([schema["example"]] if "example" in schema else ())]
    if given:
        return given
    for name in ("anyOf", "oneOf", "allOf"):
        for one in schema.get(name, ()):
            if found := examples_of(document, one):
                return found
    if schema.get("type") == "object" and "properties" in schema:
        parts = {name: examples_of(document, inner) for name, inner in schema["properties"].items()}
        parts = {name: found[0] for name, found in parts.items() if found}
        missing = set(schema.get("required", ())) - set(parts)
        assert not missing, f"{schema['title']} has no example of {missing}"
        return [parts]
    if schema.get("type") == "array":
        return [[one] for one in examples_of(document, schema["items"])][:1]
    return []


def bodies(document, operation):
    """Example bodies of an operation."""
    content = next(iter(operation["requestBody"]["content"].values()))
    given = [one["value"] for one in content.get("examples", {}).values()]
    given += [content["example"]] if "example" in content else []
    return given or examples_of(document, content["schema"])


def test_every_example_of_a_request_is_accepted_when_it_is_sent(document, tmp_path):
    asked = [(method, path, one) for method, path, one in operations(document) if "requestBody" in one]
    assert len(asked) >= 6
    for number, (method, path, operation) in enumerate(asked):
        some = bodies(document, operation)
        assert some, f"{method} {path} has no example"
        built = services(
            tmp_path / str(number), webhook_allowed_hosts="hooks.example.org", source_allowed_hosts="news.example.org"
        )
        caller = client(built)
        narrative = caller.post("/v1/narratives", json={"title": "A narrative"}).json()["id"]
        said = {"text": "A statement.", "said_at": "2021-01-01"}
        statement = caller.post("/v1/statements", json=said).json()["id"]
        flag = caller.post("/v1/checks", json={"text": "A statement."}).json()
        ids = {"statement_id": statement, "narrative_id": narrative, "flag_id": flag["id"]}
        for body in some:
            body = with_ids(path, body, statement, narrative, flag["matches"][0]["id"])
            address = with_own(built, caller, path, ids)
            if path.endswith("/messages"):
                body["webhook"] = caller.get("/v1/webhooks").json()["items"][0]["id"]
            sent = {"content": body} if isinstance(body, str) else {"json": body}
            answer = client(built).request(method, address, **sent)
            assert answer.status_code in (200, 201, 202), (method, path, body, answer.text)
            assert str(answer.status_code) in operation["responses"]
            if path == "/v1/checks/batch":
                assert all("matches" in one for one in answer.json()["results"])
        built.store.close()


def with_own(built, caller, path, ids):
    """The address of something that is there; the caller's organisation runs the service."""
    me = caller.get("/v1/me").json()
    built.manage_organisations.change(me["organisation"]["id"], {"operator": True})
    whose = me["organisation"]["id"]
    if path.endswith("/withdrawals"):
        whose = built.manage_organisations.create("Another").id
    proposal = {"statement_id": ids["statement_id"], "changes": {"speaker": "Somebody"}}
    counter_examples = f"/v1/narratives/{ids['narrative_id']}/counter-examples"
    return path.format(
        **ids,
        key_id=me["key"]["id"],
        organisation_id=whose,
        proposal_id=caller.post("/v1/proposals", json=proposal).json()["id"],
        counter_example_id=caller.post(counter_examples, json={"text": "No such thing."}).json()["id"],
        webhook_id=caller.post("/v1/webhooks", json={"url": _RECEIVER, "events": ["flag.created"]}).json()["id"],
        view_id=caller.post("/v1/flag-views", json={"name": "A view", "query": ""}).json()["id"],
        source_id=caller.post("/v1/watched-sources", json={"url": _FEED}).json()["id"],
    )


def with_ids(path, body, statement, narrative, match):
    """An example with the ids that only a running archive gives, where it names other things."""
    if isinstance(body, str):
        return body
    body = dict(body)
    if "narratives" in body:
        body["narratives"] = [narrative]
    if path.startswith("/v1/narratives"):
        body.pop("parent", None)
    if path == "/v1/erasures":
        body["id"] = statement
    if path == "/v1/proposals":
        body["statement_id"] = statement
    if path == "/v1/findings":
        body.pop("narrative", None)
        body["statement"] = statement
    if path.endswith("/reviews"):
        body["match_id"] = match
    return body


def test_answers_have_the_fields_that_the_document_says(served, document):
    served.post("/v1/statements", json={"text": STAGED, "said_at": "2021-01-01"})
    answer = served.post("/v1/checks", json={"text": STAGED}).json()
    described = document["paths"]["/v1/checks"]["post"]["responses"]["201"]["content"]["application/json"]["schema"]

    def compare(value, schema):
        schema = resolved(document, schema)
        options = [resolved(document, one) for one in schema.get("anyOf", ())]
        if options:
            schema = next((one for one in options if (one.get("type") == "null") == (value is None)), schema)
        if isinstance(value, dict) and "properties" in schema:
            assert set(value) == set(schema["properties"]), schema["title"]
            for name, inner in value.items():
                compare(inner, schema["properties"][name])
        if isinstance(value, list) and "items" in schema:
            for inner in value:
                compare(inner, schema["items"])

    compare(answer, described)
    assert answer["matches"]


def test_the_pages_of_the_documentation_load_nothing_from_elsewhere(served):
    page = served.get("/docs")
    assert page.status_code == 200
    assert not re.search(r"""(src|href)\s*=\s*["']?(https?:)?//""", page.text)
    assets = re.findall(r"""(?:src|href)\s*=\s*["']([^"']+)["']""", page.text)
    assert len(assets) >= 2
    for asset in assets:
        answer = served.get(asset)
        assert answer.status_code == 200, asset
        assert answer.content


def test_the_documentation_needs_no_key(served):
    stranger = TestClient(served.app)
    for path in ("/docs", "/openapi.json"):
        assert stranger.get(path).status_code == 200


def test_what_the_document_says_of_limits_holds(document):
    schemas = document["components"]["schemas"]
    assert schemas["CheckIn"]["properties"]["text"]["maxLength"] == 5_000
    assert (schemas["CheckIn"]["properties"]["limit"]["minimum"], schemas["CheckIn"]["required"]) == (1, ["text"])
    assert schemas["BatchIn"]["properties"]["checks"]["maxItems"] == 100


def test_the_application_is_made_as_often_as_one_likes(tmp_path):
    built = services(tmp_path)
    assert create_app(built).openapi() == create_app(built).openapi()
