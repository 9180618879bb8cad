"""Notes and assignment of flags."""

from dataclasses import dataclass
from uuid import uuid4

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import InvalidInput
from app.domain.desk.annotations import Activity, FlagAssignment, FlagNote
from app.domain.desk.flags import Flag
from app.services.desk.browse_flags import require_flag
from app.services.ports import Clock, Store, Transaction


@dataclass(frozen=True, slots=True)
class AnnotateFlag:
    """Adds notes and assigns flags. None of it changes a flag's version."""

    store: Store
    clock: Clock

    def note(self, organisation: Organisation, by: Actor, flag_id: str, text: str) -> FlagNote:
        """Adds a note. Raises `NotFound`."""
        note = FlagNote(str(uuid4()), text, by, self.clock())
        with self.store.writing() as tx:
            tx.flags.add_note(require_flag(tx.flags.by_id(organisation, flag_id)), note)
            tx.audit.add("flag.noted", "flag", flag_id, note=note.id)
        return note

    def assign(self, organisation: Organisation, by: Actor, flag_id: str, to: str | None) -> Flag:
        """Assigns a flag to oneself, to an account by its id, or to nobody. Repeating it is no error.

        Raises `NotFound`, and `InvalidInput` where the organisation has no such account.
        """
        with self.store.writing() as tx:
            flag = require_flag(tx.flags.by_id(organisation, flag_id))
            if (flag.assigned.id if flag.assigned else None) == to:
                return flag
            whom = colleague(tx, organisation, by, to) if to else None
            tx.flags.assign(flag, FlagAssignment(whom, by, self.clock()))
            tx.audit.add("flag.assigned", "flag", flag_id, to=to or "")
            return require_flag(tx.flags.by_id(organisation, flag_id))

    def activity(self, organisation: Organisation, flag_id: str) -> Activity:
        """Notes and assignments of a flag. Raises `NotFound`."""
        with self.store.reading() as tx:
            return tx.flags.activity(require_flag(tx.flags.by_id(organisation, flag_id)))

    def colleagues(self, organisation: Organisation) -> list[Actor]:
        """Accounts and keys that a flag can be assigned to, by name."""
        with self.store.reading() as tx:
            accounts = tx.accounts.all(organisation)
        return [account.actor for account in accounts if account.may_review and not account.disabled_at]


def colleague(tx: Transaction, organisation: Organisation, by: Actor, to: str) -> Actor:
    """Account of the organisation by its id, or who asks. Raises `InvalidInput` where there is none."""
    if to == by.id:
        return by
    account, _ = tx.accounts.get(to) or (None, None)
    if account is None or account.organisation.key != organisation.key or account.disabled_at:
        raise InvalidInput.at("/to", "names no account of your organisation: send the id of one, or null for nobody")
    return account.actor
