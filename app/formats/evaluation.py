"""A labelled folder: `corpus.jsonl`, `queries.jsonl`, `qrels.tsv` (query id, corpus id, grade)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.domain.core.dates import InvalidDate, Period, parse_period
from app.domain.core.strict_json import NotJson, loads
from app.formats.lines import Unreadable


@dataclass(frozen=True, slots=True)
class LabelledQuery:
    """Query of a labelled folder, with relevance grades by corpus id."""

    id: str
    text: str
    language: str
    said_at: Period | None
    case: str
    split: str | None
    grades: Mapping[str, int]


def read_queries(folder: Path, split: str | None = None) -> list[LabelledQuery]:
    """The folder's queries (of one split, where named). Raises `Unreadable`, naming the file and the line."""
    for name in ("corpus.jsonl", "queries.jsonl", "qrels.tsv"):
        if not (folder / name).is_file():
            raise Unreadable(f"{folder} has no {name}: an evaluation needs corpus.jsonl, queries.jsonl and qrels.tsv")
    corpus = {str(record["id"]) for _, record in _records(folder / "corpus.jsonl")}
    grades = _grades(folder / "qrels.tsv")
    queries = [_query(number, record, grades) for number, record in _records(folder / "queries.jsonl")]
    if not queries:
        raise Unreadable(f"{folder / 'queries.jsonl'} is empty: there is nothing to measure")
    named = {name for query in queries for name in query.grades}
    if not named & corpus:
        raise Unreadable(f"{folder / 'qrels.tsv'} names no query of queries.jsonl together with an id of corpus.jsonl")
    if split is None:
        return queries
    chosen = [query for query in queries if query.split == split]
    if not chosen:
        known = ", ".join(sorted({query.split for query in queries if query.split})) or "none"
        raise Unreadable(f"{folder} has no split {split!r}: its splits are {known}")
    return chosen


def _records(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            if not raw.strip():
                continue
            try:
                record = loads(raw.strip())
            except NotJson as error:
                raise Unreadable(f"{path}, line {number} {error}") from error
            if not isinstance(record, Mapping) or not record.get("id") or not str(record.get("text") or "").strip():
                raise Unreadable(f"{path}, line {number}: has to be an object with id and text")
            yield number, record


def _grades(path: Path) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    try:
        lines = path.read_text("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path} is not UTF-8 (byte {error.start + 1})") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            query, precedent, grade = line.split("\t")
            grades[query][precedent] = int(grade)
        except ValueError as error:
            raise Unreadable(f"{path}, line {number}: has to be query id, corpus id and grade between tabs") from error
    return grades


def _query(number: int, record: Mapping[str, object], grades: Mapping[str, Mapping[str, int]]) -> LabelledQuery:
    query_id = str(record["id"])
    date = record.get("date") or record.get("said_at")
    try:
        said_at = parse_period(str(date)) if date else None
    except InvalidDate as error:
        raise Unreadable(f"queries.jsonl, line {number}: date {date!r} {error}") from error
    return LabelledQuery(
        id=query_id,
        text=str(record["text"]),
        language=str(record.get("lang") or record.get("language") or "und"),
        said_at=said_at,
        case=str(record.get("case") or query_id),
        split=str(record["split"]) if record.get("split") else None,
        grades=grades.get(query_id, {}),
    )
