"""Nothing can be set, called or go wrong without the documentation saying so."""

import re
from pathlib import Path

import pytest
from builders import services

from app.main import create_app
from app.settings import Settings
from app.web.problems import ALL

DOCS = Path(__file__).resolve().parents[2] / "docs"


def read(name):
    return (DOCS / name).read_text("utf-8")


@pytest.mark.parametrize("name", [f"REFRAIN_{field.upper()}" for field in Settings.model_fields])
def test_every_setting_is_in_the_operations_guide(name):
    assert re.search(rf"\b{name}\b", read("operations.md"))


def test_no_setting_that_is_none_is_in_the_operations_guide():
    known = {f"REFRAIN_{field.upper()}" for field in Settings.model_fields}
    assert set(re.findall(r"\bREFRAIN_[A-Z_]+[A-Z]\b", read("operations.md"))) <= known


@pytest.mark.parametrize("slug", [kind.slug for kind in ALL])
def test_every_problem_type_is_a_heading(slug):
    headings = re.findall(r"^#+\s+`?([^`\n]+?)`?\s*$", read("problems.md"), re.MULTILINE)
    assert slug in headings


def test_every_route_is_in_the_api_guide(tmp_path):
    built = services(tmp_path, opened=False)
    guide = read("api.md")
    for path, operations in create_app(built).openapi()["paths"].items():
        # The guide may name a parameter otherwise than the code does.
        address = re.sub(r"\\{\w+\\}", r"\\{\\w+\\}", re.escape(path))
        for method in operations:
            assert re.search(rf"\b{method.upper()}\b[^\n]*{address}(?![\w/{{])", guide), f"{method.upper()} {path}"
    built.store.close()
