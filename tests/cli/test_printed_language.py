"""What the command line prints of a check is in the language that the environment names."""

import json

from builders import STAGED, write_jsonl


def test_a_check_is_printed_in_the_language_of_the_environment(refrain, tmp_path, monkeypatch):
    refrain(
        "import", write_jsonl(tmp_path / "corpus.jsonl", {"text": STAGED, "date": "2021-04-24", "speaker": "Karpov"})
    )
    asked = ("check", STAGED, "--said-at", "2021-05-23")
    english = refrain(*asked).out
    assert "Statement of 23 May 2021" in english
    assert "Said at least once before: on 24 April 2021, 29 days earlier." in " ".join(english.split())
    monkeypatch.setenv("LC_ALL", "uk_UA.UTF-8")
    ukrainian = " ".join(refrain(*asked).out.split())
    assert "Заява від 23 травня 2021 року" in ukrainian
    assert "Це вже казали щонайменше раз: 24 квітня 2021 року, за 29 днів до того." in ukrainian
    assert STAGED in ukrainian
    assert json.loads(refrain(*asked, "--json").out)["summary"].startswith("Це вже казали")


def test_an_article_is_printed_in_it_too(refrain, tmp_path, monkeypatch):
    refrain("import", write_jsonl(tmp_path / "corpus.jsonl", {"text": STAGED, "date": "2021-04-24"}))
    article = f"On Sunday the ministry said: “{STAGED}” On Friday it denied it."
    asked = ("check", "--document", "-", "--published-at", "2021-05-24")
    assert "FLAGGED Said at least once before" in " ".join(refrain(*asked, stdin=article.encode()).out.split())
    monkeypatch.setenv("LC_ALL", "uk_UA.UTF-8")
    ukrainian = " ".join(refrain(*asked, stdin=article.encode()).out.split())
    assert "23 травня 2021 року" in ukrainian
    assert "СИГНАЛ Це вже казали щонайменше раз: 24 квітня 2021 року" in ukrainian
    assert "мовець невідомий" in ukrainian
    assert "FLAGGED" not in ukrainian
    undated = refrain("check", "--document", "-", stdin=article.encode())
    assert undated.err.startswith("Зауваження: День публікації не вказано")


def test_what_is_wrong_with_what_is_checked_is_said_in_it(refrain, monkeypatch):
    monkeypatch.setenv("LC_ALL", "uk_UA.UTF-8")
    empty = refrain("check", " ").failed_in_a_line()
    assert empty == "refrain: заява: тут порожньо: потрібен хоча б один видимий символ"
    undated = refrain("check", STAGED, "--said-at", "soon").failed_in_a_line()
    assert undated.startswith("refrain: /said_at: це не дата: пишіть РРРР")
    assert refrain("check").failed_in_a_line().startswith("refrain: вкажіть, що перевірити")
