"""Similarity checks: the question that Refrain answers. Three steps: gather, decide, apply.

What is asked of the database and the index is gathered in one reading transaction; `decide_check` makes the answer of
it, and asks nothing; what is to be recorded is written in one more.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Final

from app.domain.access.keys import Organisation
from app.domain.checks.checks import Candidate, Check, CheckRequest, Language, ModelUsed, StanceLabel, rank_candidates
from app.domain.checks.pair_scoring import Scoring
from app.domain.checks.polarity import Negation, is_said_again, is_verbatim
from app.domain.checks.reviews import text_hash
from app.domain.checks.scoring import Tier
from app.domain.core.dates import instant, last_moment_of
from app.domain.core.messages import MessageCatalogs, Messages
from app.domain.explanations.role_spans import AlignedSpans
from app.domain.statements.statements import NarrativeRef, Statement
from app.domain.webhooks.webhooks import EventType
from app.language.stance.negation import compared_negation
from app.services.checks.checked_text import CheckedText, CutText
from app.services.checks.decide_check import GatheredCheck, RankedPrecedent, decide_check
from app.services.checks.find_candidates import FindCandidates
from app.services.checks.precedent_stances import PrecedentStances
from app.services.explanations.explain_matches import ExplainMatches
from app.services.narratives.timeline import NarrativeTimeline
from app.services.observability.observers import observers
from app.services.ports import Clock, Languages, Store, Transaction
from app.services.search.index_sync import IndexSync
from app.services.stance.classify_stance import ClassifyStance
from app.services.webhooks.events import flag_data
from index.contract import TextEncoder
from index.processor_budget import check_processor_budget
from index.processor_slots import ProcessorSlots

_FIRST_TEXT: Final = "According to witnesses, nobody was paid to stage the attack of 4 May in Idlib."


@dataclass(frozen=True, slots=True)
class CheckStatements:
    """Checks statements against the archive, all of them encoded in one batch."""

    store: Store
    encoder: TextEncoder
    archive: IndexSync
    find_candidates: FindCandidates
    classify_stance: ClassifyStance
    precedent_stances: PrecedentStances
    languages: Languages
    policy: Scoring
    clock: Clock
    texts: MessageCatalogs
    narrative_timeline: NarrativeTimeline
    explain_matches: ExplainMatches
    slots: ProcessorSlots

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
        with self.slots.request():
            checks = self._check(requests, organisation, accept_languages)
        observers.checked(checks)
        return checks

    def warm_up(self) -> None:
        """Checks a text, which loads word lists and compiles patterns: without that the first check takes a second."""
        self._check([CheckRequest(_FIRST_TEXT, record=False)], None, ())

    def _check(
        self, requests: Sequence[CheckRequest], organisation: Organisation | None, accept_languages: Sequence[str]
    ) -> list[Check]:
        check_processor_budget()
        cut = [self._cut(request) for request in requests]
        with observers.stage("encode"):
            encodings = iter(self.encoder.encode([one for text in cut for one in text.inputs()]))
        texts = [
            CheckedText(
                text.request.text,
                text.language,
                text.parts,
                [*islice(encodings, 1 + len(text.parts))],
                self.classify_stance,
            )
            for text in cut
        ]
        with self.store.reading() as tx:
            with observers.stage("sync"):
                self.archive.sync(tx)
            dismissed = self._dismissed(tx, requests, organisation)
            phrases = self.texts.for_language(accept_languages)
            checks = [
                self._decide(tx, request, text, gone, organisation, phrases)
                for request, text, gone in zip(requests, texts, dismissed, strict=True)
            ]

        to_record = [check for request, check in zip(requests, checks, strict=True) if request.record]
        if organisation and to_record:
            with observers.stage("store"), self.store.writing() as tx:
                for check in to_record:
                    self.record(tx, organisation, check)
        return checks

    def record(self, tx: Transaction, organisation: Organisation, check: Check) -> None:
        """Stores a check, and emits an event where it is flagged."""
        tx.checks.add(organisation, check)
        tx.audit.add("check.recorded", "check", check.id, organisation_id=organisation.id)
        if check.flagged:
            tx.events.add(organisation, EventType.FLAG_CREATED, check.id, flag_data(check))

    def _decide(
        self,
        tx: Transaction,
        request: CheckRequest,
        text: CheckedText,
        dismissed: frozenset[int],
        organisation: Organisation | None,
        phrases: Messages,
    ) -> Check:
        """The answer to one request. One slot each: a batch lets others in between its requests."""
        with self.slots.slot():
            return decide_check(self._gather(tx, request, text, dismissed, organisation), phrases)

    def _gather(
        self,
        tx: Transaction,
        request: CheckRequest,
        text: CheckedText,
        dismissed: frozenset[int],
        organisation: Organisation | None,
    ) -> GatheredCheck:
        """Everything that the answer is made of. Ranks the candidates; more is read only of those to be shown."""
        check_processor_budget()
        now = self.clock()
        known_at = last_moment_of(request.known_at)
        found = self.find_candidates(
            tx, request, text.language.code, text.encoded, dismissed, now, organisation, text.part_texts
        )
        known = {statement.key: statement for _, statement in found}
        read = _ReadPrecedents(tx, text, known, self.precedent_stances, self.explain_matches, request.limit, known_at)
        ranking = rank_candidates(
            request,
            request.said_at or instant(now),
            [candidate for candidate, _ in found],
            self.policy,
            read.said_before,
        )
        shown = [known[candidate.key] for candidate, _, _ in ranking.ranked]
        precedents = [
            RankedPrecedent(
                statement,
                read.stances[statement.key],
                read.spans[statement.key],
                candidate.signals,
                score,
                tier,
                text.stance(candidate.passage),
                text.shown(candidate),
                read.negations.get(statement.key),
            )
            for statement, (candidate, score, tier) in zip(shown, ranking.ranked, strict=True)
        ]
        suggested = [precedent for precedent in precedents if precedent.score >= self.policy.suggest_at]
        repeated = [precedent for precedent in suggested if precedent.statement.key in read.repeated]
        first = next(iter([*repeated, *suggested]), None)
        return GatheredCheck(
            request=request,
            text=text,
            now=now,
            stance=first.text_stance if first else text.stance(),
            flagged=ranking.flagged,
            recurrence=ranking.recurrence,
            precedents=precedents,
            histories=self.narrative_timeline.histories(
                tx, _narratives(precedents), request.said_at, request.known_at, organisation
            ),
            model=self._model(),
            horizon=self.narrative_timeline.horizon,
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

    def _cut(self, request: CheckRequest) -> CutText:
        check_processor_budget()
        return CutText.of(request, self._language(request), parts=self.find_candidates.reads_passages)

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


@dataclass(slots=True)
class _ReadPrecedents:
    """Candidates that a text repeats, and what was read of precedents to know it: stances, and phrases in common."""

    tx: Transaction
    text: CheckedText
    known: Mapping[int, Statement]
    read_stances: PrecedentStances
    explain_matches: ExplainMatches
    limit: int
    known_at: datetime | None
    stances: Mapping[int, StanceLabel | None] = field(default_factory=dict)
    spans: Mapping[int, AlignedSpans] = field(default_factory=dict)
    """Of the shown candidates alone."""
    repeated: AbstractSet[int] = frozenset()
    negations: dict[int, Negation | None] = field(default_factory=dict)

    def said_before(self, candidates: Sequence[Candidate]) -> AbstractSet[int]:
        """Keys of the candidates that the text repeats, the shown ones coming first."""
        found = [(candidate, self.known[candidate.key]) for candidate in candidates]
        self.stances = self.read_stances(self.tx, self.text, found, self.limit, self.known_at)
        with observers.stage("explain"):
            self.spans = self._aligned(found[: self.limit])
        self.repeated = {candidate.key for candidate, statement in found if self._is_said_again(candidate, statement)}
        return self.repeated

    def _is_said_again(self, candidate: Candidate, statement: Statement) -> bool:
        passage, stance = self.text.passage(candidate.passage), self.text.stance(candidate.passage).label
        theirs = self.stances[candidate.key]
        if stance is None or theirs is None:
            return is_verbatim(passage.text, statement.text)
        self.negations[candidate.key] = compared_negation(
            passage.text, statement.text, self.text.language.code, statement.language
        )
        opposed = candidate.key in self.spans and self.spans[candidate.key].opposed
        return not opposed and is_said_again(stance, theirs, self.negations[candidate.key])

    def _aligned(self, found: Sequence[tuple[Candidate, Statement]]) -> dict[int, AlignedSpans]:
        """Phrases that each has in common with the passage that is shown; quotes are of the whole text."""
        sides = self.explain_matches.sides(self.tx, [statement for _, statement in found])
        spans: dict[int, AlignedSpans] = {}
        numbers = [self.text.shown(candidate) for candidate, _ in found]
        for number in sorted(set(numbers)):
            those = [place for place, shown in enumerate(numbers) if shown == number]
            passage, (start, _) = self.text.passage(number), self.text.span(number)
            aligned = self.explain_matches.align(
                passage.text, self.text.language.code, passage.encoded, [sides[place] for place in those]
            )
            spans |= {
                found[place][0].key: one.moved(self.text.text, start) for place, one in zip(those, aligned, strict=True)
            }
        return spans


def _narratives(precedents: Sequence[RankedPrecedent]) -> list[NarrativeRef]:
    """The narratives of those precedents that follow the same script and are not contradicted, each once."""
    close: list[Statement] = [
        precedent.statement
        for precedent in precedents
        if precedent.tier and precedent.tier.rank <= Tier.SAME_SCRIPT.rank and precedent.relation == "repeats"
    ]
    return list({ref.key: ref for statement in close for ref in statement.narratives}.values())
