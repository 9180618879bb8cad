"""The audit log from the command line: verified and exported."""

import csv
import io
import json
import sqlite3


def test_a_log_is_verified_and_its_last_entry_is_noted_for_the_next_time(refrain, tmp_path):
    refrain("accounts", "create", "ada", "--role", "admin", "--organisation", "Paper")
    verified = refrain("audit", "verify")
    assert verified.code == 0, verified.err
    noted = verified.out.strip()
    number, _, entry_hash = noted.partition(":")
    assert int(number) >= 1
    assert len(entry_hash) == 64
    refrain("accounts", "create", "bob", "--organisation", "Paper")
    assert refrain("audit", "verify", "--head", noted).code == 0
    assert "a number, a colon" in refrain("audit", "verify", "--head", "nonsense").failed_in_a_line()

    with sqlite3.connect(tmp_path / "data" / "refrain.sqlite3") as connection:
        connection.execute("DROP TRIGGER audit_entries_kept_update")
        connection.execute("UPDATE audit_entries SET actor_id = 'eve' WHERE number = 1")
    broken = refrain("audit", "verify")
    assert (broken.code, broken.out) == (1, "")
    assert "broken at entry 1" in broken.err


def test_a_log_is_exported_as_lines_of_json_and_as_csv(refrain):
    refrain("accounts", "create", "ada", "--role", "admin", "--organisation", "Paper")
    refrain("accounts", "create", "eve", "--organisation", "Elsewhere")
    lines = [json.loads(line) for line in refrain("audit", "export", "--organisation", "Paper").out.splitlines()]
    assert [line["action"] for line in lines] == ["account.created", "audit.exported"]
    assert lines[0]["actor_kind"] == "command"
    assert lines[0]["detail"] == {"role": "admin"}
    table = list(csv.DictReader(io.StringIO(refrain("audit", "export", "--format", "csv").out)))
    assert [row["action"] for row in table] == [
        "account.created",
        "account.created",
        "audit.exported",
        "audit.exported",
    ]
    assert json.loads(table[0]["detail"]) == {"role": "admin"}
    assert refrain("audit", "export", "--until", "2001").out == ""
    assert "--since cannot be read" in refrain("audit", "export", "--since", "soon").failed_in_a_line()


def test_an_account_is_erased_by_command(refrain):
    refrain("accounts", "create", "ada", "--role", "admin", "--organisation", "Paper")
    refrain("accounts", "create", "bob@example.org", "--organisation", "Paper")
    assert "the last admin" in refrain("erase", "account", "ada", "--reason", "left").failed_in_a_line()
    erased = refrain("erase", "account", "bob@example.org", "--reason", "left", "--reference", "mail of 1 May")
    assert erased.code == 0, erased.err
    assert "bob@example.org" not in refrain("accounts", "list").out
    assert "no account" in refrain("erase", "account", "bob@example.org", "--reason", "left").failed_in_a_line()
    assert refrain("erase", "statement", "nowhere", "--reason", "order").failed_in_a_line()
    assert "--reason" in refrain("erase", "check", "nowhere", "--reason", " ").failed_in_a_line()
