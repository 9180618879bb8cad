"""`refrain audit`: verifying and exporting the audit log."""

import csv
import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import typer

from app.cli.administration import open_audit, open_organisations
from app.cli.console import err, json_of
from app.cli.run import UsageError
from app.domain.audit.entries import AuditEntry, AuditHead
from app.domain.core.dates import InvalidDate, Period, last_moment_of, moment_of, parse_period
from app.services.audit.ports import AuditFilter

audit = typer.Typer(help="The log of who saw, changed and reviewed what.", no_args_is_help=True, rich_markup_mode=None)

_COLUMNS = (
    "number", "at", "organisation_id", "actor_kind", "actor_id", "action", "subject_kind", "subject_id", "request_id",
    "detail", "previous_hash", "hash",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Format(StrEnum):
    """Format of an export."""

    JSONL = "jsonl"
    CSV = "csv"


@audit.command("verify")
def verify_log(
    head: Annotated[
        str | None, typer.Option(help="NUMBER:HASH that an earlier run printed, and that was kept elsewhere.")
    ] = None,
) -> None:
    """Verify that no entry was changed, removed or put in. Prints the last one as NUMBER:HASH: keep that elsewhere."""
    state = open_audit().verify(_noted(head))
    if state.fault:
        err.print(f"The audit log is broken at entry {state.fault.number}: {state.fault.reason}.", style="red")
        err.print(f"Up to entry {state.head.number} it is as it was written.")
        sys.exit(1)
    err.print(f"All {state.head.number:,} entries are as they were written.")
    print(f"{state.head.number}:{state.head.hash}")


@audit.command("export")
def export_log(
    since: Annotated[str | None, typer.Option(help="From this day or moment on.")] = None,
    until: Annotated[str | None, typer.Option(help="Up to this day or moment.")] = None,
    organisation: Annotated[str | None, typer.Option(help="Only the entries of this one.")] = None,
    form: Annotated[Format, typer.Option("--format", help="JSON lines, or CSV.")] = Format.JSONL,
) -> None:
    """Write the entries to standard output, the oldest first. Each has its hash, so that a copy can be compared."""
    owner = open_organisations(reads=True).get(organisation) if organisation else None
    filters = AuditFilter(
        organisation_id=owner.id if owner else None,
        since=moment_of(_date(since, "--since")),
        until=last_moment_of(_date(until, "--until")),
    )
    entries = open_audit().export(filters)
    if form is Format.CSV:
        _write_csv(entries)
    else:
        for entry in entries:
            print(json_of(_values(entry)))


def _write_csv(entries: Iterable[AuditEntry]) -> None:
    writer = csv.DictWriter(sys.stdout, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for entry in entries:
        values = {**_values(entry), "detail": json_of(dict(entry.detail))}
        writer.writerow({name: _cell(value) for name, value in values.items()})


def _cell(value: object) -> object:
    """Value for a spreadsheet, which would compute what begins as a formula does: an apostrophe keeps it a text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _values(entry: AuditEntry) -> dict[str, object]:
    values = {name: getattr(entry, name) for name in _COLUMNS}
    return {**values, "at": entry.at.isoformat(), "detail": dict(entry.detail)}


def _noted(head: str | None) -> AuditHead | None:
    if head is None:
        return None
    number, _, noted_hash = head.partition(":")
    if not number.isdigit() or len(noted_hash) != 64:
        raise UsageError("--head is what `refrain audit verify` printed: a number, a colon and 64 characters")
    return AuditHead(int(number), noted_hash)


def _date(raw: str | None, option: str) -> Period | None:
    try:
        return parse_period(raw) if raw else None
    except InvalidDate as error:
        raise UsageError(f"{option} {error}") from error
