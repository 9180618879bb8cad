"""Account management: creating, changing and closing accounts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from app.domain.access.accounts import LONGEST_LOGIN, Account, Role, login_of, one_time_password, password_faults
from app.domain.access.keys import Organisation
from app.domain.core.errors import Conflict, InvalidInput, NotFound
from app.domain.core.text import InvalidText, clean
from app.services.access.ports import AccountEvent, Passwords
from app.services.ports import Clock, Store, Transaction

_EVENTS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ManageAccounts:
    """Account management. `by` is the admin who makes the request, limited to their own organisation; without one it
    is the command line, which may do everything."""

    store: Store
    passwords: Passwords
    clock: Clock

    def create(
        self,
        login: str,
        name: str,
        role: Role,
        organisation: str = "",
        password: str | None = None,
        by: Account | None = None,
    ) -> tuple[Account, str | None]:
        """Creates an account; without a password, a one-time password is generated and returned.

        The organisation is created when new. Raises `InvalidInput`, and `Conflict` where the login is taken.
        """
        login, name = login_of(_validated(login, "/login")), _validated(name, "/name")
        if password is not None and (faults := password_faults(password, login, name)):
            raise InvalidInput(faults)
        made = None if password is not None else one_time_password()
        hashed = self.passwords.hash(password if password is not None else made or "")
        with self.store.writing() as tx:
            if tx.accounts.by_login(login):
                raise Conflict("somebody signs in with this name already: take another")
            account = Account(
                id=str(uuid4()),
                organisation=by.organisation if by else tx.access.ensure_organisation(organisation),
                login=login,
                name=name,
                role=role,
                created_at=self.clock(),
                must_change_password=made is not None,
            )
            tx.accounts.add(account, hashed)
            self._note(tx, account, "created", by, role)
        return account, made

    def all(self, organisation: Organisation | None = None) -> Sequence[Account]:
        """Accounts of an organisation, by name; without one, of all."""
        with self.store.reading() as tx:
            return tx.accounts.all(organisation)

    def get(self, id_or_login: str, by: Account | None = None) -> Account:
        """Account by id or login. Raises `NotFound`, also for one of another organisation."""
        with self.store.reading() as tx:
            return existing_account(tx, id_or_login, by)

    def change_role(self, id_or_login: str, role: Role, by: Account | None = None) -> Account:
        """Changes the role of an account. Raises `NotFound`, and `Conflict` where the organisation would be left
        without an admin."""
        with self.store.writing() as tx:
            account = existing_account(tx, id_or_login, by)
            if account.role is role:
                return account
            changed = replace(account, role=role)
            require_remaining_admin(tx, account, changed)
            _store(tx, changed)
            self._note(tx, account, "role-changed", by, role)
        return changed

    def disable(self, id_or_login: str, by: Account | None = None) -> Account:
        """Closes an account and ends its sessions; its reviews stay. Raises `NotFound`, `Conflict`."""
        with self.store.writing() as tx:
            account = existing_account(tx, id_or_login, by)
            if account.disabled_at:
                return account
            closed = replace(account, disabled_at=self.clock())
            require_remaining_admin(tx, account, closed)
            _store(tx, closed)
            tx.accounts.end_sessions(account.id, self.clock())
            self._note(tx, account, "disabled", by)
        return closed

    def enable(self, id_or_login: str, by: Account | None = None) -> Account:
        """Reopens a closed account with its old password. Raises `NotFound`."""
        with self.store.writing() as tx:
            account = existing_account(tx, id_or_login, by)
            opened = replace(account, disabled_at=None)
            if account.disabled_at:
                _store(tx, opened)
                self._note(tx, account, "enabled", by)
        return opened

    def reset_password(
        self, id_or_login: str, password: str | None = None, by: Account | None = None
    ) -> tuple[Account, str | None]:
        """Sets another password, made as in `create`, and ends the account's sessions. Raises `NotFound`,
        `InvalidInput`."""
        account = self.get(id_or_login, by)
        if password is not None and (faults := password_faults(password, account.login, account.name)):
            raise InvalidInput(faults)
        made = None if password is not None else one_time_password()
        hashed = self.passwords.hash(password if password is not None else made or "")
        with self.store.writing() as tx:
            account = existing_account(tx, account.id, by)
            tx.accounts.set_password(account.id, hashed, must_change=made is not None)
            tx.accounts.end_sessions(account.id, self.clock())
            self._note(tx, account, "password-reset", by)
        return account, made

    def events(self, organisation: Organisation) -> Sequence[AccountEvent]:
        """Recent events of an organisation's accounts, the newest first."""
        with self.store.reading() as tx:
            return tx.accounts.events(organisation, _EVENTS_SHOWN)

    def _note(self, tx: Transaction, account: Account, action: str, by: Account | None, detail: str = "") -> None:
        note_account_event(tx, account, action, self.clock(), by, detail)


def note_account_event(
    tx: Transaction, account: Account, action: str, at: datetime, by: Account | None, detail: str = ""
) -> None:
    """Notes an event for the page of people, and an entry of the audit log. `by`: None for the command line."""
    tx.accounts.note(account.organisation, AccountEvent(at, action, by.name if by else None, account.name, detail))
    about = {"role": detail} if detail else {}
    action_name = f"account.{action.replace('-', '_')}"
    tx.audit.add(action_name, "account", account.id, organisation_id=account.organisation.id, **about)


def existing_account(tx: Transaction, id_or_login: str, by: Account | None) -> Account:
    """Account by id or login. Raises `NotFound`, also for one of another organisation than that of `by`."""
    known = tx.accounts.get(id_or_login) or tx.accounts.by_login(login_of(id_or_login))
    if known is None or (by and known[0].organisation.key != by.organisation.key):
        raise NotFound("there is no such account")
    return known[0]


def require_remaining_admin(tx: Transaction, account: Account, changed: Account) -> None:
    """Raises `Conflict` where the change leaves the organisation without an admin."""
    others = [other for other in tx.accounts.all(account.organisation) if other.id != account.id]
    left = [member for member in (*others, changed) if member.is_admin and not member.disabled_at]
    if account.is_admin and not account.disabled_at and not left:
        raise Conflict("this is the last admin of the organisation: make somebody else an admin first")


def _store(tx: Transaction, changed: Account) -> None:
    tx.accounts.change(
        changed.id,
        name=changed.name,
        role=changed.role,
        disabled_at=changed.disabled_at,
        seen_at=changed.last_seen_at,
    )


def _validated(raw: str, pointer: str) -> str:
    try:
        return clean(raw, LONGEST_LOGIN)
    except InvalidText as error:
        raise InvalidInput.at(pointer, str(error)) from error
