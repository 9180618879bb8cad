"""Who calls is known before a byte of a body is read, and strangers and organisations get no more than their share."""

import asyncio
import json
import tempfile

import httpx
import pytest
from builders import STAGED, account, client, signed_in
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.web.body_limit import _UPLOADS_AT_ONCE, MOST_ANONYMOUS_BYTES

WRONG = "Bearer rfr_" + "x" * 43
WITH_BODIES = [
    ("POST", "/v1/checks"), ("POST", "/v1/checks/batch"), ("POST", "/v1/statements"), ("POST", "/v1/documents"),
    ("POST", "/v1/imports"), ("POST", "/v1/bulk-checks"), ("PATCH", "/v1/statements/x"), ("POST", "/v1/keys"),
    ("GET", "/v1/checks"), ("DELETE", "/v1/webhooks/x"), ("POST", "/v1/nothing"),
]  # fmt: skip


@pytest.fixture
def spooled(monkeypatch):
    """The temporary files that were opened for bodies."""
    opened = []
    real = tempfile.SpooledTemporaryFile

    def opening(*arguments, **options):
        opened.append(options)
        return real(*arguments, **options)

    monkeypatch.setattr("tempfile.SpooledTemporaryFile", opening)
    return opened


def caller_of(archive, **options):
    settings = {name: options.pop(name) for name in list(options) if name in Settings.model_fields}
    transport = httpx.ASGITransport(create_app(archive, Settings(**settings)))
    return httpx.AsyncClient(transport=transport, base_url="http://test", **options)


@pytest.mark.parametrize(
    "sent", [{}, {"Authorization": WRONG}, {"Authorization": "Basic eDp5"}, {"Authorization": "x"}]
)
@pytest.mark.parametrize(("method", "path"), WITH_BODIES)
def test_a_stranger_is_refused_before_the_first_byte_of_a_body(archive, spooled, method, path, sent):
    read = []

    async def body():
        read.append(1)
        yield b"["

    async def scenario():
        async with caller_of(archive) as caller:
            return await caller.request(method, path, content=body(), headers=sent)

    answer = asyncio.run(scenario())
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/unauthenticated")
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["Connection"] == "close"
    assert answer.json()["instance"] == answer.headers["X-Request-Id"]
    assert (read, spooled) == ([], [])


@pytest.mark.parametrize("body", [b"{", b"\xff", b"{}", b"x" * 9_000_000], ids=["cut", "bytes", "empty", "large"])
def test_a_bad_body_without_a_key_is_a_401(archive, body):
    assert TestClient(create_app(archive)).post("/v1/checks", content=body).status_code == 401


def test_authenticating_writes_nothing_and_when_a_key_was_used_is_stored_later(archive, clock):
    caller = client(archive)
    with archive.store.writing():  # nobody else can write now
        assert caller.get("/v1/me").status_code == 200
    with TestClient(create_app(archive, Settings(work_in_background=False))):
        pass  # the end of a service stores what is left
    with archive.store.reading() as tx:
        [key] = tx.access.keys()
    assert key.last_used_at == clock()


def test_a_form_of_a_stranger_is_small_and_that_of_a_reader_may_be_an_article(archive):
    browser = signed_in(archive)
    article = "All is well, said the minister. " * 6_000
    stranger = TestClient(
        browser.app, headers={"Accept": "text/html", "Origin": "http://testserver"}, follow_redirects=False
    )
    refused = stranger.post("/check/article", data={"article": article})
    assert (refused.status_code, refused.headers["location"][:8]) == (303, "/sign-in")
    form = {"login": "x" * MOST_ANONYMOUS_BYTES, "password": "y"}
    assert stranger.post("/sign-in", data=form).status_code == 413
    read = browser.post("/check/article", data={"article": article, "published_at": "soon"})
    assert (read.status_code, "All is well" in read.text) == (422, True)


def test_uploads_of_one_organisation_are_few_at_once_and_anothers_goes_on(archive):
    ours, theirs = client(archive).headers, client(archive, organisation="Another desk").headers
    line = json.dumps({"text": STAGED}).encode()

    async def scenario():
        release = asyncio.Event()
        begun = asyncio.Barrier(_UPLOADS_AT_ONCE + 1)

        async def slowly():
            yield line
            await begun.wait()
            await release.wait()

        async with caller_of(archive, work_in_background=False) as caller:
            calls = [
                asyncio.create_task(caller.post("/v1/imports", content=slowly(), headers=ours))
                for _ in range(_UPLOADS_AT_ONCE)
            ]
            async with asyncio.timeout(30):
                await begun.wait()
            more = await caller.post("/v1/imports", content=line, headers=ours)
            other = await caller.post("/v1/imports", content=line, headers=theirs)
            release.set()
            answers = await asyncio.gather(*calls)
            after = await caller.post("/v1/imports", content=line, headers=ours)
        return more, other, answers, after

    more, other, answers, after = asyncio.run(scenario())
    assert (more.status_code, more.json()["type"]) == (429, "/problems/too-many-at-once")
    assert int(more.headers["Retry-After"]) > 0
    assert other.status_code == 202
    assert {answer.status_code for answer in [*answers, after]} == {202}


def test_all_bodies_in_hand_are_bounded_and_leave_room_again(archive):
    ours, theirs = client(archive).headers, client(archive, organisation="Another desk").headers
    most = 16 * 1024 * 1024

    async def scenario():
        release = asyncio.Event()
        begun = asyncio.Barrier(2)

        async def slowly():
            yield b" " * (7 * 1024 * 1024)
            await begun.wait()
            await release.wait()
            yield b"{}"

        async with caller_of(archive, bodies_bytes=most, upload_bytes=8 * 1024 * 1024) as caller:
            first = asyncio.create_task(caller.post("/v1/checks", content=slowly(), headers=ours))
            async with asyncio.timeout(30):
                await begun.wait()
            large = b" " * (2 * 1024 * 1024)
            more = await caller.post("/v1/checks", content=large, headers=ours)
            chunked = await caller.post("/v1/checks", content=_in_pieces(large), headers=ours)
            other = await caller.post("/v1/checks", content=large + b"{}", headers=theirs)
            release.set()
            await first
            after = await caller.post("/v1/checks", content=large + b"{}", headers=ours)
        return [more, chunked], other, after

    refused, other, after = asyncio.run(scenario())
    for answer in refused:
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/overloaded")
        assert int(answer.headers["Retry-After"]) > 0
    assert (other.status_code, after.status_code) == (422, 422)  # read, and found to lack a text


async def _in_pieces(body):
    for start in range(0, len(body), 65_536):
        yield body[start : start + 65_536]


def test_one_organisation_takes_half_of_the_places_and_its_readers_count_with_its_keys(archive):
    ours, theirs = client(archive).headers, client(archive, organisation="Another desk").headers
    reader = signed_in(archive)
    cookie = {"Cookie": f"refrain_session={reader.cookies['refrain_session']}", "Accept": "text/html"}

    async def scenario():
        async with caller_of(archive, organisation_at_once=3) as caller:
            with archive.store.writing():  # until somebody else has written, nobody can
                body = {"text": "Words."}
                calls = [asyncio.create_task(caller.post("/v1/statements", json=body, headers=ours)) for _ in range(3)]
                await asyncio.sleep(0.5)
                own = [
                    await caller.get("/v1/me", headers=ours),
                    await caller.get("/check", headers=cookie),
                ]
                other = await caller.get("/v1/me", headers=theirs)
            answers = await asyncio.gather(*calls)
            after = await caller.get("/v1/me", headers=ours)
        return own, other, answers, after

    own, other, answers, after = asyncio.run(scenario())
    for answer in own:
        assert answer.status_code == 429
        assert int(answer.headers["Retry-After"]) > 0
    assert own[0].json()["type"] == "/problems/too-many-at-once"
    assert (other.status_code, after.status_code) == (200, 200)
    assert {answer.status_code for answer in answers} <= {200, 201}


def test_strangers_share_a_small_allotment(archive):
    user = account(archive)
    ours = client(archive).headers
    form = {"login": user.login, "password": "wrong"}
    asking = {"Origin": "http://test", "Accept": "text/html"}

    async def scenario():
        async with caller_of(archive) as caller:
            with archive.store.writing():  # a sign-in has to count the attempt first
                calls = [asyncio.create_task(caller.post("/sign-in", data=form, headers=asking)) for _ in range(12)]
                done, _ = await asyncio.wait(calls, timeout=30, return_when=asyncio.FIRST_COMPLETED)
                mine = await caller.get("/v1/me", headers=ours)
            answers = await asyncio.gather(*calls)
        return [call.result().status_code for call in done], mine, [answer.status_code for answer in answers]

    first, mine, answers = asyncio.run(scenario())
    assert set(first) == {429}
    assert mine.status_code == 200
    assert answers.count(401) <= 6


@pytest.mark.parametrize(
    ("path", "accept"),
    [("/docs", "*/*"), ("/openapi.json", "*/*"), ("/sign-in", "text/html"), ("/nothing", "text/html"),
     ("/livez", "*/*"), ("/v1/me", "*/*"), ("/v1/nothing", "*/*"), ("/problems/invalid", "*/*"), ("/", "text/html")],
)  # fmt: skip
def test_no_answer_can_be_framed_or_guessed_at(archive, path, accept):
    answer = TestClient(create_app(archive)).get(path, headers={"Accept": accept})
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer")


@pytest.mark.parametrize("path", ["/v1/me", "/sign-in", "/docs"])
@pytest.mark.parametrize("host", [b"[", b"http://[", b"a]b"])
def test_a_host_that_is_none_is_no_fault_of_ours(archive, path, host):
    caller = TestClient(create_app(archive), raise_server_exceptions=False)
    assert caller.get(path, headers={b"Host": host}).status_code < 500
