"""Notes on flags, and assignments: rows to domain objects and back."""

from sqlalchemy import Connection, func, insert, select

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.desk.annotations import Activity, FlagAssignment, FlagNote
from app.store.desk.flag_tables import flag_assignments, flag_notes
from app.store.tables import checks


class FlagActivityRows:
    """SQL implementation of the activity part of `app.services.desk.ports.Flags`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def add_note(self, flag_key: int, note: FlagNote) -> None:
        by = {"by_id": note.by.id, "by_name": note.by.name, "created_at": note.at}
        self._connection.execute(insert(flag_notes).values(id=note.id, check_key=flag_key, text=note.text, **by))

    def add_assignment(self, flag_key: int, assignment: FlagAssignment, batch: str | None = None) -> None:
        to = assignment.to
        named = {"to_id": to.id if to else None, "to_name": to.name if to else None}
        by = {"by_id": assignment.by.id, "by_name": assignment.by.name, "created_at": assignment.at}
        self._connection.execute(insert(flag_assignments).values(check_key=flag_key, batch_id=batch, **named, **by))

    def assigned_in(self, organisation: Organisation, batch: str) -> list[tuple[str, Actor | None, Actor | None]]:
        """Assignments of one gesture that nobody changed since: the flag's id, the assignee, and the one before."""
        made = flag_assignments.alias("made")
        later = flag_assignments.alias("later")
        before = flag_assignments.alias("before")
        last_before = (
            select(func.max(before.c.key)).where(before.c.check_key == made.c.check_key, before.c.key < made.c.key)
        ).scalar_subquery()
        previous = flag_assignments.alias("previous")
        rows = (
            select(
                checks.c.id, made.c.to_id, made.c.to_name, previous.c.to_id.label("was_id"),
                previous.c.to_name.label("was_name"),
            )
            .join(checks, checks.c.key == made.c.check_key)
            .outerjoin(previous, previous.c.key == last_before)
            .where(
                made.c.batch_id == batch,
                checks.c.organisation_key == organisation.key,
                ~select(later.c.key).where(later.c.check_key == made.c.check_key, later.c.key > made.c.key).exists(),
            )
            .order_by(made.c.key)
        )  # fmt: skip
        return [
            (row.id, _actor(row.to_id, row.to_name), _actor(row.was_id, row.was_name))
            for row in self._connection.execute(rows)
        ]

    def of(self, flag_key: int) -> Activity:
        """All of one flag, the oldest first."""
        notes = select(flag_notes).where(flag_notes.c.check_key == flag_key).order_by(flag_notes.c.key)
        assigned = select(flag_assignments).where(flag_assignments.c.check_key == flag_key)
        return Activity(
            notes=tuple(
                FlagNote(row.id, row.text, Actor(row.by_id, row.by_name), row.created_at)
                for row in self._connection.execute(notes)
            ),
            assignments=tuple(
                FlagAssignment(
                    _actor(row.to_id, row.to_name),
                    Actor(row.by_id, row.by_name),
                    row.created_at,
                )
                for row in self._connection.execute(assigned.order_by(flag_assignments.c.key))
            ),
        )


def _actor(actor_id: str | None, name: str | None) -> Actor | None:
    return Actor(actor_id, name or "") if actor_id else None
