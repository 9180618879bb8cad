"""Texts that repeat nothing: news, posts, talk, debate, and lines that share a name with an archive and no message.

`app/reference/new_texts.jsonl` ships: 600 invented texts in 14 languages, written for this purpose. A text is in one of
two halves: `fit` may be learned from (weights, cut-offs), `held_out` is for measuring alone. Texts of one theme are in
one half, whatever their language.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from app.domain.core.strict_json import loads
from app.formats.lines import Unreadable

Half = Literal["fit", "held_out"]

SHIPPED: Final = Path(__file__).resolve().parents[1] / "reference" / "new_texts.jsonl"


class NewText(NamedTuple):
    """A text that repeats nothing of any archive; `kind`: news, post, talk, debate, name, or what its author wrote."""

    text: str
    language: str
    kind: str


def shipped_new_texts(half: Half) -> list[NewText]:
    """One half of the shipped texts, in the order of the file."""
    return [_new_text(record) for record in _records(SHIPPED) if record["half"] == half]


def read_new_texts(path: Path) -> list[NewText]:
    """Texts of a file of JSON lines with `text`, and `lang` and `kind` where known. Raises `Unreadable`."""
    try:
        texts = [_new_text(record) for record in _records(path)]
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"{path}: each line has to be an object with text ({error})") from error
    if not texts:
        raise Unreadable(f"{path} is empty: there is nothing to measure")
    return texts


def _records(path: Path) -> list[Mapping[str, Any]]:
    return [loads(line) for line in path.read_bytes().splitlines() if line.strip()]


def _new_text(record: Mapping[str, Any]) -> NewText:
    text = str(record["text"]).strip()
    if not text:
        raise ValueError("an empty text")
    return NewText(text, str(record.get("lang") or record.get("language") or "und"), str(record.get("kind") or "other"))
