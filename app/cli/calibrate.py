"""`refrain calibrate`: fits a projection and a scoring model to labelled folders, in throwaway archives.

A folder is used for what it has. `queries.jsonl` and `qrels.tsv` (of its split `train`, where it has splits): ranked
and labelled. Queries that are several wordings of one `case` of the corpus: pairs that mean the same, and an archive of
mixed languages. `keywords` in the corpus: topics. `pairs.jsonl` with human judgements of similarity: what is near
verbatim.
"""

import json
import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from app.admin_wiring import now
from app.domain.checks.checks import CheckRequest
from app.domain.checks.scoring import ScoringModel
from app.domain.core.dates import Period
from app.domain.statements.statements import NarrativeLabel, StatementDraft, indexed_text
from app.formats.evaluation import LabelledQuery, read_queries
from app.formats.file_format import Format
from app.formats.lines import Unreadable
from app.formats.opening import line_count, open_lines
from app.formats.scoring_file import UNMEASURED, FittedModel
from app.services import Services
from app.services.checks.find_candidates import FindCandidates
from app.services.checks.score_pairs import Found
from app.services.evaluation.fit_scoring import RANKED_BY, Ranking, Scored, fit, flag_precision, held_out
from app.settings import Settings
from app.wiring import build
from index.contract import EncodedText, EncoderInput, FloatArray, TextEncoder
from index.factory import open_embedder
from index.search.features import fuzzy_ratio
from index.search.projection import Projection, fit_projection
from index.text.encoder import DefaultTextEncoder

Track = Callable[[str, int], Callable[[int], None]]

_TRAIN = "train"
_SMALLEST_KIND = 50
"""Least number of texts of a language and kind for computing its mean."""
_SHORTENED = 3
"""Every third query is also ranked shortened to its first words, so that the inverse length can be fitted."""
_SHORT = (3, 8)
_SHORTENED_MARK = " shortened"
_VERBATIM_AT = 4.0
"""Grade, of five, in `pairs.jsonl`: identical but for unimportant details."""
_VERBATIM_PRECISION = 0.9


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder's texts with their vectors and, where it is labelled, its archive and the encodings of its queries."""

    name: str
    records: Mapping[str, Mapping[str, Any]]
    vectors: Mapping[str, FloatArray]
    queries: Sequence[LabelledQuery] = ()
    encodings: Sequence[EncodedText] = ()
    archive: Services | None = None
    multilingual: Services | None = None
    """Archive of the cases, each in one of the languages that it is available in."""

    @property
    def right_grade(self) -> int:
        """Grade of relevant documents: the highest that occurs."""
        return max((grade for query in self.queries for grade in query.grades.values()), default=1)

    @property
    def dated(self) -> bool:
        """True if relevant documents are earlier than the query; where they are later fact-checks, dates are
        ignored."""
        pairs = [
            (query.said_at, self.records.get(name, {}).get("date")) for query in self.queries for name in query.grades
        ]
        return bool(pairs) and all(said and date and str(date) < said.text for said, date in pairs)

    def group(self, query: LabelledQuery) -> str:
        """Cross-validation group: the broader narratives of the query's case where it has any, else the case."""
        broader = self.records.get(query.case, {}).get("narratives") or [query.case]
        return " ".join([self.name, *sorted(map(str, broader))])


def calibrate_folders(
    settings: Settings,
    folders: Sequence[Path],
    *,
    track: Track,
    dense: bool = False,
    reviewed: Services | None = None,
) -> FittedModel:
    """Scoring model fitted to the folders, and to the reviews in the archive `reviewed`. `dense`: by vectors only.

    Raises `Unreadable` where the folders do not suffice.
    """
    for folder in folders:
        if not any((folder / name).is_file() for name in ("corpus.jsonl", "pairs.jsonl")):
            raise Unreadable(f"{folder} has neither corpus.jsonl nor pairs.jsonl: there is nothing to fit to")
    with ExitStack() as opened:
        encoder = DefaultTextEncoder(open_embedder(settings.embedder, settings.model_dir))
        loaded = [_load(settings, folder, encoder, opened, track) for folder in folders]
        projection = Projection.identity(encoder.dimension) if dense else _fit_projection(loaded)
        verbatim = _verbatim_cut_offs(folders, encoder, projection, track)
        sources: dict[str, Sequence[Ranking]] = {}
        for loaded_folder in loaded:
            for name, archive in (
                (loaded_folder.name, loaded_folder.archive),
                (f"{loaded_folder.name}, languages mixed", loaded_folder.multilingual),
            ):
                if archive:
                    sources[name] = _rankings(
                        loaded_folder, archive, projection, track(f"Ranking {name}", len(loaded_folder.queries))
                    )
        if reviewed:
            sources["reviews"] = _reviewed_rankings(reviewed, projection)
        signals = ["dense"] if dense else RANKED_BY
        version = f"{now():%Y-%m-%d} {'dense' if dense else 'hybrid'}"
        blank = replace(UNMEASURED, version=version, embedder=encoder.name)
        if verbatim:
            blank = replace(blank, verbatim_dense=verbatim[0], verbatim_wording=verbatim[1])
        try:
            policy = fit(blank, sources, signals)
            scored = held_out(blank, sources, signals)
            figures = {name: _figures(policy, source_scores) for name, source_scores in scored.items() if source_scores}
        except ValueError as error:
            raise Unreadable(f"{', '.join(map(str, folders))}: {error}") from error
    measured = {"folders": [folder.name for folder in folders], "held_out": figures}
    return FittedModel(replace(policy, measured=measured), None if dense else projection)


def _load(settings: Settings, folder: Path, encoder: TextEncoder, opened: ExitStack, track: Track) -> Folder:
    if not (folder / "corpus.jsonl").is_file():
        return Folder(folder.name, {}, {})
    lines = (folder / "corpus.jsonl").read_text("utf-8").splitlines()
    records = {str(record["id"]): record for record in map(json.loads, filter(str.strip, lines))}
    if not (folder / "queries.jsonl").is_file():
        texts = [indexed_text(record.get("title"), record["text"]) for record in records.values()]
        vectors = encoder.embed(texts, track(f"Reading {folder.name}", len(texts)))
        return Folder(folder.name, records, dict(zip(records, vectors, strict=True)))
    queries = read_queries(folder)
    if any(query.split == _TRAIN for query in queries):
        queries = [query for query in queries if query.split == _TRAIN]
    queries = [*queries, *_with_shortened(queries)]
    encodings = encoder.encode(
        [EncoderInput(query.text, query.language) for query in queries], track("Reading queries", len(queries))
    )
    archive = _archive(settings, encoder, opened)
    lines_of = ((file.name, line) for file, line in open_lines(folder, Format.AUTO))
    archive.import_statements(lines_of, track(f"Reading {folder.name}", line_count(folder)))
    mixed = None
    if drafts := _multilingual_drafts(queries, records):
        mixed = _archive(settings, encoder, opened)
        mixed.record_statements(drafts)
    return Folder(folder.name, records, _vectors(archive), queries, encodings, archive, mixed)


def _archive(settings: Settings, encoder: TextEncoder, opened: ExitStack) -> Services:
    throwaway = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="refrain-calibrate-")))
    throwaway_settings = settings.model_copy(update={"data_dir": throwaway, "database_url": ""})
    archive = build(throwaway_settings, encoder=encoder, fitted=FittedModel(UNMEASURED, None))
    opened.callback(archive.store.close)
    archive.archive.open()
    archive.archive.backfill()
    return archive


def _with_shortened(queries: Sequence[LabelledQuery]) -> list[LabelledQuery]:
    drawn = random.Random(7)  # noqa: S311
    return [
        replace(query, id=query.id + _SHORTENED_MARK, text=" ".join(query.text.split()[: drawn.randint(*_SHORT)]))
        for query in queries[::_SHORTENED]
    ]


def _multilingual_drafts(
    queries: Sequence[LabelledQuery], records: Mapping[str, Mapping[str, Any]]
) -> list[StatementDraft]:
    """One random wording of each case of the corpus; empty where the queries are not wordings of cases."""
    wordings: dict[str, list[LabelledQuery]] = defaultdict(list)
    for query in queries:
        if query.case in records and not query.id.endswith(_SHORTENED_MARK):
            wordings[query.case].append(query)
    if all(len(case_wordings) < 2 for case_wordings in wordings.values()):
        return []
    drawn = random.Random(11)  # noqa: S311
    return [
        StatementDraft(
            text=chosen.text,
            language=chosen.language,
            said_at=chosen.said_at,
            external_id=case,
            narratives=tuple(NarrativeLabel(name) for name in records[case].get("fakes") or ()),
        )
        for case, case_wordings in sorted(wordings.items())
        for chosen in [drawn.choice(case_wordings)]
    ]


def _vectors(archive: Services) -> dict[str, FloatArray]:
    """The vectors of an archive's statements by external id."""
    with archive.store.reading() as tx:
        rows = [row for row in tx.vectors.changed_since(0, archive.encoder.fingerprint) if row.vector]
        statements = tx.statements.by_keys([row.key for row in rows])
    return {statements[row.key].external_id or "": np.frombuffer(row.vector or b"", "<f4") for row in rows}


def _fit_projection(folders: Sequence[Folder]) -> Projection:
    kinds: dict[str, list[FloatArray]] = defaultdict(list)
    pairs: list[FloatArray] = []
    tagged: list[tuple[FloatArray, Sequence[str]]] = []
    for folder in folders:
        full_queries = [
            (query, encoded)
            for query, encoded in zip(folder.queries, folder.encodings, strict=True)
            if not query.id.endswith(_SHORTENED_MARK)
        ]
        for name, vector in folder.vectors.items():
            kinds[f"{folder.name}, corpus, {folder.records[name].get('lang')}"].append(vector)
            if keywords := folder.records[name].get("keywords"):
                tagged.append((vector, keywords))
        for query, encoded in full_queries:
            kinds[f"{folder.name}, queries, {query.language}"].append(encoded.vector)
        if full_queries:
            pairs.append(_nuisance_differences(folder, full_queries))
    of_size = {name: np.array(vectors) for name, vectors in kinds.items() if len(vectors) >= _SMALLEST_KIND}
    if not of_size:
        raise Unreadable("the folders hold too few texts to fit anything to")
    tags = (np.array([vector for vector, _ in tagged]), [tags for _, tags in tagged]) if tagged else None
    return fit_projection(of_size, pairs, tags)


def _nuisance_differences(folder: Folder, full_queries: Sequence[tuple[LabelledQuery, EncodedText]]) -> FloatArray:
    """Differences of wordings from the mean wording of their case or, without cases, of queries from their relevant
    documents."""
    cases: dict[str, list[FloatArray]] = defaultdict(list)
    for query, encoded in full_queries:
        cases[query.case].append(encoded.vector)
    if any(len(vectors) > 1 for vectors in cases.values()):
        return np.concatenate([np.array(vectors) - np.mean(vectors, 0) for vectors in cases.values()])
    found = [
        encoded.vector - folder.vectors[name]
        for query, encoded in full_queries
        for name, grade in query.grades.items()
        if grade == folder.right_grade and name in folder.vectors
    ]
    return np.array(found)


Find = Callable[[CheckRequest, str, EncodedText], list[Found]]
"""Candidates of a request in a language whose text has been encoded."""


def _candidate_finder(services: Services, projection: Projection) -> Find:
    """Candidate search with every feature, through a projection that is being fitted."""
    archive = services.archive.with_projection(projection)
    archive.open()
    archive.backfill()
    moment = now()
    find_candidates = FindCandidates(archive.index, replace(UNMEASURED, weights=dict.fromkeys(RANKED_BY, 1.0)))

    def find(request: CheckRequest, language: str, encoded: EncodedText) -> list[Found]:
        with services.store.reading() as tx:
            return find_candidates(tx, request, language, encoded, frozenset(), moment)

    return find


def _rankings(
    folder: Folder, services: Services, projection: Projection, progress: Callable[[int], None]
) -> list[Ranking]:
    find = _candidate_finder(services, projection)
    rankings = []
    for query, encoded in zip(folder.queries, folder.encodings, strict=True):
        right = {name for name, grade in query.grades.items() if grade == folder.right_grade}
        request = CheckRequest(query.text, said_at=query.said_at, earlier_only=folder.dated, minimum_tier="any")
        found = find(request, query.language, encoded)
        rankings.append(
            Ranking(
                folder.group(query),
                [candidate.signals for candidate, _ in found],
                [candidate.narratives for candidate, _ in found],
                [statement.external_id in right for _, statement in found],
                bool(right),
                made=query.id.endswith(_SHORTENED_MARK) or services is folder.multilingual,
            )
        )
        progress(1)
    return rankings


def _reviewed_rankings(services: Services, projection: Projection) -> list[Ranking]:
    """Rankings from the analysts' reviews in an archive: one for each text, of the reviewed candidates only."""
    find = _candidate_finder(services, projection)
    decided: dict[tuple[str, str, Period | None], dict[int, bool]] = defaultdict(dict)
    with services.store.reading() as tx:
        for pair in tx.reviews.labelled_pairs():
            verdict = pair.verdict == "confirmed"
            decided[pair.text, pair.language, pair.said_at].setdefault(pair.precedent.key, verdict)
    rankings = []
    for (text, language, said_at), verdicts in decided.items():
        [encoded] = services.encoder.encode([EncoderInput(text, language)])
        request = CheckRequest(text, said_at=said_at, earlier_only=said_at is not None, limit=50, minimum_tier="any")
        found = [
            candidate_and_statement
            for candidate_and_statement in find(request, language, encoded)
            if candidate_and_statement[0].key in verdicts
        ]
        rankings.append(
            Ranking(
                text,
                [candidate.signals for candidate, _ in found],
                [candidate.narratives for candidate, _ in found],
                [verdicts[candidate.key] for candidate, _ in found],
                any(verdicts.values()),
            )
        )
    return rankings


def _verbatim_cut_offs(
    folders: Sequence[Path], encoder: TextEncoder, projection: Projection, track: Track
) -> tuple[float, float] | None:
    """Cut-offs of `near_verbatim`, on cosine and on letters, from pairs with human judgements; None without any."""
    lines = [
        line for folder in folders if (folder / "pairs.jsonl").is_file() for line in (folder / "pairs.jsonl").open()
    ]
    pairs = [pair for pair in map(json.loads, lines) if "score" in pair]
    if not pairs:
        return None
    progress = track("Reading pairs", 2 * len(pairs))
    first, second = (projection.project(encoder.embed([pair[side] for pair in pairs], progress)) for side in ("a", "b"))
    dense = (first * second).sum(1)
    wording = np.array([fuzzy_ratio(pair["a"], pair["b"]) for pair in pairs])
    same = np.array([pair["score"] >= _VERBATIM_AT for pair in pairs])
    return _cut_off(dense, same), _cut_off(wording, same)


def _cut_off(values: FloatArray, same: npt.NDArray[np.bool_]) -> float:
    """Lowest value above which the share of equal pairs reaches the required precision."""
    order = np.argsort(-values)
    right = np.cumsum(same[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(right >= _VERBATIM_PRECISION)
    return round(float(values[order[enough[-1]]]), 3) if len(enough) else 1.0


def _figures(policy: ScoringModel, scored: Scored) -> dict[str, float | None]:
    """Precision and recall of the flag cut-off on rankings that the model was not fitted to."""
    precision = flag_precision(scored, policy.flag_at)
    flagged = [max(scores, default=0) >= policy.flag_at for scores, _ in scored]
    right = (precision or 0) * sum(flagged)
    answerable = sum(ranking.answerable for _, ranking in scored)
    firsts = [flag for flag, (_, ranking) in zip(flagged, scored, strict=True) if not ranking.answerable]
    return {
        "queries": len(scored),
        "flag_precision": precision,
        "flag_recall": right / answerable if answerable else None,
        "false_flag_rate": sum(firsts) / len(firsts) if firsts else None,
    }
