"""The statements that may be precedents of one in hand, each with the signals that speak for it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from app.domain.access import Organisation
from app.domain.dates import last_moment_of
from app.domain.errors import NotReady
from app.domain.matches import Candidate, CheckRequest
from app.domain.policy import Policy
from app.domain.statements import Statement
from app.services.search_archive import SearchArchive
from index.contract import FloatArray, Reading
from index.signals import Side, signals

_CANDIDATES = 50
"""How many each index is asked for; more where too few of them may be shown."""

_ATTEMPTS = 20

Found = tuple[Candidate, Statement]


@dataclass(frozen=True, slots=True)
class FindCandidates:
    """Asks both indexes of the archive, and weighs nothing yet."""

    archive: SearchArchive
    policy: Policy

    def __call__(
        self,
        request: CheckRequest,
        language: str,
        reading: Reading,
        dismissed: frozenset[int],
        now: datetime,
        viewer: Organisation | None = None,
    ) -> list[Found]:
        """Candidates that `viewer` may see, in no particular order, without the `dismissed` statements.

        Raises `NotReady`.
        """
        [meaning] = self.archive.lens.meaning_of(reading.vector[None])
        statements, meanings = self._found(request, reading, meaning, dismissed, now, viewer)
        if not statements:
            return []
        terms = frozenset(reading.terms.split())
        of_each = signals(
            Side([request.text], [language], [terms], meaning[None]),
            Side(
                [one.text for one in statements],
                [one.language for one in statements],
                self.archive.terms([one.key for one in statements]),
                meanings,
            ),
            self.archive.rarity(list(terms)) if self.policy.lexical else dict.fromkeys(terms, 0.0),
            self.archive.lens,
        )
        counters = self.archive.counter_examples.similarities(meaning, last_moment_of(request.known_at))
        columns = {name: values.tolist() for name, values in of_each.items()}
        return [
            (_candidate(one, {name: values[at] for name, values in columns.items()}, counters), one)
            for at, one in enumerate(statements)
        ]

    def _found(
        self,
        request: CheckRequest,
        reading: Reading,
        meaning: FloatArray,
        dismissed: frozenset[int],
        now: datetime,
        viewer: Organisation | None,
    ) -> tuple[list[Statement], FloatArray]:
        """Statements and their meanings. Searches again where one was withdrawn since it was found."""
        for _ in range(_ATTEMPTS):
            statements = self._statements(request, reading, meaning, dismissed, now, viewer)
            with suppress(KeyError):
                return statements, self.archive.meanings([one.key for one in statements])
        raise NotReady("the archive is changing faster than it can be searched: try again in a moment")

    def _statements(
        self,
        request: CheckRequest,
        reading: Reading,
        meaning: FloatArray,
        dismissed: frozenset[int],
        now: datetime,
        viewer: Organisation | None,
    ) -> list[Statement]:
        """Those that may be shown; asks for more until there are enough or no more."""
        known_at = last_moment_of(request.known_at)
        wanted = max(_CANDIDATES, request.limit)
        while True:
            keys = self.archive.search(reading, meaning, wanted, request.window(now), lexical=self.policy.lexical)
            known = self.archive.statements([key for key in keys if key not in dismissed], known_at, viewer)
            if len(keys) < wanted or len(known) >= request.limit:
                return [known[key] for key in keys if key in known]
            wanted *= 8


def _candidate(statement: Statement, of: Mapping[str, float], counters: Mapping[int, float]) -> Candidate:
    return Candidate(
        key=statement.key,
        text=statement.text,
        speaker=statement.speaker,
        said_at=statement.said_at,
        signals=of,
        narratives=frozenset(ref.key for ref in statement.narratives),
        counter_similarity=max(
            (counters[ref.key] for ref in statement.narratives if ref.key in counters), default=None
        ),
    )
