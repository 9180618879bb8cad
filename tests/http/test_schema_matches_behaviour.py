"""Where the OpenAPI document is exact: what it offers is taken, what it does not offer is refused."""

import pytest


@pytest.fixture
def document(desk):
    return desk.get("/openapi.json").json()


def test_an_address_names_all_the_methods_that_it_takes(desk, document):
    for path, methods in document["paths"].items():
        answer = desk.request("TRACE", path.replace("{", "").replace("}", ""))
        assert answer.status_code == 405
        batch = {"GET"} if path == "/v1/checks/batch" else set()  # there, `batch` may be the id of a check as well
        assert set(answer.headers["Allow"].split(", ")) == {method.upper() for method in methods} | batch, path
    assert "Allow" not in desk.get("/v1/nothing").headers


@pytest.mark.parametrize(
    ("schema", "fields"),
    [
        ("StatementPatch", {"text", "language", "narratives", "withdrawn"}),
        ("NarrativePatch", {"title"}),
        ("WebhookPatch", {"url", "events", "format", "narratives", "active"}),
        ("WatchedSourcePatch", {"url", "name", "read_from", "interval_minutes", "active"}),
        ("OrganisationPatch", {"name", "closed"}),
    ],
)
def test_a_patch_offers_null_for_what_may_be_emptied_and_no_default(document, schema, fields):
    described = document["components"]["schemas"][schema]["properties"]
    nullable = {name for name, one in described.items() if {"type": "null"} in one.get("anyOf", ())}
    assert set(described) - nullable == fields
    assert not any("default" in one for one in described.values())


@pytest.mark.parametrize("field", ["text", "language", "narratives", "withdrawn"])
def test_null_is_refused_for_what_may_not_be_emptied(desk, record, field):
    made = record("A statement.")
    answer = desk.patch(f"/v1/statements/{made['id']}", json={field: None})
    assert (answer.status_code, f"{field} cannot be emptied" in answer.json()["detail"]) == (422, True)


def test_a_fault_inside_a_list_that_may_be_left_out_is_pointed_at(desk, record):
    answer = desk.patch(f"/v1/statements/{record('A statement.')['id']}", json={"narratives": ["one", " "]})
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/narratives/1"]


@pytest.mark.parametrize(
    ("limit", "status"), [(2.0, 201), (50.0, 201), (2.5, 422), (0.0, 422), (51.0, 422), (True, 422)]
)
def test_a_whole_number_is_whole_however_it_is_written(desk, limit, status):
    assert desk.post("/v1/checks", json={"text": "A statement.", "limit": limit}).status_code == status


@pytest.mark.parametrize(("hours", "status"), [(0, 200), (1.5, 200), (24, 200), (False, 422), ("24", 422), (721, 422)])
def test_hours_are_numbers(desk, hours, status):
    made = desk.post("/v1/keys", json={"name": "Plugin", "scopes": ["check"]}).json()
    assert desk.post(f"/v1/keys/{made['id']}/rotate", json={"overlap_hours": hours}).status_code == status


def test_the_document_bounds_what_the_service_bounds(document):
    schemas = document["components"]["schemas"]
    limit = schemas["CheckIn"]["properties"]["limit"]
    assert (limit["type"], limit["minimum"], limit["maximum"], limit["default"]) == ("integer", 1, 50, 5)
    per_hour = schemas["KeyIn"]["properties"]["limit_per_hour"]["anyOf"][0]
    assert (per_hour["type"], per_hour["minimum"], per_hour["maximum"]) == ("integer", 1, 1_000_000_000)
    form = document["paths"]["/v1/imports"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert (form["properties"]["file"]["format"], form["additionalProperties"]) == ("binary", False)
