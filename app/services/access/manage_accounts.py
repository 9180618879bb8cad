"""Accounts: making them, changing what they may do, closing them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
    """Who may sign in. `by` is the admin who asks, and reaches their own organisation only; without one it is whoever
    runs the command, who may do all.
    """

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
        """A new account; without a password, one is made that is good for setting one's own, and returned.

        The organisation is created when new. Raises `InvalidInput`, and `Conflict` where the login is taken.
        """
        login, name = login_of(_cleaned(login, "/login")), _cleaned(name, "/name")
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
        """Those of an organisation, by name; without one, all there are."""
        with self.store.reading() as tx:
            return tx.accounts.all(organisation)

    def get(self, id_or_login: str, by: Account | None = None) -> Account:
        """Raises `NotFound`, for one of another organisation too."""
        with self.store.reading() as tx:
            return _existing(tx, id_or_login, by)

    def change_role(self, id_or_login: str, role: Role, by: Account | None = None) -> Account:
        """Raises `NotFound`, and `Conflict` where nobody would be left to administer the organisation."""
        with self.store.writing() as tx:
            account = _existing(tx, id_or_login, by)
            if account.role is role:
                return account
            changed = replace(account, role=role)
            _refuse_without_admin(tx, account, changed)
            _keep(tx, changed)
            self._note(tx, account, "role-changed", by, role)
        return changed

    def disable(self, id_or_login: str, by: Account | None = None) -> Account:
        """Closes an account: its sessions end at once. What it decided stays. Raises `NotFound`, `Conflict`."""
        with self.store.writing() as tx:
            account = _existing(tx, id_or_login, by)
            if account.disabled_at:
                return account
            closed = replace(account, disabled_at=self.clock())
            _refuse_without_admin(tx, account, closed)
            _keep(tx, closed)
            tx.accounts.end_sessions(account.id, self.clock())
            self._note(tx, account, "disabled", by)
        return closed

    def enable(self, id_or_login: str, by: Account | None = None) -> Account:
        """Opens a closed account again, with the password that it had. Raises `NotFound`."""
        with self.store.writing() as tx:
            account = _existing(tx, id_or_login, by)
            opened = replace(account, disabled_at=None)
            if account.disabled_at:
                _keep(tx, opened)
                self._note(tx, account, "enabled", by)
        return opened

    def reset_password(
        self, id_or_login: str, password: str | None = None, by: Account | None = None
    ) -> tuple[Account, str | None]:
        """Another password, made as in `create`; the account's sessions end. Raises `NotFound`, `InvalidInput`."""
        account = self.get(id_or_login, by)
        if password is not None and (faults := password_faults(password, account.login, account.name)):
            raise InvalidInput(faults)
        made = None if password is not None else one_time_password()
        hashed = self.passwords.hash(password if password is not None else made or "")
        with self.store.writing() as tx:
            account = _existing(tx, account.id, by)
            tx.accounts.set_password(account.id, hashed, must_change=made is not None)
            tx.accounts.end_sessions(account.id, self.clock())
            self._note(tx, account, "password-reset", by)
        return account, made

    def events(self, organisation: Organisation) -> Sequence[AccountEvent]:
        """What was done with an organisation's accounts of late, the newest first."""
        with self.store.reading() as tx:
            return tx.accounts.events(organisation, _EVENTS_SHOWN)

    def _note(self, tx: Transaction, account: Account, action: str, by: Account | None, detail: str = "") -> None:
        event = AccountEvent(self.clock(), action, by.name if by else None, account.name, detail)
        tx.accounts.note(account.organisation, event)


def _existing(tx: Transaction, id_or_login: str, by: Account | None) -> Account:
    known = tx.accounts.get(id_or_login) or tx.accounts.by_login(login_of(id_or_login))
    if known is None or (by and known[0].organisation.key != by.organisation.key):
        raise NotFound("there is no such account")
    return known[0]


def _refuse_without_admin(tx: Transaction, account: Account, changed: Account) -> None:
    others = [one for one in tx.accounts.all(account.organisation) if one.id != account.id]
    left = [one for one in (*others, changed) if one.is_admin and not one.disabled_at]
    if account.is_admin and not account.disabled_at and not left:
        raise Conflict("this is the last admin of the organisation: make somebody else an admin first")


def _keep(tx: Transaction, changed: Account) -> None:
    tx.accounts.change(
        changed.id,
        name=changed.name,
        role=changed.role,
        disabled_at=changed.disabled_at,
        seen_at=changed.last_seen_at,
    )


def _cleaned(raw: str, pointer: str) -> str:
    try:
        return clean(raw, LONGEST_LOGIN)
    except InvalidText as error:
        raise InvalidInput.at(pointer, str(error)) from error
