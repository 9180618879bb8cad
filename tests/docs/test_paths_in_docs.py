"""The map and the glossary name files that exist, and the glossary is in alphabetical order."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATH = re.compile(
    r"`((?:app|index|docs|migrations|client|client-js|plugins|bench|sample|tests)/[\w./-]*|pyproject\.toml)`"
)


@pytest.mark.parametrize("name", ["architecture.md", "glossary.md"])
def test_every_path_that_a_page_names_exists(name):
    paths = set(PATH.findall((ROOT / "docs" / name).read_text("utf-8")))
    assert len(paths) > 40
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


def test_glossary_is_in_alphabetical_order():
    terms = re.findall(r"^- \*\*([^*]+)\*\*", (ROOT / "docs/glossary.md").read_text("utf-8"), re.MULTILINE)
    assert len(terms) > 70
    assert terms == sorted(terms, key=str.casefold)
