"""The real models, prepared once per machine and opened once per run."""

from pathlib import Path

import pytest

from index.contract import Embedder
from index.embedders.model_folder import default_model_dir
from index.embedders.preparation.transformer_folder import write_transformer_folder
from index.factory import open_embedder


@pytest.fixture(scope="session")
def model_dir() -> Path:
    return default_model_dir()


@pytest.fixture(scope="session")
def shipped(model_dir: Path) -> Embedder:
    return open_embedder("", model_dir)


@pytest.fixture(scope="session")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    folder = tmp_path_factory.mktemp("multilingual-e5-small")
    write_transformer_folder(folder)
    return open_embedder(str(folder), folder)


@pytest.fixture(scope="session")
def hashing(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    return open_embedder("hashing", tmp_path_factory.mktemp("no-models"))
