"""`/v1/exports`: what lists show, as files that other programs read."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, client, services
from exports import exported_bytes, import_file

from app.domain.access.keys import Scope
from app.domain.exports.formats import FILE_TYPES, ExportFormat

ATOM = "{http://www.w3.org/2005/Atom}"
FINDING = {
    "verdict": "unfounded", "publisher": "Desk of facts", "url": "https://facts.example/1", "summary": "No trace.",
    "published_at": "2021-05", "outcome": "did_not_happen", "outcome_url": "https://facts.example/2",
    "learned_at": "2021-06-01",
}  # fmt: skip


@pytest.fixture
def filled(desk, record):
    """An archive with every field in use, and what it holds."""
    made = {
        name: desk.post("/v1/narratives", json=body).json()
        for name, body in {
            "parent": {"title": "Provocations", "external_id": "n-1", "description": "Others\nstage them."},
            "child": {"title": "Staged | gas", "external_id": "n-2", "parent": "n-1"},
            "empty": {"title": "Nobody said it"},
        }.items()
    }
    desk.post("/v1/findings", json={"narrative": made["parent"]["id"], **FINDING})
    record(
        STAGED, "2021-04-24", title="A warning", speaker="Karpov", external_id="s-1", learned_at="2021-04-25",
        narratives=["n-2"], findings=[FINDING, {"verdict": "false"}],
        source={"name": "Outlet", "url": "https://outlet.example/1", "archive_url": "https://archive.example/1"},
    )  # fmt: skip
    record(GRAIN, "2021-05", language="en", source={"name": "Other"})
    record("Зерна стало больше на десять процентов.", None, narratives=["n-1", "Nobody said it"])
    record('-10 percent, =said() the "minister";\nthen\t\'@more.', "2020", speaker="=HYPERLINK(1)")
    return made


def lines(answer):
    return [json.loads(line) for line in answer.text.splitlines()]


def statements_of(answer):
    return [line for line in lines(answer) if "text" in line]


@pytest.mark.parametrize("export_format", [*ExportFormat])
def test_every_format_has_a_file_name_a_media_type_and_the_same_bytes_twice(desk, filled, export_format):
    answer = desk.get(f"/v1/exports/{export_format}")
    assert answer.status_code == 200, answer.text
    file_type = FILE_TYPES[export_format]
    assert answer.headers["content-type"] == file_type.media_type
    assert answer.headers["content-disposition"] == f'attachment; filename="refrain-archive{file_type.suffix}"'
    assert answer.headers["cache-control"] == "private, no-store"
    assert "Karpov" in answer.text
    assert desk.get(f"/v1/exports/{export_format}").content == answer.content


def test_lines_read_back_into_an_empty_archive_make_an_equal_one(desk, filled, archive, tmp_path):
    written = desk.get("/v1/exports/jsonl").content
    other = services(tmp_path / "other")
    report = import_file(other, tmp_path / "archive.jsonl", written)
    assert (report.rejected, report.narratives) == ([], 3)
    assert exported_bytes(other, ExportFormat.JSONL) == written
    [parent] = [line["narrative"] for line in lines(desk.get("/v1/exports/jsonl"))[:1]]
    assert parent["findings"][0]["published_at"] == "2021-05"
    again = import_file(other, tmp_path / "archive.jsonl", written)
    assert [count for outcome, count in again.outcomes.items() if outcome != "unchanged"] == [0, 0, 0]
    other.store.close()


def test_lines_go_in_over_http_too(desk, filled, tmp_path):
    written = desk.get("/v1/exports/jsonl").content
    other = services(tmp_path / "other")
    with client(other) as caller:
        from waiting import until

        job = caller.post("/v1/imports", content=written, headers={"content-type": "application/x-ndjson"}).json()
        address = f"/v1/imports/{job['id']}"
        done = until(lambda: (job := caller.get(address).json())["state"] == "done" and job)
        assert (done["counts"], done["rejected"]) == ({"new": 4}, [])
        narratives = {one["title"]: one for one in caller.get("/v1/narratives").json()["items"]}
        assert narratives["Staged | gas"]["parent"]["title"] == "Provocations"
        assert narratives["Provocations"]["findings"][0]["verdict"] == "unfounded"
    other.store.close()


def test_a_table_defuses_formulas_and_is_read_back_with_all_that_it_holds(desk, filled, tmp_path):
    answer = desk.get("/v1/exports/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows[-1]["speaker"] == "'=HYPERLINK(1)"
    assert rows[-1]["text"].startswith("'-10 percent")
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row.values())
    other = services(tmp_path / "other")
    assert import_file(other, tmp_path / "archive.csv", answer.content).rejected == []
    want = {one["text"]: one for one in statements_of(desk.get("/v1/exports/jsonl"))}
    got = [json.loads(line) for line in exported_bytes(other, ExportFormat.JSONL).splitlines()]
    for one in (line for line in got if "text" in line):
        wanted = want.pop(one["text"])
        assert {**one, "narratives": None} == {**wanted, "narratives": None}
    assert not want
    table = exported_bytes(other, ExportFormat.CSV)
    assert import_file(other, tmp_path / "again.csv", table).outcomes == {
        "new": 0, "updated": 0, "unchanged": 4, "withdrawn": 0
    }  # fmt: skip
    assert exported_bytes(other, ExportFormat.CSV) == table
    other.store.close()


def test_claim_reviews_are_read_back_as_statements_with_their_findings(desk, filled, tmp_path):
    document = desk.get("/v1/exports/claimreview").json()
    reviews = [item["item"] for item in document["dataFeedElement"]]
    assert [review["reviewRating"]["alternateName"] for review in reviews] == ["unfounded", "false"]
    assert [{"@context": "https://schema.org", **review} for review in reviews] == lines(
        desk.get("/v1/exports/claimreview-lines")
    )
    assert reviews[0]["itemReviewed"]["appearance"][0]["url"] == "https://outlet.example/1"
    other = services(tmp_path / "other")
    import_file(other, tmp_path / "reviews.json", json.dumps(document).encode())
    [one] = [json.loads(line) for line in exported_bytes(other, ExportFormat.JSONL).splitlines()]
    assert (one["text"], one["title"], one["said_at"], one["speaker"]) == (STAGED, "A warning", "2021-04-24", "Karpov")
    assert {finding["verdict"] for finding in one["findings"]} == {"unfounded", "false"}
    other.store.close()


def test_feeds_name_each_statement_by_an_id_that_stays(desk, filled):
    feed = desk.get("/v1/exports/jsonfeed").json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    listed = desk.get("/v1/statements").json()["items"]
    assert {item["id"] for item in feed["items"]} == {f"urn:uuid:{one['id']}" for one in listed}
    first = feed["items"][0]
    assert first["date_published"] == "2021-04-24T00:00:00Z"
    assert (first["authors"], first["tags"]) == ([{"name": "Karpov"}], ["Staged | gas"])
    tree = ET.fromstring(desk.get("/v1/exports/atom").content)
    assert tree.find(f"{ATOM}updated").text == max(
        entry.find(f"{ATOM}updated").text for entry in tree.iter(f"{ATOM}entry")
    )
    entries = list(tree.iter(f"{ATOM}entry"))
    assert [entry.find(f"{ATOM}id").text for entry in entries] == [item["id"] for item in feed["items"]]
    assert entries[0].find(f"{ATOM}content").text == STAGED


def test_characters_that_xml_has_none_for_do_not_break_the_feed(desk, record):
    record("A vertical\x0btab, an escape \x1b[2J and <b>&amp;</b> \ufffe.", speaker="\"'<&>\x01")
    entry = ET.fromstring(desk.get("/v1/exports/atom").content).find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}content").text == "A vertical\ufffdtab, an escape \ufffd[2J and <b>&amp;</b> \ufffd."


@pytest.mark.parametrize(
    "filters",
    [{"q": "grain"}, {"speaker": "karpov"}, {"source": "Outlet"}, {"language": "ru"},
     {"narrative": "n-1", "of": "statements"}, {"said_from": "2021-05-01"}, {"said_to": "2021-04-30"},
     {"speaker": "nobody"}],
)  # fmt: skip
def test_a_filter_exports_what_its_list_shows(desk, filled, filters):
    asked = {name: value for name, value in filters.items() if name != "of"}
    listed = [one["text"] for one in desk.get("/v1/statements", params=asked).json()["items"]]
    assert [one["text"] for one in statements_of(desk.get("/v1/exports/jsonl", params=filters))] == listed[::-1]


def test_a_narrative_comes_with_those_below_it_and_all_their_statements(desk, filled):
    answer = desk.get("/v1/exports/jsonl", params={"narrative": "Provocations"})
    assert (
        answer.headers["content-disposition"]
        == f'attachment; filename="refrain-narrative-{filled["parent"]["id"]}.jsonl"'
    )
    titles = [line["narrative"]["title"] for line in lines(answer) if "narrative" in line]
    assert titles == ["Provocations", "Staged | gas", "Nobody said it"]
    assert [one["text"][:5] for one in statements_of(answer)] == [STAGED[:5], "Зерна"]
    assert desk.get("/v1/exports/jsonl", params={"narrative": "none"}).status_code == 404


def test_flags_come_with_their_matches_and_reviews(desk, filled, check):
    checked, other = check(STAGED_ELSEWHERE, source={"name": "Third", "url": "https://third.example/1"}), check(STAGED)
    match = checked["matches"][0]
    desk.post(
        f"/v1/flags/{checked['id']}/reviews", json={"verdict": "confirmed", "match_id": match["id"], "reason": "+1"}
    )
    flags = lines(desk.get("/v1/exports/jsonl", params={"of": "flags"}))
    assert flags == desk.get("/v1/flags").json()["items"]
    one = desk.get("/v1/exports/jsonl", params={"flag": checked["id"]})
    assert lines(one) == [desk.get(f"/v1/flags/{checked['id']}").json()]
    assert [flag["id"] for flag in lines(desk.get("/v1/exports/jsonl", params={"state": "open"}))] == [other["id"]]
    rows = list(csv.DictReader(io.StringIO(desk.get("/v1/exports/csv?of=flags").content.decode("utf-8-sig"))))
    assert [(row["flag_id"], row["review"], row["reason"]) for row in rows if row["review"]] == [
        (checked["id"], "confirmed", "'+1")
    ]
    [review, *_] = lines(desk.get("/v1/exports/claimreview-lines", params={"flag": checked["id"]}))
    assert [place.get("url") for place in review["itemReviewed"]["appearance"]] == [
        "https://outlet.example/1", "https://third.example/1"
    ]  # fmt: skip
    assert desk.get("/v1/exports/claimreview-lines", params={"flag": other["id"]}).text == ""
    assert {item["url"] for item in desk.get("/v1/exports/jsonfeed?of=flags").json()["items"]} == {
        f"http://testserver/flags/{flag['id']}" for flag in flags
    }


def test_an_organisation_exports_what_it_may_see_and_no_more(archive, desk, record, check):
    record(STAGED, "2021-01-01", private=True)
    desk.post("/v1/narratives", json={"title": "Ours alone", "private": True})
    record(GRAIN, "2021-01-01")
    flag = check(STAGED)
    stranger = client(archive, organisation="Other")
    for export_format in ExportFormat:
        for query in ("", "?of=flags", "?q=White", "?of=flags&q=White"):
            answer = stranger.get(f"/v1/exports/{export_format}{query}")
            assert answer.status_code == 200
            assert "White Helmets" not in answer.text, (export_format, query)
            assert "Ours alone" not in answer.text, (export_format, query)
        for query in (f"?flag={flag['id']}", "?narrative=Ours alone"):
            assert stranger.get(f"/v1/exports/{export_format}{query}").status_code == 404
    assert "Ours alone" in desk.get("/v1/exports/jsonl").text
    assert client(archive, Scope.CHECK).get("/v1/exports/jsonl").status_code == 403


@pytest.mark.parametrize(
    ("query", "named"),
    [("jsonl?said_from=soon", "said_from"), ("xls", "export_format"), ("jsonl?language=!!", "language"),
     ("csv?sort=score", "sort"), ("csv?of=statements&state=open", "state"), ("csv?of=flags&said_to=2021", "said_to"),
     ("csv?flag=1&q=gas", "q"), ("stix?of=documents", "export_format"), ("csv?of=checks&q=gas", "q"),
     ("csv?check=1&flagged=true", "flagged"), ("csv?of=flags&flagged=true", "flagged"),
     ("csv?of=documents&flagged=true", "flagged"), ("csv?document=1&check=2", "document")],
)  # fmt: skip
def test_what_cannot_be_exported_is_a_problem_that_names_the_parameter(desk, query, named):
    answer = desk.get(f"/v1/exports/{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert named in answer.text


def test_checks_are_exported_as_flags_are_whether_they_raised_one_or_not(desk, record, check):
    record(STAGED, "2021-01-01")
    flagged, quiet = check(STAGED, speaker="Karpov"), check(GRAIN, speaker="=SUM(1)")
    assert (flagged["flagged"], quiet["flagged"]) == (True, False)
    for query, expected in (
        ("of=checks", [quiet, flagged]),
        ("flagged=false", [quiet]),
        ("flagged=true", [flagged]),
        (f"check={quiet['id']}", [quiet]),
    ):
        written = lines(desk.get(f"/v1/exports/jsonl?{query}"))
        assert [(one["id"], one["state"], one["text"]) for one in written] == [
            (one["id"], "open" if one["flagged"] else None, one["text"]) for one in expected
        ]
    table = desk.get("/v1/exports/csv?of=checks&flagged=false").text
    [row] = csv.DictReader(io.StringIO(table.removeprefix("\ufeff")))
    assert (row["flag_id"], row["state"], row["text"], row["speaker"]) == (quiet["id"], "", GRAIN, "'=SUM(1)")
    for export_format in ExportFormat:
        assert desk.get(f"/v1/exports/{export_format}?of=checks").status_code == 200


def test_articles_are_exported_with_their_claims(archive, desk, record):
    record(STAGED, "2021-01-01")
    article = {"text": f'"{STAGED}", said Karpov on Monday.', "title": "=News", "published_at": "2021-05-24"}
    first, second = (desk.post("/v1/documents", json={**article, "url": f"https://n.example/{n}"}) for n in (1, 2))
    assert first.json()["statements"]
    written = lines(desk.get("/v1/exports/jsonl?of=documents"))
    assert [one["id"] for one in written] == [second.json()["id"], first.json()["id"]]
    address = f"/v1/documents/{first.json()['id']}"
    assert lines(desk.get(f"/v1/exports/jsonl?document={first.json()['id']}")) == [desk.get(address).json()]
    table = desk.get(f"/v1/exports/csv?document={first.json()['id']}").text
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert len(rows) == len(first.json()["statements"]) + len(first.json()["left_out"])
    claim = next(one for one in first.json()["statements"] if one["check"]["flagged"])
    row = next(one for one in rows if one["check_id"] == claim["check"]["id"])
    assert (row["title"], row["claim"], row["flagged"]) == ("'=News", claim["text"], "true")
    assert row["precedent_text"] == STAGED
    stranger = client(archive, organisation="Others")
    assert stranger.get("/v1/exports/jsonl?of=documents").text == ""
    assert stranger.get("/v1/exports/jsonl?of=checks").text == ""
    assert stranger.get(f"/v1/exports/jsonl?document={first.json()['id']}").status_code == 404
    assert stranger.get(f"/v1/exports/jsonl?check={claim['check']['id']}").status_code == 404
    assert client(archive, Scope.READ).get("/v1/exports/jsonl?of=documents").status_code == 403


def test_withdrawn_statements_are_left_out(desk, record):
    gone = record(STAGED, "2021-01-01")
    desk.delete(f"/v1/statements/{gone['id']}")
    assert desk.get("/v1/exports/jsonl").text == ""


def test_pages_of_an_export_neither_repeat_nor_lose_a_statement(archive, desk, monkeypatch):
    from builders import draft

    from app.services.exports import export_records

    monkeypatch.setattr(export_records, "_STATEMENTS_AT_ONCE", 3)
    monkeypatch.setattr(export_records, "_NARRATIVES_AT_ONCE", 2)
    monkeypatch.setattr(export_records, "_FLAGS_AT_ONCE", 2)
    texts = [f"Statement number {number} of a long list." for number in range(10)]
    archive.record_statements([draft(text, narratives=[f"n{at}"]) for at, text in enumerate(texts)])
    answer = desk.get("/v1/exports/jsonl")
    assert [one["text"] for one in statements_of(answer)] == texts
    assert sum("narrative" in line for line in lines(answer)) == 10
    flagged = [desk.post("/v1/checks", json={"text": text}).json() for text in texts[:5]]
    assert [one["id"] for one in lines(desk.get("/v1/exports/jsonl?of=flags"))] == [
        one["id"] for one in reversed(flagged) if one["flagged"]
    ]


def test_an_export_is_an_entry_of_the_audit_log(archive, desk, record):
    record(STAGED)
    desk.get("/v1/exports/stix" if "stix" in [*ExportFormat] else "/v1/exports/csv")
    archive.view_log.flush()
    actions = [entry["action"] for entry in desk.get("/v1/audit").json()["items"]]
    assert "statements.exported" in actions
