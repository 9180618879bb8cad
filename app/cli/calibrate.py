"""`refrain calibrate`: labelled folders go into throwaway archives, and a projection and a policy are fitted to them.

A folder is used for what it has. `queries.jsonl` and `qrels.tsv` (of its split `train`, where it has splits): ranked
and labelled. Queries that are several wordings of one `case` of the corpus: pairs that mean the same, and an archive of
mixed languages. `keywords` in the corpus: themes. `pairs.jsonl` with people's judgement of likeness: what is near
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

from app.domain.checks.checks import CheckRequest
from app.domain.checks.scoring import ScoringModel
from app.domain.core.dates import Period
from app.domain.statements.statements import NarrativeLabel, StatementDraft, indexed_text
from app.formats.evaluation import LabelledQuery, read_queries
from app.formats.lines import Unreadable
from app.formats.opening import Format, line_count, open_lines
from app.formats.scoring_file import UNMEASURED, FittedModel
from app.services import Services
from app.services.checks.find_candidates import FindCandidates
from app.services.checks.score_pairs import Found
from app.services.evaluation.fit_scoring import RANKED_BY, Ranking, Scored, fit, flag_precision, held_out
from app.settings import Settings
from app.wiring import build, now
from index.contract import EncodedText, EncoderInput, FloatArray, TextEncoder
from index.factory import open_embedder
from index.search.features import fuzzy_ratio
from index.search.projection import Projection, fit_projection
from index.text.encoder import DefaultTextEncoder

Track = Callable[[str, int], Callable[[int], None]]

_TRAIN = "train"
_SMALLEST_KIND = 50
"""Texts that a mean of a language and kind is taken of."""
_SHORTENED = 3
"""Every third query is ranked once more by its first words, so that what short texts are worth is known."""
_SHORT = (3, 8)
_SHORTENED_MARK = " shortened"
_VERBATIM_AT = 4.0
"""Of five, in `pairs.jsonl`: the same but for unimportant details."""
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
    mixed: Services | None = None
    """The same statements, each in one of the languages that its case is encoder_input in."""

    @property
    def right_grade(self) -> int:
        """The grade of what is right: the highest that occurs."""
        return max((grade for query in self.queries for grade in query.grades.values()), default=1)

    @property
    def dated(self) -> bool:
        """Whether what is right is earlier than the query; where later fact-checks are, dates do not count."""
        pairs = [
            (query.said_at, self.records.get(name, {}).get("date")) for query in self.queries for name in query.grades
        ]
        return bool(pairs) and all(said and date and str(date) < said.text for said, date in pairs)

    def group(self, query: LabelledQuery) -> str:
        """What is held out together: the broader narratives of the query's case where it has any, else the case."""
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
    """A policy fitted to the folders, and to what was decided in the archive `reviewed`. `dense`: by vectors only.

    Raises `Unreadable` where the folders do not suffice.
    """
    for folder in folders:
        if not any((folder / name).is_file() for name in ("corpus.jsonl", "pairs.jsonl")):
            raise Unreadable(f"{folder} has neither corpus.jsonl nor pairs.jsonl: there is nothing to fit to")
    with ExitStack() as opened:
        encoder = DefaultTextEncoder(open_embedder(settings.embedder, settings.model_dir))
        loaded = [_load(settings, folder, encoder, opened, track) for folder in folders]
        projection = Projection.identity(encoder.dimension) if dense else _lens(loaded)
        verbatim = _verbatim(folders, encoder, projection, track)
        sources: dict[str, Sequence[Ranking]] = {}
        for one in loaded:
            for name, archive in ((one.name, one.archive), (f"{one.name}, languages mixed", one.mixed)):
                if archive:
                    sources[name] = _rankings(one, archive, projection, track(f"Ranking {name}", len(one.queries)))
        if reviewed:
            sources["reviews"] = _reviewed(reviewed, projection)
        signals = ["dense"] if dense else RANKED_BY
        version = f"{now():%Y-%m-%d} {'dense' if dense else 'hybrid'}"
        blank = replace(UNMEASURED, version=version, embedder=encoder.name)
        if verbatim:
            blank = replace(blank, verbatim_dense=verbatim[0], verbatim_wording=verbatim[1])
        try:
            policy = fit(blank, sources, signals)
            scored = held_out(blank, sources, signals)
            figures = {name: _figures(policy, some) for name, some in scored.items() if some}
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
    queries = [*queries, *_shortened(queries)]
    encodings = encoder.encode(
        [EncoderInput(query.text, query.language) for query in queries], track("Reading queries", len(queries))
    )
    archive = _archive(settings, encoder, opened)
    lines_of = ((file.name, line) for file, line in open_lines(folder, Format.AUTO))
    archive.import_statements(lines_of, track(f"Reading {folder.name}", line_count(folder)))
    mixed = None
    if drafts := _mixed(queries, records):
        mixed = _archive(settings, encoder, opened)
        mixed.record_statements(drafts)
    return Folder(folder.name, records, _vectors(archive), queries, encodings, archive, mixed)


def _archive(settings: Settings, encoder: TextEncoder, opened: ExitStack) -> Services:
    throwaway = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="refrain-calibrate-")))
    here = settings.model_copy(update={"data_dir": throwaway, "database_url": ""})
    archive = build(here, encoder=encoder, fitted=FittedModel(UNMEASURED, None))
    opened.callback(archive.store.close)
    archive.archive.open()
    archive.archive.backfill()
    return archive


def _shortened(queries: Sequence[LabelledQuery]) -> list[LabelledQuery]:
    drawn = random.Random(7)  # noqa: S311
    return [
        replace(query, id=query.id + _SHORTENED_MARK, text=" ".join(query.text.split()[: drawn.randint(*_SHORT)]))
        for query in queries[::_SHORTENED]
    ]


def _mixed(queries: Sequence[LabelledQuery], records: Mapping[str, Mapping[str, Any]]) -> list[StatementDraft]:
    """Each case of the corpus in one of its wordings, drawn by lot; none where queries are no wordings of cases."""
    wordings: dict[str, list[LabelledQuery]] = defaultdict(list)
    for query in queries:
        if query.case in records and not query.id.endswith(_SHORTENED_MARK):
            wordings[query.case].append(query)
    if all(len(some) < 2 for some in wordings.values()):
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
        for case, some in sorted(wordings.items())
        for chosen in [drawn.choice(some)]
    ]


def _vectors(archive: Services) -> dict[str, FloatArray]:
    """The vectors of an archive's statements by external id."""
    with archive.store.reading() as tx:
        rows = [row for row in tx.vectors.changed_since(0, archive.encoder.fingerprint) if row.vector]
        statements = tx.statements.by_keys([row.key for row in rows])
    return {statements[row.key].external_id or "": np.frombuffer(row.vector or b"", "<f4") for row in rows}


def _lens(folders: Sequence[Folder]) -> Projection:
    kinds: dict[str, list[FloatArray]] = defaultdict(list)
    pairs: list[FloatArray] = []
    tagged: list[tuple[FloatArray, Sequence[str]]] = []
    for one in folders:
        whole = [
            (query, encoded)
            for query, encoded in zip(one.queries, one.encodings, strict=True)
            if not query.id.endswith(_SHORTENED_MARK)
        ]
        for name, vector in one.vectors.items():
            kinds[f"{one.name}, corpus, {one.records[name].get('lang')}"].append(vector)
            if keywords := one.records[name].get("keywords"):
                tagged.append((vector, keywords))
        for query, encoded in whole:
            kinds[f"{one.name}, queries, {query.language}"].append(encoded.vector)
        if whole:
            pairs.append(_differences(one, whole))
    of_size = {name: np.array(some) for name, some in kinds.items() if len(some) >= _SMALLEST_KIND}
    if not of_size:
        raise Unreadable("the folders hold too few texts to fit anything to")
    tags = (np.array([vector for vector, _ in tagged]), [tags for _, tags in tagged]) if tagged else None
    return fit_projection(of_size, pairs, tags)


def _differences(folder: Folder, whole: Sequence[tuple[LabelledQuery, EncodedText]]) -> FloatArray:
    """Differences of wordings from the mean wording of their case or, without cases, of queries from what is right."""
    cases: dict[str, list[FloatArray]] = defaultdict(list)
    for query, encoded in whole:
        cases[query.case].append(encoded.vector)
    if any(len(some) > 1 for some in cases.values()):
        return np.concatenate([np.array(some) - np.mean(some, 0) for some in cases.values()])
    found = [
        encoded.vector - folder.vectors[name]
        for query, encoded in whole
        for name, grade in query.grades.items()
        if grade == folder.right_grade and name in folder.vectors
    ]
    return np.array(found)


Find = Callable[[CheckRequest, str, EncodedText], list[Found]]
"""Candidates of a request in a language whose text has been encoded."""


def _finder(services: Services, projection: Projection) -> Find:
    """Finds candidates by every signal, through a projection that is being fitted."""
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
    find = _finder(services, projection)
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
                made=query.id.endswith(_SHORTENED_MARK) or services is folder.mixed,
            )
        )
        progress(1)
    return rankings


def _reviewed(services: Services, projection: Projection) -> list[Ranking]:
    """What analysts confirmed and dismissed in an archive: a ranking for each text, of the decided candidates only."""
    find = _finder(services, projection)
    decided: dict[tuple[str, str, Period | None], dict[int, bool]] = defaultdict(dict)
    with services.store.reading() as tx:
        for pair in tx.reviews.labelled():
            verdict = pair.verdict == "confirmed"
            decided[pair.text, pair.language, pair.said_at].setdefault(pair.precedent.key, verdict)
    rankings = []
    for (text, language, said_at), verdicts in decided.items():
        [encoded] = services.encoder.encode([EncoderInput(text, language)])
        request = CheckRequest(text, said_at=said_at, earlier_only=said_at is not None, limit=50, minimum_tier="any")
        found = [one for one in find(request, language, encoded) if one[0].key in verdicts]
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


def _verbatim(
    folders: Sequence[Path], encoder: TextEncoder, projection: Projection, track: Track
) -> tuple[float, float] | None:
    """The cut-offs of `near_verbatim`, by meaning and by letters, from pairs that people judged; None without any."""
    lines = [
        line for folder in folders if (folder / "pairs.jsonl").is_file() for line in (folder / "pairs.jsonl").open()
    ]
    pairs = [pair for pair in map(json.loads, lines) if "score" in pair]
    if not pairs:
        return None
    progress = track("Reading pairs", 2 * len(pairs))
    one, other = (projection.project(encoder.embed([pair[side] for pair in pairs], progress)) for side in ("a", "b"))
    dense = (one * other).sum(1)
    wording = np.array([fuzzy_ratio(pair["a"], pair["b"]) for pair in pairs])
    same = np.array([pair["score"] >= _VERBATIM_AT for pair in pairs])
    return _cut_off(dense, same), _cut_off(wording, same)


def _cut_off(values: FloatArray, same: npt.NDArray[np.bool_]) -> float:
    """The lowest value from which on up pairs are the same as often as is wanted."""
    order = np.argsort(-values)
    right = np.cumsum(same[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(right >= _VERBATIM_PRECISION)
    return round(float(values[order[enough[-1]]]), 3) if len(enough) else 1.0


def _figures(policy: ScoringModel, scored: Scored) -> dict[str, float | None]:
    """How the flag cut-off does on rankings that the policy was not fitted to."""
    precision = flag_precision(scored, policy.flag_at)
    flagged = [max(scores, default=0) >= policy.flag_at for scores, _ in scored]
    right = (precision or 0) * sum(flagged)
    answerable = sum(one.answerable for _, one in scored)
    firsts = [flag for flag, (_, one) in zip(flagged, scored, strict=True) if not one.answerable]
    return {
        "queries": len(scored),
        "flag_precision": precision,
        "flag_recall": right / answerable if answerable else None,
        "false_flag_rate": sum(firsts) / len(firsts) if firsts else None,
    }
