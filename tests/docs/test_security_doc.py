"""The threat model is complete: every kind of attack has its tests, they exist, and the defences can be taken out."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KINDS = (
    "Authentication and brute force", "Second factor and single sign-on", "Organisations apart", "Injection",
    "Stored and reflected scripts", "Forged requests and clickjacking", "Requests that go out", "Bombs",
    "Regular expressions and costly texts", "Slow clients and connections", "Fair shares",
    "Poisoning of the archive and of reviews", "Orders in texts", "Secrets, logs and errors", "Code from data",
    "Telemetry", "Files and backups", "Audit and erasure", "Supply chain",
)  # fmt: skip
SUBJECTS = (
    "guess", "brute force", "PKCE", "SQL", "line break", "formula", "CSRF", "clickjacking", "framed", "open redirect",
    "DNS rebinding", "redirect", "issuer", "address of an article", "packed", "JSON", "levels", "backtracks", "headers",
    "idle connections", "quota", "external_id", "counter-example", "withdrawn", "propos", "template syntax",
    "placeables", "pickle", "umask", "backup", "chain", "erase", "locked", "stranger", "insider", "receiver", "disk",
)  # fmt: skip
DEFENCES = tomllib.loads((ROOT / "bench" / "defences.toml").read_text("utf-8"))["defence"]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
TAKEN_OUT = {defence["test"] for defence in DEFENCES}


@cache
def names_in(file):
    """Names of the tests in a file, those of classes with the class before them, as pytest has them."""
    body = ast.parse((ROOT / file).read_text("utf-8")).body
    classes = [node for node in body if isinstance(node, ast.ClassDef)]
    named = [("", node) for node in body] + [(f"{outer.name}::", inner) for outer in classes for inner in outer.body]
    return {prefix + node.name for prefix, node in named if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def rows(kind):
    """Lines of the table below a heading."""
    [section] = re.findall(rf"^## {re.escape(kind)}$(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    lines = [line.strip("|").split(" | ") for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line] for line in lines]


LINES = [(kind, *row) for kind in KINDS for row in rows(kind)]


def test_no_kind_of_attack_is_missing_and_there_is_no_other():
    assert tuple(re.findall(r"^## (.*)$", PAGE, re.MULTILINE)) == ("Who, and what for", *KINDS)
    assert {kind for kind, *_ in LINES} == set(KINDS)
    assert [subject for subject in SUBJECTS if subject not in PAGE] == []


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[1][:40])
def test_each_line_has_an_attack_a_defence_and_a_test_that_exists(line):
    _, attack, met_by, named = line
    assert attack
    assert met_by
    [(file, name)] = re.findall(r"`(tests/[\w/]+\.py)::([\w:]+)`", named)
    assert name in names_in(file)


def test_what_is_not_taken_out_is_marked():
    marked = {named.partition("`")[2].partition("`")[0]: "°" in named for *_, named in LINES}
    assert {test for test, is_marked in marked.items() if not is_marked} == TAKEN_OUT


@pytest.mark.parametrize("defence", DEFENCES, ids=lambda defence: defence["test"].partition("::")[2])
def test_a_defence_can_be_taken_out_where_it_is_said_to_be(defence):
    assert (ROOT / defence["file"]).read_text("utf-8").count(defence["replace"]) == 1
    assert defence["by"] != defence["replace"]
