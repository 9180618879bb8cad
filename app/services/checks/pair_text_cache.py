"""Cache of what pairs are compared by, for statements that were candidates lately."""

import threading
from collections import OrderedDict
from typing import Final

from app.domain.statements.statements import Statement
from index.pairs.features import PairText

MOST_BYTES: Final = 32 * 1024 * 1024
"""Room for some 4,000 statements."""
_BYTES_A_TERM: Final = 80

_Key = tuple[int, str, str | None, str]


class PairTextCache:
    """The least recently used leaves first. Safe to call from several threads.

    A statement whose text, title or language changed is another entry, so that nothing need be evicted when it does.
    """

    def __init__(self, most_bytes: int = MOST_BYTES):
        self._most_bytes = most_bytes
        self._bytes = 0
        self._lock = threading.Lock()
        self._entries: OrderedDict[_Key, PairText] = OrderedDict()

    def get(self, statement: Statement) -> PairText | None:
        """The statement's entry; None where it has none."""
        with self._lock:
            found = self._entries.get(_key(statement))
            if found:
                self._entries.move_to_end(_key(statement))
            return found

    def put(self, statement: Statement, text: PairText) -> None:
        """Adds or replaces the statement's entry."""
        key = _key(statement)
        with self._lock:
            before = self._entries.pop(key, None)
            self._bytes += _size(text) - (_size(before) if before else 0)
            self._entries[key] = text
            while self._bytes > self._most_bytes:
                _, gone = self._entries.popitem(last=False)
                self._bytes -= _size(gone)


def _key(statement: Statement) -> _Key:
    return statement.key, statement.text, statement.title, statement.language


def _size(text: PairText) -> int:
    """Bytes that an entry takes, about."""
    states = text.states.codes.nbytes + text.states.rarities.nbytes + text.states.kinds.nbytes
    return 500 + 2 * len(text.text) + text.vector.nbytes + states + _BYTES_A_TERM * len(text.terms)
