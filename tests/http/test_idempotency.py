"""A POST sent again under its idempotency key is done once, whatever its route."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256

import pytest
from builders import GRAIN, STAGED, client

HEADERS = {"Idempotency-Key": "key-1"}
POSTS = [
    ("/v1/checks", {"text": STAGED}, {"text": GRAIN}),
    ("/v1/checks/batch", {"checks": [{"text": STAGED}]}, {"checks": [{"text": GRAIN}]}),
    ("/v1/statements", {"text": STAGED}, {"text": GRAIN}),
    ("/v1/narratives", {"title": "One"}, {"title": "Two"}),
]


@pytest.mark.parametrize(("path", "body", "another"), POSTS, ids=[path for path, _, _ in POSTS])
def test_a_retry_gets_the_first_answer_and_another_body_is_refused(desk, path, body, another):
    first = desk.post(path, json=body, headers=HEADERS)
    again = desk.post(path, json=body, headers=HEADERS)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["X-Request-Id"] != first.headers["X-Request-Id"]
    refused = desk.post(path, json=another, headers=HEADERS)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/idempotency-mismatch")


def test_a_key_that_was_used_at_another_address_is_refused(desk):
    assert desk.post("/v1/statements", json={"text": STAGED}, headers=HEADERS).status_code == 201
    assert desk.post("/v1/checks", json={"text": STAGED}, headers=HEADERS).status_code == 422


def test_organisations_do_not_share_idempotency_keys(archive, desk):
    first = desk.post("/v1/checks", json={"text": STAGED}, headers=HEADERS).json()
    other = client(archive, organisation="Another desk").post("/v1/checks", json={"text": GRAIN}, headers=HEADERS)
    assert (other.status_code, other.json()["text"]) == (201, GRAIN)
    assert desk.get(f"/v1/checks/{first['id']}").status_code == 200


def test_a_colleagues_key_without_the_scope_does_not_get_the_answer(archive, desk):
    assert desk.post("/v1/checks", json={"text": STAGED}, headers=HEADERS).status_code == 201
    answer = client(archive, "read").post("/v1/checks", json={"text": STAGED}, headers=HEADERS)
    assert answer.status_code == 403


def test_what_failed_is_done_when_it_is_sent_again(desk):
    body = {"text": "Words.", "narratives": ["N1"]}
    assert desk.post("/v1/statements", json=body, headers=HEADERS).status_code == 422
    desk.post("/v1/narratives", json={"title": "N1"})
    assert desk.post("/v1/statements", json=body, headers=HEADERS).status_code == 201


def test_an_answer_is_kept_for_a_day(desk, clock):
    first = desk.post("/v1/checks", json={"text": STAGED}, headers=HEADERS).json()["id"]
    clock.advance(hours=23)
    assert desk.post("/v1/checks", json={"text": STAGED}, headers=HEADERS).json()["id"] == first
    clock.advance(hours=2)
    assert desk.post("/v1/checks", json={"text": STAGED}, headers=HEADERS).json()["id"] != first
    assert desk.post("/v1/checks", json={"text": GRAIN}, headers={"Idempotency-Key": "key-2"}).status_code == 201


DRAFT = {"text": STAGED, "record": False}


def kept(archive):
    with archive.store.engine.connect() as connection:
        return connection.exec_driver_sql("SELECT * FROM answered_requests").all()


@pytest.mark.parametrize(
    ("path", "body"),
    [("/v1/checks", DRAFT), ("/v1/checks/batch", {"checks": [DRAFT, DRAFT]}), ("/v1/documents", DRAFT)],
)
def test_what_records_nothing_is_not_kept_for_a_retry_either(archive, desk, path, body):
    for _ in range(2):
        answer = desk.post(path, json=body, headers=HEADERS)
        assert answer.status_code in (200, 201)
        assert "Idempotency-Replayed" not in answer.headers
    assert kept(archive) == []


def test_a_batch_with_a_draft_in_it_is_done_once_and_its_answer_is_not_kept(archive, desk):
    body = {"checks": [DRAFT, {"text": GRAIN}]}
    first = desk.post("/v1/checks/batch", json=body, headers=HEADERS)
    again = desk.post("/v1/checks/batch", json=body, headers=HEADERS)
    assert (first.status_code, again.status_code) == (200, 409)
    assert "not to be recorded" in again.json()["detail"]
    assert len(desk.get("/v1/checks").json()["items"]) == 1
    assert STAGED not in str(kept(archive))


def test_a_secret_is_not_kept_for_a_retry(desk, archive):
    body = {"name": "Plugin", "scopes": ["check"]}
    first = desk.post("/v1/keys", json=body, headers=HEADERS)
    again = desk.post("/v1/keys", json=body, headers=HEADERS)
    assert (first.status_code, again.status_code) == (201, 409)
    assert "secret" in again.json()["detail"]
    assert len([key for key in desk.get("/v1/keys").json()["items"] if key["name"] == "Plugin"]) == 1
    with archive.store.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT body FROM answered_requests").scalars().all()
    assert kept == [None]


def test_the_same_request_from_many_at_once_is_done_once(archive, desk):
    callers = [client(archive) for _ in range(4)]
    for caller in callers:  # FastAPI builds an application's routes on its first request, and several not at once
        assert caller.get("/v1/checks").status_code == 200
    for number in range(5):
        together = threading.Barrier(len(callers))

        def send(caller, together=together, number=number):
            together.wait(10)
            headers = {"Idempotency-Key": f"at-once-{number}"}
            return caller.post("/v1/checks", json={"text": STAGED}, headers=headers)

        with ThreadPoolExecutor(len(callers)) as threads:
            answers = list(threads.map(send, callers))
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.content for answer in answers}) == 1
        assert len(desk.get("/v1/checks").json()["items"]) == number + 1


def test_a_repetition_during_a_long_answer_gets_a_conflict(archive, desk, monkeypatch):
    monkeypatch.setattr("app.web.idempotency._WAIT_S", 0.1)
    organisation = archive.manage_keys.organisation("Desk")
    with archive.store.writing() as tx:
        until = archive.manage_keys.clock() + timedelta(minutes=4)
        tx.idempotency_keys.claim(
            organisation, "key-1", _hash("/v1/checks", '{"text": "Words."}'), "other", until, until
        )
    answer = desk.post("/v1/checks", json={"text": "Words."}, headers=HEADERS)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/still-answering")
    assert int(answer.headers["Retry-After"]) > 0


def test_a_claim_that_its_process_left_behind_is_taken_over(archive, desk, clock):
    organisation = archive.manage_keys.organisation("Desk")
    now = clock()
    clock.advance(minutes=10)
    with archive.store.writing() as tx:
        request_hash = _hash("/v1/checks", '{"text": "Words."}')
        tx.idempotency_keys.claim(organisation, "key-1", request_hash, "killed", now, now.replace(year=2022))
    assert desk.post("/v1/checks", json={"text": "Words."}, headers=HEADERS).status_code == 201


def _hash(path, said):
    return sha256(f"POST {path}?\n{said}".encode()).hexdigest()
