"""Bodies that grow when they are read, and pages that ask to be completed from elsewhere."""

import gzip
import json
import socket
import unicodedata
import zlib

import pytest
from builders import STAGED

LIMIT = 5_000


@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_packed_body_is_not_unpacked(desk, coding, pack):
    packed = pack(json.dumps({"text": STAGED, "language": " " * 50_000_000}).encode())
    assert len(packed) < 60_000
    answer = desk.post("/v1/checks", content=packed, headers={"Content-Encoding": coding})
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/not-json")


@pytest.mark.parametrize("sign", ["\ufdfa", "\u1f82", "\U0001d160", "\u0390"])
def test_a_text_that_grows_when_it_is_normalised_is_checked_as_it_is(check, sign):
    text = sign * LIMIT
    assert len(unicodedata.normalize("NFKD", text)) > LIMIT
    assert len(check(text)["text"]) == LIMIT


def test_marks_piled_on_a_letter_are_checked_as_they_are(check):
    text = "a" + "\u0301\u0316" * ((LIMIT - 1) // 2)
    assert check(text)["text"] == text


def test_nothing_that_a_page_names_is_fetched(desk):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        here = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        page = f"""<?xml version="1.0"?><!DOCTYPE html SYSTEM "{here}dtd" [
          <!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY far SYSTEM "{here}entity">]>
          <html><head><base href="{here}"><link rel="canonical" href="{here}canonical"><link rel="amphtml" href="amp">
          <meta http-equiv="refresh" content="0; url={here}next"><script src="{here}script"></script></head>
          <body><article><p>{STAGED} &file; &far;</p><img src="{here}picture"><iframe src="{here}frame"></iframe>
          </article></body></html>"""
        answer = desk.post("/v1/documents", json={"html": page, "url": f"{here}article"})
        assert answer.status_code == 201, answer.text
        assert "root:" not in answer.text
        source = {"url": f"{here}article"}
        assert desk.post("/v1/checks", json={"text": STAGED, "source": source}).status_code == 201
        findings = [{"verdict": "false", "url": f"{here}finding"}]
        statement = {"text": STAGED, "said_at": "2021", "source": source, "findings": findings}
        assert desk.post("/v1/statements", json=statement).status_code == 201
        with pytest.raises(BlockingIOError):
            listening.accept()
