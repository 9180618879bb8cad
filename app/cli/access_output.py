"""Output of the commands of administration: tables of keys, accounts and organisations."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from app.domain.access.accounts import Account
from app.domain.access.keys import Key, Organisation


def keys(console: Console, items: Sequence[Key]) -> None:
    """A table of keys."""
    table = Table("id", "hint", "name", "organisation", "scopes", "created", "last used", "state", box=None)
    for key in items:
        state = "revoked" if key.revoked_at else f"until {key.expires_at:%Y-%m-%d}" if key.expires_at else "valid"
        used = f"{key.last_used_at:%Y-%m-%d %H:%M}" if key.last_used_at else "never"
        scopes = " ".join(sorted(key.scopes))
        state += f", {key.limit_per_hour:,} an hour" if key.limit_per_hour else ""
        table.add_row(
            key.id, f"{key.hint}…", key.name, key.organisation.name, scopes, f"{key.created_at:%Y-%m-%d}", used, state
        )
    console.print(table)


def accounts(console: Console, items: Sequence[Account]) -> None:
    """A table of accounts."""
    table = Table(
        Column("login", no_wrap=True), "name", "organisation", "role", "created", "last seen", "state", box=None
    )
    for account in items:
        seen = f"{account.last_seen_at:%Y-%m-%d %H:%M}" if account.last_seen_at else "never"
        state = (
            "disabled" if account.disabled_at else "has to set a password" if account.must_change_password else "open"
        )
        names = [Text(name) for name in (account.login, account.name, account.organisation.name)]
        table.add_row(*names, account.role, f"{account.created_at:%Y-%m-%d}", seen, state)
    console.print(table)


def organisations(console: Console, items: Sequence[Organisation]) -> None:
    """A table of organisations."""
    table = Table("id", "name", "an hour", "created", "operator", "state", box=None)
    for organisation in items:
        created = f"{organisation.created_at:%Y-%m-%d}" if organisation.created_at else ""
        table.add_row(
            organisation.id,
            organisation.name,
            _limit(organisation.limit_per_hour),
            created,
            "yes" if organisation.operator else "",
            f"closed {organisation.closed_at:%Y-%m-%d}" if organisation.closed_at else "open",
        )
    console.print(table)


def _limit(per_hour: int | None) -> str:
    return "default" if per_hour is None else f"{per_hour:,}"
