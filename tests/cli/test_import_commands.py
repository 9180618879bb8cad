"""`refrain import` and `refrain imports`: what is reported, what a dry run leaves, what undoing takes out."""

import json
import re

REVIEWS = [
    {"@type": "ClaimReview", "claimReviewed": f"The bridge number {number} is closed.", "reviewRating": "False",
     "datePublished": "2021-03-0" + str(number), "inLanguage": "English", "url": url}
    for number, url in ((1, "https://check.example.org/1"), (2, "no address"), (3, "no address"))
]  # fmt: skip


def plain(text):
    return " ".join(text.split())


def test_reviews_go_in_with_a_report_and_are_found_after_their_reviews(refrain, tmp_path):
    file = tmp_path / "reviews.json"
    file.write_text(json.dumps([*REVIEWS, {"@type": "ClaimReview", "claimReviewed": "No verdict."}], indent=1))
    done = refrain("import", file)
    said = plain(done.err)
    assert done.code == 2
    assert "3 new, 0 updated, 0 unchanged, 1 rejected" in said
    assert "3 of 3 without a date count as said before their review" in said
    assert "left out 2 times: findings/0/url is no web address" in said
    assert "(reviews.json, /1; reviews.json, /2)" in said
    assert "reviews.json, /3: /reviewRating has neither" in said
    found = refrain("check", REVIEWS[0]["claimReviewed"], "--said-at", "2021-03-02", "--json")
    [match] = [one for one in json.loads(found.out)["matches"] if one["tier"] == "near_verbatim"]
    assert match["precedent"]["said_before"] == "2021-03-01"
    shown = plain(refrain("check", REVIEWS[0]["claimReviewed"], "--said-at", "2021-03-02").out)
    assert "before 1 March 2021 (date of the review)" in shown


def test_a_table_is_read_as_it_is_said_to_be_and_undated_lines_are_counted(refrain, tmp_path):
    file = tmp_path / "table.csv"
    file.write_bytes(
        "Wer;Was;Wann\r\nJürgen;Die Brücke ist zu.;4/2/2021\r\nKäthe;Der Fluß steigt.;\r\n".encode("cp1252")
    )
    assert refrain("import", file).code == 1
    done = refrain("import", file, "--map", "text=Was", "--map", "date=Wann", "--map", "speaker=Wer", "--dates", "dmy")
    said = plain(done.err)
    assert "table.csv: table, cp1252 (guessed: --encoding says another), cells between semicolons" in said
    assert "2 new" in said
    assert "1 of 2 has no date and will never count as earlier" in said
    file.write_text("Was;Wann\r\nDie Brücke ist offen.;2099-01-01\r\n", "utf-8")
    columns = ("--map", "text=Was", "--map", "date=Wann", "--dry-run")
    assert "1 dated in the future (table.csv, " in plain(refrain("import", file, *columns).err)
    rejected = refrain("import", file, *columns, "--future", "reject")
    assert (rejected.code, "its date is in the future" in plain(rejected.err)) == (2, True)
    assert (
        refrain("import", file, "--map", "colour=Was")
        .failed_in_a_line()
        .startswith("refrain: --map “colour” is no field")
    )


def test_a_dry_run_records_nothing_and_an_import_is_undone(refrain, tmp_path):
    file = tmp_path / "corpus.jsonl"
    file.write_text("".join(json.dumps({"text": f"Statement {n}.", "date": "2021"}) + "\n" for n in range(3)))
    assert "Dry run, nothing was recorded: 3 new" in plain(refrain("import", "--dry-run", file).err)
    assert "3 new" in plain(refrain("import", file).err)
    listed = refrain("imports", "list").out
    [identifier] = re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", listed)
    assert "corpus.jsonl" in listed
    undone = refrain("imports", "undo", identifier)
    assert (undone.code, "3 statements withdrawn" in plain(undone.err)) == (0, True)
    assert "undone" in refrain("imports", "list").out
    assert "3 new" in plain(refrain("import", file).err)
    assert refrain("imports", "undo", "nothing").failed_in_a_line() == (
        "refrain: there is no such import: a dry run leaves nothing that could be undone"
    )


def test_a_document_in_a_code_page_is_read(refrain, tmp_path):
    file = tmp_path / "page.html"
    said = "Мэр Борис Ионеску заявил, что ночью в городской лес выпустили волков."
    head = '<meta charset="windows-1251">'
    page = f"<html><head>{head}</head><body><p>Жители боятся.</p><p>{said}</p></body></html>"
    file.write_bytes(page.encode("cp1251"))
    answer = json.loads(refrain("check", "--document", file, "--json").out)
    assert "Борис Ионеску" in [one["speaker"] for one in answer["statements"]]
