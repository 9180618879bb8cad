"""Labelled pairs: judged by two readers, read by one, and written for the purpose.

Labels follow `judged_pairs/GUIDE.md` of the data: 2 the same message, 1 the same storyline but another message, 0
unrelated, -1 opposite.

`readings.tsv.gz` has the labels of 15,021 pairs of the collections, each read by one reader (a language model that was
given the guide and the two texts). The texts are others' and are not here: a line names them by their hashes
(`texts.text_hash`), and they are found again in the data. Pairs of the kind `control` were judged by two others before:
on "2 or not" the reader agrees with them on .963 of 300 (precision 1.0, recall .84). Nothing is trained on those.
"""

import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from app.formats.new_texts import shipped_new_texts

from .texts import Text, one_line, read_lines, text_hash, texts_by_hash

HERE = Path(__file__).parent
SAME = 2
OPPOSITE = -1
LABELS = (OPPOSITE, 0, 1, SAME)
"""In the order of the network's classes."""
CONTROL = "control"
DIARY_KINDS = ("diary", "diary_euvs")
_NOT_TRAINED = ("instance",)
"""Written pairs in which a script is told of another occasion; the network that ships was trained without them."""


class LabelledPair(NamedTuple):
    """Two texts with every label that a reader gave."""

    statement: Text
    precedent: Text
    labels: tuple[int, ...]
    kind: str

    @property
    def label(self) -> int | None:
        """The label on which all readers agree, or None."""
        return self.labels[0] if len(set(self.labels)) == 1 else None

    @property
    def same(self) -> float:
        """The share of readers who say that both convey the same message."""
        return sum(label == SAME for label in self.labels) / len(self.labels)

    @property
    def texts(self) -> tuple[str, str]:
        """Both texts as they are compared when test texts are held back."""
        return one_line(self.statement.text), one_line(self.precedent.text)


class Readings(NamedTuple):
    """The readings whose texts are in the data, and how many are not."""

    pairs: list[LabelledPair]
    missing: int

    def trained(self) -> list[LabelledPair]:
        """All but the control pairs."""
        return [pair for pair in self.pairs if pair.kind != CONTROL]


def judged_pairs(data: Path) -> list[LabelledPair]:
    """The pairs that two readers judged, with both labels."""
    return [
        LabelledPair(
            Text(one["statement"], one["lang"]), Text(one["precedent"], one["plang"]), tuple(one["labels"]), one["kind"]
        )
        for one in read_lines(data / "judged_pairs" / "pairs.jsonl")
    ]


def readings(data: Path, file: Path = HERE / "readings.tsv.gz") -> Readings:
    """The readings of `file`, their texts looked up in the folder `data`."""
    texts = texts_by_hash(data)
    for pair in judged_pairs(data):
        for text in (pair.statement, pair.precedent):
            texts.setdefault(text_hash(text.text), text)
    found, missing = [], 0
    for line in gzip.decompress(file.read_bytes()).decode().splitlines()[1:]:
        kind, statement, precedent, label = line.split("\t")
        if statement in texts and precedent in texts:
            found.append(LabelledPair(texts[statement], texts[precedent], (int(label),), kind))
        else:
            missing += 1
    return Readings(found, missing)


def written_pairs() -> list[LabelledPair]:
    """Pairs in our own words: paraphrases and translations (`same`); denials, exchanged actors, shared names (`hard`)."""
    return [
        pair_of(one, "same" if one["label"] == SAME else "hard")
        for one in read_lines(HERE / "written_pairs.jsonl")
        if one["how"] not in _NOT_TRAINED
    ]


def more_pairs(file: Path) -> list[LabelledPair]:
    """Pairs of a file of JSON lines with `statement`, `lang`, `precedent`, `plang`, `label`, and where known `kind`."""
    return [pair_of(one, one.get("kind", "more")) for one in read_lines(file)]


def pair_of(one: dict, kind: str) -> LabelledPair:
    return LabelledPair(
        Text(one["statement"], one["lang"]), Text(one["precedent"], one["plang"]), (int(one["label"]),), kind
    )


def everyday_texts() -> list[Text]:
    """Shipped texts that repeat no claim of any archive, those of the half that may be learned from."""
    return [Text(one.text, one.language) for one in shipped_new_texts("fit")]


def case_texts(data: Path) -> dict[str, dict[str, Text]]:
    """Of every case of the diary the statement in each language, by language code."""
    cases: dict[str, dict[str, Text]] = {}
    for one in read_lines(data / "propaganda_diary" / "queries.jsonl"):
        cases.setdefault(one["case"], {})[one["lang"]] = Text(one["text"], one["lang"])
    return cases


def control_agreement(found: Readings, judged: Sequence[LabelledPair]) -> dict[str, float]:
    """Agreement of the control readings with the judged pairs on "the same message or not"."""
    known = {pair.texts: pair.label for pair in judged}
    control = [pair for pair in found.pairs if pair.kind == CONTROL and known.get(pair.texts) is not None]
    both = [(pair.label == SAME, known[pair.texts] == SAME) for pair in control]
    right = sum(read and by_two for read, by_two in both)
    return {
        "pairs": len(both),
        "agreement": sum(read == by_two for read, by_two in both) / max(len(both), 1),
        "precision": right / max(sum(read for read, _ in both), 1),
        "recall": right / max(sum(by_two for _, by_two in both), 1),
    }
