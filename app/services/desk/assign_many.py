"""Bulk assignments: several flags to one reviewer, undone at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import InvalidInput, NotFound
from app.domain.desk.annotations import FlagAssignment
from app.services.desk.annotate_flag import colleague
from app.services.desk.review_many import MOST_AT_ONCE, Chosen
from app.services.ports import Clock, Store


@dataclass(frozen=True, slots=True)
class BulkAssignmentResult:
    """Result of a bulk assignment: `batch` undoes it. `done`: ids of the flags; `refused`: those of flags that are
    gone, or that were decided since they were looked at."""

    batch: str
    to: Actor | None
    done: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssignMany:
    """Assigns several flags in one transaction. None of it changes a flag's version."""

    store: Store
    clock: Clock

    def __call__(
        self, organisation: Organisation, by: Actor, chosen: Sequence[Chosen], to: str | None
    ) -> BulkAssignmentResult:
        """Assigns each flag to an account by its id, or to nobody where `to` is None.

        Raises `InvalidInput` where the organisation has no such account, or there are too many flags.
        """
        if len(chosen) > MOST_AT_ONCE:
            raise InvalidInput.at("/flags", f"may have at most {MOST_AT_ONCE} entries")
        batch = str(uuid4())
        done: list[str] = []
        refused: list[str] = []
        with self.store.writing() as tx:
            whom = colleague(tx, organisation, by, to) if to else None
            for choice in dict.fromkeys(chosen):
                flag = tx.flags.by_id(organisation, choice.id)
                if flag is None or flag.version == 0 or choice.version not in (None, flag.version):
                    refused.append(choice.id)
                    continue
                done.append(choice.id)
                if (flag.assigned.id if flag.assigned else None) != to:
                    tx.flags.assign(flag, FlagAssignment(whom, by, self.clock()), batch)
                    tx.audit.add("flag.assigned", "flag", choice.id, to=to or "")
        return BulkAssignmentResult(batch, whom, tuple(done), tuple(refused))

    def undo(self, organisation: Organisation, by: Actor, batch: str) -> list[str]:
        """Gives each flag back to whom it was assigned before, unless somebody assigned it anew since; their ids.

        Raises `NotFound`.
        """
        with self.store.writing() as tx:
            made = tx.flags.assigned_in(organisation, batch)
            if not made:
                raise NotFound("your organisation made no assignments with this id that could be taken back")
            for flag_id, _, before in made:
                flag = tx.flags.by_id(organisation, flag_id)
                if flag is not None:
                    tx.flags.assign(flag, FlagAssignment(before, by, self.clock()))
                    tx.audit.add("flag.assigned", "flag", flag_id, to=before.id if before else "")
        return [flag_id for flag_id, _, _ in made]
