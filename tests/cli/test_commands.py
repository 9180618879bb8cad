"""The `refrain` command: what it prints, and how it ends."""

import json

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, write_jsonl


@pytest.fixture
def corpus(tmp_path):
    return write_jsonl(
        tmp_path / "corpus.jsonl",
        {"id": "1", "text": STAGED, "date": "2021-02", "lang": "en", "speaker": "Karpov", "source": "Outlet",
         "narratives": ["Staged attacks"], "url": "https://example.org/1", "disproof": "There is no trace of it."},
        {"id": "2", "text": STAGED_ELSEWHERE, "date": "2021-04-24", "lang": "en"},
        {"id": "3", "text": GRAIN, "date": "2021-05-01", "lang": "en"},
        {"id": "4", "text": STAGED, "date": "2022-01-01", "lang": "en"},
    )  # fmt: skip


def test_an_import_says_what_became_of_the_lines_and_can_be_repeated(refrain, corpus):
    first = refrain("import", corpus)
    assert (first.code, first.err.strip()) == (0, "4 new, 0 updated, 0 unchanged, 0 rejected")
    again = refrain("import", corpus)
    assert (again.code, again.err.strip()) == (0, "0 new, 0 updated, 4 unchanged, 0 rejected")


def test_rejected_lines_are_listed_with_their_reasons_and_the_exit_code_tells(refrain, tmp_path):
    file = tmp_path / "mixed.csv"
    file.write_text("text,date,language\nOne.,2021,en\nTwo.,soon,en\n,2021,en\n")
    ran = refrain("import", file)
    assert ran.code == 2
    assert "1 new, 0 updated, 0 unchanged, 2 rejected" in ran.err
    assert "mixed.csv, line 3: /date cannot be read as a date" in ran.err
    assert "mixed.csv, line 4: /text is empty" in ran.err


def test_a_folder_is_imported_with_its_narratives(refrain, corpus, tmp_path):
    write_jsonl(tmp_path / "narratives.jsonl", {"id": "Staged attacks", "title": "The staged attack"})
    assert refrain("import", tmp_path).code == 0
    shown = refrain("check", STAGED, "--said-at", "2021-05-23", "--json")
    [first, _] = json.loads(shown.out)["matches"]
    assert [one["title"] for one in first["precedent"]["narratives"]] == ["The staged attack"]


def test_a_format_can_be_said(refrain, corpus, tmp_path):
    renamed = corpus.rename(tmp_path / "statements.txt")
    assert refrain("import", renamed).code == 0
    assert refrain("import", renamed, "--format", "jsonl").code == 0
    renamed.write_text("Words that nobody laid out.")
    assert "say --format" in refrain("import", renamed).failed_in_a_line()


@pytest.mark.parametrize("arguments", [["import", "nothing.jsonl"], ["evaluate", "nothing"]])
def test_a_path_that_is_not_there_is_named(refrain, arguments):
    assert arguments[1] in refrain(*arguments).failed_in_a_line()


def test_a_check_prints_the_precedents_as_an_analyst_reads_them(refrain, corpus):
    refrain("import", corpus)
    ran = refrain("check", STAGED, "--said-at", "2021-05-23")
    printed = " ".join(ran.out.split())
    assert ran.code == 0
    assert "Said at least 2 times before: first in February 2021, last on 24 April 2021, 29 days earlier." in printed
    assert "FLAGGED" in printed
    first, second = (printed.index(f"{number}. {words}") for number, words in (
        (1, "Word for word as in February 2021 ("), (2, "The same script as on 24 April 2021"),
    ))  # fmt: skip
    assert first < printed.index("Karpov, Outlet") < printed.index("Script: Staged attacks") < second
    assert "disproved: There is no trace of it." in printed
    assert "https://example.org/1" in printed
    assert "29 days before" in printed
    assert "2022-01-01" not in printed


def test_a_check_of_nothing_known_says_so(refrain):
    assert "Nothing like it is in the archive." in refrain("check", STAGED).out


def test_a_check_as_json_is_the_answer_of_the_api(refrain, corpus):
    refrain("import", corpus)
    answer = json.loads(refrain("check", STAGED, "--said-at", "2021-05-23", "--json", "--limit", "1").out)
    assert answer.keys() >= {"text", "language", "stance", "flagged", "summary", "recurrence", "matches", "model"}
    [match] = answer["matches"]
    assert (match["precedent"]["external_id"], match["tier"]) == ("1", "near_verbatim")
    assert answer["recurrence"]["count"] == 2


def test_a_check_reads_its_text_from_standard_input(refrain):
    assert json.loads(refrain("check", "-", "--json", stdin=f" {STAGED}\n".encode()).out)["text"] == STAGED


@pytest.mark.parametrize(
    ("arguments", "stdin", "said"),
    [(["check", STAGED, "--said-at", "soon"], b"", "/said_at cannot be read as a date: write YYYY"),
     (["check", " "], b"", "is empty"), (["check", "-"], b"", "is empty"), (["check", "-"], b"W\xf6rds", "surrogate"),
     (["check", "x" * 5_001], b"", "the limit is 5,000")],
)  # fmt: skip
def test_a_check_that_cannot_be_meant_is_refused_in_a_line(refrain, arguments, stdin, said):
    assert said in refrain(*arguments, stdin=stdin).failed_in_a_line()


def test_a_limit_out_of_range_is_misuse(refrain):
    ran = refrain("check", STAGED, "--limit", "51")
    assert ran.code == 2
    assert "--limit" in ran.err


def test_keys_are_made_listed_and_revoked(refrain):
    made = refrain("keys", "create", "Plugin", "--scope", "check", "--scope", "read", "--organisation", "Newsroom")
    assert made.code == 0
    [secret] = made.out.splitlines()
    assert secret.startswith("rfr_")
    assert secret not in made.err
    listed = refrain("keys", "list").out
    assert secret not in listed
    assert secret[:8] in listed
    key_id = made.err.split()[1]
    assert refrain("keys", "revoke", key_id).code == 0
    assert "no such key" in refrain("keys", "revoke", key_id).failed_in_a_line()


def test_a_scope_that_is_none_is_misuse(refrain):
    assert refrain("keys", "create", "Plugin", "--scope", "everything").code == 2
    assert refrain("keys", "create", "Plugin").code == 2


def test_migrate_and_reindex_may_be_run_at_any_time(refrain, corpus, tmp_path):
    assert refrain("migrate").code == 0
    assert refrain("migrate").code == 0
    refrain("import", corpus)
    (tmp_path / "data" / "index.snapshot").write_bytes(b"damaged")
    ran = refrain("reindex")
    assert (ran.code, ran.err.strip()) == (0, "The index holds 4 statements.")
    assert json.loads(refrain("check", STAGED, "--said-at", "2021-05-23", "--json").out)["recurrence"]["count"] == 2


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("REFRAIN_PROT", "8000", "unknown setting REFRAIN_PROT: there are "),
        ("REFRAIN_PORT", "eighty", "REFRAIN_PORT: "),
        (
            "REFRAIN_DATABASE_URL",
            "mysql://host/name",
            "names 'mysql': Refrain keeps its archive in sqlite or postgresql",
        ),
        ("REFRAIN_DATABASE_URL", "not a url", "REFRAIN_DATABASE_URL cannot be read: write sqlite:///"),
        ("REFRAIN_DATABASE_URL", "sqlite://", "must name a file"),
        ("REFRAIN_DATABASE_URL", "sqlite:////proc/nothing/refrain.sqlite3", "cannot open the database"),
        ("REFRAIN_INDEX_URL", "annoy:", "There is no index 'annoy:'"),
    ],
)
@pytest.mark.parametrize("arguments", [["reindex"], ["check", STAGED]])
def test_a_setting_that_cannot_work_stops_the_command_in_a_line(refrain, monkeypatch, name, value, said, arguments):
    monkeypatch.setenv(name, value)
    assert said in refrain(*arguments).failed_in_a_line()


def test_a_data_directory_that_is_a_file_stops_the_command_in_a_line(refrain, monkeypatch, corpus):
    monkeypatch.setenv("REFRAIN_DATA_DIR", str(corpus))
    assert "cannot open the database" in refrain("migrate").failed_in_a_line()


def test_a_file_that_is_no_database_stops_the_command_in_a_line(refrain, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "refrain.sqlite3").write_bytes(b"no database at all, but some text of some length" * 50)
    assert "cannot open the database" in refrain("migrate").failed_in_a_line()


ARTICLE = "The Border Service of Laria said on Tuesday that militants are preparing a staged chemical attack.\n"


def test_an_article_is_checked_claim_by_claim_and_nothing_is_stored(refrain, corpus, tmp_path):
    refrain("import", corpus)
    file = tmp_path / "article.txt"
    file.write_text(ARTICLE)
    printed = " ".join(refrain("check", "--document", file, "--published-at", "2021-05-24").out.split())
    assert "1. Border Service of Laria, 18 May 2021" in printed
    assert "militants are preparing a staged chemical attack" in printed
    ran = refrain("check", "--document", "-", "--published-at", "2021-05-24", "--json", stdin=ARTICLE.encode())
    answer = json.loads(ran.out)
    [one] = answer["statements"]
    assert (one["speaker"], one["said_at"], one["check"]["text"]) == (
        "Border Service of Laria",
        "2021-05-18",
        one["text"],
    )
    assert (answer["text"], one["check"]["document"]) == (ARTICLE.strip(), None)


def test_a_document_is_recognised_as_html_or_text(refrain, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(f"<html><body><article><p>{ARTICLE}</p></article></body></html>")
    answer = json.loads(refrain("check", "--document", file, "--json").out)
    assert answer["text"] == ARTICLE.strip()
    assert answer["statements"][0]["said_at"] is None


@pytest.mark.parametrize("arguments", [[], ["One.", "--document", "-"], ["--document", "nothing.txt"]])
def test_what_to_check_is_said_once_and_is_there(refrain, arguments):
    refrain("check", *arguments).failed_in_a_line()
