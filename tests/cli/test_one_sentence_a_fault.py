"""One fault has one sentence, whichever door it comes in by: the API, lines of files, forms, the command line.

A sentence is the place of the field and what to do about it. Where a door names the field otherwise (`date`, a column,
a part of a form, "the statement" of a command), the place is that, and the rest the same.
"""

import csv
import html
import io
import json
import time
from dataclasses import dataclass, field
from typing import Any

import pytest
from builders import client, services, signed_in

_EMPTY = "is empty: send at least one visible character"
_DATE = "cannot be read as a date: write YYYY, YYYY-MM, YYYY-MM-DD or an instant such as 2021-05-23T10:00:00Z"
_DATE_AT_A_FORM = "cannot be read as a date. Write 2021, May 2021, 23 May 2021, 2021-05-23 or “yesterday”"
"""A form takes dates as people type them, and says so."""
_NO_DATE = _DATE.replace("cannot be read as a date", "there is no such date")
_LANGUAGE = "names no language: write its code, such as en or ru, or leave it out"
_NUL = "contains a NUL character (U+0000): remove it"
_HALF = "contains half a character (a lone surrogate): send whole Unicode characters"
_LONG = "has {} characters; the limit is {}: send a shorter text"
_ADDRESS = "is no web address: write one that begins with http:// or https://, without blanks"
_TEXT = "Words that were said."
_FORMS = ("check form", "statement form")
_NO_CHECK = frozenset({"API: checks", "batch", "bulk check", "check form"})


@dataclass(frozen=True)
class Fault:
    """A record that is wrong in one place, and the sentence about it. `not_at`: doors that it cannot come in by."""

    name: str
    record: dict[str, Any]
    pointer: str
    detail: str
    not_at: frozenset[str] = field(default_factory=frozenset)


FAULTS = [
    Fault("an empty text", {"text": ""}, "/text", _EMPTY),
    Fault("an invisible text", {"text": " \u200b "}, "/text", _EMPTY),
    Fault("a long text", {"text": "x" * 5_001}, "/text", _LONG.format("5,001", "5,000")),
    Fault("a NUL", {"text": "a\x00b"}, "/text", _NUL),
    Fault("half a character", {"text": "a\ud800"}, "/text", _HALF, frozenset({"CSV", *_FORMS, "command"})),
    Fault("a bad date", {"text": _TEXT, "said_at": "soon"}, "/said_at", _DATE),
    Fault("a day that is not", {"text": _TEXT, "said_at": "2021-02-30"}, "/said_at", _NO_DATE),
    Fault("a range of dates", {"text": _TEXT, "said_at": "2021-01/2021-02"}, "/said_at", _DATE),
    Fault("a bad language", {"text": _TEXT, "language": "klingonish"}, "/language", _LANGUAGE),
    Fault("a long tag", {"text": _TEXT, "language": "e" * 36}, "/language", _LANGUAGE),
    Fault("a long name", {"text": _TEXT, "speaker": "x" * 501}, "/speaker", _LONG.format("501", "500")),
    Fault("a NUL in a name", {"text": _TEXT, "speaker": "a\x00"}, "/speaker", _NUL),
    Fault(
        "a bad address", {"text": _TEXT, "source": {"url": "javascript:alert(1)"}}, "/source/url", _ADDRESS,
        frozenset({"check form"}),
    ),
    Fault(
        "a long address", {"text": _TEXT, "source": {"url": "https://example.org/" + "x" * 2_000}}, "/source/url",
        _LONG.format("2,020", "2,000"), frozenset({"check form"}),
    ),
    Fault("no text", {"said_at": "2021"}, "/text", "is missing: it has to be there", frozenset({*_FORMS, "CSV"})),
    Fault("a list for a text", {"text": ["a"]}, "/text", "must be text", frozenset({*_FORMS, "CSV"})),
    Fault(
        "a title that is too long", {"text": _TEXT, "title": "x" * 2_001}, "/title", _LONG.format("2,001", "2,000"),
        _NO_CHECK,
    ),
    Fault(
        "an unknown outcome", {"text": _TEXT, "findings": [{"verdict": "v", "outcome": "maybe"}]},
        "/findings/0/outcome", "must be one of 'happened', 'did_not_happen' or 'unknown'",
        _NO_CHECK | {"CSV", "statement form"},
    ),
    Fault(
        "an unknown field", {"text": _TEXT, "colour": "red"}, "/colour",
        "is not a field here: check its spelling, or leave it out", frozenset({"JSONL", "CSV", *_FORMS}),
    ),
]  # fmt: skip


def faults_at(door):
    return [pytest.param(fault, id=fault.name) for fault in FAULTS if door not in fault.not_at]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    built = services(tmp_path_factory.mktemp("doors"))
    yield built
    built.store.close()


@pytest.fixture(scope="module")
def desk(archive):
    with client(archive) as caller:
        yield caller


@pytest.fixture(scope="module")
def browser(archive):
    return signed_in(archive)


def post(desk, path, record):
    # As ASCII: UTF-8 has no lone surrogates.
    return desk.post(path, content=json.dumps(record), headers={"content-type": "application/json"})


def sentence(fault):
    return f"{fault.pointer} {fault.detail}"


@pytest.mark.parametrize("fault", faults_at("API: checks"))
def test_a_check(desk, fault):
    answer = post(desk, "/v1/checks", fault.record)
    assert (answer.status_code, answer.json()["detail"]) == (422, sentence(fault))
    assert answer.json()["errors"] == [{"pointer": fault.pointer, "detail": fault.detail}]


@pytest.mark.parametrize("fault", faults_at("API: statements"))
def test_a_statement(desk, fault):
    answer = post(desk, "/v1/statements", fault.record)
    assert (answer.status_code, answer.json()["detail"]) == (422, sentence(fault))


@pytest.mark.parametrize("fault", faults_at("batch"))
def test_a_check_of_a_batch(desk, fault):
    answer = post(desk, "/v1/checks/batch", {"checks": [fault.record]})
    if "contains" in fault.detail:  # the body as a whole is refused
        assert answer.json()["detail"] == f"/checks/0{sentence(fault)}"
    else:
        [result] = answer.json()["results"]
        assert result["detail"] == sentence(fault)


def ended(desk, address):
    while (job := desk.get(address).json())["state"] not in ("done", "failed"):
        time.sleep(0.02)
    return job


def lines_of(faults):
    return "".join(json.dumps(fault.record) + "\n" for fault in faults)


def test_lines_of_a_bulk_check(desk):
    faults = [fault for fault in FAULTS if "bulk check" not in fault.not_at]
    job = desk.post("/v1/bulk-checks", content=lines_of(faults)).json()
    ended(desk, f"/v1/bulk-checks/{job['id']}")
    results = map(json.loads, desk.get(f"/v1/bulk-checks/{job['id']}/results").text.splitlines())
    assert [result["problem"]["detail"] for result in results] == [sentence(fault) for fault in faults]


def test_lines_of_an_import(desk):
    faults = [fault for fault in FAULTS if "JSONL" not in fault.not_at]
    job = desk.post("/v1/imports", content=lines_of(faults)).json()
    rejected = ended(desk, f"/v1/imports/{job['id']}")["rejected"]
    assert [line["reason"] for line in rejected] == [sentence(fault) for fault in faults]


def test_rows_of_a_table(refrain, tmp_path):
    faults = [fault for fault in FAULTS if "CSV" not in fault.not_at]
    table = io.StringIO()
    rows = csv.DictWriter(table, ["text", "said_at", "language", "speaker", "title", "url"])
    rows.writeheader()
    for fault in faults:
        values = {name: value for name, value in fault.record.items() if name != "source"}
        rows.writerow({"title": "T", **values, **fault.record.get("source", {})})  # a row that is blank is passed over
    file = tmp_path / "faults.csv"
    file.write_text(table.getvalue(), "utf-8", newline="")
    said = refrain("import", file).err.replace("\n  ", "\0").replace("\n", "")
    left_out = [part for part in said.split("\0") if part.startswith("left out")]
    for number, fault in enumerate(faults, start=2):
        column, place = fault.pointer.replace("/source/url", "/url"), f"faults.csv, line {number}"
        if fault.pointer in ("/text", "/said_at"):
            assert f"{place}: {column} {fault.detail}" in said
        else:  # what is beside a text and its date costs neither
            assert any(f": {column[1:]} {fault.detail} (" in part and place in part for part in left_out), fault.name


@pytest.mark.parametrize("name", ["date", "lang", "id"])
def test_another_name_of_a_field_of_a_file_is_the_place_of_its_fault(desk, name):
    wrong = {"date": ("soon", _DATE), "lang": ("klingonish", _LANGUAGE), "id": ("x" * 501, _LONG.format("501", "500"))}
    value, detail = wrong[name]
    job = desk.post("/v1/imports", content=json.dumps({"text": _TEXT, name: value})).json()
    [rejected] = ended(desk, f"/v1/imports/{job['id']}")["rejected"]
    assert rejected["reason"] == f"/{name} {detail}"


def typed(record):
    """A record as a form sends it."""
    source = record.get("source", {})
    return {
        **{name: value for name, value in record.items() if name != "source"},
        **{f"source_{name}": value for name, value in source.items()},
    }


def shown_at_field(fault, page):
    name, said = fault.pointer[1:].replace("/", "_"), html.unescape(page).replace("\n", "")
    if fault.detail == _NUL:  # no browser sends it: every page refuses it whole
        return f"{name} {fault.detail}" in said
    detail = _DATE_AT_A_FORM if fault.detail in (_DATE, _NO_DATE) else fault.detail
    return f'id="{name}-error">This {detail}.' in said


@pytest.mark.parametrize("fault", faults_at("check form"))
def test_the_form_of_a_check(browser, fault):
    answer = browser.post("/check", typed(fault.record))
    assert answer.status_code == 422
    assert shown_at_field(fault, answer.text)


@pytest.mark.parametrize("fault", faults_at("statement form"))
def test_the_form_of_a_statement(browser, fault):
    answer = browser.post("/archive/new", typed(fault.record))
    assert answer.status_code == 422
    assert shown_at_field(fault, answer.text)


@pytest.mark.parametrize(
    "fault",
    [case for case in faults_at("command") if isinstance(case.values[0].record.get("text"), str)
     and set(case.values[0].record) <= {"text", "said_at"}],
)  # fmt: skip
def test_the_command_line(refrain, fault):
    said_at = fault.record.get("said_at")
    ran = refrain(
        "check", "-", *(["--said-at", said_at] if said_at else []), stdin=fault.record["text"].encode("utf-8")
    )
    assert ran.failed_in_a_line() == f"refrain: {sentence(fault).replace('/text', 'the statement')}"


def test_bytes_that_are_no_utf_8_are_half_characters_to_the_command_line(refrain):
    assert refrain("check", "-", stdin=b"W\xf6rds").failed_in_a_line() == f"refrain: the statement {_HALF}"


def test_the_date_of_an_article(desk, refrain, browser, tmp_path):
    article = tmp_path / "article.txt"
    article.write_text(_TEXT)
    answer = desk.post("/v1/documents", json={"text": _TEXT, "published_at": "soon"})
    assert answer.json()["detail"] == f"/published_at {_DATE}"
    ran = refrain("check", "--document", article, "--published-at", "soon")
    assert ran.failed_in_a_line() == f"refrain: /published_at {_DATE}"
    page = browser.post("/check/article", {"article": _TEXT, "published_at": "soon"})
    assert f"This {_DATE_AT_A_FORM}." in html.unescape(page.text)


def test_an_article_without_text(desk, refrain, browser, tmp_path):
    article = tmp_path / "article.txt"
    article.write_text(" ")
    assert desk.post("/v1/documents", json={"text": " "}).json()["detail"] == f"/text {_EMPTY}"
    assert refrain("check", "--document", article).failed_in_a_line() == f"refrain: the article {_EMPTY}"
    assert f"This {_EMPTY}." in browser.post("/check/article", {"article": " "}).text
