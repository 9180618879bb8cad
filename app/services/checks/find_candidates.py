"""Candidate retrieval: statements from both indexes, with their match features."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from app.domain.access.keys import Organisation
from app.domain.checks.checks import Candidate, CheckRequest
from app.domain.checks.scoring import ScoringModel
from app.domain.core.dates import last_moment_of
from app.domain.core.errors import NotReady
from app.domain.statements.one_word import is_one_word
from app.domain.statements.statements import Statement, indexed_text
from app.services.checks.score_pairs import Found, PassageText, ScorePairs
from app.services.observability.observers import observers
from app.services.ports import Transaction
from app.services.search.as_of import AsOfCandidates
from app.services.search.search_filters import search_filter
from app.services.search.search_index import SearchIndex
from index.contract import EncodedText, FloatArray
from index.search.features import FeatureInput, match_features

_CANDIDATES = 50
"""Number of hits requested from each index; more where too few of them can be read."""

_OF_PASSAGE = 20
"""The same with a passage that is not the whole text."""

_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class FindCandidates:
    """Retrieves candidates from the vector and the keyword index, without ranking them; the caller syncs the index."""

    index: SearchIndex
    policy: ScoringModel
    score_pairs: ScorePairs | None = None
    """Adds the signal `pair`, where there is a model of pairs for the embedder."""

    @property
    def reads_passages(self) -> bool:
        """True if passages of a text are compared besides the whole: only pairs can be scored one by one."""
        return self.score_pairs is not None

    def __call__(
        self,
        tx: Transaction,
        request: CheckRequest,
        language: str,
        encoded: EncodedText,
        dismissed: frozenset[int],
        now: datetime,
        viewer: Organisation | None = None,
        passages: Sequence[PassageText] = (),
    ) -> list[Found]:
        """Candidates that `viewer` may see, in no particular order, without the `dismissed` statements.

        `passages`: of the text, besides the whole. None for a text of one word: it is no statement. Raises `NotReady`.
        """
        if is_one_word(request.text):
            return []
        read = [PassageText(request.text, encoded), *(passages if self.score_pairs else ())]
        with observers.stage("search"):
            found = self._found(tx, request, language, read, dismissed, now, viewer)
        if self.score_pairs is None:
            return found[0]
        with observers.stage("score_pairs"):
            return self.score_pairs(tx, read, language, found)

    def _found(
        self,
        tx: Transaction,
        request: CheckRequest,
        language: str,
        read: Sequence[PassageText],
        dismissed: frozenset[int],
        now: datetime,
        viewer: Organisation | None,
    ) -> list[list[Found]]:
        """The candidates found with each passage, with their features."""
        projected = self.index.projection.project(np.stack([passage.encoded.vector for passage in read]))
        hits = [
            self._search(tx, request, passage.encoded, vector, dismissed, now, viewer, whole=number == 0)
            for number, (passage, vector) in enumerate(zip(read, projected, strict=True))
        ]
        main_names = tx.speakers.main_names(viewer) if viewer else {}
        themes = self.index.projection.topics_of(
            np.vstack([projected, *(vectors for _, vectors, _ in hits if len(vectors))])
        )
        begins = len(read)
        found = []
        for number, (passage, (statements, vectors, terms)) in enumerate(zip(read, hits, strict=True)):
            theirs = themes[begins : begins + len(statements)]
            begins += len(statements)
            own = FeatureInput(
                [passage.text],
                [language],
                [frozenset(passage.encoded.terms.split())],
                projected[number][None],
                themes[number][None],
            )
            found.append(
                self._featured(request, own, statements, vectors, terms, theirs, viewer, main_names)
                if statements
                else []
            )
        return found

    def _featured(
        self,
        request: CheckRequest,
        passage: FeatureInput,
        statements: Sequence[Statement],
        vectors: FloatArray,
        their_terms: Sequence[frozenset[str]],
        themes: FloatArray,
        viewer: Organisation | None,
        main_names: Mapping[str, str],
    ) -> list[Found]:
        """Statements that were found with a passage, with their features; vectors and themes have a row for each.
        `main_names`: of speakers, by their aliases."""
        [terms] = passage.terms
        [projected] = passage.vectors
        features = match_features(
            passage,
            FeatureInput(
                [statement.text for statement in statements],
                [statement.language for statement in statements],
                their_terms,
                vectors,
                themes,
            ),
            self.index.idf(list(terms)) if self.policy.uses_terms else dict.fromkeys(terms, 0.0),
            self.index.projection,
        )
        counter_similarities = self.index.negative_examples.similarities(
            projected, last_moment_of(request.known_at), viewer.key if viewer else None
        )
        columns = {name: values.tolist() for name, values in features.items()}
        return [
            (
                _candidate(
                    statement,
                    {name: values[row] for name, values in columns.items()},
                    counter_similarities,
                    main_names.get(statement.speaker or "", statement.speaker),
                ),
                statement,
            )
            for row, statement in enumerate(statements)
        ]

    def _search(
        self,
        tx: Transaction,
        request: CheckRequest,
        encoded: EncodedText,
        projected: FloatArray,
        dismissed: frozenset[int],
        now: datetime,
        viewer: Organisation | None,
        *,
        whole: bool,
    ) -> tuple[list[Statement], FloatArray, list[frozenset[str]]]:
        """Statements found with a passage, their vectors and terms; `whole`: it is the whole text.

        Searches again where one was withdrawn since it was found.
        """
        known_at = last_moment_of(request.known_at)
        past = self._former_versions(tx, request, known_at, projected, dismissed, now, viewer) if known_at else None
        without = dismissed | past.changed if past else dismissed
        for _ in range(_ATTEMPTS):
            statements = self._statements(tx, request, encoded, projected, without, now, viewer, whole=whole)
            keys = [statement.key for statement in statements]
            with suppress(KeyError):
                vectors, terms = self.index.vectors(keys), self._terms(tx, statements)
                if past is None or not past.statements:
                    return statements, vectors, terms
                return [*statements, *past.statements], np.vstack([vectors, past.vectors]), [*terms, *past.terms]
        raise NotReady("the archive is changing faster than it can be searched: try again in a moment")

    def _terms(self, tx: Transaction, statements: Sequence[Statement]) -> list[frozenset[str]]:
        """Terms of statements, in order: of what pairs are compared by, which is read anyway, and else of the index."""
        known = (
            {key: text.terms for key, text in self.score_pairs.stored(tx, statements).items()}
            if self.score_pairs
            else {}
        )
        missing = [statement.key for statement in statements if statement.key not in known]
        if missing:
            known |= zip(missing, self.index.terms(missing), strict=True)
        return [known[statement.key] for statement in statements]

    def _former_versions(
        self,
        tx: Transaction,
        request: CheckRequest,
        known_at: datetime,
        projected: FloatArray,
        dismissed: frozenset[int],
        now: datetime,
        viewer: Organisation | None,
    ) -> AsOfCandidates:
        """Former versions of statements that changed since `known_at`, limited to those that the caller may see."""
        past = self.index.as_of(tx, known_at)
        window, organisation = request.window(now), viewer.key if viewer else None
        admitted = [
            row
            for row, statement in enumerate(past.statements)
            if statement.key not in dismissed
            and window.admits(statement.said_by)
            and statement.visible_to(organisation)
        ]
        return past.closest(admitted, projected, max(_CANDIDATES, request.limit))

    def _statements(
        self,
        tx: Transaction,
        request: CheckRequest,
        encoded: EncodedText,
        projected: FloatArray,
        dismissed: frozenset[int],
        now: datetime,
        viewer: Organisation | None,
        *,
        whole: bool,
    ) -> list[Statement]:
        """Nearest statements that the caller may see, without the dismissed.

        The search is widened where too many of them cannot be read: withdrawn meanwhile, or recorded after `known_at`.
        """
        known_at = last_moment_of(request.known_at)
        limit = max(_CANDIDATES, request.limit) if whole else _OF_PASSAGE
        wanted = min(limit, request.limit)
        where = search_filter(request.window(now), viewer, known_at, dismissed)
        while True:
            keys = self.index.search(encoded, projected, limit, where, lexical=self.policy.uses_terms)
            known = self.index.statements(tx, keys, known_at, viewer)
            if len(keys) < limit or len(known) >= wanted:
                return [known[key] for key in keys if key in known]
            limit *= 8


def _candidate(
    statement: Statement, of: Mapping[str, float], counter_similarities: Mapping[int, float], speaker: str | None
) -> Candidate:
    return Candidate(
        key=statement.key,
        text=statement.text,
        speaker=speaker,
        said_at=statement.said_at,
        said_before=statement.said_before,
        signals=of,
        narratives=frozenset(ref.key for ref in statement.narratives),
        one_word=is_one_word(indexed_text(statement.title, statement.text)),
        counter_similarity=max(
            (counter_similarities[ref.key] for ref in statement.narratives if ref.key in counter_similarities),
            default=None,
        ),
    )
