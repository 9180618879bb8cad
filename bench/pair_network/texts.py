"""Texts of the development data, and the hashes by which readings name them."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HASH_DIGITS = 12
COLLECTIONS = (
    "propaganda_diary/queries.jsonl",
    "euvsdisinfo/corpus.jsonl",
    "checkthat2022_en/queries.jsonl",
    "checkthat2022_en/corpus.jsonl",
    "checkthat2021_ar/queries.jsonl",
    "checkthat2021_ar/corpus.jsonl",
    "sts_news/pairs.jsonl",
    "role_of_context/pairs.jsonl",
)
_ADDRESS = re.compile(r"https?://\S+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_SHORTEST_SENTENCE = 40
_LONGEST_OPENING = 350
_LONGEST_SUMMARY = 400
_LONGEST_PLAIN_SUMMARY = 380


class Text(NamedTuple):
    """A text and its language code. As a key it stands for itself: the same words in one language are one text."""

    text: str
    language: str


def read_lines(file: Path) -> list[dict]:
    """The objects of a file of JSON lines; none where there is no such file."""
    if not file.is_file():
        return []
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def text_hash(text: str) -> str:
    """The first twelve hexadecimal digits of the SHA-256 of the text, white space normalised."""
    return hashlib.sha256(one_line(text).encode()).hexdigest()[:HASH_DIGITS]


def opening(disproof: str, sentences: int) -> str:
    """The first sentences of a disproof, links and very short sentences left out; empty where none is left."""
    found = [one for one in _SENTENCE_END.split(_ADDRESS.sub("", disproof).strip()) if len(one) > _SHORTEST_SENTENCE]
    return " ".join(found[:sentences])[:_LONGEST_OPENING]


def cut_summary(summary: str) -> str:
    """The whole sentences of a summary's first 400 characters."""
    return summary[:_LONGEST_SUMMARY].rsplit(". ", 1)[0]


def plain_summary(summary: str) -> str:
    """A summary without links on one line; where it is long, the whole sentences of its first 380 characters."""
    text = one_line(_ADDRESS.sub("", summary))
    if len(text) < _LONGEST_PLAIN_SUMMARY:
        return text
    return text[:_LONGEST_PLAIN_SUMMARY].rsplit(". ", 1)[0]


def texts_of(one: dict) -> Iterator[Text]:
    """Every text that a line of a collection can have given to a pair, cut ones included."""
    language = one.get("lang") or "en"
    for name in ("text", "a", "b"):
        if one.get(name):
            yield Text(one[name], language)
    if one.get("disproof"):
        for sentences in (1, 2):
            yield Text(opening(one["disproof"], sentences), "en")
    if one.get("summary"):
        yield Text(cut_summary(one["summary"]), "en")
        yield Text(plain_summary(one["summary"]), "en")


def texts_by_hash(data: Path) -> dict[str, Text]:
    """All texts of the collections in the folder `data`, by `text_hash`."""
    found: dict[str, Text] = {}
    for name in COLLECTIONS:
        for one in read_lines(data / name):
            for text in texts_of(one):
                found.setdefault(text_hash(text.text), text)
    return found
