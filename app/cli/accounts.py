"""`refrain accounts`: management of accounts, without restriction."""

import sys
from getpass import getpass
from typing import Annotated

import typer

from app.cli.administration import open_accounts, open_organisations, open_second_factor_reset
from app.cli.console import err, out
from app.domain.access.accounts import LONGEST_LOGIN, LONGEST_PASSWORD, Role
from app.domain.access.keys import DEFAULT_ORGANISATION
from app.domain.core.errors import InvalidInput
from app.domain.core.text import clean

accounts = typer.Typer(help="Accounts of people who sign in.", no_args_is_help=True, rich_markup_mode=None)

Login = Annotated[str, typer.Argument(help="What one signs in with, such as a mail address.")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]
Ask = Annotated[bool, typer.Option("--ask", help="Ask for the password; default: one is made, and printed.")]


@accounts.command("create")
def create_account(
    login: Login,
    role: Annotated[Role, typer.Option(help="Each reaches what those before it do.")] = Role.ANALYST,
    organisation: Annotated[str, typer.Option(help="Whose account it is; made when new.")] = DEFAULT_ORGANISATION,
    name: Annotated[str | None, typer.Option(help="What others see; default: the login.")] = None,
    password_stdin: FromStdin = False,
    ask: Ask = False,
) -> None:
    """Make an account. A password that is made for it is printed, once, alone on the last line."""
    password = _password(password_stdin, ask)
    owner = clean(organisation, LONGEST_LOGIN)
    account, made = open_accounts().create(login, name or login, role, owner, password)
    err.print(f"{account.login} is {account.role} of {account.organisation.name}.")
    _print_password(made)


@accounts.command("list")
def list_accounts(
    organisation: Annotated[str | None, typer.Option(help="Only the accounts of this one.")] = None,
) -> None:
    """List the accounts."""
    from app.cli import access_output

    managed = open_accounts(reads=True)
    owner = open_organisations().get(organisation) if organisation else None
    access_output.accounts(out, managed.all(owner))


@accounts.command("reset")
def reset_password(login: Login, password_stdin: FromStdin = False, ask: Ask = False) -> None:
    """Give an account another password, and sign it out everywhere."""
    account, made = open_accounts().reset_password(login, _password(password_stdin, ask))
    err.print(f"The password of {account.login} is another.")
    _print_password(made)


@accounts.command("reset-second-factor")
def reset_second_factor(login: Login) -> None:
    """Remove the second factor of somebody who lost it, and sign them out everywhere."""
    open_second_factor_reset()(login)
    err.print("The second factor is removed: the password alone is enough until another is set up.")


@accounts.command("change")
def change_account(login: Login, role: Annotated[Role, typer.Option(help="Its new role.")]) -> None:
    """Give an account another role."""
    open_accounts().change_role(login, role)
    err.print("The role is changed.")


@accounts.command("disable")
def disable_account(login: Login) -> None:
    """Close an account, and sign it out everywhere; what it decided stays."""
    open_accounts().disable(login)
    err.print("The account is closed.")


@accounts.command("enable")
def enable_account(login: Login) -> None:
    """Open a closed account again."""
    open_accounts().enable(login)
    err.print("The account is open.")


def _password(from_stdin: bool, ask: bool) -> str | None:
    if from_stdin:
        return sys.stdin.readline(LONGEST_PASSWORD + 2).rstrip("\r\n")
    if not ask:
        return None
    password = getpass("Password: ")
    if getpass("Again: ") != password:
        raise InvalidInput.at("/password", "was typed in two ways: begin again")
    return password


def _print_password(made: str | None) -> None:
    if made:
        err.print("It is good for setting a password of one's own, and shown only now:")
        print(made)
