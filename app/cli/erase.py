"""`refrain erase`: erasure of accounts, statements and checks on a request, of which a trace is kept."""

from typing import Annotated

import typer

from app.cli.administration import open_erase
from app.cli.console import err
from app.cli.run import UsageError
from app.domain.audit.erasures import LONGEST_REASON, ErasureKind
from app.domain.core.text import InvalidText, clean

erase = typer.Typer(help="Erase personal data and texts on a request.", no_args_is_help=True, rich_markup_mode=None)

Reason = Annotated[str, typer.Option(help="Why, without the data that is erased: it is kept with the trace.")]
Reference = Annotated[str | None, typer.Option(help="Number or address of the request.")]


@erase.command("account")
def erase_account(
    login: Annotated[str, typer.Argument(help="What they sign in with, or the id of the account.")],
    reason: Reason,
    reference: Reference = None,
) -> None:
    """Close an account, and replace name and login by a pseudonym everywhere."""
    _erase(ErasureKind.ACCOUNT, login, reason, reference)


@erase.command("statement")
def erase_statement(
    statement_id: Annotated[str, typer.Argument(help="Its id.")], reason: Reason, reference: Reference = None
) -> None:
    """Erase the text of a statement, what was made of it, and the copies in stored checks; it stays withdrawn."""
    _erase(ErasureKind.STATEMENT, statement_id, reason, reference)


@erase.command("check")
def erase_check(
    check_id: Annotated[str, typer.Argument(help="Its id.")], reason: Reason, reference: Reference = None
) -> None:
    """Erase a check with its reviews and notes; one of an article with the whole article."""
    _erase(ErasureKind.CHECK, check_id, reason, reference)


def _erase(kind: ErasureKind, subject: str, reason: str, reference: str | None) -> None:
    try:
        said = clean(reason, LONGEST_REASON)
        named = clean(reference, LONGEST_REASON) if reference else None
    except InvalidText as error:
        raise UsageError(f"--reason and --reference: one of them {error}") from error
    trace = open_erase()(kind, subject, said, named)
    err.print(f"The {kind} {trace.subject_id} is erased. The trace of it is {trace.id}.")
