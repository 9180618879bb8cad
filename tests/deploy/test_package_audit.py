"""`make audit`: what fails it, what is accepted, and that it does not fail where it cannot ask."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("audit", ROOT / "requirements/audit.py")
audit = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(audit)

FOUND = {"name": "one", "version": "1.0", "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["1.1"]}]}


@pytest.fixture
def tool(tmp_path):
    """A stand-in for pip-audit that keeps what it is asked and answers as said."""

    def make(answer, code=0):
        script = tmp_path / "pip-audit"
        script.write_text(
            f"#!{sys.executable}\nimport sys, shutil\nshutil.copy(sys.argv[2], {str(tmp_path / 'asked')!r})\n"
            f"print({answer!r})\nsys.exit({code})\n"
        )
        script.chmod(0o755)
        return str(script)

    return make


@pytest.fixture
def lock(tmp_path):
    file = tmp_path / "some.lock"
    file.write_text(
        "# by pip-compile\none==1.0 \\\n    --hash=sha256:aa==bb\n    # via refrain\ntorch==2.13.0+cpu  # via x\n"
    )
    return str(file)


@pytest.fixture
def accepted(tmp_path, monkeypatch):
    file = tmp_path / "accepted.txt"
    file.write_text("# none\n")
    monkeypatch.setattr(audit, "ACCEPTED", file)
    return file


def test_a_finding_fails_it_and_says_what_mends_it(tool, lock, accepted, tmp_path, capsys):
    assert audit.main([tool(json.dumps({"dependencies": [FOUND]}), 1), lock]) == 1
    assert "one 1.0: PYSEC-1, fixed in 1.1" in capsys.readouterr().out
    assert (tmp_path / "asked").read_text().split() == ["one==1.0", "torch==2.13.0"]


def test_an_accepted_finding_does_not_by_any_of_its_names(tool, lock, accepted, capsys):
    accepted.write_text("CVE-1 one its parser is not used here\nCVE-9 two long gone\n")
    assert audit.main([tool(json.dumps({"dependencies": [FOUND]}), 1), lock]) == 0
    printed = capsys.readouterr().out
    assert "1 accepted" in printed
    assert "to be removed from accepted.txt: CVE-9" in printed


def test_one_is_not_accepted_without_a_reason(tool, lock, accepted):
    accepted.write_text("CVE-1 one\n")
    with pytest.raises(SystemExit, match="reason"):
        audit.main([tool("{}"), lock])


@pytest.mark.parametrize("answer", ["", "no connection"])
def test_where_it_cannot_ask_it_says_so_and_fails_nothing(tool, lock, accepted, capsys, answer):
    assert audit.main([tool(answer, 1), lock]) == 0
    assert "Not audited" in capsys.readouterr().out


def test_what_the_index_has_no_record_of_is_named(tool, lock, accepted, capsys):
    skipped = {"name": "two", "skip_reason": "not found"}
    assert audit.main([tool(json.dumps({"dependencies": [skipped]})), lock]) == 0
    printed = capsys.readouterr().out
    assert "0 packages audited" in printed
    assert "no record of them: two" in printed


def test_the_list_of_accepted_findings_can_be_read():
    audit.read_accepted(audit.ACCEPTED.read_text("utf-8"))
