"""Names that are said for another, such as a capital for its country, by the keys of both."""

from functools import cache
from importlib.resources import files

from index.text.names.recognizer import NameRecognizer


@cache
def stand_ins() -> frozenset[frozenset[str]]:
    """Pairs of keys, of which one name may stand for the other."""
    names = NameRecognizer()

    def key(name: str) -> str:
        return next((found.key for found in names.find(f"They say that {name} did it.", "en")), name)

    lines = (files(__package__) / "stand_ins.tsv").read_text("utf-8").splitlines()
    return frozenset(frozenset(map(key, line.split("\t"))) for line in lines if not line.startswith("#"))
