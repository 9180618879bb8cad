"""`refrain calibrate` for the pair model: chooses its flag cut-off on judged pairs and on texts that repeat nothing."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.admin_wiring import now
from app.cli.evaluate import score_judged_pairs
from app.domain.checks.checks import Check
from app.formats.file_format import Format
from app.formats.judged_pairs import JudgedPair, has_judged_pairs, read_judged_pairs
from app.formats.lines import Unreadable
from app.formats.new_texts import Half, shipped_new_texts
from app.formats.opening import line_count, open_lines
from app.formats.pair_cut_offs import PairCutOffs
from app.services import Services
from app.services.evaluation.choose_cut_off import Evidence, NoCutOff, choose_flag_cut_off, held_out_figures
from app.services.evaluation.false_flags import check_new_texts
from app.services.evaluation.judged_pairs import SAME
from app.settings import Settings
from app.wiring import PAIRS, SAMPLE, build
from index.factory import open_embedder
from index.pairs.probability import shipped_pair_model

Track = Callable[[str, int], Callable[[int], None]]


def calibrate_cut_offs(
    settings: Settings,
    folders: Sequence[Path],
    *,
    precision: float,
    repeat_share: float,
    track: Track,
    reviewed: Services | None = None,
) -> PairCutOffs:
    """Cut-offs of the shipped pair model. Raises `Unreadable` where the folders do not suffice.

    The archive holds the precedents of the pairs, the sample, and the corpora of the folders. `reviewed`: the reviews
    of this archive count as judged pairs.
    """
    pairs = [pair for folder in folders if has_judged_pairs(folder) for pair in read_judged_pairs(folder)]
    pairs += _reviewed_pairs(reviewed) if reviewed else []
    if not any(pair.label == SAME for pair in pairs):
        raise Unreadable("no pair is judged to convey the same message: there is nothing to choose cut-offs on")
    with _archive(settings) as services:
        model = shipped_pair_model(services.encoder.name)
        if model is None:
            raise Unreadable(f"there is no pair model for {services.encoder.name}")
        for folder in (SAMPLE, *(folder for folder in folders if (folder / "corpus.jsonl").is_file())):
            lines = ((file.name, line) for file, line in open_lines(folder, Format.AUTO))
            services.import_statements(lines, track(f"Reading {folder.name}", line_count(folder)))
        scored = score_judged_pairs(services, pairs, track)
        seen, fresh = (_best_scores(services, half, track) for half in ("fit", "held_out"))
    evidence = Evidence(scored, seen, repeat_share)
    try:
        flag_at = choose_flag_cut_off(evidence, precision, model.same_script_at)
    except NoCutOff as error:
        raise Unreadable(str(error)) from error
    return PairCutOffs(
        version=f"{model.version}, cut-offs of {now():%Y-%m-%d}",
        pair_model=model.version,
        embedder=model.embedder,
        suggest_at=model.suggest_at,
        same_script_at=model.same_script_at,
        flag_at=flag_at,
        measured={
            "chosen_on": f"{len(scored)} judged pairs, and {len(seen)} texts that repeat nothing",
            "model_fitted_on": model.measured.get("fitted_on", "unknown"),
            "wanted_precision": precision,
            "repeat_share": repeat_share,
            "folders": [folder.name for folder in folders],
            "chosen": evidence.figures(flag_at),
            "held_out": held_out_figures(evidence, precision, model.same_script_at, fresh),
        },
    )


@contextmanager
def _archive(settings: Settings) -> Iterator[Services]:
    with tempfile.TemporaryDirectory(prefix="refrain-calibrate-") as throwaway:
        services = build(settings.model_copy(update={"data_dir": Path(throwaway), "database_url": "", "policy": PAIRS}))
        services.archive.open()
        services.archive.backfill()
        yield services
        services.store.close()


def _best_scores(services: Services, half: Half, track: Track) -> list[float]:
    """The highest score of each text that repeats nothing; 0 where nothing is worth suggesting."""
    texts = shipped_new_texts(half)
    progress = track("Checking texts that repeat nothing", len(texts))
    return [_best_score(check) for check in check_new_texts(services.check_statements, texts, progress)]


def _best_score(check: Check) -> float:
    return max((match.score for match in check.matches), default=0.0)


def _reviewed_pairs(services: Services) -> list[JudgedPair]:
    """Labels of analysts: a confirmed match is the same message, a dismissed one is not."""
    with services.store.reading() as tx:
        return [
            JudgedPair(
                pair.text,
                pair.language,
                pair.precedent.text,
                pair.precedent.language,
                "reviews",
                SAME if pair.verdict == "confirmed" else 0,
            )
            for pair in tx.reviews.labelled_pairs()
        ]


def has_pair_model(settings: Settings) -> bool:
    """True if a pair model ships for the embedder of the settings."""
    embedder = open_embedder(settings.embedder, settings.model_dir)
    try:
        return shipped_pair_model(embedder.name) is not None
    finally:
        embedder.close()
