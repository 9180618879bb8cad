"""Sign-in and sign-out: throttled password checks, sessions that expire."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import uuid4

from app.domain.access.accounts import (
    Account,
    Session,
    SignInRefused,
    SignInRequired,
    TooManyAttempts,
    login_of,
    new_token,
    password_faults,
)
from app.domain.access.second_factor import CODE_WITHIN, CodeRefused
from app.domain.audit.entries import ActorKind
from app.domain.core.errors import FieldError, InvalidInput
from app.services.access.last_uses import LastUses
from app.services.access.ports import AccountEvent, Attempts, Passwords
from app.services.audit.origin import current_origin
from app.services.ports import Clock, Store, Transaction

IDLE: Final = timedelta(hours=12)
LASTS: Final = timedelta(days=14)
FORGOTTEN_AFTER: Final = timedelta(days=90)
"""Retention of known browsers; failed attempts are deleted after a day."""

_ATTEMPTS_COUNT_FOR: Final = timedelta(hours=1)
_CLOCK_SKEW: Final = timedelta(minutes=1)
"""Attempts that seem to be made later than that were counted before the clock was set back; nobody waits for them."""
_FREE: Final = {"account": 5, "browser": 5, "address": 20}
_LONGEST_WAIT_S: Final = {"account": 60, "browser": 900, "address": 900}
"""Longest wait, in seconds: strangers can delay an account by a minute at most, and a known browser not at all."""
_LONGEST_AGENT: Final = 300


@dataclass(frozen=True, slots=True)
class SignInResult:
    """New session with its token, and with the token that identifies the browser later."""

    session: Session
    token: str
    browser: str


@dataclass(frozen=True, slots=True)
class PendingSignIn:
    """Sign-in whose password was right, and that waits for a code; its token is good for that alone."""

    token: str


@dataclass(frozen=True, slots=True)
class SignIn:
    """Sessions for passwords. Attempts are counted before the password is checked, so that none is free."""

    store: Store
    passwords: Passwords
    clock: Clock
    last_uses: LastUses
    accepts_code: Callable[[Transaction, Account, str], bool]
    """True if a code is one of the account's second factor; it is used up by that."""

    def __call__(
        self, login: str, password: str, *, address: str, agent: str = "", browser: str | None = None
    ) -> SignInResult | PendingSignIn:
        """Signs in, or asks for a code where the account has a second factor. Raises `SignInRefused`, whatever is
        wrong, and `TooManyAttempts`.

        `address` is where it comes from, `browser` what an earlier session left there.
        """
        login, now = login_of(login), self.clock()
        with self.store.writing(durable=False) as tx:
            known = tx.accounts.by_login(login)
            subjects = self._subjects(tx, known[0] if known else None, login, address, browser)
            _count_attempt(tx, subjects, now)
        account, password_hash = known or (None, None)
        fits = self.passwords.verify(password_hash, password)
        if account is None or password_hash is None or not fits or account.closed:
            self._note_refusal(account)
            raise SignInRefused("the name or the password is wrong")
        renewed = self.passwords.hash(password) if self.passwords.outdated(password_hash) else None
        with self.store.writing() as tx:
            for subject in subjects:
                _reset_attempts(tx, subject)
            if renewed:
                tx.accounts.set_password(account.id, renewed, must_change=account.must_change_password)
            if account.second_factor:
                token = new_token()
                tx.second_factors.add_pending(_hash(token), account, now + CODE_WITHIN)
                return PendingSignIn(token)
            _note(tx, account, "signed-in", now)
            return begin_session(tx, account, agent, browser, now)

    def complete(self, token: str, code: str, *, agent: str = "", browser: str | None = None) -> SignInResult:
        """Completes a sign-in that waits for its code: one of the app, or a recovery code.

        Raises `CodeRefused`, `TooManyAttempts`, and `SignInRequired` where nothing waits any more.
        """
        now = self.clock()
        with self.store.writing(durable=False) as tx:
            account_id = tx.second_factors.pending(_hash(token), now)
            known = tx.accounts.get(account_id) if account_id else None
            if known is None or known[0].closed:
                raise SignInRequired("sign in again: the code came too late")
            account = known[0]
            subjects = [_subject("account", f"{account.login} by code")]
            _count_attempt(tx, subjects, now)
        with self.store.writing() as tx:
            waits = tx.second_factors.pending(_hash(token), now) == account.id
            if waits and self.accepts_code(tx, account, code):
                tx.second_factors.end_pending(_hash(token))
                tx.accounts.forget_attempts(subjects[0])
                _note(tx, account, "signed-in", now)
                return begin_session(tx, account, agent, browser, now)
            tx.audit.add(
                "account.second_factor_refused", "account", account.id, organisation_id=account.organisation.id
            )
        raise CodeRefused("the code is wrong, or was used before")

    def current(self, token: str) -> Session | None:
        """Session of a token; None where it has ended or expired, or the account or its organisation was closed.
        Notes no use of it."""
        now = self.clock()
        with self.store.reading() as tx:
            session = tx.accounts.session(_hash(token))
        if session is None or session.account.closed:
            return None
        return None if now >= session.expires_at or now - self._used_at(session) >= IDLE else session

    def session(self, token: str) -> Session | None:
        """Session of a token, as `current` has it, which is used now."""
        session = self.current(token)
        if session:
            self.last_uses.note("session", session.id, session.used_at, self.clock())
        return session

    def sessions(self, account: Account) -> list[Session]:
        """Active sessions of an account, the last used first."""
        now = self.clock()
        with self.store.reading() as tx:
            listed = [replace(session, used_at=self._used_at(session)) for session in tx.accounts.sessions(account.id)]
        return [session for session in listed if now < session.expires_at and now - session.used_at < IDLE]

    def _used_at(self, session: Session) -> datetime:
        return self.last_uses.last("session", session.id, session.used_at) or session.used_at

    def sign_out(self, session: Session) -> None:
        """Ends a session."""
        with self.store.writing() as tx:
            tx.accounts.end_sessions(session.account.id, self.clock(), only=session.id)
            tx.audit.add("account.signed_out", "account", session.account.id)

    def sign_out_elsewhere(self, session: Session) -> int:
        """Ends all other sessions of the account; their number."""
        with self.store.writing() as tx:
            ended = tx.accounts.end_sessions(session.account.id, self.clock(), except_id=session.id)
            _note(tx, session.account, "signed-out-elsewhere", self.clock())
            return ended

    def change_password(self, session: Session, current: str, new: str) -> SignInResult:
        """Sets a new password; every session ends, and this browser gets a new one.

        Raises `TooManyAttempts`, and `InvalidInput` at /current for a wrong password, at /password for an unfit one.
        """
        account, now = session.account, self.clock()
        subject = self._checked_password(session, current)
        faults = password_faults(new, account.login, account.name)
        if not faults and new == current:
            faults = [FieldError("/password", "is the one you have: take another")]
        if faults:
            with self.store.writing(durable=False) as tx:
                tx.accounts.forget_attempts(subject)
            raise InvalidInput(faults)
        hashed = self.passwords.hash(new)
        with self.store.writing() as tx:
            tx.accounts.forget_attempts(subject)
            tx.accounts.set_password(account.id, hashed, must_change=False)
            tx.accounts.end_sessions(account.id, now)
            _note(tx, account, "password-changed", now)
            return begin_session(tx, account, session.agent, None, now)

    def require_password(self, session: Session, password: str) -> None:
        """Asks for the password once more. Raises `TooManyAttempts`, and `InvalidInput` at /current."""
        subject = self._checked_password(session, password)
        with self.store.writing(durable=False) as tx:
            tx.accounts.forget_attempts(subject)

    def _checked_password(self, session: Session, password: str) -> str:
        """Subject of the counter, which the caller resets."""
        subject = _subject("account", f"{session.account.login} from within")
        with self.store.writing(durable=False) as tx:
            known = tx.accounts.get(session.account.id)
            _count_attempt(tx, [subject], self.clock())
        if known is None or not self.passwords.verify(known[1], password):
            raise InvalidInput.at("/current", "is not your password")
        return subject

    def _note_refusal(self, account: Account | None) -> None:
        """A name that nobody has is not noted: it may be a password in the wrong field."""
        organisation_id = account.organisation.id if account else None
        with self.store.writing(durable=False) as tx:
            tx.audit.add(
                "account.sign_in_refused", "account", account.id if account else None, organisation_id=organisation_id
            )

    def _subjects(
        self, tx: Transaction, account: Account | None, login: str, address: str, browser: str | None
    ) -> list[str]:
        if browser and account and tx.accounts.knows_browser(account.id, _hash(browser)):
            return [_subject("browser", f"{login} {browser}")]
        return [_subject("account", login), _subject("address", address)]


def _count_attempt(tx: Transaction, subjects: list[str], now: datetime) -> None:
    """Counts an attempt. Raises `TooManyAttempts` during a wait; such an attempt is neither checked nor counted."""
    known = tx.accounts.attempts(subjects)
    since = {name: now - attempts.last_at for name, attempts in known.items()}
    recent = {name: known[name] for name, ago in since.items() if -_CLOCK_SKEW < ago < _ATTEMPTS_COUNT_FOR}
    waits = [_wait_s(name, attempts, now) for name, attempts in recent.items()]
    if any(wait > 0 for wait in waits):
        raise TooManyAttempts(max(waits))
    for name in subjects:
        before = recent[name].failures if name in recent else 0
        tx.accounts.note_attempt(name, Attempts(before + 1, now))


def _reset_attempts(tx: Transaction, subject: str) -> None:
    """Resets the counter after a correct password; for an address, which is shared, it decreases by one."""
    known = tx.accounts.attempts([subject]).get(subject)
    if known and known.failures > 1 and subject.startswith("address:"):
        tx.accounts.note_attempt(subject, Attempts(known.failures - 1, known.last_at))
    else:
        tx.accounts.forget_attempts(subject)


def _wait_s(subject: str, attempts: Attempts, now: datetime) -> int:
    """Whole seconds until the next attempt: none for the first ones, then 2, 4, 8 … up to the longest."""
    kind = subject.partition(":")[0]
    over = attempts.failures - _FREE[kind]
    if over < 0:
        return 0
    due = attempts.last_at + timedelta(seconds=min(_LONGEST_WAIT_S[kind], 2 ** min(over + 1, 16)))
    return max(0, -((now - due) // timedelta(seconds=1)))


def begin_session(
    tx: Transaction, account: Account, agent: str, browser: str | None, now: datetime, *, single_sign_on: bool = False
) -> SignInResult:
    """Begins a session of an account that has shown who it is."""
    token, browser = new_token(), browser or new_token()
    session = Session(str(uuid4()), account, now, now, now + LASTS, agent[:_LONGEST_AGENT], single_sign_on)
    tx.accounts.begin_session(session, _hash(token), _hash(browser))
    tx.accounts.touch_session(session.id, now)
    return SignInResult(session, token, browser)


def _note(tx: Transaction, account: Account, action: str, now: datetime) -> None:
    tx.accounts.note(account.organisation, AccountEvent(now, action, account.name, account.name))
    current_origin().identify(ActorKind.ACCOUNT, account.id, account.organisation.id)
    tx.audit.add(f"account.{action.replace('-', '_')}", "account", account.id)


def _subject(kind: str, who: str) -> str:
    """Subject of a counter: kind and hash, so that neither unknown logins nor addresses are stored in plain text."""
    return f"{kind}:{_hash(who)[:48]}"


def _hash(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
