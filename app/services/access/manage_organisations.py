"""Organisation management: creating and changing organisations, and their limits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.domain.access.keys import Caller, Key, Organisation, Scope
from app.domain.core.errors import Conflict, MissingScope, NotFound
from app.services.access.manage_keys import add_key
from app.services.ports import Clock, Store, Transaction


@dataclass(frozen=True, slots=True)
class ManageOrganisations:
    """Organisation management. `by` is the key that makes the request; without one it is the command line, which may
    do everything.

    An organisation that operates the service (the command line says which) makes the others and sets what they may
    use; it does not see what they check or keep private.
    """

    store: Store
    clock: Clock
    forget_keys: Callable[[], None] = lambda: None
    """Called after an organisation was closed: keys that were seen lately are looked up again."""

    def create(
        self,
        name: str,
        *,
        operator: bool = False,
        limit_per_hour: int | None = None,
    ) -> Organisation:
        """A new organisation without keys. Raises `Conflict` where the name is taken."""
        with self.store.writing() as tx:
            return _new(tx, name, operator, limit_per_hour)

    def create_with_key(
        self, name: str, limit_per_hour: int | None, scopes: Sequence[Scope], by: Key
    ) -> tuple[Organisation, str, Key]:
        """Creates an organisation with its first key, which can create others. Raises `Conflict`, `MissingScope`."""
        _require_operator(by)
        with self.store.writing() as tx:
            organisation = _new(tx, name, False, limit_per_hour)
            secret, key = add_key(tx, organisation, "first key", scopes, self.clock(), by=by)
            return organisation, secret, key

    def all(self, by: Key | None = None) -> list[Organisation]:
        """Organisations that `by` may see: all for an operator's key, its own for any other."""
        with self.store.reading() as tx:
            found = tx.access.organisations()
        return [organisation for organisation in found if by is None or _may_see(by, organisation)]

    def get(self, name_or_id: str, by: Key | None = None) -> Organisation:
        """Organisation by name or id. Raises `NotFound`, also for one that `by` may not see."""
        with self.store.reading() as tx:
            return _existing(tx, name_or_id, by)

    def change(self, name_or_id: str, changes: Mapping[str, Any], by: Key | None = None) -> Organisation:
        """Sets `name`, `operator`, `limit_per_hour` or `check_retention_days`. Raises `NotFound`, `Conflict`,
        `MissingScope`."""
        with self.store.writing() as tx:
            known = _existing(tx, name_or_id, by)
            if by:
                _require_operator(by)
            changed = replace(known, **changes)
            if changed.name != known.name and tx.access.organisation(changed.name):
                raise Conflict("another organisation has this name")
            tx.access.change_organisation(changed)
            tx.audit.add("organisation.changed", "organisation", changed.id)
            return changed

    def close(self, name_or_id: str, by: Caller | None = None) -> Organisation:
        """Closes an organisation: nobody signs in, its keys and feeds do not work, its jobs, webhooks and watched
        sources wait. What it brought stays. Twice is no error.

        Raises `NotFound`, `MissingScope`, and `Conflict` for the one that runs the service.
        """
        with self.store.writing() as tx:
            known = _governed(tx, name_or_id, by)
            if tx.access.keeps_archive(known.key):
                raise Conflict("the organisation that runs the service stays open")
            closed = self._opened_or_closed(tx, known, replace(known, closed_at=known.closed_at or self.clock()))
        self.forget_keys()
        return closed

    def reopen(self, name_or_id: str, by: Caller | None = None) -> Organisation:
        """Opens a closed organisation again. Twice is no error. Raises `NotFound`, `MissingScope`."""
        with self.store.writing() as tx:
            known = _governed(tx, name_or_id, by)
            return self._opened_or_closed(tx, known, replace(known, closed_at=None))

    def _opened_or_closed(self, tx: Transaction, known: Organisation, changed: Organisation) -> Organisation:
        if changed != known:
            tx.access.change_organisation(changed)
            tx.audit.add(f"organisation.{'closed' if changed.closed_at else 'reopened'}", "organisation", known.id)
        return changed


def _governed(tx: Transaction, name_or_id: str, by: Caller | None) -> Organisation:
    known = _existing(tx, name_or_id, by)
    if by:
        _require_operator(by)
    return known


def _new(tx: Transaction, name: str, operator: bool, limit_per_hour: int | None) -> Organisation:
    if tx.access.organisation(name):
        raise Conflict("there is an organisation of this name")
    made = replace(tx.access.ensure_organisation(name), operator=operator, limit_per_hour=limit_per_hour)
    tx.access.change_organisation(made)
    tx.audit.add("organisation.created", "organisation", made.id)
    return made


def _existing(tx: Transaction, name_or_id: str, by: Caller | None) -> Organisation:
    found = tx.access.organisation(name_or_id)
    if found is None or (by and not _may_see(by, found)):
        raise NotFound("there is no such organisation")
    return found


def _may_see(by: Caller, organisation: Organisation) -> bool:
    return by.organisation.operator or by.organisation.key == organisation.key


def _require_operator(by: Caller) -> None:
    if not by.organisation.operator:
        raise MissingScope("this needs a key of the organisation that runs the service")
