"""Output of the command line: tables for a person at a terminal, or JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

from app.cli.console import TextConsole, json_of
from app.domain.checks.checks import Check
from app.domain.checks.scoring import ScoringModel
from app.formats.pair_cut_offs import PairCutOffs
from app.schemas.checks import CheckOut
from app.services.evaluation.evaluate import METRICS

_WIDEST = 1_000


def as_json(answer: Check) -> str:
    """JSON of a check as the API answers it; it is not stored, so it has no page."""
    shown = CheckOut.model_validate(answer).model_dump(mode="json", exclude={"html_url"})
    return json_of(shown, indent=2)


def figures(console: Console, measured: Mapping[str, Any]) -> None:
    """The figures of an evaluation: rankings a row a language, judged pairs a row a kind, and flags in use."""
    console.print(f"{measured['folder']}: {measured['embedder']}, policy {measured['policy']}")
    if "all" in measured:
        print_whole(console, _rankings(measured))
    if "judged_pairs" in measured:
        print_whole(console, _judged_pairs(measured["judged_pairs"]))
    if "mix" in measured:
        _flags_in_use(console, measured["new_texts"], measured["mix"])


def _rankings(measured: Mapping[str, Any]) -> Table:
    table = Table("", "queries", *(name.replace("_", " ") for name in METRICS), box=None)
    everything = measured["all"]
    rows = {**measured["by_language"], "all": everything} if len(measured["by_language"]) > 1 else {"all": everything}
    for name, row in rows.items():
        table.add_row(name, str(row["queries"]), *(_figure(row[metric]) for metric in METRICS))
    intervals = everything["ci"]
    table.add_row("95 %", "", *(_interval(intervals[metric]) for metric in METRICS))
    return table


def _judged_pairs(measured: Mapping[str, Any]) -> Table:
    columns = ("auc", "calibration_error", "flag_precision", "flag_recall")
    table = Table(
        "judged", "pairs", "same", *(name.replace("_", " ") for name in columns), "opposites flagged", box=None
    )
    kinds = measured["by_kind"] if len(measured["by_kind"]) > 1 else {}
    for name, row in {**kinds, "all": measured}.items():
        opposites = f"{row['opposites_flagged']} of {row['opposites']}"
        counts = (str(row["pairs"]), str(row["same_message"]))
        table.add_row(name, *counts, *(_figure(row[column]) for column in columns), opposites)
    table.add_row("95 %", "", "", *(_interval(measured.get(f"{column}_ci")) for column in columns), "")
    return table


def _flags_in_use(console: Console, new_texts: Mapping[str, Any], mix: Mapping[str, Any]) -> None:
    share = mix["repeat_share"]
    kinds = ", ".join(f"{kind} {of['flagged']} of {of['texts']}" for kind, of in new_texts["by_kind"].items())
    texts = f"{new_texts['flagged']} of {new_texts['texts']} [{_interval(new_texts['ci'])}] ({kinds})"
    precision = f"{_figure(mix['precision'])} [{_interval(mix['precision_ci'])}], recall {_figure(mix['flag_recall'])}"
    related = mix["related"] or {"statements": 0, "flagged": 0, "precision_if_all_are": None}
    of_related = f"{related['flagged']} of {related['statements']} flagged"
    lowest = _figure(related["precision_if_all_are"])
    for line in (
        f"Texts that repeat nothing, flagged: {texts}",
        f"Flags in use, where {share:g} of what arrives repeats something: precision {precision}",
        f"If all the rest were like this folder's without a right precedent ({of_related}): precision {lowest}",
    ):
        console.print(line, soft_wrap=True)


def cut_offs(console: Console, chosen: PairCutOffs) -> None:
    """Prints the cut-offs of the pair model, what they were chosen on, and what they are worth."""
    of = chosen.measured
    console.print(f"Cut-offs of {chosen.pair_model} for {chosen.embedder}")
    console.print(
        f"suggest {chosen.suggest_at:.2f}  same script {chosen.same_script_at:.2f}  flag {chosen.flag_at:.2f}"
    )
    console.print(f"Chosen on {of['chosen_on']}.")
    console.print(f"The pair model itself was fitted on: {of['model_fitted_on']}.")
    console.print("Where it was fitted to these very pairs, all figures below flatter it.")
    table = Table("", "flag precision", "95 %", "flag recall", "precision in the mix", "95 %", box=None, pad_edge=False)
    for title, key in (("on what it was chosen", "chosen"), ("held out by statement", "held_out")):
        row = of[key]
        table.add_row(
            title,
            _figure(row["flag_precision"]),
            _interval(row["flag_precision_ci"]),
            _figure(row["flag_recall"]),
            _figure(row["precision"]),
            _interval(row["precision_ci"]),
        )
    print_whole(console, table)


def scoring_model(console: Console, fitted: ScoringModel) -> None:
    """Prints the result of a calibration. Its figures are of these folders' queries, not of a mix as in use."""
    console.print(f"Policy {fitted.version} for {fitted.embedder}")
    console.print("weights     " + "  ".join(f"{name} {weight:.2f}" for name, weight in fitted.weights.items()))
    console.print(f"cut-offs    suggest {fitted.suggest_at:.2f}  flag {fitted.flag_at:.2f}")
    table = Table(box=None, pad_edge=False)
    for title in ("held out", "queries", "flag precision", "flag recall", "first appearances flagged"):
        table.add_column(title)
    for name, of in fitted.measured["held_out"].items():
        figures = (of["flag_precision"], of["flag_recall"], of["false_flag_rate"])
        table.add_row(name, str(of["queries"]), *("-" if figure is None else f"{figure:.2f}" for figure in figures))
    print_whole(console, table)


def print_whole(console: Console, table: Table) -> None:
    """Prints a table with every figure whole: in a terminal too narrow for it, its lines are longer."""
    for column in table.columns:
        column.no_wrap = True
    whole = Measurement.get(console, console.options.update(width=_WIDEST), table).maximum
    TextConsole(file=console.file, width=max(whole, console.width)).print(table)


def figures_as_json(measured: Mapping[str, Any]) -> str:
    """The figures of an evaluation as JSON."""
    return json.dumps(measured, indent=2)


def demo(console: Console, host: str, port: int, secret: str, login: str, password: str) -> None:
    """Prints the address, sign-in and key of the demo that is being served."""
    address = f"http://{host}:{port}"
    console.print(f"Refrain serves the sample archive at {address} (documentation: {address}/docs).", soft_wrap=True)
    console.print(f"Sign in there as {login} with the password {password}", soft_wrap=True)
    console.print("Key of this run, with every scope:")
    print(secret, flush=True)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _interval(value: Sequence[float] | None) -> str:
    return "–" if value is None else f"{value[0]:.3f}–{value[1]:.3f}"
