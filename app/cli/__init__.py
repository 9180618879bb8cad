"""The `refrain` command: a file for each group of commands, and what they print.

What is heavy to import is imported inside the command that needs it, so that `refrain --help` answers at once.
"""

import sys


def main() -> None:
    """Entry point of the command."""
    from app.cli.commands import cli
    from app.cli.run import run

    run(cli, "refrain", sys.argv[1:])
