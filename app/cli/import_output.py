"""Terminal output of imports: what was understood of each file, outcomes, what was rejected and left out, and why."""

from collections.abc import Sequence

from rich.console import Console

from app.cli.output import print_whole
from app.domain.statements.imports import Import, UndoneImport, WhyKept
from app.formats.lines import FileFacts
from app.services.statements.import_report import ImportReport
from app.services.statements.merge_drafts import Outcome

_LEFT_OUT_SHOWN = 20
_DELIMITERS = {"\t": "tabs", ";": "semicolons", ",": "commas", "|": "bars"}
_WHY: dict[WhyKept, str] = {
    "also_imported": "another import brought them too",
    "submitted": "they were sent to the API too",
    "edited": "somebody changed them",
    "findings": "somebody added a finding",
    "reviewed": "a review refers to them",
}


def facts(console: Console, name: str, understood: FileFacts) -> None:
    """Prints what was understood of a file: nothing of JSON lines of our own format."""
    parts = [understood.format]
    if understood.encoding:
        parts.append(
            understood.encoding + (" (guessed: --encoding says another)" if understood.encoding_guessed else "")
        )
    if understood.delimiter:
        parts.append(f"cells between {_DELIMITERS.get(understood.delimiter, understood.delimiter)}")
    if len(parts) > 1 or understood.columns or understood.format != "JSON lines":
        console.print(f"{name}: {', '.join(parts)}", soft_wrap=True)
    if renamed := [f"{column} as {field}" for column, field in understood.columns.items() if column != field]:
        console.print(f"  columns: {', '.join(renamed)}", soft_wrap=True)
    if understood.columns_kept:
        kept = ", ".join(understood.columns_kept)
        console.print(
            f"  not understood, kept as metadata: {kept} (--map FIELD=COLUMN says what one holds)", soft_wrap=True
        )
    for note in understood.notes:
        console.print(f"  {note}", soft_wrap=True)


def report(console: Console, done: ImportReport, most: int, *, dry_run: bool = False) -> None:
    """Prints the outcome counts of an import, what was left out, and the reasons for rejected lines."""
    counts = ", ".join(
        f"{done.outcomes[outcome]:,} {outcome}" for outcome in (Outcome.NEW, Outcome.UPDATED, Outcome.UNCHANGED)
    )
    withdrawn = done.outcomes[Outcome.WITHDRAWN]
    left = f", {withdrawn:,} withdrawn before and left so" if withdrawn else ""
    dry = "Dry run, nothing was recorded: " if dry_run else ""
    console.print(f"{dry}{counts}{left}, {done.rejected_count:,} rejected")
    seen = done.lines
    if seen.undated:
        of = f"{seen.undated:,} of {seen.statements:,}"
        has = "has" if seen.undated == 1 else "have"
        console.print(f"{of} {has} no date and will never count as earlier")
    if seen.bounded:
        console.print(f"{seen.bounded:,} of {seen.statements:,} without a date count as said before their review")
    if seen.future.count:
        places = "; ".join(seen.future.places) + ("; …" if seen.future.count > len(seen.future.places) else "")
        console.print(f"{seen.future.count:,} dated in the future ({places})", soft_wrap=True)
    for kind, count in seen.skipped.items():
        console.print(f"{count:,} passed over: {kind}")
    for number, ((name, reason), counted) in enumerate(seen.left_out.items()):
        if number == _LEFT_OUT_SHOWN:
            console.print(f"  … and {len(seen.left_out) - number:,} more kinds of fields")
            break
        places = "; ".join(counted.places) + ("; …" if counted.count > len(counted.places) else "")
        times = "once" if counted.count == 1 else f"{counted.count:,} times"
        console.print(f"  left out {times}: {name} {reason} ({places})", soft_wrap=True)
    for rejected in done.rejected[:most]:
        place = rejected.place or f"line {rejected.number}"
        console.print(f"  {rejected.file}, {place}: {rejected.reason}", soft_wrap=True)
    if done.rejected_count > most:
        console.print(f"  … and {done.rejected_count - most:,} more")
    noteworthy = (
        done.rejected_count or seen.undated or seen.bounded or seen.future.count or seen.skipped or seen.left_out
    )
    if done.id and noteworthy and done.outcomes[Outcome.NEW] + done.outcomes[Outcome.UPDATED]:
        console.print(f"To undo it: refrain imports undo {done.id}", soft_wrap=True)


def imports(console: Console, found: Sequence[Import]) -> None:
    """Prints imports, the newest first, a line each."""
    from rich.table import Table

    table = Table("id", "when", "file", "for", "new", "updated", "rejected", "", box=None, pad_edge=False)
    for one in found:
        state = "undone" if one.undone_at else "" if one.finished_at else "not finished"
        counts = (f"{one.counts.get(name, 0):,}" for name in ("new", "updated", "rejected"))
        whose = one.organisation.name if one.organisation else ""
        table.add_row(one.id, f"{one.created_at:%Y-%m-%d %H:%M}", one.name or "", whose, *counts, state)
    print_whole(console, table)


def undone(console: Console, done: UndoneImport) -> None:
    """Prints what undoing an import took out, and what stays."""
    console.print(f"{done.statements:,} statements withdrawn, {done.findings:,} findings taken back")
    for kept in done.kept:
        first = ", ".join(kept.statements) + (", …" if kept.count > len(kept.statements) else "")
        console.print(f"{kept.count:,} stay, since {_WHY[kept.why]}: {first}", soft_wrap=True)
    if done.updated:
        console.print(
            f"{done.updated:,} were there before it and stay as they are; their histories say what it changed"
        )
