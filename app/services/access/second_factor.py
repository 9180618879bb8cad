"""Second factor: setting it up, checking its codes, removing it."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.access.accounts import Account, Session
from app.domain.access.second_factor import (
    ACCEPTED_AROUND,
    CodeRefused,
    StoredFactor,
    new_recovery_codes,
    recovery_hash,
    step_at,
)
from app.domain.core.errors import Conflict
from app.services.access.manage_accounts import existing_account, note_account_event
from app.services.access.ports import OneTimeCodes, SecretBox
from app.services.access.sign_in import SignIn
from app.services.ports import Clock, Store, Transaction


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Second factor that is being set up: what an authenticator app reads. Shown until it is confirmed."""

    secret: str
    address: str
    """The otpauth address, for a QR code."""


@dataclass(frozen=True, slots=True)
class CheckCode:
    """Checking of codes. Each is accepted once."""

    codes: OneTimeCodes
    box: SecretBox
    clock: Clock

    def accepts(self, tx: Transaction, account: Account, code: str) -> bool:
        """True for a present code of the account's confirmed factor, or a recovery code; either is used up by it."""
        factor = tx.second_factors.get(account)
        if factor is None or factor.confirmed_at is None:
            return False
        if self.accepts_code(tx, account, factor, code):
            return True
        if tx.second_factors.use_recovery_code(account, recovery_hash(account.id, code)):
            note_account_event(tx, account, "recovery-code-used", self.clock(), account)
            return True
        return False

    def accepts_code(self, tx: Transaction, account: Account, factor: StoredFactor, code: str) -> bool:
        """True for a present code that was not accepted before."""
        secret, now = self.box.open(factor.secret), step_at(self.clock())
        typed = "".join(code.split())
        for step in range(now - ACCEPTED_AROUND, now + ACCEPTED_AROUND + 1):
            right = self.codes.code(secret, step)
            if step > factor.last_step and hmac.compare_digest(right.encode(), typed.encode("utf-8", "replace")):
                tx.second_factors.used(account, step)
                return True
        return False


@dataclass(frozen=True, slots=True)
class ManageSecondFactor:
    """Setting up and removing second factors."""

    store: Store
    sign_in: SignIn
    check: CheckCode
    clock: Clock

    def begin(self, session: Session, password: str) -> Enrolment:
        """Makes a secret, which counts once a code of it was confirmed. Raises as `SignIn.require_password` does, and
        `Conflict` where there is a second factor already."""
        self.sign_in.require_password(session, password)
        secret = self.check.codes.new_secret()
        with self.store.writing() as tx:
            if (known := tx.second_factors.get(session.account)) and known.confirmed_at:
                raise Conflict("there is a second factor already: remove it first")
            tx.second_factors.begin(session.account, self.check.box.seal(secret), self.clock())
        return self._enrolment(session.account, secret)

    def enrolling(self, account: Account) -> Enrolment | None:
        """Enrolment that was begun and is not confirmed."""
        with self.store.reading() as tx:
            factor = tx.second_factors.get(account)
        if factor is None or factor.confirmed_at:
            return None
        return self._enrolment(account, self.check.box.open(factor.secret))

    def confirm(self, account: Account, code: str) -> Sequence[str]:
        """Confirms with a code of the app; returns the recovery codes, which are not stored. Raises `CodeRefused`."""
        made = new_recovery_codes()
        with self.store.writing() as tx:
            factor = tx.second_factors.get(account)
            if factor is None or factor.confirmed_at:
                raise CodeRefused("nothing is being set up: begin again")
            if not self.check.accepts_code(tx, account, factor, code):
                raise CodeRefused("the code is wrong")
            hashes = [recovery_hash(account.id, one) for one in made]
            tx.second_factors.confirm(account, self.clock(), hashes)
            note_account_event(tx, account, "second-factor-set-up", self.clock(), account)
        return made

    def recovery_codes_left(self, account: Account) -> int:
        """Number of recovery codes that were not used."""
        with self.store.reading() as tx:
            return tx.second_factors.recovery_codes_left(account)

    def remove(self, session: Session, password: str) -> None:
        """Removes the second factor. Raises as `SignIn.require_password` does."""
        self.sign_in.require_password(session, password)
        with self.store.writing() as tx:
            if tx.second_factors.remove(session.account):
                note_account_event(tx, session.account, "second-factor-removed", self.clock(), session.account)

    def _enrolment(self, account: Account, secret: str) -> Enrolment:
        return Enrolment(secret, self.check.codes.address(secret, account.login, "Refrain"))


@dataclass(frozen=True, slots=True)
class ResetSecondFactor:
    """Removal of another's second factor, who lost it; their sessions end. `by` as in `ManageAccounts`."""

    store: Store
    clock: Clock

    def __call__(self, id_or_login: str, by: Account | None = None) -> Account:
        """Raises `NotFound`."""
        with self.store.writing() as tx:
            account = existing_account(tx, id_or_login, by)
            tx.second_factors.remove(account)
            tx.accounts.end_sessions(account.id, self.clock())
            note_account_event(tx, account, "second-factor-reset", self.clock(), by)
        return account
