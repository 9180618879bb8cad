"""Answers of the API are compressed for who accepts it, and pages never."""

import json

import pytest
from builders import STAGED, client, signed_in


@pytest.fixture
def answered(archive, desk, record):
    for day in range(1, 6):
        record(f"{STAGED} Day {day}.", f"2021-04-{day:02}")

    def answer(path, caller=desk, **headers):
        headers = {"Accept-Encoding": "identity", **{name.replace("_", "-"): value for name, value in headers.items()}}
        return caller.get(path, headers=headers)

    return answer


def test_an_answer_is_compressed_for_who_accepts_it(answered):
    plain = answered("/v1/statements")
    small = answered("/v1/statements", Accept_Encoding="gzip")
    assert (small.headers["Content-Encoding"], small.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert int(small.headers["Content-Length"]) < len(plain.content)
    assert small.json() == plain.json() == json.loads(plain.content)
    assert "Content-Encoding" not in plain.headers


def test_a_small_answer_is_not(answered):
    assert "Content-Encoding" not in answered("/v1/checks", Accept_Encoding="gzip").headers


def test_a_page_never_is(archive, answered):
    reader = signed_in(archive)
    page = answered("/check", reader, Accept_Encoding="gzip", Accept="text/html")
    assert page.status_code == 200
    assert "Content-Encoding" not in page.headers


def test_a_repeated_request_is_answered_from_its_key_in_either_form(archive):
    caller = client(archive)
    headers = {"Idempotency-Key": "one"}
    body = {"text": STAGED, "said_at": "2021-05-23"}
    first = caller.post("/v1/checks", json=body, headers={**headers, "Accept-Encoding": "gzip"})
    again = caller.post("/v1/checks", json=body, headers={**headers, "Accept-Encoding": "identity"})
    assert first.json() == again.json()
    assert "Content-Encoding" not in again.headers
