"""Similarity checks: the question that Refrain answers. Three steps: gather, decide, apply.

What is asked of the database and the index is gathered in one reading transaction; `decide_check` makes the answer of
it, and asks nothing; what is to be recorded is written in one more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.access.keys import Organisation
from app.domain.checks.checks import Check, CheckRequest, Language, ModelUsed, rank_candidates
from app.domain.checks.pair_scoring import Scoring
from app.domain.checks.reviews import text_hash
from app.domain.checks.scoring import Tier
from app.domain.core.dates import instant, last_moment_of
from app.domain.core.messages import MessageCatalogs
from app.domain.statements.statements import NarrativeRef, Statement
from app.domain.webhooks.webhooks import EventType
from app.services.checks.decide_check import GatheredCheck, RankedPrecedent, decide_check
from app.services.checks.find_candidates import FindCandidates
from app.services.explanations.explain_matches import ExplainMatches
from app.services.narratives.timeline import NarrativeTimeline
from app.services.ports import Clock, Languages, Store, Transaction
from app.services.search.index_sync import IndexSync
from app.services.stance.classify_stance import ClassifyStance
from app.services.stance.statement_stances import StatementStances
from app.services.webhooks.events import flag_data
from index.contract import EncodedText, EncoderInput, TextEncoder


@dataclass(frozen=True, slots=True)
class CheckStatements:
    """Checks statements against the archive, all of them encoded in one batch."""

    store: Store
    encoder: TextEncoder
    archive: IndexSync
    find_candidates: FindCandidates
    classify_stance: ClassifyStance
    stances: StatementStances
    languages: Languages
    policy: Scoring
    clock: Clock
    texts: MessageCatalogs
    narrative_timeline: NarrativeTimeline
    explain_matches: ExplainMatches

    def __call__(
        self,
        requests: Sequence[CheckRequest],
        organisation: Organisation | None = None,
        accept_languages: Sequence[str] = (),
    ) -> list[Check]:
        """Answers each request with a check, in order, and stores it for `organisation` where the request asks for it.

        The organisation's private statements are searched for it alone. `accept_languages`: the caller's languages,
        the preferred first. Raises `NotReady` while the index is being prepared.
        """
        languages = [self._language(request) for request in requests]
        encodings = self.encoder.encode(
            [EncoderInput(request.text, language.code) for request, language in zip(requests, languages, strict=True)]
        )
        with self.store.reading() as tx:
            self.archive.sync(tx)
            dismissed = self._dismissed(tx, requests, organisation)
            gathered = [
                self._gather(tx, request, language, encoded, gone, organisation)
                for request, language, encoded, gone in zip(requests, languages, encodings, dismissed, strict=True)
            ]

        phrases = self.texts.for_language(accept_languages)
        checks = [decide_check(gathered_check, self.explain_matches, phrases) for gathered_check in gathered]

        to_record = [check for request, check in zip(requests, checks, strict=True) if request.record]
        if organisation and to_record:
            with self.store.writing() as tx:
                for check in to_record:
                    self.record(tx, organisation, check)
        return checks

    def record(self, tx: Transaction, organisation: Organisation, check: Check) -> None:
        """Stores a check, and emits an event where it is flagged."""
        tx.checks.add(organisation, check)
        if check.flagged:
            tx.events.add(organisation, EventType.FLAG_CREATED, check.id, flag_data(check))

    def _gather(
        self,
        tx: Transaction,
        request: CheckRequest,
        language: Language,
        encoded: EncodedText,
        dismissed: frozenset[int],
        organisation: Organisation | None,
    ) -> GatheredCheck:
        """Everything that the answer is made of. Ranks the candidates; more is read only of those to be shown."""
        now = self.clock()
        known_at = last_moment_of(request.known_at)
        stance = self.classify_stance(request.text, language.code, encoded.vector)
        found = self.find_candidates(tx, request, language.code, encoded, dismissed, now, organisation)
        ranking = rank_candidates(
            request, request.said_at or instant(now), stance, [candidate for candidate, _ in found], self.policy
        )
        known = {statement.key: statement for _, statement in found}
        shown = [known[candidate.key] for candidate, _, _ in ranking.ranked]
        stances = self.stances(tx, shown, known_at)
        precedents = [
            RankedPrecedent(statement, stances[statement.key].label, side, candidate.signals, score, tier)
            for statement, side, (candidate, score, tier) in zip(
                shown, self.explain_matches.sides(tx, shown), ranking.ranked, strict=True
            )
        ]
        return GatheredCheck(
            request=request,
            language=language,
            encoded=encoded,
            now=now,
            stance=stance,
            flagged=ranking.flagged,
            recurrence=ranking.recurrence,
            precedents=precedents,
            histories=self.narrative_timeline.histories(
                tx, _narratives(precedents), request.said_at, request.known_at, organisation
            ),
            model=self._model(),
        )

    def _dismissed(
        self, tx: Transaction, requests: Sequence[CheckRequest], organisation: Organisation | None
    ) -> list[frozenset[int]]:
        """Keys of the statements that the organisation had dismissed for each request's text by `known_at`."""
        if organisation is None:
            return [frozenset()] * len(requests)
        hashes = [text_hash(request.text) for request in requests]
        dismissals = tx.reviews.dismissals(organisation, sorted(set(hashes)))
        known = [last_moment_of(request.known_at) for request in requests]
        return [
            frozenset(
                dismissal.statement
                for dismissal in dismissals
                if dismissal.text_hash == text_hash and (not by or dismissal.at <= by)
            )
            for text_hash, by in zip(hashes, known, strict=True)
        ]

    def _language(self, request: CheckRequest) -> Language:
        detected = request.language is None or request.language_detected
        return Language(request.language or self.languages.detect(request.text), detected)

    def _model(self) -> ModelUsed:
        return ModelUsed(
            embedder=self.encoder.name,
            fingerprint=self.encoder.fingerprint,
            policy=self.policy.version,
            suggest_at=self.policy.suggest_at,
            flag_at=self.policy.flag_at,
            index_checkpoint=self.archive.checkpoint,
        )


def _narratives(precedents: Sequence[RankedPrecedent]) -> list[NarrativeRef]:
    """The narratives of those precedents that follow the same script, each once."""
    close: list[Statement] = [
        precedent.statement
        for precedent in precedents
        if precedent.tier and precedent.tier.rank <= Tier.SAME_SCRIPT.rank
    ]
    return list({ref.key: ref for statement in close for ref in statement.narratives}.values())
