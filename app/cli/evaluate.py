"""`refrain evaluate`: a labelled folder goes into a throwaway archive, and every query is ranked and judged."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from app.formats.evaluation import LabelledQuery, read_queries
from app.formats.lines import Unreadable
from app.formats.opening import Format, line_count, open_lines
from app.formats.scoring_file import FittedModel
from app.services.evaluation import evaluate
from app.services.evaluation.evaluate import Query
from app.settings import Settings
from app.wiring import build
from index.contract import Embedder

Track = Callable[[str, int], Callable[[int], None]]


def evaluate_folder(
    settings: Settings,
    folder: Path,
    *,
    any_time: bool,
    split: str | None,
    track: Track,
    embedder: Embedder | None = None,
    fitted: FittedModel | None = None,
) -> Mapping[str, object]:
    """The figures of `app.services.evaluation.evaluate`, and with what they were measured. Raises `Unreadable`."""
    queries = read_queries(folder, split)
    with tempfile.TemporaryDirectory(prefix="refrain-evaluate-") as throwaway:
        throwaway_settings = settings.model_copy(update={"data_dir": Path(throwaway), "database_url": ""})
        services = build(throwaway_settings, embedder=embedder, fitted=fitted)
        services.archive.open()
        services.archive.backfill()
        lines = ((file.name, line) for file, line in open_lines(folder, Format.AUTO))
        report = services.import_statements(lines, track("Embedding the corpus", line_count(folder)))
        if report.rejected:
            first = report.rejected[0]
            raise Unreadable(f"{folder / first.file}, line {first.number}: {first.reason}")
        requests = [_query(query, any_time, services.languages.canonical) for query in queries]
        figures = evaluate.evaluate(services.check_statements, requests, track("Ranking the queries", len(requests)))
        services.store.close()
        return {
            "folder": folder.name,
            "split": split,
            "any_time": any_time,
            "embedder": services.encoder.name,
            "fingerprint": services.encoder.fingerprint,
            "policy": services.policy.version,
            **figures,
        }


def _query(query: LabelledQuery, any_time: bool, canonical: Callable[[str], str | None]) -> Query:
    request = evaluate.request_of(
        query.text.strip(),
        language=canonical(query.language),
        said_at=query.said_at,
        earlier_only=not any_time,
    )
    return Query(request, query.language, query.case, query.grades)
