"""The question that Refrain answers: has this been said before?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from app.domain.access.keys import Organisation
from app.domain.checks.checks import (
    Check,
    CheckRequest,
    Language,
    Match,
    ModelUsed,
    Precedent,
    RankedCandidates,
    days_before,
    rank_candidates,
)
from app.domain.checks.reviews import text_hash
from app.domain.checks.scoring import ScoringModel, Tier
from app.domain.core.dates import Period, instant, last_moment_of
from app.domain.core.messages import MessageCatalogs
from app.domain.narratives.history import with_status
from app.domain.predictions.predictions import AsOf
from app.domain.statements.statements import NarrativeRef, Statement
from app.domain.webhooks.webhooks import EventType
from app.language.explanation.sentences import with_explanations
from app.language.predictions.detection import detect_prediction
from app.language.stance.rules import stance_by_rules
from app.services.checks.find_candidates import FindCandidates
from app.services.explanations.explain_matches import ExplainMatches
from app.services.narratives.timeline import NarrativeTimeline
from app.services.ports import Clock, Languages, Store, Transaction
from app.services.search.index_sync import SearchArchive
from app.services.stance.classify_stance import ClassifyStance
from app.services.webhooks.events import flag_data
from index.contract import EncodedText, EncoderInput, TextEncoder


@dataclass(frozen=True, slots=True)
class CheckStatements:
    """Checks statements against the archive, all of them read in one batch."""

    store: Store
    encoder: TextEncoder
    archive: SearchArchive
    find_candidates: FindCandidates
    take_stance: ClassifyStance
    languages: Languages
    policy: ScoringModel
    clock: Clock
    texts: MessageCatalogs
    tell_timeline: NarrativeTimeline
    explain_matches: ExplainMatches

    def __call__(
        self,
        requests: Sequence[CheckRequest],
        organisation: Organisation | None = None,
        accept_languages: Sequence[str] = (),
    ) -> list[Check]:
        """One check a request, in order. Stored for `organisation` where the request asks to be recorded.

        Its private statements are found for it alone. `accept_languages`: the languages that the caller understands,
        best first. Raises `NotReady` while the index is being prepared.
        """
        languages = [self._language(request) for request in requests]
        encoder_input = [
            EncoderInput(request.text, language.code) for request, language in zip(requests, languages, strict=True)
        ]
        encodings = self.encoder.encode(encoder_input)
        self.archive.sync()
        dismissed = self._dismissed(requests, organisation)
        phrases = self.texts.for_language(accept_languages)
        checks = [
            with_explanations(self._check(request, language, encoded, gone, organisation), phrases)
            for request, language, encoded, gone in zip(requests, languages, encodings, dismissed, strict=True)
        ]
        to_record = [check for request, check in zip(requests, checks, strict=True) if request.record]
        if organisation and to_record:
            with self.store.writing() as tx:
                for check in to_record:
                    self.record(tx, organisation, check)
        return checks

    def record(self, tx: Transaction, organisation: Organisation, check: Check) -> None:
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
        detected = request.language is None or request.language_detected
        return Language(request.language or self.languages.detect(request.text), detected)

    def _check(
        self,
        request: CheckRequest,
        language: Language,
        encoded: EncodedText,
        dismissed: frozenset[int],
        organisation: Organisation | None,
    ) -> Check:
        now = self.clock()
        said_at = request.said_at or instant(now)
        stance = self.take_stance(request.text, language.code, encoded.vector)
        found = self.find_candidates(request, language.code, encoded, dismissed, now, organisation)
        verdict = rank_candidates(request, said_at, stance, [candidate for candidate, _ in found], self.policy)
        as_of = AsOf((request.known_at or said_at).begins, last_moment_of(request.known_at))
        matches = _matches(verdict, {statement.key: statement for _, statement in found}, said_at, as_of)
        matches = self.explain_matches(request.text, language.code, encoded, matches)
        return Check(
            id=str(uuid4()),
            created_at=now,
            text=request.text,
            language=language,
            stance=stance,
            flagged=verdict.flagged,
            summary=None,
            recurrence=verdict.recurrence,
            matches=matches,
            model=ModelUsed(
                embedder=self.encoder.name,
                fingerprint=self.encoder.fingerprint,
                policy=self.policy.version,
                suggest_at=self.policy.suggest_at,
                flag_at=self.policy.flag_at,
                index_checkpoint=self.archive.checkpoint,
            ),
            said_at=request.said_at,
            speaker=request.speaker,
            source=request.source,
            document=request.document,
            known_at=request.known_at,
            prediction=detect_prediction(request.text, language.code, said_at),
            narratives=self.tell_timeline.histories(_scripts(matches), request.said_at, request.known_at, organisation),
        )


def _matches(
    verdict: RankedCandidates, known: Mapping[int, Statement], said_at: Period, as_of: AsOf
) -> tuple[Match, ...]:
    return tuple(
        Match(
            id=str(uuid4()),
            precedent=_precedent(known[candidate.key], as_of),
            tier=tier,
            score=round(score, 4),
            signals={name: round(value, 4) for name, value in candidate.signals.items()},
            days_before=days_before(candidate.said_at, said_at),
        )
        for candidate, score, tier in verdict.ranked
    )


def _precedent(statement: Statement, as_of: AsOf) -> Precedent:
    stance = stance_by_rules(statement.text, statement.language).label
    prediction = detect_prediction(statement.text, statement.language, statement.said_at)
    return Precedent.of(statement, stance, with_status(prediction, statement.findings, as_of))


def _scripts(matches: Sequence[Match]) -> list[NarrativeRef]:
    """The narratives of those matches that follow the same script, each once."""
    close = [match for match in matches if match.tier and match.tier.rank <= Tier.SAME_SCRIPT.rank]
    return list({ref.key: ref for match in close for ref in match.precedent.narratives}.values())
