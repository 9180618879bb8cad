"""What the command line prints: for a person at a terminal, or as JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from app.domain.access.accounts import Account
from app.domain.access.keys import Key, Organisation
from app.domain.checks.checks import Check
from app.domain.checks.scoring import ScoringModel
from app.schemas.checks import CheckOut
from app.services.evaluation.evaluate import METRICS
from app.services.statements.import_statements import ImportReport
from app.services.statements.record_statements import Outcome


def as_json(answer: Check) -> str:
    """A check as the API gives it; it was not stored, so it has no page."""
    shown = CheckOut.model_validate(answer).model_dump(mode="json", exclude={"html_url"})
    return json.dumps(shown, ensure_ascii=False, indent=2)


def report(console: Console, done: ImportReport, most: int) -> None:
    """What became of the lines of an import, and why lines were rejected."""
    counts = ", ".join(f"{done.outcomes[one]:,} {one}" for one in (Outcome.NEW, Outcome.UPDATED, Outcome.UNCHANGED))
    withdrawn = done.outcomes[Outcome.WITHDRAWN]
    left = f", {withdrawn:,} withdrawn before and left so" if withdrawn else ""
    console.print(f"{counts}{left}, {len(done.rejected):,} rejected", markup=False)
    for one in done.rejected[:most]:
        console.print(f"  {one.file}, line {one.number}: {one.reason}", markup=False, soft_wrap=True)
    if len(done.rejected) > most:
        console.print(f"  … and {len(done.rejected) - most:,} more")


def keys(console: Console, some: Sequence[Key]) -> None:
    """A table of keys."""
    table = Table("id", "hint", "name", "organisation", "scopes", "created", "last used", "state", box=None)
    for key in some:
        state = "revoked" if key.revoked_at else f"until {key.expires_at:%Y-%m-%d}" if key.expires_at else "valid"
        used = f"{key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else "never"
        scopes = " ".join(sorted(key.scopes))
        state += f", {key.limit_per_hour:,} an hour" if key.limit_per_hour else ""
        table.add_row(
            key.id, f"{key.hint}…", key.name, key.organisation.name, scopes, f"{key.created_at:%Y-%m-%d}", used, state
        )
    console.print(table)


def accounts(console: Console, some: Sequence[Account]) -> None:
    """A table of accounts."""
    table = Table(
        Column("login", no_wrap=True), "name", "organisation", "role", "created", "last seen", "state", box=None
    )
    for one in some:
        seen = f"{one.last_seen_at:%Y-%m-%d %H:%M}" if one.last_seen_at else "never"
        state = "disabled" if one.disabled_at else "has to set a password" if one.must_change_password else "open"
        names = [Text(name) for name in (one.login, one.name, one.organisation.name)]
        table.add_row(*names, one.role, f"{one.created_at:%Y-%m-%d}", seen, state)
    console.print(table)


def organisations(console: Console, some: Sequence[Organisation]) -> None:
    """A table of organisations."""
    table = Table("id", "name", "an hour", "created", "operator", box=None)
    for one in some:
        created = f"{one.created_at:%Y-%m-%d}" if one.created_at else ""
        table.add_row(one.id, one.name, _limit(one.limit_per_hour), created, "yes" if one.operator else "")
    console.print(table)


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
    """What a calibration came to."""
    console.print(f"Policy {fitted.version} for {fitted.embedder}", markup=False)
    console.print("weights     " + "  ".join(f"{name} {weight:.2f}" for name, weight in fitted.weights.items()))
    console.print(f"cut-offs    suggest {fitted.suggest_at:.2f}  flag {fitted.flag_at:.2f}")
    table = Table(box=None, pad_edge=False)
    for title in ("held out", "queries", "flag precision", "flag recall", "first appearances flagged"):
        table.add_column(title)
    for name, of in fitted.measured["held_out"].items():
        figures = (of["flag_precision"], of["flag_recall"], of["false_flag_rate"])
        table.add_row(name, str(of["queries"]), *("-" if one is None else f"{one:.2f}" for one in figures))
    console.print(table)


def figures_as_json(measured: Mapping[str, Any]) -> str:
    """The figures of an evaluation as JSON."""
    return json.dumps(measured, indent=2)


def demo(console: Console, host: str, port: int, secret: str, login: str, password: str) -> None:
    """How to use the demo that is being served."""
    address = f"http://{host}:{port}"
    console.print(f"Refrain serves the sample archive at {address} (documentation: {address}/docs).", soft_wrap=True)
    console.print(f"Sign in there as {login} with the password {password}", markup=False, soft_wrap=True)
    console.print("Key of this run, with every scope:")
    print(secret, flush=True)


def _limit(per_hour: int | None) -> str:
    return "default" if per_hour is None else f"{per_hour:,}"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _interval(value: Sequence[float] | None) -> str:
    return "–" if value is None else f"{value[0]:.3f}–{value[1]:.3f}"
