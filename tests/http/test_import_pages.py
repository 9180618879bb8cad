"""Imports from the desk without a script: files are looked at, taken in, followed and undone."""

import re

import pytest
from builders import draft, services, signed_in

CSV = (
    "Datum;Wer;Aussage;Notiz\n"
    "2021-04-24;Karpov;The White Helmets prepare a staged attack.;a\n"
    "05/06/2021;Orlov;Grain exports rose by ten percent.;b\n"
)


@pytest.fixture
def built(tmp_path):
    made = services(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def browser(built):
    return signed_in(built)


def looked_at(browser, content, name="claims.csv", **said):
    return browser.post("/imports/preview", said, files={"file": (name, content)})


def taken_in(browser, content, name="claims.csv", query="", **said):
    return browser.post(f"/imports{query}", said, files={"file": (name, content)})


def finish(built, address):
    """Works on the job of that address until it has ended."""
    job_id = address.rsplit("/", 1)[1]
    for part in range(20):
        built.run_jobs(job_id, part)


def test_a_file_is_looked_at_and_nothing_is_stored(built, browser):
    answer = looked_at(browser, CSV.encode("cp1251"))
    assert answer.status_code == 200
    assert "Karpov" in answer.text
    assert "The White Helmets prepare a staged attack." in answer.text
    assert "1 new" in answer.text
    assert "1 rejected" in answer.text
    assert re.search(r'name="field-0-0"[^>]*>.*?value="said_at" selected', answer.text, re.DOTALL)
    assert re.search(r'name="field-0-3"[^>]*>\s*<option value="">', answer.text, re.DOTALL)
    assert "can be read in two ways" in answer.text
    with built.store.reading() as tx:
        assert tx.statements.count() == 0
        assert not tx.imports.find(None, 10)


def test_the_order_of_day_and_month_is_chosen(browser):
    answer = looked_at(browser, CSV, **{"name-0": "claims.csv", "dates-0": "dmy"})
    assert "2 new" in answer.text
    assert "5 June 2021" in answer.text
    assert "6 May 2021" in looked_at(browser, CSV, **{"name-0": "claims.csv", "dates-0": "mdy"}).text


def test_a_column_is_mapped_where_none_is_understood(built, browser):
    table = "what,who\nGrain exports rose by ten percent.,Orlov\n"
    answer = looked_at(browser, table)
    assert answer.status_code == 200
    assert "nothing says which of its columns holds the statements" in answer.text
    assert "Grain exports rose by ten percent." in answer.text
    assert 'formaction="/imports"' not in answer.text
    said = {
        "name-0": "claims.csv",
        "column-0-0": "what",
        "field-0-0": "text",
        "column-0-1": "who",
        "field-0-1": "speaker",
    }
    mapped = looked_at(browser, table, **said)
    assert "1 new" in mapped.text
    assert 'formaction="/imports"' in mapped.text
    begun = taken_in(browser, table, **said)
    assert begun.status_code == 303
    finish(built, begun.headers["location"])
    found = browser.get("/archive?q=grain&by=words").text
    assert "Grain exports rose" in re.sub("<[^>]+>", "", found)
    assert "Orlov" in found


def test_two_columns_cannot_hold_one_field(browser):
    said = {f"column-0-{n}": name for n, name in enumerate(("what", "who"))}
    answer = looked_at(
        browser, "what,who\na,b\n", **{**said, "name-0": "claims.csv", "field-0-0": "text", "field-0-1": "text"}
    )
    assert answer.status_code == 422
    assert "two columns are said to hold" in answer.text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.7 ...", "is a PDF"),
        ("a.csv", b"", "is empty"),
        ("a.xlsx", b"PK\x03\x04 broken", "damaged"),
        ("a.bin", b"\x7fELF....", "is a program"),
        ("a.txt", b"It was a warm day.\nNothing else was said.\n", "It is in no format that is read"),
    ],
)
def test_a_wrong_file_is_said_plainly(browser, name, content, said):
    answer = looked_at(browser, content, name)
    assert answer.status_code == 200
    assert said in answer.text
    assert "the body" not in answer.text
    assert 'formaction="/imports"' not in answer.text


def test_no_file_and_too_many_files_are_said(browser):
    assert "Choose a file first" in browser.post("/imports/preview", {}).text
    many = [("file", (f"{n}.csv", b"text\na\n")) for n in range(11)]
    answer = browser.post("/imports", {}, files=many)
    assert answer.status_code == 422
    assert "10 files at most" in answer.text


def test_several_files_each_become_an_import(built, browser):
    files = [
        ("file", ("one.csv", b"text\nFirst words of all.\n")),
        ("file", ("two.csv", b"text\nSecond words of all.\n")),
    ]
    answer = browser.post("/imports", {}, files=files)
    assert answer.headers["location"] == "/imports"
    page = browser.get("/imports").text
    assert "one.csv" in page
    assert "two.csv" in page
    assert browser.user.name in page


def test_an_import_is_followed_and_undone(built, browser):
    lines = b'{"text": "Grain exports rose."}\n{"no": 1}\n{"text": "Barley exports fell."}\n'
    begun = taken_in(browser, lines, "lines.jsonl")
    address = begun.headers["location"]
    assert "every 2s" in browser.get(address).text
    finish(built, address)
    page = browser.part(address)
    assert "every 2s" not in page.text
    assert "/text is missing" in page.text
    assert "<html" not in page.text
    saved = browser.get(f"/exports/rejected-lines/{address.rsplit('/', 1)[1]}")
    assert saved.text.splitlines()[1].startswith("2,")
    assert "2 new" in browser.get("/imports").text
    asked = browser.get(f"{address}/undo")
    assert "2 statements go out of the archive" in asked.text
    assert browser.post(f"{address}/undo").headers["location"] == address
    page = browser.get(address).text
    assert "2 statements went out" in page
    assert "undone" in page
    with built.store.reading() as tx:
        assert tx.statements.count() == 0


def test_what_others_refer_to_stays_and_is_said(built, browser):
    content = b'{"text": "Grain exports rose."}\n'
    first = taken_in(browser, content, "one.jsonl").headers["location"]
    finish(built, first)
    second = taken_in(browser, content, "two.jsonl").headers["location"]
    finish(built, second)
    asked = browser.get(f"{first}/undo").text
    assert "No statement goes" in asked
    assert "one that another import brought too" in asked


def test_a_trial_reads_to_the_end_and_stores_nothing(built, browser):
    begun = taken_in(browser, b"text\nA few words here.\n", query="?dry_run=true")
    finish(built, begun.headers["location"])
    page = browser.get(begun.headers["location"]).text
    assert "nothing is stored" in page
    with built.store.reading() as tx:
        assert tx.statements.count() == 0
    assert "Nothing was imported yet" in browser.get("/imports").text


def test_what_is_dated_in_the_future_is_said_and_left_out_where_that_is_chosen(built, browser):
    content = "text,date\nA few words of the past.,2021-05-23\nA few words of a slip.,2921-05-23\n"
    shown = looked_at(browser, content).text
    assert "One statement has a date in the future" in shown
    assert re.search(r'name="future-0" value="reject">', shown)
    choice = {"name-0": "claims.csv", "future-0": "reject"}
    assert re.search(r'name="future-0" value="reject" checked>', looked_at(browser, content, **choice).text)
    begun = taken_in(browser, content, **choice)
    finish(built, begun.headers["location"])
    assert "One rejected line" in browser.get(begun.headers["location"]).text
    with built.store.reading() as tx:
        assert tx.statements.count() == 1


def test_an_import_is_cancelled(built, browser):
    address = taken_in(browser, b"text\nA few words here.\n").headers["location"]
    assert browser.post(f"{address}/cancel").status_code == 303
    assert "cancelled" in browser.get(address).text


def test_what_is_there_already_is_said(built, browser):
    built.record_statements([draft("Grain exports rose.")])
    assert "1 there already" in looked_at(browser, b"text\nGrain exports rose.\n").text


def test_the_beginning_of_a_file_is_read_without_its_cut_line(browser):
    answer = looked_at(browser, b"text\nGrain exports rose.\nBarley expo", cut="true")
    assert "The first 1 records were read" in answer.text
    assert "Barley expo" not in answer.text.split("First statements")[1]


def test_others_neither_see_nor_undo_it(built, browser):
    address = taken_in(browser, b"text\nA few words here.\n", "ours.csv").headers["location"]
    other = signed_in(built, organisation="Elsewhere")
    assert other.get(address).status_code == 404
    assert other.get(f"{address}/undo").status_code == 404
    assert other.post(f"{address}/undo").status_code == 404
    assert other.get(f"/exports/rejected-lines/{address.rsplit('/', 1)[1]}").status_code == 404
    assert "ours.csv" not in other.get("/imports").text


def test_readers_do_not_import(built):
    reader = signed_in(built, "reader")
    assert reader.get("/imports").status_code == 403
    assert taken_in(reader, b"text\na b c\n").status_code == 403
    assert 'href="/imports"' not in reader.get("/archive").text


def test_a_file_name_and_its_cells_are_escaped(browser):
    answer = looked_at(browser, b"text,<b>x</b>\n<script>alert(1)</script> words here,<i>\n", "<img src=x>.csv")
    assert "<script>alert" not in answer.text
    assert "<b>x</b>" not in answer.text
    assert "<img src=x>" not in answer.text


def test_htmx_gets_what_was_understood_alone_and_is_sent_on_after_an_import(browser):
    files = {"file": ("a.csv", b"text\nA few words here.\n")}
    part = browser.post("/imports/preview", {}, files=files, headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "A few words here." in part.text
    begun = browser.post("/imports", {}, files=files, headers={"HX-Request": "true"})
    assert begun.headers["HX-Redirect"].startswith("/imports/")


def test_a_wrong_file_is_not_taken_in_and_the_others_are(built, browser):
    files = [("file", ("a.pdf", b"%PDF-1.7")), ("file", ("b.csv", b"text\nA few words here.\n"))]
    answer = browser.post("/imports", {}, files=files)
    assert answer.status_code == 422
    assert "a.pdf was not taken in" in answer.text
    assert "is a PDF" in answer.text
    assert "b.csv" in browser.get("/imports").text
