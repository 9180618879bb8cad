"""Bad input: each a 4xx problem that says where and what to do."""

import asyncio
import json
import threading
import time

import httpx
import pytest
from builders import STAGED, client, services

from app.web import json_route

TOO_LONG = "x" * 5_001
SHARED = [
    ({}, "/text"),
    ({"text": ""}, "/text"),
    ({"text": " \n\t"}, "/text"),
    ({"text": "\u200b\u2060"}, "/text"),
    ({"text": TOO_LONG}, "/text"),
    ({"text": None}, "/text"),
    ({"text": 5}, "/text"),
    ({"text": ["Words."]}, "/text"),
    ({"text": "half \ud800"}, "/text"),
    ({"text": "nul \x00"}, "/text"),
    ({"text": STAGED, "txet": "x"}, "/txet"),
    ({"text": STAGED, "a/b~c": "x"}, "/a~1b~0c"),
    ({"text": STAGED, "language": "klingon"}, "/language"),
    ({"text": STAGED, "language": ""}, "/language"),
    ({"text": STAGED, "language": "x" * 36}, "/language"),
    ({"text": STAGED, "language": "e\x00n"}, "/language"),
    ({"text": STAGED, "language": 5}, "/language"),
    ({"text": STAGED, "said_at": "yesterday"}, "/said_at"),
    ({"text": STAGED, "said_at": "2021-02-30"}, "/said_at"),
    ({"text": STAGED, "said_at": ""}, "/said_at"),
    ({"text": STAGED, "said_at": 2021}, "/said_at"),
    ({"text": STAGED, "said_at": {"year": 2021}}, "/said_at"),
    ({"text": STAGED, "said_at": "0001-01-01T00:00:00+10:00"}, "/said_at"),
    ({"text": STAGED, "speaker": ""}, "/speaker"),
    ({"text": STAGED, "speaker": "x" * 501}, "/speaker"),
    ({"text": STAGED, "source": {"name": "x" * 501}}, "/source/name"),
    ({"text": STAGED, "source": {"url": "https://" + "x" * 2_000}}, "/source/url"),
    ({"text": STAGED, "speaker": "\udfff"}, "/speaker"),
    ({"text": STAGED, "source": "Outlet"}, "/source"),
    ({"text": STAGED, "source": {"nmae": "Outlet"}}, "/source/nmae"),
    ({"text": STAGED, "source": {"url": "javascript:alert(1)"}}, "/source/url"),
    ({"text": STAGED, "source": {"name": "\x00"}}, "/source/name"),
]
OF_CHECKS = [
    ({"text": STAGED, "known_at": "soon"}, "/known_at"),
    ({"text": STAGED, "limit": 0}, "/limit"),
    ({"text": STAGED, "limit": 51}, "/limit"),
    ({"text": STAGED, "limit": "5"}, "/limit"),
    ({"text": STAGED, "limit": 2.5}, "/limit"),
    ({"text": STAGED, "limit": True}, "/limit"),
    ({"text": STAGED, "limit": 10**30}, "/limit"),
    ({"text": STAGED, "minimum_tier": "best"}, "/minimum_tier"),
    ({"text": STAGED, "earlier_only": "false"}, "/earlier_only"),
    ({"text": STAGED, "record": 1}, "/record"),
]
OF_STATEMENTS = [
    ({"text": STAGED, "title": " "}, "/title"),
    ({"text": STAGED, "learned_at": "later"}, "/learned_at"),
    ({"text": STAGED, "external_id": ""}, "/external_id"),
    ({"text": STAGED, "external_id": "x" * 501}, "/external_id"),
    ({"text": STAGED, "external_id": 5}, "/external_id"),
    ({"text": STAGED, "narratives": "N1"}, "/narratives"),
    ({"text": STAGED, "narratives": [""]}, "/narratives/0"),
    ({"text": STAGED, "narratives": ["x"] * 51}, "/narratives"),
    ({"text": STAGED, "findings": [{}]}, "/findings/0/verdict"),
    ({"text": STAGED, "findings": [{"verdict": "false", "url": "x"}]}, "/findings/0/url"),
    ({"text": STAGED, "findings": [{"verdict": "false", "published_at": "x"}]}, "/findings/0/published_at"),
    ({"text": STAGED, "metadata": {}}, "/metadata"),
]
CASES = [
    *(("/v1/checks", *case) for case in SHARED + OF_CHECKS),
    *(("/v1/statements", *case) for case in SHARED + OF_STATEMENTS),
    ("/v1/narratives", {}, "/title"),
    ("/v1/narratives", {"title": "T", "parent": "\x00"}, "/parent"),
    ("/v1/findings", {"statement": "x"}, "/verdict"),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """One caller for all: what is refused leaves nothing behind."""
    built = services(tmp_path_factory.mktemp("bad-input"))
    yield client(built)
    built.store.close()


def problem(answer, status):
    """The problem of an answer, which has all that one has to have."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["type"].startswith("/problems/")
    assert body["title"]
    assert body["detail"]
    assert body["instance"] == answer.headers["x-request-id"]
    return body


@pytest.mark.parametrize(("path", "body", "pointer"), CASES)
def test_a_wrong_field_is_pointed_at(desk, path, body, pointer):
    answer = desk.post(path, content=json.dumps(body))  # escapes what UTF-8 cannot hold
    found = problem(answer, 422)
    assert [one["pointer"] for one in found["errors"]] == [pointer]
    assert found["errors"][0]["detail"]


def test_every_wrong_field_is_pointed_at(desk):
    answer = desk.post("/v1/checks", json={"text": "", "said_at": "x", "limit": 0, "more": 1})
    assert {one["pointer"] for one in problem(answer, 422)["errors"]} == {"/text", "/said_at", "/limit", "/more"}


@pytest.mark.parametrize("body", ["[]", '"text"', "null", "5", "true"])
@pytest.mark.parametrize("path", ["/v1/checks", "/v1/checks/batch", "/v1/statements", "/v1/narratives", "/v1/findings"])
def test_json_that_is_no_object_is_refused(desk, path, body):
    found = problem(desk.post(path, content=body), 422)
    assert [one["pointer"] for one in found["errors"]] == [""]


@pytest.mark.parametrize(
    "body",
    [b"", b" ", b"{", b'{"text": "Words."', b"text=Words.", b"<text>Words.</text>", b'{"text": "W\xf6rds."}',
     '{"text": "Words."}'.encode("utf-16"), '{"text": "Words."}'.encode("utf-32"), b'{"text": "Words.", "limit": NaN}',
     b'{"text": "Words.", "limit": Infinity}', b'{"text": "Words.", "limit": -1e999}', b"{'text': 'Words.'}",
     b'{"text": "Words.", "limit": ' + b"1" * 5_000 + b"}", b'{"text": "Words."} {}', b'"\xed\xa0\x80"',
     b"[" * 100_000, b'{"a":' * 900 + b"1" + b"}" * 900],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/v1/checks", "/v1/statements"])
def test_what_is_not_json_in_utf8_is_refused(desk, path, body):
    assert problem(desk.post(path, content=body), 400)["type"] == "/problems/not-json"


def test_a_byte_order_mark_or_another_content_type_is_no_harm(desk):
    body = b"\xef\xbb\xbf" + json.dumps({"text": STAGED}).encode()
    for content_type in ("application/json", "text/plain", "application/x-www-form-urlencoded", ""):
        assert desk.post("/v1/checks", content=body, headers={"Content-Type": content_type}).status_code == 201


def test_a_text_of_exactly_the_limit_is_taken_whatever_its_script(desk):
    for character in ("x", "ж", "𝄞"):
        answer = desk.post("/v1/checks", json={"text": f"  {character * 5_000} "})
        assert answer.status_code == 201
        assert answer.json()["text"] == character * 5_000


def test_what_was_sent_is_not_repeated_in_the_answer(desk):
    secret = "an embargoed sentence"
    for body in ({"text": secret * 500}, {"text": secret, "said_at": secret}, {"text": secret, "limit": secret}):
        assert secret not in desk.post("/v1/checks", json=body).text


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("path", ["/v1/checks", "/v1/checks/batch", "/v1/statements"])
def test_a_body_over_the_limit_is_a_413(desk, path, chunked):
    large = b'{"text": "' + b"x" * 8 * 1024 * 1024 + b'"}'
    body = iter([large[:1_000_000], large[1_000_000:]]) if chunked else large
    assert problem(desk.post(path, content=body), 413)["type"] == "/problems/too-large"


def test_a_full_batch_of_the_longest_texts_is_not_too_large(desk):
    answer = desk.post("/v1/checks/batch", content=json.dumps({"checks": [{"text": "ж" * 5_000}] * 100}))
    assert answer.status_code == 200
    assert all("matches" in one for one in answer.json()["results"])


NESTED = b"[" * (8 * 1024 * 1024 - 100)
HALVES = b'{"text": [' + b'"\\ud800",' * 900_000 + b'"\\ud800"]}'
FEW_HALVES = b'{"text": [' + b'"\\ud800",' * 40_000 + b'"\\ud800"]}'
LONG_NAMES = json.dumps({f"{number}{'x' * 200_000}": 1 for number in range(30)}).encode()
WRONG_ITEMS = json.dumps({"text": STAGED, **{f"wrong{number}": number for number in range(40_000)}}).encode()


@pytest.mark.parametrize("path", ["/v1/checks", "/v1/statements", "/v1/checks/batch", "/v1/documents"])
@pytest.mark.parametrize(
    ("body", "status"),
    [(NESTED, 400), (b'{"a":' * 1_000_000, 400), (HALVES, 400), (b"[1" + b",1" * 4_000_000 + b"]", 400),
     (FEW_HALVES, 422), (LONG_NAMES, 422), (WRONG_ITEMS, 422)],
    ids=["nested", "nested objects", "halves", "many", "fewer halves", "long names", "unknown names"],
)  # fmt: skip
def test_a_body_made_to_cost_is_refused_with_a_short_answer(desk, path, body, status):
    answer = desk.post(path, content=body)
    found = problem(answer, status)
    assert len(answer.content) < 64 * 1024
    assert len(found.get("errors", [])) <= 21
    if status == 422 and len(found["errors"]) == 21:
        assert "more faults" in found["errors"][-1]["detail"]


def test_the_items_of_a_batch_say_their_faults_as_shortly(desk):
    items = [{"text": STAGED, **{f"wrong{number}": number for number in range(400)}}] * 100
    answer = desk.post("/v1/checks/batch", json={"checks": items})
    assert answer.status_code == 200
    assert all(len(result["errors"]) == 21 for result in answer.json()["results"])


def test_the_service_answers_while_a_large_body_is_parsed(desk):
    """A body that costs a second to parse is parsed in a thread."""
    parsing = threading.Event()
    real = json_route.loads

    def slowly(raw):
        parsing.set()
        time.sleep(1)
        return real(raw)

    async def scenario():
        transport = httpx.ASGITransport(desk.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test", headers=desk.headers) as caller:
            large = asyncio.create_task(caller.post("/v1/checks", content=b" " * 1_000_000 + b"{}"))
            await asyncio.to_thread(parsing.wait, 20)
            alive = await caller.get("/livez")
            return alive.status_code, large.done(), (await large).status_code

    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(json_route, "loads", slowly)
        assert asyncio.run(scenario()) == (200, False, 422)


def test_a_line_made_to_cost_is_rejected_with_a_short_reason(desk, tmp_path_factory):
    built = services(tmp_path_factory.mktemp("costly-lines"))
    caller = client(built)
    lines = [
        b"[" * 900_000,
        b'{"text": "x", "a": ' + b"[" * 100 + b"]" * 100 + b"}",
        b'{"text": [' + b'"\\ud800",' * 40_000 + b'"x"]}',
        json.dumps({"text": STAGED, **{f"{number}{'x' * 3_000}": 1 for number in range(200)}}).encode(),
    ]
    for kind, listed in (("imports", "rejected"), ("bulk-checks", "results")):
        job = caller.post(f"/v1/{kind}", content=b"\n".join(lines)).json()
        number = 0
        while caller.get(f"/v1/{kind}/{job['id']}").json()["state"] not in ("done", "failed"):
            built.run_jobs(job["id"], number)
            number += 1
            assert number < 20
        answer = caller.get(f"/v1/{kind}/{job['id']}/{listed}")
        assert answer.status_code == 200
        assert len(answer.content) < 64 * 1024
        assert "nested too deeply" in answer.text
    built.store.close()


@pytest.mark.parametrize(("method", "path"), [("get", "/v1"), ("get", "/nothing"), ("post", "/v1/checks/x/y")])
def test_an_address_that_is_none_is_a_404(desk, method, path):
    assert problem(desk.request(method, path), 404)["type"] == "/problems/not-found"


@pytest.mark.parametrize(("method", "path"), [("put", "/v1/checks"), ("delete", "/v1/checks"), ("post", "/livez")])
def test_a_method_that_is_none_is_a_405(desk, method, path):
    answer = desk.request(method, path)
    assert problem(answer, 405)["type"] == "/problems/method-not-allowed"
    assert answer.headers["Allow"]


def test_every_problem_type_has_a_page(desk):
    for slug in ("not-json", "unauthenticated", "missing-scope", "not-found", "too-large", "invalid", "overloaded"):
        assert desk.get(f"/problems/{slug}").status_code == 200
    assert desk.get("/problems/nothing").status_code == 404
