"""Language detection that knows the archive: a few words are taken for a language that it has, where they may be one.

For texts that are looked up. What is recorded is detected by itself, so that an archive comes out the same in whatever
order it was filled.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from app.services.ports import Languages, Store


class LanguageDetector(Languages, Protocol):
    """Language detection that takes the archive's languages into account."""

    def detect(self, text: str, archive: Callable[[], Mapping[str, float]] = dict) -> str:
        """`archive`: gives the shares of the archive's statements by language, where they are needed."""


@dataclass(slots=True)
class LikelyLanguages:
    """`app.services.ports.Languages`, with the archive's own languages the likelier."""

    store: Store
    detector: LanguageDetector
    _sequence: int = -1
    _shares: Mapping[str, float] = field(default_factory=dict)

    def detect(self, text: str) -> str:
        """ISO 639 code of the most likely language; `und` where a text has no letters, or too few words to decide."""
        return self.detector.detect(text, self._archive)

    def canonical(self, tag: str) -> str | None:
        """Canonical form of a language tag, None for an unknown one."""
        return self.detector.canonical(tag)

    def _archive(self) -> Mapping[str, float]:
        """Shares of the latest statements by language; counted anew once the archive has changed."""
        with self.store.reading() as tx:
            sequence = tx.statements.sequence()
            if sequence != self._sequence:
                counts = tx.statements.languages()
                total = sum(counts.values())
                self._shares = {code: count / total for code, count in counts.items()}
                self._sequence = sequence
        return self._shares
