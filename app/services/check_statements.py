"""The question that Refrain answers: has this been said before?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from app.domain.access import Organisation
from app.domain.dates import Period, instant, last_moment_of
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
from app.domain.webhooks import EventType
from app.services.events import flag_data
from app.services.find_candidates import FindCandidates
from app.services.ports import Clock, Languages, Store, Transaction
from app.services.search_archive import SearchArchive
from app.services.take_stance import TakeStance
from index.contract import Reader, Reading, Worded


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

    def __call__(self, requests: Sequence[CheckRequest], organisation: Organisation | None = None) -> list[Check]:
        """One check a request, in order. Stored for `organisation` where the request asks to be recorded.

        Its private statements are found for it alone. Raises `NotReady` while the index is being prepared.
        """
        languages = [self._language(request) for request in requests]
        worded = [Worded(request.text, language.code) for request, language in zip(requests, languages, strict=True)]
        readings = self.reader.read(worded)
        self.archive.follow()
        dismissed = self._dismissed(requests, organisation)
        checks = [
            self._check(request, language, reading, gone, organisation)
            for request, language, reading, gone in zip(requests, languages, readings, dismissed, strict=True)
        ]
        to_record = [check for request, check in zip(requests, checks, strict=True) if request.record]
        if organisation and to_record:
            with self.store.writing() as tx:
                for check in to_record:
                    self.keep(tx, organisation, check)
        return checks

    def keep(self, tx: Transaction, organisation: Organisation, check: Check) -> None:
        """Stores a check, and tells of it where it is flagged."""
        tx.checks.add(organisation, check)
        if check.flagged:
            tx.events.add(organisation, EventType.FLAG_CREATED, check.id, flag_data(check))

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

    def _check(
        self,
        request: CheckRequest,
        language: Language,
        reading: Reading,
        dismissed: frozenset[int],
        organisation: Organisation | None,
    ) -> Check:
        now = self.clock()
        said_at = request.said_at or instant(now)
        stance = self.take_stance(request.text, language.code, reading.vector)
        found = self.find_candidates(request, language.code, reading, dismissed, now, organisation)
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
