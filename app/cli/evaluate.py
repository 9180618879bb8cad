"""`refrain evaluate`: a labelled folder goes into a throwaway archive, and every query is ranked and judged.

Beside it, the held-out half of the texts that repeat nothing is checked against the same archive: what that says of
flags in use is worked out for a stated mix. A folder of judged pairs (`pairs.jsonl` with statements and precedents) is
measured pair by pair.
"""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

from app.domain.statements.statements import StatementDraft
from app.formats.evaluation import LabelledQuery, read_queries
from app.formats.file_format import Format
from app.formats.judged_pairs import JudgedPair, has_judged_pairs, read_judged_pairs
from app.formats.lines import Unreadable
from app.formats.new_texts import NewText, read_new_texts, shipped_new_texts
from app.formats.opening import line_count, open_lines
from app.formats.scoring_file import FittedModel
from app.services import Services
from app.services.evaluation import evaluate, judged_pairs
from app.services.evaluation.evaluate import Query
from app.services.evaluation.false_flags import check_new_texts, false_flags
from app.services.evaluation.mix import REPEAT_SHARE, Mix
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
    repeat_share: float = REPEAT_SHARE,
    new_texts: Path | None = None,
    beside: Path | None = None,
    most_beside: int | None = None,
) -> Mapping[str, object]:
    """The figures of `app.services.evaluation`, and with what they were measured. Raises `Unreadable`.

    `new_texts`: a file of texts that repeat nothing, instead of the shipped ones. `beside`: a folder whose statements
    are in the archive beside the precedents of judged pairs, at most `most_beside` of them.
    """
    pairs = read_judged_pairs(folder) if has_judged_pairs(folder) else None
    queries = None if pairs and not (folder / "queries.jsonl").is_file() else read_queries(folder, split)
    texts = read_new_texts(new_texts) if new_texts else shipped_new_texts("held_out")
    measured: dict[str, object] = {}
    if queries:
        with _throwaway_archive(settings, embedder, fitted) as services:
            _import(services, folder, track)
            requests = [query_of(query, any_time, services.languages.canonical) for query in queries]
            progress = track("Ranking the queries", len(requests))
            scores = evaluate.score_queries(services.check_statements, requests, progress)
            measured |= _head(services) | evaluate.report(scores)
            measured |= _in_use(
                services, texts, Mix(repeat_share, evaluate.flag_shares(scores), 0, 0, *evaluate.related(scores)), track
            )
    if pairs:
        with _throwaway_archive(settings, embedder, fitted) as services:
            if beside:
                _import(services, beside, track, most_beside)
            scored = score_judged_pairs(services, pairs, track)
            measured |= _head(services)
            measured["judged_pairs"] = {
                **judged_pairs.report(scored),
                "statements_in_archive": services.archive.size,
            }
            if not queries:
                measured |= _in_use(
                    services,
                    texts,
                    Mix(repeat_share, judged_pairs.flag_shares(scored), 0, 0, *judged_pairs.related(scored)),
                    track,
                )
    return {
        "folder": folder.name,
        "split": split,
        "any_time": any_time,
        "new_texts_from": new_texts.name if new_texts else "shipped, held out",
        **measured,
    }


def score_judged_pairs(services: Services, pairs: Sequence[JudgedPair], track: Track) -> list[judged_pairs.ScoredPair]:
    """The scores of pairs whose precedents are added to the archive of `services`."""
    precedents = list(dict.fromkeys((pair.precedent, pair.precedent_language) for pair in pairs))
    canonical = services.languages.canonical
    services.record_statements(
        [
            StatementDraft(text=text, language=canonical(language), external_id=f"judged precedent {number}")
            for number, (text, language) in enumerate(precedents)
        ],
        progress=track("Embedding the precedents", len(precedents)),
    )
    return judged_pairs.score_pairs(
        services.check_statements,
        pairs,
        canonical,
        track("Checking the pairs", sum(pair.label is not None for pair in pairs)),
    )


@contextmanager
def _throwaway_archive(settings: Settings, embedder: Embedder | None, fitted: FittedModel | None) -> Iterator[Services]:
    with tempfile.TemporaryDirectory(prefix="refrain-evaluate-") as throwaway:
        throwaway_settings = settings.model_copy(update={"data_dir": Path(throwaway), "database_url": ""})
        services = build(throwaway_settings, embedder=embedder, fitted=fitted)
        services.archive.open()
        services.archive.backfill()
        yield services
        services.store.close()


def _import(services: Services, folder: Path, track: Track, most: int | None = None) -> None:
    """Reads the statements of a folder, the first `most` lines of it. Raises `Unreadable` for one that is rejected."""
    count = line_count(folder)
    lines = ((file.name, line) for file, line in islice(open_lines(folder, Format.AUTO), most))
    report = services.import_statements(lines, track("Embedding the corpus", min(count, most or count)))
    if report.rejected:
        first = report.rejected[0]
        raise Unreadable(f"{folder / first.file}, line {first.number}: {first.reason}")


def _head(services: Services) -> dict[str, object]:
    return {
        "embedder": services.encoder.name,
        "fingerprint": services.encoder.fingerprint,
        "policy": services.policy.version,
        "flag_at": services.policy.flag_at,
    }


def _in_use(services: Services, texts: Sequence[NewText], repeats: Mix, track: Track) -> dict[str, object]:
    """Evaluation of flags in use: false flags on texts that repeat nothing, and the precision for the mix."""
    checks = check_new_texts(services.check_statements, texts, track("Checking texts that repeat nothing", len(texts)))
    flagged = sum(check.flagged for check in checks)
    mix = replace(repeats, new_texts=len(texts), new_texts_flagged=flagged)
    return {"new_texts": false_flags(texts, checks), "mix": mix.report()}


def query_of(query: LabelledQuery, any_time: bool, canonical: Callable[[str], str | None]) -> Query:
    """A labelled query as it is asked: every candidate is ranked, nothing is stored."""
    request = evaluate.request_of(
        query.text.strip(),
        language=canonical(query.language),
        said_at=query.said_at,
        earlier_only=not any_time,
    )
    return Query(request, query.language, query.case, query.grades)
