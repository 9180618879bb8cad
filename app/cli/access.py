"""`refrain keys` and `refrain organisations`: management of API keys and organisations, without restriction."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from app.cli.administration import open_keys, open_organisations, open_withdrawals
from app.cli.console import err, out
from app.domain.access.keys import DEFAULT_ORGANISATION, OVERLAP, Key, Scope
from app.domain.core.text import clean

_LONGEST_NAME = 200
_LONGEST_REASON = 2_000
_MOST_PER_HOUR = 1_000_000_000

keys = typer.Typer(help="Keys for the service.", no_args_is_help=True, rich_markup_mode=None)
organisations = typer.Typer(help="Whose the keys are.", no_args_is_help=True, rich_markup_mode=None)

KeyId = Annotated[str, typer.Argument(help="The id that `refrain keys list` shows.")]
LimitPerHour = Annotated[
    int | None,
    typer.Option(min=1, max=_MOST_PER_HOUR, help="Requests an hour; default: as the settings say."),
]
OrganisationName = Annotated[str, typer.Argument(help="Its name, or its id.")]


@keys.command("create")
def create_key(
    name: Annotated[str, typer.Argument(help="What the key is for.")],
    scope: Annotated[list[Scope], typer.Option(help="What it reaches; may be given several times.")],
    organisation: Annotated[str, typer.Option(help="Whose key it is.")] = DEFAULT_ORGANISATION,
    expires_in_days: Annotated[int | None, typer.Option(min=1, max=36_500, help="Default: never.")] = None,
    limit_per_hour: LimitPerHour = None,
) -> None:
    """Make a key and print it, once, alone on the last line."""
    expires_at = datetime.now(UTC) + timedelta(days=expires_in_days) if expires_in_days else None
    secret, key = open_keys().create(
        clean(name, _LONGEST_NAME), scope, clean(organisation, _LONGEST_NAME), expires_at, limit_per_hour
    )
    _print_secret(secret, key)


@keys.command("list")
def list_keys(
    organisation: Annotated[str | None, typer.Option(help="Only the keys of this one.")] = None,
) -> None:
    """List the keys, by id and hint."""
    from app.cli import access_output

    managed = open_keys(reads=True)
    owner = open_organisations().get(organisation) if organisation else None
    access_output.keys(out, managed.all(owner))


@keys.command("rotate")
def rotate_key(
    key_id: KeyId,
    overlap_hours: Annotated[
        float, typer.Option(min=0, max=24 * 30, help="For how long the old secret stays good.")
    ] = OVERLAP / timedelta(hours=1),
) -> None:
    """Give a key a new secret and print it, once, alone on the last line; the old one stays good for a while."""
    secret, key = open_keys().rotate(key_id, timedelta(hours=overlap_hours))
    _print_secret(secret, key)


@keys.command("revoke")
def revoke_key(key_id: KeyId) -> None:
    """End a key at once."""
    open_keys().revoke(key_id)
    err.print("The key is revoked.")


@organisations.command("create")
def create_organisation(
    name: Annotated[str, typer.Argument(help="Its name, which no other has.")],
    operator: Annotated[bool, typer.Option("--operator", help="Its admin keys make other organisations.")] = False,
    limit_per_hour: LimitPerHour = None,
) -> None:
    """Make an organisation; `refrain keys create` makes its keys."""
    made = open_organisations().create(clean(name, _LONGEST_NAME), operator=operator, limit_per_hour=limit_per_hour)
    err.print(f"Organisation {made.id} is there.")


@organisations.command("list")
def list_organisations() -> None:
    """List the organisations."""
    from app.cli import access_output

    access_output.organisations(out, open_organisations(reads=True).all())


@organisations.command("change")
def change_organisation(
    organisation: OrganisationName,
    name: Annotated[str | None, typer.Option(help="Its new name.")] = None,
    operator: Annotated[bool | None, typer.Option("--operator/--no-operator", help="Whether it makes others.")] = None,
    limit_per_hour: Annotated[
        int | None, typer.Option(min=0, max=_MOST_PER_HOUR, help="Requests an hour; 0: as the settings say.")
    ] = None,
    check_retention_days: Annotated[
        int | None,
        typer.Option(min=-1, max=36_500, help="Days that checks are kept; 0: for ever; -1: default."),
    ] = None,
) -> None:
    """Change the settings of an organisation."""
    changes: dict[str, Any] = {}
    if name is not None:
        changes["name"] = clean(name, _LONGEST_NAME)
    if operator is not None:
        changes["operator"] = operator
    if limit_per_hour is not None:
        changes["limit_per_hour"] = limit_per_hour or None
    if check_retention_days is not None:
        changes["check_retention_days"] = check_retention_days if check_retention_days >= 0 else None
    open_organisations().change(organisation, changes)
    err.print("The organisation is changed.")


@organisations.command("close")
def close_organisation(organisation: OrganisationName) -> None:
    """Close an organisation: nobody signs in, its keys and feeds stop. What it brought stays."""
    closed = open_organisations().close(organisation)
    err.print(f"{closed.name} is closed.", markup=False)


@organisations.command("reopen")
def reopen_organisation(organisation: OrganisationName) -> None:
    """Open a closed organisation again."""
    opened = open_organisations().reopen(organisation)
    err.print(f"{opened.name} is open again.", markup=False)


@organisations.command("withdraw")
def withdraw_contributions(
    organisation: OrganisationName,
    since: Annotated[
        datetime | None, typer.Option(help="Only what it contributed since then, in UTC; default: all.")
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why; the history of each statement says it.")] = None,
    restore: Annotated[bool, typer.Option("--restore", help="Bring back what was withdrawn so.")] = False,
) -> None:
    """Withdraw all that an organisation contributed to the shared archive, or bring it back."""
    withdrawals = open_withdrawals()
    if restore:
        counts = withdrawals.restore(organisation)
    else:
        moment = since.replace(tzinfo=UTC) if since else None
        _, counts = withdrawals(organisation, moment, clean(reason, _LONGEST_REASON) if reason else None)
    err.print(
        f"{'Restored' if restore else 'Withdrawn'}: {counts.statements:,} statements, {counts.findings:,} findings, "
        f"{counts.counter_examples:,} counter-examples, {counts.links:,} links to its narratives."
    )


def _print_secret(secret: str, key: Key) -> None:
    scopes = ", ".join(sorted(key.scopes))
    err.print(f"Key {key.id} of {key.organisation.name} reaches {scopes}. It is shown only now:")
    print(secret)
