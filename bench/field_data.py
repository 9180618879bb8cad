"""Data, archives and output that the rows of `bench/field.py` have in common."""

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from field_archives import KeptEncoder, drawn, read_lines, rounded

from app.formats.evaluation import read_queries
from app.formats.opening import Format, open_lines
from app.services import Services
from app.settings import load_settings
from app.wiring import PAIRS, build
from index.factory import open_embedder

REFUTATIONS = 200
CHECKTHAT = (("checkthat2022_en", "dev"), ("checkthat2022_en", "devtest2021"), ("checkthat2021_ar", "dev"))
"""Folders and splits of CheckThat! that are measured."""


class FieldData:
    """Data sets of one run, archives made of them, and the rows that it prints."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.data, self.cases = options.data, options.cases
        self.most_archived, self.most_texts, self.most_pairs = options.archive, options.texts, options.pairs
        self.only = tuple(options.only)
        settings = load_settings()
        self.settings = settings.model_copy(update={"policy": settings.policy or PAIRS})
        self.embedder = open_embedder(settings.embedder, settings.model_dir)
        self.encoder = KeptEncoder(self.embedder, pairs=True)

    # archives

    @contextmanager
    def archive(self) -> Iterator[Services]:
        """An empty one."""
        with tempfile.TemporaryDirectory(prefix="refrain-field-") as folder:
            self.data_dir = Path(folder)
            services = build(
                self.settings.model_copy(update={"data_dir": Path(folder), "database_url": ""}), encoder=self.encoder
            )
            services.archive.open()
            services.archive.backfill()
            yield services
            services.store.close()

    @contextmanager
    def folder(self, folder: Path, most: int | None = None) -> Iterator[Services]:
        """One with the corpus of a folder, or with as many of its statements drawn at random and what queries look for."""
        lines = list(open_lines(folder, Format.AUTO))
        if most is not None:
            sought = self.sought(folder)
            ids = [str(one["id"]) for one in read_lines(folder / "corpus.jsonl")]
            chosen = {*drawn(range(len(ids)), most), *(at for at, one in enumerate(ids) if one in sought)}
            lines = [line for at, line in enumerate(lines) if at in chosen]
        with self.archive() as services:
            services.import_statements((file.name, line) for file, line in lines)
            yield services

    def sought(self, folder: Path) -> set[str]:
        """The relevant statements of the queries of the splits that are measured, and the refuted ones."""
        if folder.name == "euvsdisinfo":
            return {str(one["id"]) for one in self.refuted()}
        splits = [split for name, split in CHECKTHAT if name == folder.name]
        return {found for split in splits for query in read_queries(folder, split) for found in query.grades}

    @contextmanager
    def large(self, name: str, *rows: str) -> Iterator[Services | None]:
        """One of a large corpus; None where it is not there, or none of the rows over it is wanted."""
        if not any(map(self.wants, rows)) or not self.has(name, "corpus.jsonl"):
            yield None
            return
        with self.folder(self.data / name, self.most_archived) as services:
            yield services

    # data

    def refuted(self) -> list[dict]:
        cases = read_lines(self.data / "euvsdisinfo" / "corpus.jsonl")
        return drawn([one for one in cases if one.get("disproof")], REFUTATIONS)

    def others(self, most: int) -> list[dict]:
        """Statements of EUvsDisinfo drawn at random; none where its folder is missing."""
        file = self.data / "euvsdisinfo" / "corpus.jsonl"
        return drawn(read_lines(file), most) if file.is_file() else []

    # output

    def wants(self, row: str) -> bool:
        return any(row.startswith(wish) or wish.startswith(row) for wish in self.only)

    def has(self, folder: str, file: str) -> bool:
        there = (self.data / folder / file).is_file()
        if not there:
            self.show("left out", {"missing": f"{folder}/{file}"})
        return there

    def show(self, row: str, measured: Mapping[str, object]) -> None:
        if self.wants(row):
            print(json.dumps({"row": row, **rounded(measured)}, ensure_ascii=False), flush=True)
