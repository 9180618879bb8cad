"""Parts of a page that a command writes, between `<!-- name -->` and the next `<!-- end -->`."""

from pathlib import Path

END = "<!-- end -->"


def write_between(page: Path, name: str, text: str) -> None:
    """Puts the text, which ends with a line break, in place of that part. Raises `ValueError` where there is none."""
    before, begin, rest = page.read_text("utf-8").partition(f"<!-- {name} -->")
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{page} has no <!-- {name} --> … {END}")
    page.write_text(f"{before}{begin}\n{text}{end}{after}", "utf-8")
