"""`/v1/imports` and `/v1/bulk-checks`: many lines at once, worked on in the background."""

import json
import logging

import pytest
from builders import GRAIN, STAGED, client, services
from waiting import until

from app.domain.access.keys import Scope
from app.domain.jobs.jobs import LONGEST_LINE
from app.main import create_app
from app.settings import Settings


@pytest.fixture
def working(archive):
    """A caller of a service that works in the background too."""
    with client(archive) as caller:
        yield caller


def until_ended(caller, address):
    return until(lambda: (job := caller.get(address).json())["state"] in ("done", "cancelled", "failed") and job)


def jsonl(*records):
    return "".join(json.dumps(one) + "\n" for one in records)


LINES = {"content-type": "application/x-ndjson"}


@pytest.mark.parametrize("how", ["lines", "form", "curl"])
def test_a_file_is_read_in_the_background_and_its_progress_can_be_asked_for(working, how):
    content = jsonl({"id": "1", "text": STAGED, "date": "2021-01-01"}, {"id": "2"}, {"id": "3", "text": GRAIN})
    sent = {
        "lines": {"content": content, "headers": LINES},
        "form": {"files": {"file": ("corpus.jsonl", content)}},
        "curl": {"content": content, "headers": {"content-type": "application/x-www-form-urlencoded"}},
    }[how]
    answer = working.post("/v1/imports", **sent)
    assert answer.status_code == 202, answer.text
    begun = answer.json()
    assert answer.headers["location"] == f"/v1/imports/{begun['id']}"
    assert (begun["state"], begun["lines"]) == ("queued", 3)
    assert begun["name"] == ("corpus.jsonl" if how == "form" else None)
    done = until_ended(working, f"/v1/imports/{begun['id']}")
    assert (done["state"], done["done"], done["counts"]) == ("done", 3, {"new": 2, "rejected": 1})
    assert done["rejected"] == [{"line": 2, "reason": "/text is missing: it has to be there"}]
    assert done["expires_at"] > done["finished_at"] >= done["started_at"] >= done["created_at"]
    check = working.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}).json()
    assert [match["precedent"]["external_id"] for match in check["matches"]] == ["1"]
    [listed] = working.get("/v1/imports").json()["items"]
    assert listed == {name: value for name, value in done.items() if name != "rejected"}


@pytest.mark.parametrize("line", ["no json", "x" * (LONGEST_LINE + 1)])
def test_the_end_of_a_job_whose_every_line_is_rejected_is_logged(working, caplog, line):
    with caplog.at_level(logging.INFO, logger="refrain.jobs"):
        begun = working.post("/v1/imports", content=f"{line}\n" * 2).json()
        until_ended(working, f"/v1/imports/{begun['id']}")
        ended = until(lambda: [record for record in caplog.records if record.getMessage() == "job ended"])
    [said] = [(record.job_id, record.state, record.lines, record.counts) for record in ended]
    assert said == (begun["id"], "done", 2, {"rejected": 2})


def test_every_rejected_line_is_listed_page_by_page(working):
    begun = working.post("/v1/imports", content="no json\n" * 130).json()
    done = until_ended(working, f"/v1/imports/{begun['id']}")
    assert len(done["rejected"]) == 100
    address, lines, cursor = f"/v1/imports/{begun['id']}/rejected", [], None
    while True:
        page = working.get(address, params={"limit": 60, **({"cursor": cursor} if cursor else {})}).json()
        lines += [one["line"] for one in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert lines == list(range(1, 131))


def test_a_bulk_check_is_downloaded_with_an_answer_or_a_problem_a_line(working, record):
    record(STAGED, "2021-01-01")
    content = jsonl({"text": STAGED, "said_at": "2021-05-23"}, {"text": ""}, {"text": GRAIN, "record": False})
    begun = working.post("/v1/bulk-checks", content=content, headers=LINES)
    assert begun.status_code == 202
    address = f"/v1/bulk-checks/{begun.json()['id']}"
    assert begun.headers["location"] == address
    done = until_ended(working, address)
    assert (done["state"], done["counts"]) == ("done", {"answered": 2, "flagged": 1, "rejected": 1})
    answer = working.get(f"{address}/results")
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    results = [json.loads(line) for line in answer.text.splitlines()]
    assert [one["line"] for one in results] == [1, 2, 3]
    assert results[0]["check"] == working.get(f"/v1/checks/{results[0]['check']['id']}").json()
    assert results[1]["problem"]["type"] == "/problems/invalid"
    assert "/text" in results[1]["problem"]["detail"]
    assert working.get(f"/v1/checks/{results[2]['check']['id']}").status_code == 404
    assert [one["id"] for one in working.get("/v1/bulk-checks").json()["items"]] == [done["id"]]


@pytest.mark.parametrize("kind", ["imports", "bulk-checks"])
def test_a_job_can_be_cancelled_once(desk, kind):
    begun = desk.post(f"/v1/{kind}", content=jsonl({"text": STAGED})).json()
    answer = desk.post(f"/v1/{kind}/{begun['id']}/cancel")
    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
    again = desk.post(f"/v1/{kind}/{begun['id']}/cancel")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/conflict")


@pytest.mark.parametrize("kind", ["imports", "bulk-checks"])
def test_another_organisations_jobs_are_not_there(archive, desk, kind):
    begun = desk.post(f"/v1/{kind}", content=jsonl({"text": STAGED})).json()
    other = client(archive, organisation="Other")
    assert other.get(f"/v1/{kind}").json()["items"] == []
    for path in ("", "/rejected" if kind == "imports" else "/results"):
        assert other.get(f"/v1/{kind}/{begun['id']}{path}").status_code == 404
    assert other.post(f"/v1/{kind}/{begun['id']}/cancel").status_code == 404
    assert desk.get(f"/v1/{kind}/{begun['id']}").json()["state"] == "queued"
    wrong = "bulk-checks" if kind == "imports" else "imports"
    assert desk.get(f"/v1/{wrong}/{begun['id']}").status_code == 404


@pytest.mark.parametrize(("kind", "scope"), [("imports", Scope.CHECK), ("bulk-checks", Scope.WRITE)])
def test_imports_need_the_scope_write_and_bulk_checks_the_scope_check(archive, kind, scope):
    for answer in (client(archive, scope).post(f"/v1/{kind}", content="{}"), client(archive, scope).get(f"/v1/{kind}")):
        assert answer.status_code == 403


@pytest.mark.parametrize("kind", ["imports", "bulk-checks"])
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"content": b""}, 422),
        ({"content": b"\n \n"}, 422),
        ({"content": b"x", "headers": {"content-type": "multipart/form-data"}}, 400),
        ({"content": b"x", "headers": {"content-type": "multipart/form-data; boundary=abc"}}, 400),
        ({"files": {"other": ("a.jsonl", b"{}")}}, 422),
        ({"files": [("file", ("a.jsonl", b"{}")), ("file", ("b.jsonl", b"{}"))]}, 400),
        ({"data": {"file": "{}"}, "files": {"x": ("x", b"")}}, 400),
    ],
)
def test_what_is_no_file_is_refused_and_leaves_nothing(desk, kind, sent, status):
    answer = desk.post(f"/v1/{kind}", **sent)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert desk.get(f"/v1/{kind}").json()["items"] == []


def test_uploads_have_limits_of_their_own(tmp_path):
    settings = Settings(data_dir=tmp_path, upload_bytes=20_000, upload_lines=10)
    built = services(tmp_path, upload_lines=10)
    desk = client(built)
    desk.app = desk._transport.app = create_app(built, settings)
    for content in ("x" * 20_001, "{}\n" * 11):
        answer = desk.post("/v1/imports", content=content)
        assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")
    assert desk.post("/v1/imports", content="{}\n" * 10).status_code == 202
    assert desk.get("/v1/imports").json()["items"][0]["lines"] == 10
    built.store.close()


def test_an_upload_over_the_limit_of_other_bodies_is_taken(desk):
    answer = desk.post("/v1/imports", content=jsonl({"text": GRAIN, "more": "x" * 900_000}) * 10)
    assert answer.status_code == 202
    assert desk.post("/v1/checks", content=b" " * 9_000_000).status_code == 413


def test_an_upload_that_is_sent_again_with_its_idempotency_key_is_one_job(desk):
    headers = {"Idempotency-Key": "one"}
    first, second = (desk.post("/v1/imports", content=jsonl({"text": GRAIN}), headers=headers) for _ in range(2))
    assert first.json() == second.json()
    assert len(desk.get("/v1/imports").json()["items"]) == 1


def test_a_private_import_is_found_by_its_own_organisation_only(archive, working):
    begun = working.post("/v1/imports?private=true", content=jsonl({"text": STAGED, "date": "2021-01-01"})).json()
    assert begun["private"] is True
    until_ended(working, f"/v1/imports/{begun['id']}")
    asked = {"text": STAGED, "said_at": "2021-05-23"}
    assert len(working.post("/v1/checks", json=asked).json()["matches"]) == 1
    assert client(archive, organisation="Other").post("/v1/checks", json=asked).json()["matches"] == []


def test_dates_in_the_future_are_counted_and_rejected_where_that_is_asked_for(working):
    sent = jsonl(
        {"text": STAGED, "date": "2021-04"}, {"text": GRAIN, "date": "2099-01-01"}, {"text": "Rain.", "date": "2021"}
    )
    kept = working.post("/v1/imports", content=sent, headers=LINES).json()
    report = until_ended(working, f"/v1/imports/{kept['id']}")
    assert report["counts"] == {"new": 3}
    assert report["report"]["future_dates"] == {"count": 1, "places": ["line 2"]}
    refused = working.post("/v1/imports?future=reject&dry_run=true", content=sent, headers=LINES).json()
    report = until_ended(working, f"/v1/imports/{refused['id']}")
    assert (report["counts"]["rejected"], report["counts"]["unchanged"]) == (1, 2)
    assert report["rejected"] == [{"line": 2, "reason": "its date is in the future"}]
    table = "text,date\r\nA new report of the ministry.,2099-01-01\r\n"
    asked = {"content": table, "headers": {"content-type": "text/csv"}}
    of_table = working.post("/v1/imports?future=reject", **asked).json()
    assert until_ended(working, f"/v1/imports/{of_table['id']}")["counts"] == {"rejected": 1}
    assert working.post("/v1/imports?future=never", content=sent, headers=LINES).status_code == 422


def test_a_check_dated_in_the_future_says_so(desk):
    ahead = desk.post("/v1/checks", json={"text": STAGED, "said_at": "2099-01-01"}).json()
    assert ahead["notice"]["code"] == "future"
    assert "in the future" in ahead["notice"]["detail"]
    assert desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-24"}).json()["notice"] is None
