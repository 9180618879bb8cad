"""Ports of suggested narratives, and of the runs in the background that make them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from app.domain.access.keys import Organisation
from app.domain.jobs.background_runs import BackgroundRun, RunKind
from app.domain.suggestions.suggestions import GroupDraft, Refusal, Suggestion
from app.services.jobs.ports import TaskSignal
from index.clustering.communities import ScoredPair


class Suggestions(Protocol):
    """Scored pairs of statements, groups of them that are suggested, and refusals."""

    def unpaired(self, version: str, fingerprint: str, after: int, limit: int) -> list[int]:
        """Keys above `after` of the next statements to be scored with their neighbours: those of no narrative that have
        a vector, and were not scored in this version since they were last changed."""

    def count_unpaired(self, version: str, fingerprint: str) -> int:
        """Number of all statements that are to be scored."""

    def forget_other_versions(self, version: str) -> None:
        """Drops all scores where some are of another version."""

    def put_pairs(self, version: str, found: Mapping[int, Mapping[int, float]]) -> None:
        """Notes statements as scored, with the scores of their candidates by key; those of former texts are dropped."""

    def pairs(self, least: float) -> Iterable[tuple[int | None, ScoredPair]]:
        """Pairs of statements that both belong to no narrative, with their common owner, whose mean score of the
        directions that were scored is at least `least`."""

    def offer(self, groups: Sequence[tuple[int | None, GroupDraft]], now: datetime) -> None:
        """Replaces the open suggestions. A group that is nearly a former one keeps its id and the time it was made."""

    def open(self, viewer: Organisation | None) -> list[Suggestion]:
        """Open suggestions of shared statements and of the viewer's own, if any, the largest and strongest first."""

    def by_id(self, suggestion_id: str, viewer: Organisation) -> Suggestion | None: ...
    def accept(self, suggestion: Suggestion, narrative: int, *, made: bool, filed: Collection[int]) -> bool:
        """False where it is not open any more."""

    def reopen(self, suggestion: Suggestion) -> None: ...
    def refuse(self, viewer: Organisation, refusal_id: str, members: Collection[int], now: datetime) -> None: ...
    def refusals(self, viewer: Organisation) -> list[Refusal]:
        """The newest first."""

    def withdraw_refusal(self, viewer: Organisation, refusal_id: str) -> bool: ...
    def drop_narrative(self, key: int) -> bool:
        """Deletes a narrative with the links that ended, unless anything else refers to it; True where it is gone."""

    def forget_statement(self, key: int) -> None:
        """Deletes what was derived from a statement's text: its scores, and the open suggestions that it is in."""


class BackgroundRuns(Protocol):
    """Runs in the background, one at a time of a kind."""

    def get(self, kind: RunKind) -> BackgroundRun: ...
    def request(self, kind: RunKind, now: datetime) -> None:
        """Asks for a run as soon as possible."""

    def claim(self, kind: RunKind, now: datetime, until: datetime, version: str) -> BackgroundRun | None:
        """Holds the runs of a kind until then, and begins one where none is going on; None where somebody else holds
        them, or none is due."""

    def progress(self, kind: RunKind, done: int, total: int, until: datetime) -> None: ...
    def release(self, kind: RunKind) -> None: ...
    def finish(self, kind: RunKind, now: datetime, error: str | None = None) -> None: ...
    def due(self, kind: RunKind, now: datetime, version: str) -> list[TaskSignal]:
        """The signal for a run that was asked for, was broken off, or is due as the archive or `version` changed."""
