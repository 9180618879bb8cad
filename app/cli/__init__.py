"""The `refrain` command: a file for each group of commands, and what they print."""

import sys
from typing import Final

_ADMINISTRATION: Final = ("keys", "organisations", "accounts", "audit", "erase")


def main() -> None:
    """Entry point of the command. Groups that need the database alone are imported without the rest of the program."""
    from app.cli.run import run

    group, *arguments = sys.argv[1:] or [""]
    if group not in _ADMINISTRATION:
        from app.cli.commands import cli

        run(cli, "refrain", sys.argv[1:])
        return
    from app.cli.access import keys, organisations
    from app.cli.accounts import accounts
    from app.cli.audit import audit
    from app.cli.erase import erase

    groups = {"keys": keys, "organisations": organisations, "accounts": accounts, "audit": audit, "erase": erase}
    run(groups[group], f"refrain {group}", arguments)
