"""Language tags as small numbers, so that a column of them is an array."""

import threading
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

LanguageArray = npt.NDArray[np.int32]

UNKNOWN: Final = -1
"""Code of a tag that no entry has."""


class LanguageCodes:
    """Codes of tags in order of their appearance. Safe to call from several threads."""

    def __init__(self, tags: Sequence[str] = ()) -> None:
        self._lock = threading.Lock()
        self._codes = {tag: code for code, tag in enumerate(tags)}

    def encode(self, tags: npt.NDArray[np.str_]) -> LanguageArray:
        """Codes of tags, shape (n,); new ones get one."""
        different, places = np.unique(tags, return_inverse=True)
        with self._lock:
            codes = [self._codes.setdefault(tag, len(self._codes)) for tag in different.tolist()]
        return np.array(codes, np.int32)[places] if codes else np.empty(0, np.int32)

    def code(self, tag: str | None) -> int | None:
        """Code of a tag, `UNKNOWN` where no entry has it; None for None."""
        return None if tag is None else self._codes.get(tag, UNKNOWN)

    def decode(self, codes: LanguageArray) -> npt.NDArray[np.str_]:
        """Tags of codes, shape (n,)."""
        tags = self.tags
        return tags[codes] if codes.size else np.empty(0, np.str_)

    @property
    def tags(self) -> npt.NDArray[np.str_]:
        """All tags, in order of their codes."""
        with self._lock:
            return np.array(list(self._codes) or [""], np.str_)
