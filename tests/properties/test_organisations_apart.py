"""Every route of the OpenAPI document, with another organisation's key and with every scope but the one it needs.

The document itself says which routes there are, what they take and which scope reaches them: a new route is tried
without a word here. What the first organisation makes is private where it can be, and carries a mark.
"""

import json
import re

import pytest
from builders import client, services
from sqlalchemy import select

from app.domain.access.keys import Scope
from app.store.all_tables import metadata

MARK = "zq7mark"
MARKED = {"text", "title", "name", "summary", "description", "verdict"}
UNKNOWN = "00000000-0000-4000-8000-000000000000"
NOTED_BY_ASKING = {("api_keys", "last_used_at"), ("archive", "sequence")}
"""What asking for anything at all may change, and anything written to the archive."""
OF_THE_OPERATOR = {"/v1/organisations", "/v1/organisations/{organisation_id}/withdrawals"}
"""Only the operator's key makes one."""
OF_EVERYBODY = {"/v1/organisations/{organisation_id}"}
"""Nothing is private about an organisation's own name, and only the operator's key looks at another."""

NAMED = {"/v1/exports": "jsonl"}
"""What stands in an address where others have an id: nothing that an organisation has, so everybody is answered, with
what is their own."""


def operations(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if path.startswith("/v1"):
                yield method, path, operation


def needed_scopes(operation):
    return [scope for security in operation["security"] for scope in next(iter(security.values()))]


def resolved(document, schema):
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def marked(value, name=None):
    """An example with the mark in all that is prose."""
    if isinstance(value, dict):
        return {key: marked(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [marked(inner, name) for inner in value]
    return f"{value} {MARK}" if isinstance(value, str) and name in MARKED else value


class Routes:
    """The routes, with bodies made of their examples and addresses made of what an organisation has."""

    def __init__(self, document):
        self.document = document
        self.ids = {}
        """Ids of what the first organisation has, by the path of the list it is in."""

    def body(self, operation, *, mark):
        """What to send: an example, private where it can be."""
        content = operation.get("requestBody", {}).get("content", {})
        if not content:
            return {}
        media_type, described = next(iter(content.items()))
        schema = resolved(self.document, described["schema"])
        if media_type != "application/json":
            [example] = [described["example"]] if "example" in described else schema["examples"]
            lines = [json.loads(line) for line in example.splitlines()]
            text = "\n".join(json.dumps(marked(line) if mark else line) for line in lines)
            return {"content": text.encode(), "headers": {"Content-Type": media_type}}
        body = dict(described["example"]) if "example" in described else self._example(schema)
        if "url" in schema.get("properties", {}) and "events" in schema["properties"]:
            body["url"] = "http://127.0.0.1:9/hook"
        if mark:
            body = marked(body)
            if "private" in schema.get("properties", {}):
                body["private"] = True
        return {"json": body}

    def _example(self, schema):
        if schema.get("examples"):
            return dict(schema["examples"][0])
        parts = {}
        for name, inner in schema.get("properties", {}).items():
            inner = resolved(
                self.document, next((one for one in inner.get("anyOf", ()) if "type" in one or "$ref" in one), inner)
            )
            if inner.get("examples"):
                parts[name] = inner["examples"][0]
        return parts

    def about(self, operation):
        """A body that names what is the first organisation's, by every field that names something; None: no field."""
        sent = self.body(operation, mark=False)
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is None:
            return None
        names = {
            "statement": self.ids.get("/v1/statements"),
            "narrative": self.ids.get("/v1/narratives"),
            "narratives": [self.ids.get("/v1/narratives")],
            "parent": self.ids.get("/v1/narratives"),
            "precedent_id": self.ids.get("/v1/statements"),
            "webhook": self.ids.get("/v1/webhooks"),
        }
        fields = set(names) & set(resolved(self.document, content["schema"]).get("properties", {}))
        if {"statement", "narrative"} <= fields:
            fields.remove("narrative")
        if "precedent_id" in fields:
            sent["json"].pop("match_id")
        return {"json": {**sent["json"], **{name: names[name] for name in fields}}} if fields else None

    def address(self, path):
        """The path with ids of what there is; those that nobody has where there is nothing."""
        filled = path
        for whole in re.finditer(r"/\{\w+\}", path):
            filled = filled.replace(whole.group(), f"/{(self.ids | NAMED).get(path[: whole.start()], UNKNOWN)}", 1)
        return filled

    def make(self, caller):
        """One of everything that a POST makes, and what follows from it."""
        flag = caller.get("/v1/flags").json()["items"][0]
        self.ids["/v1/flags"] = flag["id"]
        posts = [(path, one) for method, path, one in operations(self.document) if method == "post"]
        for path, operation in sorted(posts, key=lambda post: post[0].count("/")):
            params = (
                {"private": "true"} if "private" in {one["name"] for one in operation.get("parameters", ())} else {}
            )
            if path == "/v1/findings":
                continue
            answer = caller.post(self.address(path), params=params, **self.body(operation, mark=True))
            if answer.status_code in (201, 202) and "id" in answer.json():
                self.ids.setdefault(path, answer.json()["id"])
        finding = {"verdict": MARK, "statement": self.ids["/v1/statements"]}
        self.ids["/v1/findings"] = caller.post("/v1/findings", json=finding).json()["id"]
        bulk = {"flags": [{"id": flag["id"]}], "verdict": "dismissed", "reason": MARK}
        shared = caller.post("/v1/statements", json={"text": "Grain exports rose."}).json()["id"]
        proposal = {"statement_id": shared, "changes": {"speaker": MARK}, "reason": MARK}
        self.ids["/v1/proposals"] = caller.post("/v1/proposals", json=proposal).json()["id"]
        self.ids["/v1/bulk-reviews"] = caller.post("/v1/bulk-reviews", json=bulk).json()["id"]
        messages = "/v1/flag-views/{view_id}/messages"
        alert = {"kind": "alert", "webhook": self.ids["/v1/webhooks"]}
        self.ids[messages] = caller.post(self.address(messages), json=alert).json()["id"]
        review = {"match_id": flag["matches"][0]["id"], "verdict": "confirmed", "reason": MARK, "archive": True}
        reviews = "/v1/flags/{flag_id}/reviews"
        self.ids[reviews] = caller.post(self.address(reviews), json=review).json()["id"]
        for method, path, _ in operations(self.document):
            if method == "get" and path not in self.ids and f"{path}/{{" in str(list(self.document["paths"])):
                listed = caller.get(self.address(path)).json().get("items", [])
                if listed:
                    self.ids[path] = listed[0]["id"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    built = services(
        tmp_path_factory.mktemp("apart"),
        webhook_allowed_hosts="127.0.0.1",
        source_allowed_hosts="127.0.0.1, news.example.org",
    )
    yield built
    built.store.close()


@pytest.fixture(scope="module")
def routes(archive):
    """All routes, and an organisation that has one of everything."""
    owner = client(archive)
    found = Routes(owner.get("/openapi.json").json())
    for number in range(2):  # the second check is flagged, for the first statement is its precedent
        text = f"Militants are about to stage a chemical attack in Idlib to blame the government. {MARK}"
        owner.post("/v1/statements", json={"text": text, "said_at": f"2020-0{number + 1}", "private": True})
        owner.post("/v1/checks", json={"text": text, "said_at": "2021-05-23"})
    found.make(owner)
    assert {"/v1/checks", "/v1/statements", "/v1/narratives", "/v1/findings", "/v1/keys"} <= set(found.ids)
    return found


def rows(archive):
    """Everything in the database, by table and primary key."""
    with archive.store.engine.connect() as connection:
        return {
            (table.name, *(row[column.name] for column in table.primary_key)): {
                name: value for name, value in row.items() if (table.name, name) not in NOTED_BY_ASKING
            }
            for table in metadata.sorted_tables
            for row in connection.execute(select(table)).mappings()
        }


def gone_or_changed(before, after):
    return {key: (row, after.get(key)) for key, row in before.items() if after.get(key) != row}


def test_every_list_with_single_things_in_it_has_one_to_try(routes):
    needed = {
        path[: match.start()] for _, path, _ in operations(routes.document) for match in re.finditer(r"/\{\w+\}", path)
    } - OF_THE_OPERATOR
    assert needed - set(routes.ids) - set(NAMED) == set(), (
        "nothing was made there: these routes would be tried with no id"
    )


def test_another_organisation_reads_nothing_and_changes_nothing(archive, routes):
    stranger = client(archive, organisation="Strangers")
    before = rows(archive)
    secrets = [MARK, *routes.ids.values()]
    for method, path, operation in operations(routes.document):
        for sent in (routes.body(operation, mark=False), routes.about(operation)):
            if sent is None:
                continue
            answer = stranger.request(method, routes.address(path), **sent)
            exchange = f"{method} {path}: {answer.status_code} {answer.text[:500]}"
            assert not [one for one in secrets if one in answer.text or one in str(answer.headers)], exchange
            if "{" in path and path not in OF_EVERYBODY and path.rpartition("/{")[0] not in NAMED:
                assert answer.status_code in (403, 404, 409, 422), exchange
                assert method == "get" or answer.status_code != 409, exchange
            assert gone_or_changed(before, rows(archive)) == {}, exchange


def test_without_its_scope_a_key_of_the_organisation_itself_reads_and_changes_nothing(archive, routes):
    callers = {}
    for method, path, operation in operations(routes.document):
        scopes = frozenset(needed_scopes(operation))
        if not scopes:
            assert (method, path) in {("get", "/v1/me"), ("get", "/v1/status")}, f"{method} {path} needs no scope"
            continue
        if scopes not in callers:
            callers[scopes] = client(archive, *(other for other in Scope if other not in scopes))
        before = rows(archive)
        headers = {"Idempotency-Key": "any"}
        sent = routes.body(operation, mark=False)
        sent["headers"] = {**sent.get("headers", {}), **headers}
        answer = callers[scopes].request(method, routes.address(path), **sent)
        exchange = f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/missing-scope"), exchange
        assert MARK not in answer.text, exchange
        assert rows(archive) == before, exchange


def test_with_its_scope_alone_a_key_is_let_through(archive, routes):
    callers = {scope: client(archive, scope) for scope in Scope}
    for method, path, operation in operations(routes.document):
        if method == "get":
            for scope in needed_scopes(operation):
                params = {
                    one["name"]: MARK
                    for one in operation.get("parameters", ())
                    if one["in"] == "query" and one["required"]
                }
                answer = callers[scope].get(routes.address(path), params=params)
                assert answer.status_code in (200, 404), f"{path}: {answer.status_code} {answer.text[:500]}"
