"""A parameter that an address does not have is refused by name: a misspelt filter would filter nothing."""

import re

import pytest
from builders import client
from starlette.testclient import TestClient


def operations(caller):
    return [
        (method.upper(), re.sub("{.*?}", "x", path))
        for path, methods in caller.get("/openapi.json").json()["paths"].items()
        if path.startswith("/v1")
        for method in methods
    ]


def test_every_route_refuses_a_parameter_that_it_does_not_have(desk):
    refused = {}
    for method, path in operations(desk):
        body = {"content": b"x"} if path in ("/v1/imports", "/v1/bulk-checks") and method == "POST" else {}
        answer = desk.request(method, path, params={"limt": "5"}, **({"json": {}} | body if method != "GET" else {}))
        errors = answer.json().get("errors", []) if answer.status_code == 422 else []
        refused[method, path] = [error for error in errors if error.get("parameter") == "limt"]
    assert [where for where, errors in refused.items() if not errors] == []
    assert len(refused) > 50


@pytest.mark.parametrize(
    ("path", "params", "advice"),
    [
        ("/v1/checks", {"flaged": "true"}, "cursor, fields, flagged, limit"),
        ("/v1/flags", {"sate": "open"}, "state"),
        ("/v1/me", {"x": "1"}, "takes none"),
    ],
)
def test_the_known_parameters_are_named(desk, path, params, advice):
    answer = desk.get(path, params=params)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid")
    [error] = answer.json()["errors"]
    assert error["parameter"] in params
    assert advice in error["detail"]


def test_who_may_not_ask_at_all_is_refused_first(archive, desk):
    assert TestClient(desk.app).get("/v1/checks", params={"x": "1"}).status_code == 401
    assert client(archive, "write").get("/v1/checks", params={"x": "1"}).status_code == 403
