"""The question that Refrain answers: has this been said before?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from app.domain.access import Organisation
from app.domain.dates import Period, instant, last_moment_of
from app.domain.errors import IdempotencyMismatch
from app.domain.matches import (
    Check,
    CheckRequest,
    Language,
    Match,
    ModelUsed,
    Precedent,
    StanceLabel,
    Verdict,
    days_before,
    judge,
)
from app.domain.policy import Policy
from app.domain.reviews import text_hash
from app.domain.stance import read_stance
from app.domain.statements import Statement
from app.services.find_candidates import FindCandidates
from app.services.ports import Clock, Languages, Store
from app.services.search_archive import SearchArchive
from app.services.take_stance import TakeStance
from index.contract import Reader, Reading, Worded


@dataclass(frozen=True, slots=True)
class Retry:
    """The idempotency key of a request, and a hash of its body."""

    key: str
    request_hash: str


@dataclass(frozen=True, slots=True)
class CheckStatements:
    """Checks statements against the archive, all of them read in one batch."""

    store: Store
    reader: Reader
    archive: SearchArchive
    find_candidates: FindCandidates
    take_stance: TakeStance
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
        languages = {number: self._language(requests[number]) for number in fresh}
        readings = self.reader.read([Worded(requests[number].text, languages[number].code) for number in fresh])
        self.archive.follow()
        dismissed = self._dismissed([requests[number] for number in fresh], organisation)
        answers = {
            number: self._check(requests[number], languages[number], reading, gone)
            for number, reading, gone in zip(fresh, readings, dismissed, strict=True)
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
                tx.checks.add(
                    organisation,
                    answers[number],
                    _nth(retry.key, number, count) if retry else None,
                    retry.request_hash if retry else None,
                )
                for number in numbers
            )

    def _dismissed(self, requests: Sequence[CheckRequest], organisation: Organisation | None) -> list[frozenset[int]]:
        """For each request the statements that the organisation dismissed for its text, and had by `known_at`."""
        if organisation is None:
            return [frozenset()] * len(requests)
        hashes = [text_hash(request.text) for request in requests]
        with self.store.reading() as tx:
            dismissals = tx.reviews.dismissed(organisation, sorted(set(hashes)))
        known = [last_moment_of(request.known_at) for request in requests]
        return [
            frozenset(one.statement for one in dismissals if one.text_hash == wanted and (not by or one.at <= by))
            for wanted, by in zip(hashes, known, strict=True)
        ]

    def _language(self, request: CheckRequest) -> Language:
        return Language(request.language or self.languages.detect(request.text), request.language is None)

    def _check(self, request: CheckRequest, language: Language, reading: Reading, dismissed: frozenset[int]) -> Check:
        now = self.clock()
        said_at = request.said_at or instant(now)
        stance = self.take_stance(request.text, language.code, reading.vector)
        found = self.find_candidates(request, language.code, reading, dismissed, now)
        verdict = judge(request, said_at, stance, [candidate for candidate, _ in found], self.policy)
        matches = _matches(verdict, {statement.key: statement for _, statement in found}, said_at)
        return Check(
            id=str(uuid4()),
            created_at=now,
            text=request.text,
            language=language,
            stance=stance,
            flagged=verdict.flagged,
            summary=verdict.summary,
            recurrence=verdict.recurrence,
            matches=matches,
            model=ModelUsed(
                embedder=self.reader.name,
                fingerprint=self.reader.fingerprint,
                policy=self.policy.version,
                suggest_at=self.policy.suggest_at,
                flag_at=self.policy.flag_at,
                index_checkpoint=self.archive.checkpoint,
            ),
            said_at=request.said_at,
            speaker=request.speaker,
            source=request.source,
        )

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
            precedent=Precedent.of(known[candidate.key], _stance_of(known[candidate.key])),
            tier=tier,
            score=round(score, 4),
            signals={name: round(value, 4) for name, value in candidate.signals.items()},
            days_before=days_before(candidate.said_at, said_at),
        )
        for candidate, score, tier in verdict.ranked
    )


def _stance_of(statement: Statement) -> StanceLabel:
    return read_stance(statement.text, statement.language).label


def _nth(key: str, number: int, count: int) -> str:
    """The key of one request among several that came under one key."""
    return key if count == 1 else f"{key}\x1f{number}"
