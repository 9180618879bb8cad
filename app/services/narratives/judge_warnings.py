"""Early warnings as an organisation works them off: acknowledged, dismissed, or open."""

from dataclasses import dataclass

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import NotFound
from app.domain.narratives.warnings import NarrativeWarning, WarningState
from app.services.ports import Clock, Store


@dataclass(frozen=True, slots=True)
class JudgeWarnings:
    """Lists warnings and decides about them. What one organisation decides, others do not see."""

    store: Store
    clock: Clock

    def find(self, viewer: Organisation, state: WarningState, skipped: int, limit: int) -> list[NarrativeWarning]:
        """Page of the warnings in a state, the newest first."""
        with self.store.reading() as tx:
            return tx.warnings.find(viewer, state, skipped, limit)

    def count_open(self, viewer: Organisation) -> int:
        with self.store.reading() as tx:
            return tx.warnings.count_open(viewer)

    def decide(self, warning_id: str, state: WarningState, viewer: Organisation, by: Actor) -> NarrativeWarning:
        """Sets the state; `open` takes a decision back. Returns the warning as it was before. Raises `NotFound`."""
        with self.store.writing() as tx:
            warning = tx.warnings.by_id(warning_id, viewer)
            if warning is None:
                raise NotFound("there is no warning with this id")
            tx.warnings.decide(warning, viewer, state, self.clock(), by)
            tx.audit.add(f"warning.{_ACTIONS[state]}", "warning", warning_id)
        return warning


_ACTIONS: dict[WarningState, str] = {"open": "reopened", "acknowledged": "acknowledged", "dismissed": "dismissed"}
