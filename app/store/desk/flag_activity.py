"""Notes on flags, and assignments: rows to domain objects and back."""

from sqlalchemy import Connection, insert, select

from app.domain.checks.reviews import Actor
from app.domain.desk.annotations import Activity, FlagAssignment, FlagNote
from app.store.desk.flag_tables import flag_assignments, flag_notes


class FlagActivityRows:
    """SQL implementation of the activity part of `app.services.desk.ports.Flags`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def add_note(self, flag_key: int, note: FlagNote) -> None:
        by = {"by_id": note.by.id, "by_name": note.by.name, "created_at": note.at}
        self._connection.execute(insert(flag_notes).values(id=note.id, check_key=flag_key, text=note.text, **by))

    def add_assignment(self, flag_key: int, assignment: FlagAssignment) -> None:
        to = assignment.to
        named = {"to_id": to.id if to else None, "to_name": to.name if to else None}
        by = {"by_id": assignment.by.id, "by_name": assignment.by.name, "created_at": assignment.at}
        self._connection.execute(insert(flag_assignments).values(check_key=flag_key, **named, **by))

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
                    Actor(row.to_id, row.to_name) if row.to_id else None,
                    Actor(row.by_id, row.by_name),
                    row.created_at,
                )
                for row in self._connection.execute(assigned.order_by(flag_assignments.c.key))
            ),
        )
