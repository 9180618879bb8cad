"""Quality of scores and flags in the field: every row of the table in `docs/quality.md`, in one command.

    python bench/field.py DATA [--cases FOLDER] [--archive N] [--texts N] [--pairs N] [--only ROW …]

DATA has the folders that docs/quality.md names; a row whose data are missing says so. Each line is a row in JSON with
its counts. `fitted_to_these: true`: what is shipped was fitted to these very data, so the row flatters it; the row of the
same name with `held out` has the figures that were stored when it was fitted. `--cases` has small situations with what is
expected of them. `--archive`: at most so many statements of each of the large archives. `--texts`: so many of each real set
of texts that repeat nothing. `--pairs`: so many judged pairs. `--only`: rows whose name begins with one of these.

Everything goes through the service as a client sees it: scored by pairs, or by what REFRAIN_POLICY names. Meant to
take a quarter of an hour on two processors that do nothing else.
"""

import argparse
import statistics
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
from field_archives import (
    check_all,
    drawn,
    first_match,
    opening,
    over_cut_off,
    rank,
    read_lines,
    record,
    share,
)
from field_data import CHECKTHAT, FieldData

from app.cli.evaluate import score_judged_pairs
from app.domain.checks.checks import CheckRequest
from app.domain.statements.statements import LONGEST_TEXT, StatementDraft
from app.formats.judged_pairs import JudgedPair, read_judged_pairs
from app.formats.new_texts import NewText, shipped_new_texts
from app.services import Services
from app.services.evaluation import evaluate, judged_pairs
from app.services.evaluation.false_flags import check_new_texts
from app.services.evaluation.mix import REPEAT_SHARE, Mix
from app.services.evaluation.statistics import area_under_curve
from app.wiring import PAIRS, SAMPLE, build
from index.pairs.probability import shipped_pair_model

SIZES = (1, 10, 100, 2_000, 10_000)
SMALL = 10
"""Archives up to this size are made for each pair of its own."""
SIZED_PAIRS = 20
TIMED = 60
FITTED = Path(__file__).resolve().parents[1] / "app" / "policies" / "multilingual-e5-small.json"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--archive", type=int)
    parser.add_argument("--texts", type=int, default=100)
    parser.add_argument("--pairs", type=int)
    parser.add_argument("--only", nargs="*", default=[""])
    options = parser.parse_args()
    Field(options).measure()


class Field(FieldData):
    """The rows, each over an archive that it shares with others where it can."""

    def __init__(self, options: argparse.Namespace) -> None:
        super().__init__(options)
        self.model = shipped_pair_model(self.encoder.name)
        self.false_flags: dict[str, tuple[int, int]] = {}
        """Of each archive, how many shipped texts that repeat nothing were flagged, and how many there are."""

    def measure(self) -> None:
        self.stored_figures()
        self.small_cases()
        with self.folder(SAMPLE) as services:
            self.new_texts(services, "sample")
        self.sizes_of_small_archives()
        with self.large("euvsdisinfo", "range of a score", "names", "texts", "refutations", "time") as services:
            if services:
                self.names(services)
                self.new_texts(services, "euvsdisinfo")
                self.refutations(services)
                self.time_of_a_check(services)
                self.sizes_of_large_archives(services)  # the last, for it adds the pairs' precedents
        self.pairs_row()
        self.diary()
        with self.large("checkthat2022_en", "texts", "checkthat") as services:
            if services:
                self.new_texts(services, "reviews")
                for folder, split in CHECKTHAT[:2]:
                    self.checkthat(services, folder, split)
        with self.large("checkthat2021_ar", "checkthat") as services:
            if services:
                self.checkthat(services, *CHECKTHAT[2])
        for archive, (flagged, of) in self.false_flags.items():
            self.show("texts that repeat nothing, all shipped", {"archive": archive, **share("flagged", flagged, of)})

    # rows

    def stored_figures(self) -> None:
        """The figures stored when the pair model was fitted, on folds that it had not seen."""
        if self.model:
            self.show("judged pairs, held out, as stored when the model was fitted", dict(self.model.measured))

    def pairs_row(self) -> None:
        if not (self.wants("judged pairs") and self.has("judged_pairs", "pairs.jsonl")):
            return
        pairs = drawn(read_judged_pairs(self.data / "judged_pairs"), self.most_pairs)
        with self.archive() as services:
            for one in shipped_new_texts("fit"):
                services.record_statements([StatementDraft(text=one.text, language=one.language)])
            scored = score_judged_pairs(services, pairs, lambda _, __: lambda ___: None)
            seen = {"fitted_to_these": True, "statements_in_archive": services.archive.size}
        self.show("judged pairs", {**seen, **judged_pairs.report(scored)})
        for archive, (flagged, of) in self.false_flags.items():
            related = judged_pairs.related(scored)
            mix = Mix(REPEAT_SHARE, judged_pairs.flag_shares(scored), of, flagged, *related).report()
            self.show("judged pairs, flags in the mix", {"fitted_to_these": True, "archive": archive, **mix})

    def small_cases(self) -> None:
        """Situations with what is expected: each against its archive, or that of case 12."""
        for number, row in (("16", "question beside a claim"), ("17", "negation beside a claim"), ("21", "names only")):
            folder = next(self.cases.glob(f"{number}-*"), None) if self.cases else None
            if not (self.wants(row) and folder):
                continue
            corpus = folder / "corpus.jsonl"
            asked = read_lines(folder / "checks.jsonl")
            with self.archive() as services:
                record(
                    services, read_lines(corpus if corpus.is_file() else next(self.cases.glob("12-*")) / "small.jsonl")
                )
                answers = check_all(services, [one["text"] for one in asked])
            wanted = [str(one.get("expect", "")).startswith("flagged") for one in asked]
            pairs = list(zip(answers, wanted, strict=True))
            hits, false = (sum(check.flagged for check, wish in pairs if wish is side) for side in (True, False))
            self.show(
                f"{row}, case {number}",
                {
                    **share("flagged", hits, sum(wanted)),
                    "with a score at the cut-off": sum(wish and over_cut_off(check) for check, wish in pairs),
                    **share("flagged though not to be", false, len(wanted) - sum(wanted)),
                },
            )

    def names(self, services: Services) -> None:
        for half in ("held_out", "fit"):
            texts = [one for one in shipped_new_texts(half) if one.kind == "name"]
            flagged = sum(check.flagged for check in check_new_texts(services.check_statements, texts))
            more = {"archive": "euvsdisinfo", "fitted_to_these": half == "fit"}
            self.show("names only, shipped texts", {**more, **share("flagged", flagged, len(texts))})

    def new_texts(self, services: Services, archive: str) -> None:
        if not self.wants("texts that repeat nothing"):
            return
        texts = shipped_new_texts("held_out")
        checks = check_new_texts(services.check_statements, texts)
        self.false_flags[archive] = (sum(check.flagged for check in checks), len(texts))
        for part in ("kind", "language"):
            values = sorted({getattr(one, part) for one in texts})
            of = {
                value: [check.flagged for check, one in zip(checks, texts, strict=True) if getattr(one, part) == value]
                for value in values
            }
            self.show(
                f"texts that repeat nothing, shipped, by {part}",
                {
                    "archive": archive,
                    "flagged": {value: f"{sum(flags)} of {len(flags)}" for value, flags in of.items()},
                },
            )
        for name, real in self.real_new_texts(archive).items():
            checks = check_new_texts(services.check_statements, real)
            flagged = [check for check in checks if check.flagged]
            self.show(
                f"texts that repeat nothing, {name}",
                {
                    "archive": archive,
                    **share("flagged", len(flagged), len(real)),
                    "which": list(map(first_match, flagged[:5])),
                },
            )

    def real_new_texts(self, archive: str) -> dict[str, list[NewText]]:
        """Real texts that repeat nothing of an archive. Tweets that were checked may repeat one of the reviews."""
        sets: dict[str, list[str]] = {}
        if (self.data / "sts_news" / "pairs.jsonl").is_file():
            sets["news sentences"] = [one["a"] for one in read_lines(self.data / "sts_news" / "pairs.jsonl")]
        if (self.data / "role_of_context" / "pairs.jsonl").is_file():
            sets["debate sentences"] = [one["a"] for one in read_lines(self.data / "role_of_context" / "pairs.jsonl")]
        for folder, name in (("checkthat2021_ar", "Arabic posts"), ("checkthat2022_en", "English posts")):
            if (self.data / folder / "queries.jsonl").is_file() and archive != "reviews":
                sets[name] = [one["text"] for one in read_lines(self.data / folder / "queries.jsonl")]
        return {
            name: [NewText(text[:LONGEST_TEXT], "und", name) for text in drawn(sorted(set(texts)), self.most_texts)]
            for name, texts in sets.items()
        }

    def refutations(self, services: Services) -> None:
        """Openings of EUvsDisinfo's disproofs, against an archive that has the claims which they refute."""
        if not self.wants("refutations"):
            return
        cases = [(one, text) for one in self.refuted() if len(text := opening(one["disproof"])) > 20]
        checks = check_all(services, [text for _, text in cases])
        own = sum(
            check.flagged
            and any(m.precedent.external_id == one["id"] and evaluate.flags_with(check, m) for m in check.matches)
            for check, (one, _) in zip(checks, cases, strict=True)
        )
        flagged = [check for check in checks if check.flagged]
        self.show(
            "refutations, openings of disproofs",
            {
                "archive": "euvsdisinfo",
                **share("flagged", len(flagged), len(checks)),
                "with a score at the cut-off": sum(map(over_cut_off, checks)),
                "flagged with their own claim": own,
                "which": list(map(first_match, flagged[:5])),
            },
        )

    def sized_pairs(self) -> list[JudgedPair]:
        if not (self.wants("range of a score") and self.has("judged_pairs", "pairs.jsonl")):
            return []
        same = [one for one in read_judged_pairs(self.data / "judged_pairs") if one.label == judged_pairs.SAME]
        return drawn(same, SIZED_PAIRS)

    def sizes_of_small_archives(self) -> None:
        """Scores of pairs, each in an archive of its own with few others."""
        self.by_size: dict[int, list[float]] = {}
        pairs, others = self.sized_pairs(), self.others(max(SIZES))
        for pair in pairs if others else ():
            with self.archive() as services:
                for before, size in pairwise((0, *(size for size in SIZES if size <= SMALL))):
                    record(services, others[before:size])
                    scored = score_judged_pairs(services, [pair], lambda _, __: lambda ___: None)
                    self.by_size.setdefault(size, []).append(scored[0].score)

    def sizes_of_large_archives(self, services: Services) -> None:
        """The same pairs together in a large archive; a size in between: as many of its statements."""
        pairs, others = self.sized_pairs(), self.others(max(SIZES))
        if not pairs or not others:
            return
        for size in (size for size in SIZES if size > SMALL):
            if size == max(SIZES):
                others_there = services.archive.size
                scored = score_judged_pairs(services, pairs, lambda _, __: lambda ___: None)
            else:
                with self.archive() as small:
                    record(small, others[:size])
                    others_there = small.archive.size
                    scored = score_judged_pairs(small, pairs, lambda _, __: lambda ___: None)
            self.by_size[others_there] = [one.score for one in scored]
        table = np.array(list(self.by_size.values()))
        ranges = table.max(0) - table.min(0)
        self.show(
            "range of a score over archive sizes",
            {
                "n": len(pairs),
                "sizes": list(self.by_size),
                "median": float(np.median(ranges)),
                "ninth_decile": float(np.quantile(ranges, 0.9)),
                "at_the_cut_off": (table >= services.policy.flag_at).sum(1).tolist(),
                "not_found": [int((row == 0).sum()) for row in table],
            },
        )

    def diary(self) -> None:
        if not (self.wants("diary") and self.has("propaganda_diary", "queries.jsonl")):
            return
        folder = self.data / "propaganda_diary"
        with self.folder(folder) as services:
            scores, checks = rank(services, folder, None, any_time=False)
        measured = evaluate.report(scores)
        mrr = {language: of["mrr_at_10"] for language, of in measured["by_language"].items()}
        relative = {language: value / mrr["en"] for language, value in mrr.items()}
        everything = measured["all"]
        self.show(
            "diary, MRR@10",
            {
                "n": everything["queries"],
                "all": everything["mrr_at_10"],
                "ci": everything["ci"]["mrr_at_10"],
                "by_language": mrr,
                "of_english": relative,
                "labels": "filed under the same fake, by its editors",
                **{name: everything[name] for name in ("flag_precision", "flag_recall", "false_flag_rate")},
            },
        )
        if not self.has("judged_pairs", "pairs.jsonl"):
            return
        labels = {(one.statement, one.precedent): one.label for one in read_judged_pairs(self.data / "judged_pairs")}
        firsts = [
            (check.matches[0].score, check.flagged, label == judged_pairs.SAME)
            for check in checks
            if check.matches and (label := labels.get((check.text, check.matches[0].precedent.text))) is not None
        ]
        known, flagged, same = (np.array(column) for column in zip(*firsts, strict=True))
        self.show(
            "diary, first matches that readers judged",
            {
                "fitted_to_these": True,
                "n": len(firsts),
                "same_message": int(same.sum()),
                "auc": area_under_curve(same, known),
                **share("flags right", int((flagged & same).sum()), int(flagged.sum())),
                **share("same message flagged", int((flagged & same).sum()), int(same.sum())),
            },
        )

    def checkthat(self, services: Services, folder: str, split: str) -> None:
        if not (self.wants("checkthat") and self.has(folder, "queries.jsonl")):
            return
        measured = evaluate.report(rank(services, self.data / folder, split, any_time=True)[0])["all"]
        names = ("map_at_5", "flag_precision", "flag_recall")
        self.show(
            f"checkthat, MAP@5, {folder} {split}",
            {
                "n": measured["queries"],
                "statements_in_archive": services.archive.size,
                **{name: measured[name] for name in names},
                "ci": measured["ci"]["map_at_5"],
            },
        )

    def time_of_a_check(self, services: Services) -> None:
        """Both policies on one archive in this process, a check each in turn; no encoding is kept."""
        if not self.wants("time of a check"):
            return
        texts = [one.text for one in self.real_new_texts("euvsdisinfo").get("news sentences", [])][:TIMED]
        texts += [one.text for one in shipped_new_texts("held_out") if len(one.text) > 200][: TIMED - len(texts)]
        both: dict[str, Services] = {}
        for name, policy in (("pairs", PAIRS), ("fitted", str(FITTED))):
            settings = self.settings.model_copy(
                update={"data_dir": self.data_dir, "database_url": "", "policy": policy}
            )
            both[name] = build(settings, embedder=self.embedder)
            both[name].archive.open()
            both[name].archive.backfill()
        spent: dict[str, list[float]] = {name: [] for name in both}
        for number, text in enumerate(texts):
            for name in sorted(both, reverse=number % 2 == 0):
                begun = time.process_time()
                both[name].check_statements([CheckRequest(text, earlier_only=False, record=False)])
                spent[name].append(time.process_time() - begun)
        ratios = [ours / theirs for ours, theirs in zip(spent["pairs"], spent["fitted"], strict=True)]
        for other in both.values():
            other.store.close()
        self.show(
            "time of a check, pairs by fitted",
            {
                "n": len(texts),
                "statements_in_archive": services.archive.size,
                "ratio_of_medians": statistics.median(spent["pairs"]) / statistics.median(spent["fitted"]),
                "median_ratio": statistics.median(ratios),
                **{f"{name}_ms": 1000 * statistics.median(times) for name, times in spent.items()},
            },
        )


if __name__ == "__main__":
    main()
