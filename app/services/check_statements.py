"""The question that Refrain answers: has this been said before?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import numpy as np

from app.domain.access import Organisation
from app.domain.dates import Period, instant, last_moment_of
from app.domain.errors import IdempotencyMismatch
from app.domain.matches import (
    Candidate,
    Check,
    CheckRequest,
    Language,
    Match,
    ModelUsed,
    Precedent,
    Stance,
    Verdict,
    days_before,
    judge,
)
from app.domain.policy import Policy
from app.domain.statements import Statement
from app.domain.webhooks import EventType
from app.services.events import flag_data
from app.services.ports import Clock, Languages, Store, Transaction
from app.services.search_archive import SearchArchive
from index.contract import Embedder

_CANDIDATES = 50
"""How many the index is asked for; more where too few of them may be shown."""


@dataclass(frozen=True, slots=True)
class Retry:
    """The idempotency key of a request, and a hash of its body."""

    key: str
    request_hash: str


@dataclass(frozen=True, slots=True)
class CheckStatements:
    """Checks statements against the archive, all of them in one batch of the embedder."""

    store: Store
    embedder: Embedder
    archive: SearchArchive
    languages: Languages
    policy: Policy
    clock: Clock

    def __call__(
        self,
        requests: Sequence[CheckRequest],
        organisation: Organisation | None = None,
        retry: Retry | None = None,
    ) -> list[Check]:
        """One check a request, in order. Stored for `organisation` where the request asks to be recorded.

        Raises `NotReady` while the index is being prepared, `IdempotencyMismatch` where `retry` came with another body.
        """
        first = self._first_answers(len(requests), organisation, retry) if organisation and retry else {}
        fresh = [number for number in range(len(requests)) if number not in first]
        if not fresh:
            return [first[number] for number in range(len(requests))]
        vectors = self.embedder.embed([requests[number].text for number in fresh])
        self.archive.follow()
        answers = {
            number: self._check(requests[number], vector, organisation)
            for number, vector in zip(fresh, vectors, strict=True)
        }
        to_record = [number for number in fresh if requests[number].record]
        if organisation and to_record and not self._record(answers, to_record, len(requests), organisation, retry):
            return self(requests, organisation, retry)  # a retry overtook us: its answers are the first ones
        return [first.get(number) or answers[number] for number in range(len(requests))]

    def _record(
        self,
        answers: dict[int, Check],
        numbers: Sequence[int],
        count: int,
        organisation: Organisation,
        retry: Retry | None,
    ) -> bool:
        """Stores the answers; False where the idempotency key was taken meanwhile."""
        with self.store.writing() as tx:
            return all(
                self.keep(
                    tx,
                    organisation,
                    answers[number],
                    _nth(retry.key, number, count) if retry else None,
                    retry.request_hash if retry else None,
                )
                for number in numbers
            )

    def keep(
        self,
        tx: Transaction,
        organisation: Organisation,
        check: Check,
        idempotency_key: str | None = None,
        request_hash: str | None = None,
    ) -> bool:
        """Stores a check, and tells of it where it is flagged; False where the idempotency key was taken meanwhile."""
        if not tx.checks.add(organisation, check, idempotency_key, request_hash):
            return False
        if check.flagged:
            tx.events.add(organisation, EventType.FLAG_CREATED, check.id, flag_data(check))
        return True

    def _check(self, request: CheckRequest, vector: np.ndarray, organisation: Organisation | None) -> Check:
        now = self.clock()
        said_at = request.said_at or instant(now)
        stance = Stance()
        found = self._candidates(request, vector, now, organisation)
        candidates = [Candidate(one.key, one.text, one.speaker, one.said_at, similarity) for one, similarity in found]
        verdict = judge(request, said_at, stance, candidates, self.policy)
        matches = _matches(verdict, {one.key: one for one, _ in found}, said_at)
        return Check(
            id=str(uuid4()),
            created_at=now,
            text=request.text,
            language=Language(request.language or self.languages.detect(request.text), request.language is None),
            stance=stance,
            flagged=verdict.flagged,
            summary=verdict.summary,
            recurrence=verdict.recurrence,
            matches=matches,
            model=ModelUsed(
                embedder=self.embedder.name,
                fingerprint=self.embedder.fingerprint,
                policy=self.policy.version,
                suggest_at=self.policy.suggest_at,
                flag_at=self.policy.flag_at,
                index_checkpoint=self.archive.checkpoint,
            ),
            said_at=request.said_at,
            speaker=request.speaker,
            source=request.source,
        )

    def _candidates(
        self, request: CheckRequest, vector: np.ndarray, now: datetime, organisation: Organisation | None
    ) -> list[tuple[Statement, float]]:
        """The most similar statements that may be shown; asks for more until there are enough or no more."""
        known_at = last_moment_of(request.known_at)
        lowest = -1.0 if request.minimum_tier == "any" else self.policy.suggest_at
        wanted = max(_CANDIDATES, request.limit)
        while True:
            hits = self.archive.search(vector, wanted, request.window(now))
            close = {hit.id: hit.similarity for hit in hits if self.policy.score(hit.similarity) >= lowest}
            known = self.archive.statements(list(close), known_at, organisation)
            if len(close) < wanted or len(known) >= request.limit:
                return [(known[key], similarity) for key, similarity in close.items() if key in known]
            wanted *= 8

    def _first_answers(self, count: int, organisation: Organisation, retry: Retry) -> dict[int, Check]:
        """What was answered the first time, by number of request; empty where this is the first time."""
        keys = [_nth(retry.key, number, count) for number in range(count)]
        with self.store.reading() as tx:
            recorded = tx.checks.by_idempotency_keys(organisation, [*keys, retry.key, _nth(retry.key, 0, 2)])
        if any(one.request_hash != retry.request_hash for one in recorded.values()):
            raise IdempotencyMismatch(
                "this Idempotency-Key was used with another body: use a new key for a new request"
            )
        return {number: recorded[key].check for number, key in enumerate(keys) if key in recorded}


def _matches(verdict: Verdict, known: Mapping[int, Statement], said_at: Period) -> tuple[Match, ...]:
    return tuple(
        Match(
            id=str(uuid4()),
            precedent=Precedent.of(known[candidate.key]),
            tier=tier,
            score=round(score, 4),
            signals={"dense": round(candidate.similarity, 4)},
            days_before=days_before(candidate.said_at, said_at),
        )
        for candidate, score, tier in verdict.ranked
    )


def _nth(key: str, number: int, count: int) -> str:
    """The key of one request among several that came under one key."""
    return key if count == 1 else f"{key}\x1f{number}"
