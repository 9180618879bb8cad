"""Keys and organisations from the command line."""

import re

from builders import STAGED, services, write_jsonl
from starlette.testclient import TestClient

from app.main import create_app


def key_id(ran):
    return re.search(r"Key (\S+) of", ran.err).group(1)


def test_a_key_is_rotated_with_its_new_secret_alone_on_the_last_line(refrain, tmp_path):
    made = refrain("keys", "create", "Plugin", "--scope", "read", "--organisation", "Paper", "--limit-per-hour", "7")
    rotated = refrain("keys", "rotate", key_id(made), "--overlap-hours", "1")
    secrets = [ran.out.splitlines()[-1] for ran in (made, rotated)]
    assert rotated.code == 0
    assert secrets[0] != secrets[1]
    built = services(tmp_path / "data")
    for secret in secrets:
        key = built.manage_keys.authenticate(secret)
        assert (key.id, key.organisation.name, key.limit_per_hour) == (key_id(made), "Paper", 7)
    built.store.close()
    assert refrain("keys", "revoke", key_id(made)).code == 0
    assert "revoked" in refrain("keys", "rotate", key_id(made)).failed_in_a_line()


def test_keys_are_listed_by_organisation(refrain):
    for organisation in ("Paper", "Radio"):
        refrain("keys", "create", "Plugin", "--scope", "read", "--organisation", organisation)
    assert len(refrain("keys", "list").out.splitlines()) >= 3
    assert "Radio" not in refrain("keys", "list", "--organisation", "Paper").out
    assert "no such organisation" in refrain("keys", "list", "--organisation", "Nobody").failed_in_a_line()


def test_an_organisation_is_made_changed_and_listed(refrain, tmp_path):
    assert refrain("organisations", "create", "House", "--operator", "--limit-per-hour", "500").code == 0
    assert "of this name" in refrain("organisations", "create", "House").failed_in_a_line()
    listed = refrain("organisations", "list").out
    assert "House" in listed
    assert "500" in listed
    changed = refrain(
        "organisations", "change", "House", "--name", "New house", "--no-operator", "--limit-per-hour", "0"
    )
    assert changed.code == 0, changed.err
    built = services(tmp_path / "data")
    found = built.manage_organisations.get("New house")
    assert (found.operator, found.limit_per_hour) == (False, None)
    built.store.close()


def test_what_is_imported_for_an_organisation_is_found_by_its_own_checks_alone(refrain, tmp_path):
    keys = {}
    for name in ("Paper", "Radio"):
        scopes = ("--scope", "check", "--scope", "read")
        keys[name] = refrain("keys", "create", "Plugin", *scopes, "--organisation", name).out.splitlines()[-1]
    file = write_jsonl(tmp_path / "one.jsonl", {"id": "1", "text": STAGED, "date": "2021-01-01", "fakes": ["N1"]})
    assert refrain("import", file, "--private", "Paper").code == 0
    assert "1 unchanged" in refrain("import", file, "--private", "Paper").err
    assert '"matches": []' in refrain("check", STAGED, "--said-at", "2021-05-23", "--json").out
    built = services(tmp_path / "data")
    counts = {}
    for name, secret in keys.items():
        caller = TestClient(create_app(built), headers={"Authorization": f"Bearer {secret}"})
        matches = caller.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}).json()["matches"]
        counts[name] = (len(matches), len(caller.get("/v1/narratives").json()["items"]))
    built.store.close()
    assert counts == {"Paper": (1, 1), "Radio": (0, 0)}
    assert "no such organisation" in refrain("import", file, "--private", "Nobody").failed_in_a_line()


def test_all_that_an_organisation_brought_is_withdrawn_and_restored(refrain, tmp_path):
    secret = refrain(
        "keys", "create", "A", "--scope", "write", "--scope", "read", "--organisation", "Paper"
    ).out.strip()
    built = services(tmp_path / "data")
    paper = TestClient(create_app(built), headers={"Authorization": f"Bearer {secret}"})
    one = paper.post("/v1/statements", json={"text": STAGED, "findings": [{"verdict": "false"}]}).json()["id"]
    ran = refrain("organisations", "withdraw", "Paper", "--reason", "Its key was stolen.")
    assert (ran.code, "1 statements, 1 findings, 0 counter-examples" in ran.err) == (0, True), ran.err
    assert paper.get(f"/v1/statements/{one}").json()["withdrawn"] is True
    [last, _] = paper.get(f"/v1/statements/{one}/revisions").json()["items"]
    assert (last["what"], last["reason"]) == ("withdrawn", "all contributions of Paper; Its key was stolen.")
    assert refrain("organisations", "withdraw", "Paper", "--restore").code == 0
    now = paper.get(f"/v1/statements/{one}").json()
    assert (now["withdrawn"], len(now["findings"])) == (False, 1)
    assert "no such organisation" in refrain("organisations", "withdraw", "Nobody").failed_in_a_line()
    built.store.close()
