"""What a flag is worth in the field: the rows of the table in `docs/quality.md` that can be measured with what is at hand.

    python bench/field.py DATA [--cases FOLDER] [--features FILE] [--texts 100] [--archive 1000] [--rankings]

Prints a line of JSON a row, with what its model was fitted on. Judged pairs: held out, five folds (some four minutes of
encoding, none with `--features`, see `bench/pair_model.py`). Texts that repeat nothing: `--texts` of each set against
`--archive` statements of each archive, two minutes for a thousand statements. `--cases` has the small situations of
`16-…`, `17-…` and `21-…`. A pair's score over archives of 1, 10, 100 and 1,000 others: two minutes. `--rankings` adds
`refrain evaluate` on the diary and on CheckThat: half an hour.
"""

import argparse
import json
import random
import tempfile
from collections.abc import Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import numpy as np
from pair_model import figures, held_out, judged_pairs, load_table, read_lines

from app.cli.evaluate import evaluate_folder
from app.domain.checks.checks import CheckRequest
from app.domain.statements.statements import StatementDraft
from app.settings import load_settings
from app.wiring import PAIRS, SAMPLE, build
from index.factory import open_embedder
from index.text.encoder import DefaultTextEncoder

AT_ONCE = 50
SIZES = (1, 10, 100, 1_000)
SIZED_PAIRS = 20
RANKINGS = (
    ("propaganda_diary", None, False),
    ("checkthat2022_en", "dev", True),
    ("checkthat2022_en", "devtest2021", True),
    ("checkthat2021_ar", "dev", True),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--features", type=Path)
    parser.add_argument("--texts", type=int, default=100)
    parser.add_argument("--archive", type=int, default=1_000)
    parser.add_argument("--rankings", action="store_true")
    options = parser.parse_args()
    show("judged pairs, held out by text", figures(*held_out(load_table(options.data, options.features))))
    settings = load_settings()
    encoder = DefaultTextEncoder(open_embedder(settings.embedder, settings.model_dir), pairs=True)
    archives = {
        "sample": read_lines(SAMPLE / "corpus.jsonl"),
        "euvsdisinfo": drawn(read_lines(options.data / "euvsdisinfo" / "corpus.jsonl"), options.archive),
        "reviews": drawn(read_lines(options.data / "checkthat2022_en" / "corpus.jsonl"), options.archive),
    }
    if options.cases:
        for number in ("16", "17", "21"):
            show_case(encoder, number, next(options.cases.glob(f"{number}-*")))
    for name, corpus in archives.items():
        with archive(encoder, corpus) as services:
            for kind, texts in unrelated(options.data, options.texts, name).items():
                flagged = sum(check.flagged for check in checks(services, texts))
                show(
                    "flagged though it repeats nothing",
                    {"texts": kind, "archive": name, "flagged": flagged, "of": len(texts)},
                )
    show("range of a pair's score over archive sizes", score_ranges(encoder, options.data, archives["reviews"]))
    for folder, split, any_time in RANKINGS if options.rankings else ():
        measured = evaluate_folder(
            settings, options.data / folder, any_time=any_time, split=split, track=lambda _, __: lambda ___: None
        )
        show("ranking", {"folder": folder, "split": split, **measured["all"]})


def show(row: str, measured: dict) -> None:
    print(json.dumps({"row": row, **measured}, ensure_ascii=False), flush=True)


def drawn(records: Sequence, count: int) -> list:
    return random.Random(0).sample(list(records), min(count, len(records)))


@contextmanager
def archive(encoder: DefaultTextEncoder, corpus: Sequence[dict]):
    """An archive of these records, under the shipped model."""
    with tempfile.TemporaryDirectory(prefix="refrain-field-") as folder:
        services = build(
            load_settings().model_copy(update={"data_dir": Path(folder), "database_url": "", "policy": PAIRS}),
            encoder=encoder,
        )
        services.archive.open()
        services.archive.backfill()
        record(services, corpus)
        yield services
        services.store.close()


def record(services, corpus: Sequence[dict]) -> None:
    services.record_statements(
        [
            StatementDraft(text=one["text"], language=one.get("lang") or "en", external_id=str(one["id"]))
            for one in corpus
        ]
    )


def checks(services, texts: Sequence[str], **fields):
    """Checks of texts, whatever the dates of precedents."""
    for begin in range(0, len(texts), AT_ONCE):
        some = texts[begin : begin + AT_ONCE]
        yield from services.check_statements(
            [CheckRequest(text, earlier_only=False, record=False, **fields) for text in some]
        )


def unrelated(data: Path, count: int, archive_name: str) -> dict[str, list[str]]:
    """Sets of texts that repeat nothing of an archive. Tweets of CheckThat may repeat one of the reviews."""
    news = drawn(sorted({one["a"] for one in read_lines(data / "sts_news" / "pairs.jsonl")}), count)
    sets = {"news sentences": news}
    if archive_name != "reviews":
        for name in ("checkthat2022_en", "checkthat2021_ar"):
            sets[f"posts of {name}"] = [one["text"] for one in drawn(read_lines(data / name / "queries.jsonl"), count)]
    return sets


def show_case(encoder: DefaultTextEncoder, number: str, folder: Path) -> None:
    corpus = folder / "corpus.jsonl"
    asked = read_lines(folder / "checks.jsonl")
    archived = read_lines(corpus if corpus.is_file() else next(folder.parent.glob("12-*")) / "small.jsonl")
    with archive(encoder, archived) as services:
        answers = list(checks(services, [one["text"] for one in asked]))
    wanted = [one.get("expect", "not flagged").startswith("flagged") for one in asked]
    show(
        f"case {number}",
        {
            "to be flagged": sum(wanted),
            "of those flagged": sum(check.flagged for check, wish in zip(answers, wanted, strict=True) if wish),
            "of those with a score at the flag cut-off": sum(
                bool(check.matches) and check.matches[0].score >= check.model.flag_at
                for check, wish in zip(answers, wanted, strict=True)
                if wish
            ),
            "not to be flagged": len(wanted) - sum(wanted),
            "of those flagged too": sum(check.flagged for check, wish in zip(answers, wanted, strict=True) if not wish),
        },
    )


def score_ranges(encoder: DefaultTextEncoder, data: Path, others: Sequence[dict]) -> dict:
    """Judged pairs, whose precedents are in one archive, to which others are added step by step."""
    pairs = drawn([one for one in judged_pairs(data) if one.label == 2], SIZED_PAIRS)
    precedents = [
        {"id": f"p{at}", "text": one.precedent, "lang": one.precedent_language} for at, one in enumerate(pairs)
    ]
    scores: list[list[float]] = []
    flagged: list[int] = []
    with archive(encoder, precedents) as services:
        for before, size in pairwise((0, *SIZES)):
            record(services, others[before:size])
            found = [
                next(checks(services, [one.statement], language=one.language, limit=50, minimum_tier="any"))
                for one in pairs
            ]
            by_id = [{match.precedent.external_id: match.score for match in check.matches} for check in found]
            scores.append([known.get(f"p{at}", np.nan) for at, known in enumerate(by_id)])
            flagged.append(sum(score >= check.model.flag_at for score, check in zip(scores[-1], found, strict=True)))
    ranges = np.nanmax(scores, axis=0) - np.nanmin(scores, axis=0)
    return {
        "sizes": SIZES,
        "median": float(np.median(ranges)),
        "ninth_decile": float(np.quantile(ranges, 0.9)),
        "flagged": flagged,
        "not among the first fifty": [int(np.isnan(row).sum()) for row in scores],
    }


if __name__ == "__main__":
    main()
