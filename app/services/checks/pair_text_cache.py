"""Cache of what pairs are compared by, for statements that were candidates lately."""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import Final

from app.domain.statements.statements import Statement
from index.pairs.features import PairText

MOST_BYTES: Final = 32 * 1024 * 1024
"""Room for some 4,000 statements."""
_BYTES_A_TERM: Final = 80

_Wording = tuple[str, str | None, str]


class PairTextCache:
    """The least recently used leaves first. Safe to call from several threads.

    An entry is found for the wording alone that it was put for: text, title and language.
    """

    def __init__(self, most_bytes: int = MOST_BYTES):
        self._most_bytes = most_bytes
        self._bytes = 0
        self._lock = threading.Lock()
        self._entries: OrderedDict[int, tuple[_Wording, PairText]] = OrderedDict()

    def get(self, statement: Statement) -> PairText | None:
        """The statement's entry; None where it has none."""
        with self._lock:
            wording, text = self._entries.get(statement.key, (None, None))
            if wording != _wording(statement):
                return None
            self._entries.move_to_end(statement.key)
            return text

    def put(self, statement: Statement, text: PairText) -> None:
        """Adds or replaces the statement's entry."""
        with self._lock:
            self._remove(statement.key)
            self._bytes += _size(text)
            self._entries[statement.key] = _wording(statement), text
            while self._bytes > self._most_bytes:
                self._remove(next(iter(self._entries)))

    def forget(self, keys: Iterable[int]) -> None:
        """Removes the entries of these statements: they changed, or are gone."""
        with self._lock:
            for key in keys:
                self._remove(key)

    def _remove(self, key: int) -> None:
        if gone := self._entries.pop(key, None):
            self._bytes -= _size(gone[1])


def _wording(statement: Statement) -> _Wording:
    return statement.text, statement.title, statement.language


def _size(text: PairText) -> int:
    """Bytes that an entry takes, about."""
    states = text.states.codes.nbytes + text.states.rarities.nbytes + text.states.kinds.nbytes
    return 500 + 2 * len(text.text) + text.vector.nbytes + states + _BYTES_A_TERM * len(text.terms)
