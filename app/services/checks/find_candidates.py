"""The statements that may be precedents of one in hand, each with the signals that speak for it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from app.domain.access.keys import Organisation
from app.domain.checks.checks import Candidate, CheckRequest
from app.domain.checks.scoring import Policy
from app.domain.core.dates import last_moment_of
from app.domain.core.errors import NotReady
from app.domain.statements.statements import Statement
from app.services.search.as_of import Past
from app.services.search.index_sync import SearchArchive
from index.contract import FloatArray, Reading
from index.search.features import Side, signals

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
        statements, meanings, their_terms = self._found(request, reading, meaning, dismissed, now, viewer)
        if not statements:
            return []
        terms = frozenset(reading.terms.split())
        of_each = signals(
            Side([request.text], [language], [terms], meaning[None]),
            Side(
                [one.text for one in statements],
                [one.language for one in statements],
                their_terms,
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
    ) -> tuple[list[Statement], FloatArray, list[frozenset[str]]]:
        """Statements, their meanings and terms. Searches again where one was withdrawn since it was found."""
        known_at = last_moment_of(request.known_at)
        past = self._past(request, known_at, meaning, dismissed, now, viewer) if known_at else None
        without = dismissed | past.changed if past else dismissed
        for _ in range(_ATTEMPTS):
            statements = self._statements(request, reading, meaning, without, now, viewer)
            keys = [one.key for one in statements]
            with suppress(KeyError):
                meanings, terms = self.archive.meanings(keys), self.archive.terms(keys)
                if past is None or not past.statements:
                    return statements, meanings, terms
                return [*statements, *past.statements], np.vstack([meanings, past.meanings]), [*terms, *past.terms]
        raise NotReady("the archive is changing faster than it can be searched: try again in a moment")

    def _past(
        self,
        request: CheckRequest,
        known_at: datetime,
        meaning: FloatArray,
        dismissed: frozenset[int],
        now: datetime,
        viewer: Organisation | None,
    ) -> Past:
        """What the index has otherwise than it was known then, of that what may be shown."""
        past = self.archive.past(known_at)
        window, organisation = request.window(now), viewer.key if viewer else None
        admitted = [
            at
            for at, one in enumerate(past.statements)
            if one.key not in dismissed and window.admits(one.said_at) and one.visible_to(organisation)
        ]
        return past.closest(admitted, meaning, max(_CANDIDATES, request.limit))

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
