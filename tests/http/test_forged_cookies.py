"""Cookies that we never set are no fault of ours: a page is shown, or the sign-in, and nothing of them."""

import base64
import json

import pytest
from builders import PASSWORD, signed_in
from starlette.testclient import TestClient


def notice(**fields):
    said = {"m": "sign-in-signed-out", "v": {}, "t": "good", "u": None, **fields}
    return b"refrain_notice=" + base64.urlsafe_b64encode(json.dumps(said).encode())


FORGED = {
    "bytes": b"refrain_session=\xff\xfe\xe9",
    "utf-8": "refrain_session=ключ".encode(),
    "quoted": b'refrain_session="\\377\\012x"',
    "empty": b"refrain_session=",
    "separators": b";;;=;=",
    "browser": b'refrain_browser="\\012\\015x\\000"',
    "browser bytes": b"refrain_browser=\xff\xff",
    "notice bytes": b"refrain_notice=\xff\xfe",
    "notice nested": b"refrain_notice=" + base64.urlsafe_b64encode(b"[" * 20_000),
    "notice unknown": notice(m="nothing"),
    "notice without its values": notice(m="keys-revoked"),
    "notice of odd values": notice(m="keys-revoked", v={"name": {"a": 1}}),
    "notice of no value": notice(m="keys-revoked", v={"name": None}),
    "notice of a list": notice(v=[["a", [1]]]),
    "notice of a tone": notice(t={"a": 1}),
    "notice of an odd address": notice(u=5),
}
ELSEWHERE = {"other host": "//evil.example/x", "backslash": "/\\evil.example", "scheme": "https://evil.example/"}


@pytest.fixture
def browser(archive):
    return signed_in(archive)


@pytest.mark.parametrize("cookie", FORGED.values(), ids=FORGED)
def test_a_forged_cookie_is_no_error(browser, cookie):
    session = b"; refrain_session=" + browser.cookies["refrain_session"].encode()
    stranger = TestClient(browser.app, headers={"Accept": "text/html"}, raise_server_exceptions=False)
    for path in ("/sign-in", "/", "/check"):
        for cookies in (cookie, cookie + session):
            stranger.cookies.clear()
            answer = stranger.get(path, headers={"Cookie": cookies}, follow_redirects=False)
            assert answer.status_code in (200, 303), (path, answer.status_code)
    form = {"login": browser.user.login, "password": PASSWORD}
    sending = {"Cookie": cookie, "Origin": "http://testserver"}
    stranger.cookies.clear()
    assert stranger.post("/sign-in", data=form, headers=sending, follow_redirects=False).status_code in (303, 403)


@pytest.mark.parametrize("address", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_forged_notice_sends_no_form_elsewhere(browser, address):
    session = b"; refrain_session=" + browser.cookies["refrain_session"].encode()
    stranger = TestClient(browser.app, headers={"Accept": "text/html"})
    answer = stranger.get("/check", headers={"Cookie": notice(u=address) + session})
    assert answer.status_code == 200
    assert "evil.example" not in answer.text


@pytest.mark.parametrize("header", ["Origin", "Referer", "HX-Current-URL"])
def test_an_address_that_is_none_in_a_header_is_no_error(browser, header):
    stranger = TestClient(browser.app, headers={"Accept": "text/html"}, raise_server_exceptions=False)
    sent = {"Origin": "http://testserver", "HX-Request": "true", header: "http://["}
    for method, path in (("GET", "/"), ("POST", "/sign-in"), ("POST", "/sign-out")):
        assert stranger.request(method, path, headers=sent, follow_redirects=False).status_code < 500
