"""Output of the command line: tables for a person at a terminal, or JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from app.domain.checks.checks import Check
from app.domain.checks.scoring import ScoringModel
from app.schemas.checks import CheckOut
from app.services.evaluation.evaluate import METRICS
from app.services.statements.import_statements import ImportReport
from app.services.statements.record_statements import Outcome


def as_json(answer: Check) -> str:
    """JSON of a check as the API answers it; it is not stored, so it has no page."""
    shown = CheckOut.model_validate(answer).model_dump(mode="json", exclude={"html_url"})
    return json.dumps(shown, ensure_ascii=False, indent=2)


def report(console: Console, done: ImportReport, most: int) -> None:
    """Prints the outcome counts of an import and the reasons for rejected lines."""
    counts = ", ".join(
        f"{done.outcomes[outcome]:,} {outcome}" for outcome in (Outcome.NEW, Outcome.UPDATED, Outcome.UNCHANGED)
    )
    withdrawn = done.outcomes[Outcome.WITHDRAWN]
    left = f", {withdrawn:,} withdrawn before and left so" if withdrawn else ""
    console.print(f"{counts}{left}, {len(done.rejected):,} rejected", markup=False)
    for rejected_line in done.rejected[:most]:
        console.print(
            f"  {rejected_line.file}, line {rejected_line.number}: {rejected_line.reason}", markup=False, soft_wrap=True
        )
    if len(done.rejected) > most:
        console.print(f"  … and {len(done.rejected) - most:,} more")


def figures(console: Console, measured: Mapping[str, Any]) -> None:
    """The figures of an evaluation, a row a language, with 95 % intervals for all together."""
    console.print(f"{measured['folder']}: {measured['embedder']}, policy {measured['policy']}", markup=False)
    table = Table("", "queries", *(name.replace("_", " ") for name in METRICS), box=None)
    everything = measured["all"]
    rows = {**measured["by_language"], "all": everything} if len(measured["by_language"]) > 1 else {"all": everything}
    for name, row in rows.items():
        table.add_row(name, str(row["queries"]), *(_figure(row[metric]) for metric in METRICS))
    intervals = everything["ci"]
    table.add_row("95 %", "", *(_interval(intervals[metric]) for metric in METRICS))
    console.print(table)


def scoring_model(console: Console, fitted: ScoringModel) -> None:
    """Prints the result of a calibration."""
    console.print(f"Policy {fitted.version} for {fitted.embedder}", markup=False)
    console.print("weights     " + "  ".join(f"{name} {weight:.2f}" for name, weight in fitted.weights.items()))
    console.print(f"cut-offs    suggest {fitted.suggest_at:.2f}  flag {fitted.flag_at:.2f}")
    table = Table(box=None, pad_edge=False)
    for title in ("held out", "queries", "flag precision", "flag recall", "first appearances flagged"):
        table.add_column(title)
    for name, of in fitted.measured["held_out"].items():
        figures = (of["flag_precision"], of["flag_recall"], of["false_flag_rate"])
        table.add_row(name, str(of["queries"]), *("-" if figure is None else f"{figure:.2f}" for figure in figures))
    console.print(table)


def figures_as_json(measured: Mapping[str, Any]) -> str:
    """The figures of an evaluation as JSON."""
    return json.dumps(measured, indent=2)


def demo(console: Console, host: str, port: int, secret: str, login: str, password: str) -> None:
    """Prints the address, sign-in and key of the demo that is being served."""
    address = f"http://{host}:{port}"
    console.print(f"Refrain serves the sample archive at {address} (documentation: {address}/docs).", soft_wrap=True)
    console.print(f"Sign in there as {login} with the password {password}", markup=False, soft_wrap=True)
    console.print("Key of this run, with every scope:")
    print(secret, flush=True)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _interval(value: Sequence[float] | None) -> str:
    return "–" if value is None else f"{value[0]:.3f}–{value[1]:.3f}"
