"""`/v1/imports` takes what people have: the content of a file decides how it is read, and the job reports what was."""

import gzip
import json

import pytest
from builders import GRAIN, STAGED, client
from waiting import until


@pytest.fixture
def working(archive):
    """A caller of a service that works in the background too."""
    with client(archive) as caller:
        yield caller


def until_ended(caller, begun):
    address = f"/v1/imports/{begun['id']}"
    return until(lambda: (job := caller.get(address).json())["state"] in ("done", "cancelled", "failed") and job)


def imported(caller, content, query="", **sent):
    answer = caller.post(f"/v1/imports{query}", content=content, **sent)
    assert answer.status_code == 202, answer.text
    return until_ended(caller, answer.json())


REVIEW = {
    "@type": "ClaimReview",
    "claimReviewed": STAGED,
    "datePublished": "2021-03-05",
    "author": "Example Check",
    "reviewRating": "False",
    "itemReviewed": {"@type": "Claim"},
}
TABLE = f"Zitat;Datum;Sprecherin;Ressort\r\n{STAGED};02.04.2021;Käthe Groß;Stadt\r\n{GRAIN};;;\r\n"


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (json.dumps([REVIEW], indent=1), {}),
        (json.dumps(REVIEW), {"content-type": "application/x-ndjson"}),
        (f'<html><script type="application/ld+json">{json.dumps(REVIEW)}</script>', {"content-type": "text/plain"}),
        (gzip.compress(json.dumps([REVIEW]).encode()), {"content-type": "application/json"}),
        (json.dumps([REVIEW], indent=1).encode("utf-16"), {}),
    ],
    ids=["list", "line", "page", "gzip", "utf-16"],
)
def test_reviews_go_in_whatever_they_are_in_and_are_found_after_the_review(working, content, headers):
    done = imported(working, content, headers=headers)
    assert (done["state"], done["counts"]) == ("done", {"new": 1})
    assert (done["report"]["statements"], done["report"]["undated"], done["report"]["bounded"]) == (1, 0, 1)
    check = working.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}).json()
    [match] = check["matches"]
    assert (match["precedent"]["said_at"], match["precedent"]["said_before"]) == (None, "2021-03-05")
    assert (match["days_before"], match["precedent"]["findings"][0]["verdict"]) == (None, "False")
    assert (check["recurrence"]["count"], check["recurrence"]["said_before"]) == (1, "2021-03-05")
    assert "before 5 March 2021 (date of the review)" in check["summary"]
    earlier = working.post("/v1/checks", json={"text": STAGED, "said_at": "2021-03-05"}).json()
    assert earlier["matches"] == []
    stored = working.get(f"/v1/checks/{check['id']}").json()
    assert stored["matches"][0]["precedent"]["said_before"] == "2021-03-05"


def test_a_table_is_read_with_what_was_understood_of_it(working):
    done = imported(working, TABLE.encode("cp1252"), headers={"content-type": "text/csv"})
    assert done["counts"] == {"new": 2}
    report = done["report"]
    assert (report["format"], report["encoding"], report["encoding_guessed"]) == ("table", "cp1252", True)
    assert report["columns"] == {"Zitat": "text", "Sprecherin": "speaker", "Datum": "said_at"}
    assert (report["columns_kept"], report["statements"], report["undated"]) == (["Ressort"], 2, 1)
    [statement] = working.get("/v1/statements", params={"speaker": "Käthe Groß"}).json()["items"]
    assert (statement["said_at"], statement["metadata"]) == ("2021-04-02", {"Ressort": "Stadt"})


def test_choices_are_made_in_the_query(working):
    table = "wer;was;wann\nA;Слова о мосте через реку;4/2/2021\n".encode("cp1251")
    refused = working.post("/v1/imports", content=table, headers={"content-type": "text/csv"})
    assert refused.status_code == 422
    assert "has no column 'text'" in refused.json()["errors"][0]["detail"]
    query = "?map=text%3Dwas&map=date%3Dwann&map=speaker%3Dwer&dates=dmy&encoding=cp1251"
    assert imported(working, table, query)["counts"] == {"new": 1}
    [statement] = working.get("/v1/statements").json()["items"]
    assert (statement["text"], statement["said_at"]) == ("Слова о мосте через реку", "2021-02-04")


@pytest.mark.parametrize(
    ("query", "parameter"), [("?map=date", "map"), ("?map=colour%3Dx", "map"), ("?dates=ymd", "dates")]
)
def test_choices_that_are_none_are_refused(working, query, parameter):
    answer = working.post(f"/v1/imports{query}", content=TABLE)
    assert answer.status_code == 422
    assert [error["parameter"] for error in answer.json()["errors"]] == [parameter]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (gzip.compress(b"\x89PNG\r\n\x1a\n", mtime=0), "a PNG image"),
        (b"<html><body><p>The mayor said that it rains.</p></body></html>", "a web page without ClaimReview"),
        (b'{"version": 3, "rows": 7, "columns":\n {}}', "JSON of no other kind"),
        (b"text;date\nx;y\n", None),
    ],
)
def test_a_file_that_is_something_else_is_said_to_be_that(working, content, what):
    answer = working.post("/v1/imports", content=content, headers={"content-type": "application/x-ndjson"})
    if what is None:
        assert answer.status_code == 202
    else:
        assert (answer.status_code, what in answer.json()["errors"][0]["detail"]) == (422, True), answer.text
        assert working.get("/v1/imports").json()["items"] == []


def test_rejected_records_keep_their_places(working):
    reviews = [{**REVIEW, "claimReviewed": ""}, REVIEW, {**REVIEW, "inLanguage": "Klingon of the north", "url": "x"}]
    done = imported(working, json.dumps({"@graph": reviews}))
    assert done["counts"] == {"rejected": 1, "new": 1, "unchanged": 1}
    assert [one["line"] for one in done["rejected"]] == [1]
    assert done["rejected"][0]["reason"].startswith("/@graph/0: /text is missing")
    left_out = {(one["field"], one["count"], tuple(one["places"])) for one in done["report"]["left_out"]}
    assert left_out == {("language", 1, ("/@graph/2",)), ("findings/0/url", 1, ("/@graph/2",))}


def test_a_dry_run_reports_and_records_nothing(working):
    content = json.dumps([REVIEW, REVIEW, {**REVIEW, "reviewRating": None}])
    done = imported(working, content, "?dry_run=true")
    assert (done["dry_run"], done["state"], done["counts"]) == (True, "done", {"rejected": 1, "new": 1, "unchanged": 1})
    assert working.get("/v1/statements").json()["items"] == []
    assert working.delete(f"/v1/imports/{done['id']}/statements").status_code == 404
    assert imported(working, content)["counts"] == {"rejected": 1, "new": 1, "unchanged": 1}
    assert imported(working, content, "?dry_run=true")["counts"] == {"rejected": 1, "unchanged": 2}


def test_an_import_is_undone_but_for_what_others_refer_to(archive, working):
    lines = [{"text": STAGED, "date": "2021-01-01"}, {"text": GRAIN, "date": "2021-01-02"}, {"text": "A third one."}]
    content = "".join(json.dumps(line) + "\n" for line in lines)
    first = imported(working, content)
    working.post("/v1/statements", json={"text": GRAIN, "said_at": "2021-01-02"})
    [third] = [one for one in working.get("/v1/statements").json()["items"] if one["text"] == "A third one."]
    working.patch(f"/v1/statements/{third['id']}", json={"speaker": "A person"})
    other = client(archive, organisation="Other")
    assert other.delete(f"/v1/imports/{first['id']}/statements").status_code == 404
    undone = working.delete(f"/v1/imports/{first['id']}/statements")
    assert undone.status_code == 200, undone.text
    said = undone.json()
    assert (said["statements"], said["findings"], said["updated"]) == (1, 0, 0)
    assert [(kept["why"], kept["count"]) for kept in said["kept"]] == [("submitted", 1), ("edited", 1)]
    assert said["kept"][1]["statements"] == [third["id"]]
    assert working.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}).json()["matches"] == []
    again = working.delete(f"/v1/imports/{first['id']}/statements").json()
    assert (again["statements"], again["undone_at"]) == (0, said["undone_at"])
    assert imported(working, content)["counts"] == {"new": 2, "unchanged": 1}  # the third is another by its speaker
    assert len(working.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}).json()["matches"]) == 1


def test_what_two_imports_brought_stays_until_both_are_undone(working):
    line = json.dumps({"text": STAGED, "date": "2021-01-01"}) + "\n"
    found = json.dumps({"text": STAGED, "date": "2021-01-01", "findings": [{"verdict": "false"}]}) + "\n"
    first, second = imported(working, line), imported(working, found)
    said = working.delete(f"/v1/imports/{first['id']}/statements").json()
    assert (said["statements"], [kept["why"] for kept in said["kept"]]) == (0, ["also_imported"])
    said = working.delete(f"/v1/imports/{second['id']}/statements").json()
    assert (said["statements"], said["findings"], said["updated"]) == (0, 1, 1)
    [statement] = working.get("/v1/statements").json()["items"]
    assert statement["findings"] == []
    assert working.delete(f"/v1/imports/{first['id']}/statements").json()["statements"] == 1
    assert working.get("/v1/statements").json()["items"] == []


def test_a_statement_that_a_person_withdrew_is_not_brought_back_by_an_import(working):
    content = json.dumps({"text": STAGED, "date": "2021-01-01"}) + "\n"
    first = imported(working, content)
    [statement] = working.get("/v1/statements").json()["items"]
    assert working.delete(f"/v1/statements/{statement['id']}").status_code == 204
    assert working.delete(f"/v1/imports/{first['id']}/statements").json()["statements"] == 0
    assert imported(working, content)["counts"] == {"withdrawn": 1}


def test_telegram_messages_one_a_line_are_read_and_counted(working):
    message = {"id": 2, "type": "message", "date": "2021-01-01T10:00:00", "from": "Channel", "from_id": "channel7"}
    lines = [
        {**message, "text": ["⚡ ", {"type": "bold", "text": STAGED}]},
        {**message, "type": "service", "action": "x"},
    ]
    done = imported(working, "".join(json.dumps(line) + "\n" for line in lines))
    assert (done["counts"], done["report"]["skipped"]) == ({"new": 1, "skipped": 1}, {"service message": 1})
    [statement] = working.get("/v1/statements").json()["items"]
    assert (statement["source"]["name"], statement["external_id"]) == ("Channel", "telegram:7/2")


def test_a_statement_may_be_sent_with_its_bound_and_dated_later(working):
    sent = {"text": STAGED, "said_before": "2021-03"}
    statement = working.post("/v1/statements", json=sent).json()
    assert (statement["said_at"], statement["said_before"]) == (None, "2021-03")
    dated = working.patch(f"/v1/statements/{statement['id']}", json={"said_at": "2021-02-02"}).json()
    assert (dated["said_at"], dated["said_before"]) == ("2021-02-02", None)
    [match] = working.post("/v1/checks", json={"text": STAGED, "said_at": "2021-02-03"}).json()["matches"]
    assert match["days_before"] == 1
