"""The `refrain` command: a file for each group of commands, and what they print."""


def main() -> None:
    """Entry point of the command. Imports come when it is called, so that help and completion stay quick."""
    from app.cli.commands import main as run

    run()
