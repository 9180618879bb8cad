"""Sign-in and sign-out: throttled password checks, sessions that expire."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import uuid4

from app.domain.access.accounts import (
    Account,
    Session,
    SignInRefused,
    TooManyAttempts,
    login_of,
    new_token,
    password_faults,
)
from app.domain.core.errors import FieldError, InvalidInput
from app.services.access.ports import AccountEvent, Attempts, Passwords
from app.services.ports import Clock, Store, Transaction

IDLE: Final = timedelta(hours=12)
LASTS: Final = timedelta(days=14)
FORGOTTEN_AFTER: Final = timedelta(days=90)
"""Retention of known browsers; failed attempts are deleted after a day."""

_USE_NOTED_EVERY: Final = timedelta(minutes=1)
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
class SignIn:
    """Sessions for passwords. Attempts are counted before the password is checked, so that none is free."""

    store: Store
    passwords: Passwords
    clock: Clock

    def __call__(
        self, login: str, password: str, *, address: str, agent: str = "", browser: str | None = None
    ) -> SignInResult:
        """Signs in. Raises `SignInRefused`, whatever is wrong, and `TooManyAttempts`.

        `address` is where it comes from, `browser` what an earlier session left there.
        """
        login, now = login_of(login), self.clock()
        with self.store.writing(durable=False) as tx:
            known = tx.accounts.by_login(login)
            subjects = self._subjects(tx, known[0] if known else None, login, address, browser)
            _count_attempt(tx, subjects, now)
        account, password_hash = known or (None, None)
        fits = self.passwords.verify(password_hash, password)
        if account is None or password_hash is None or not fits or account.disabled_at:
            raise SignInRefused("the name or the password is wrong")
        renewed = self.passwords.hash(password) if self.passwords.outdated(password_hash) else None
        with self.store.writing() as tx:
            for subject in subjects:
                _reset_attempts(tx, subject)
            if renewed:
                tx.accounts.set_password(account.id, renewed, must_change=account.must_change_password)
            tx.accounts.note(account.organisation, AccountEvent(now, "signed-in", account.name, account.name))
            return _begin(tx, account, agent, browser, now)

    def session(self, token: str) -> Session | None:
        """Session of a token; None where it has ended or expired, or the account was closed."""
        now = self.clock()
        with self.store.reading() as tx:
            session = tx.accounts.session(_hash(token))
        if session is None or session.account.disabled_at:
            return None
        if now >= session.expires_at or now - session.used_at >= IDLE:
            return None
        if now - session.used_at >= _USE_NOTED_EVERY:
            with self.store.writing(durable=False) as tx:
                tx.accounts.touch_session(session.id, now)
        return session

    def sessions(self, account: Account) -> list[Session]:
        """Active sessions of an account, the last used first."""
        now = self.clock()
        with self.store.reading() as tx:
            listed = tx.accounts.sessions(account.id)
        return [session for session in listed if now < session.expires_at and now - session.used_at < IDLE]

    def sign_out(self, session: Session) -> None:
        """Ends a session."""
        with self.store.writing() as tx:
            tx.accounts.end_sessions(session.account.id, self.clock(), only=session.id)

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
        subjects = [_subject("account", f"{account.login} from within")]
        with self.store.writing(durable=False) as tx:
            known = tx.accounts.get(account.id)
            _count_attempt(tx, subjects, now)
        if known is None or not self.passwords.verify(known[1], current):
            raise InvalidInput.at("/current", "is not your password")
        faults = password_faults(new, account.login, account.name)
        if not faults and new == current:
            faults = [FieldError("/password", "is the one you have: take another")]
        if faults:
            with self.store.writing(durable=False) as tx:
                tx.accounts.forget_attempts(subjects[0])
            raise InvalidInput(faults)
        hashed = self.passwords.hash(new)
        with self.store.writing() as tx:
            tx.accounts.forget_attempts(subjects[0])
            tx.accounts.set_password(account.id, hashed, must_change=False)
            tx.accounts.end_sessions(account.id, now)
            _note(tx, account, "password-changed", now)
            return _begin(tx, account, session.agent, None, now)

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


def _begin(tx: Transaction, account: Account, agent: str, browser: str | None, now: datetime) -> SignInResult:
    token, browser = new_token(), browser or new_token()
    session = Session(str(uuid4()), account, now, now, now + LASTS, agent[:_LONGEST_AGENT])
    tx.accounts.begin_session(session, _hash(token), _hash(browser))
    tx.accounts.touch_session(session.id, now)
    return SignInResult(session, token, browser)


def _note(tx: Transaction, account: Account, action: str, now: datetime) -> None:
    tx.accounts.note(account.organisation, AccountEvent(now, action, account.name, account.name))


def _subject(kind: str, who: str) -> str:
    """Subject of a counter: kind and hash, so that neither unknown logins nor addresses are stored in plain text."""
    return f"{kind}:{_hash(who)[:48]}"


def _hash(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
