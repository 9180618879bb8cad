"""The pictures of the documentation are there, in light and dark, and no larger than a reader should wait for."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "README.md",
    *(ROOT / "docs").glob("*.md"),
    *ROOT.glob("plugins/*/README.md"),
    ROOT / "client-js/README.md",
]
LARGEST = 250_000


def pictures():
    """Every picture that a page shows."""
    named = [
        (page, one) for page in PAGES for one in re.findall(r'(?:src|srcset)="([^"]+\.png)"', page.read_text("utf-8"))
    ]
    return sorted({(page.parent / one).resolve() for page, one in named})


@pytest.mark.parametrize("picture", pictures(), ids=lambda picture: picture.name)
def test_a_picture_that_is_shown_is_there_and_not_too_large(picture):
    assert picture.is_relative_to(ROOT / "docs" / "images")
    assert 0 < picture.stat().st_size < LARGEST


def test_every_picture_has_its_light_and_its_dark_one():
    names = {one.stem for one in (ROOT / "docs" / "images").glob("*.png")}
    light, dark = ({one.removesuffix(end) for one in names if one.endswith(end)} for end in ("-light", "-dark"))
    assert light == dark
    assert len(names) == 2 * len(light) >= 12
