"""`make test` runs every folder of tests."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_folder_of_tests_is_run():
    recipe = (ROOT / "Makefile").read_text("utf-8").partition("\ntest:")[2].partition("\n\n")[0].split()
    folders = {f"tests/{folder.name}" for folder in (ROOT / "tests").iterdir() if list(folder.rglob("test_*.py"))}
    assert folders
    assert folders <= set(recipe)
