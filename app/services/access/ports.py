"""Ports of access: organisations, keys, accounts, sessions, idempotency keys and quotas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.access.accounts import Account, Role, Session
from app.domain.access.contributions import Contributions, Withdrawal
from app.domain.access.keys import Key, Organisation
from app.domain.access.rate_limits import Quota, RateLimitResult, RateLimitStatus
from app.domain.access.second_factor import StoredFactor
from app.domain.checks.reviews import Actor


class Access(Protocol):
    """Organisations and keys."""

    def ensure_organisation(self, name: str) -> Organisation: ...
    def organisation(self, name_or_id: str) -> Organisation | None: ...
    def organisations(self) -> list[Organisation]: ...
    def keeps_archive(self, organisation: int) -> bool:
        """True if an organisation keeps the operator's archive: it is the operator's or, where none is, the first."""

    def change_organisation(self, changed: Organisation) -> None:
        """Stores an organisation's name, its limit and whether it is the operator's."""

    def add_key(self, key: Key, secret_hash: str) -> None: ...
    def key_by_hash(self, secret_hash: str) -> Key | None:
        """Key with this secret. A secret that was rotated out gives the key with the expiry of that secret."""

    def key(self, key_id: str) -> Key | None: ...
    def keys(self, organisation: Organisation | None = None) -> list[Key]:
        """The oldest first; of every organisation where none is named."""

    def rotate(self, key_id: str, secret_hash: str, hint: str, previous_until: datetime) -> None:
        """Replaces a key's secret. The old one is valid until then; an older one ends now."""

    def revoke(self, key_id: str, at: datetime) -> bool: ...
    def used(self, key_id: str, at: datetime) -> None: ...


class ContributionLog(Protocol):
    """Contributions of organisations to the shared archive, in bulk. Each step changes at most `limit` rows, and
    returns how many it changed."""

    def counts(self, since: datetime) -> dict[int, Contributions]:
        """Numbers by the organisation's key; `last_day` counts those since the moment."""

    def unused_moment(self, organisation: Organisation, now: datetime) -> datetime:
        """The moment, or the next one at which nothing of the organisation was withdrawn."""

    def add_withdrawal(self, withdrawal: Withdrawal, by: Actor | None) -> None: ...
    def withdrawals(self, organisation: Organisation) -> list[Withdrawal]:
        """The newest first."""

    def mark_restored(self, withdrawal: Withdrawal, at: datetime) -> None: ...
    def withdraw_statements(self, withdrawal: Withdrawal, limit: int, by: Actor | None) -> int: ...
    def restore_statements(self, withdrawal: Withdrawal, limit: int, now: datetime, by: Actor | None) -> int: ...
    def withdraw_findings(self, withdrawal: Withdrawal, limit: int) -> int: ...
    def restore_findings(self, withdrawal: Withdrawal, limit: int) -> int: ...
    def withdraw_counter_examples(self, withdrawal: Withdrawal, limit: int) -> int: ...
    def restore_counter_examples(self, withdrawal: Withdrawal, limit: int) -> int: ...
    def end_links(self, withdrawal: Withdrawal, limit: int) -> int: ...
    def restore_links(self, withdrawal: Withdrawal, limit: int, now: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class AccountEvent:
    """Event of an account: its author (None: the command line), the account, the time."""

    at: datetime
    action: str
    """`signed-in`, `password-changed`, `created`, `role-changed`, `disabled`, …: account-event-… in the texts."""
    by: str | None
    account: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Attempts:
    """Recent failed sign-ins for one login, or from one address."""

    failures: int
    last_at: datetime


class Accounts(Protocol):
    """Store of accounts, sessions and failed sign-ins."""

    def add(self, account: Account, password_hash: str) -> None: ...
    def by_login(self, login: str) -> tuple[Account, str] | None:
        """Account and its password hash."""

    def get(self, account_id: str) -> tuple[Account, str] | None: ...
    def all(self, organisation: Organisation | None = None) -> Sequence[Account]:
        """Accounts by name; of every organisation where none is named."""

    def change(
        self, account_id: str, *, name: str, role: Role, disabled_at: datetime | None, seen_at: datetime | None
    ) -> None: ...
    def set_password(self, account_id: str, password_hash: str, *, must_change: bool) -> None: ...

    def choose_language(self, account_id: str, language: str | None) -> None:
        """Stores the language of the account's pages; None: as its browser asks."""

    def close_tour(self, account_id: str, at: datetime) -> None:
        """The tour of the desk is no longer offered by itself."""

    def begin_session(self, session: Session, token_hash: str, browser_hash: str) -> None: ...
    def session(self, token_hash: str) -> Session | None:
        """An active session, with its account as it is now."""

    def sessions(self, account_id: str) -> Sequence[Session]:
        """Active sessions of an account, the last used first."""

    def touch_session(self, session_id: str, at: datetime) -> None: ...
    def end_sessions(
        self, account_id: str, at: datetime, *, except_id: str | None = None, only: str | None = None
    ) -> int:
        """Ends the account's sessions: all, all but one, or one alone; their number."""

    def knows_browser(self, account_id: str, browser_hash: str) -> bool:
        """True if the account was signed in from this browser before."""

    def attempts(self, subjects: Sequence[str]) -> Mapping[str, Attempts]: ...
    def note_attempt(self, subject: str, attempts: Attempts) -> None: ...
    def forget_attempts(self, subject: str) -> None: ...

    def note(self, organisation: Organisation, event: AccountEvent) -> None: ...
    def events(self, organisation: Organisation, limit: int) -> Sequence[AccountEvent]:
        """The newest first."""

    def purge(self, ended_before: datetime, attempts_before: datetime) -> None:
        """Deletes sessions and attempts older than these moments."""


class SecondFactors(Protocol):
    """Store of second factors, of sign-ins that wait for a code, and of identities at another provider."""

    def get(self, account: Account) -> StoredFactor | None: ...
    def begin(self, account: Account, secret: str, at: datetime) -> None:
        """Stores a secret that is to be confirmed, in place of any other."""

    def confirm(self, account: Account, at: datetime, code_hashes: Sequence[str]) -> None:
        """The factor counts from now on; with the hashes of its recovery codes."""

    def used(self, account: Account, step: int) -> None:
        """Codes of this step and earlier ones are not accepted again."""

    def use_recovery_code(self, account: Account, code_hash: str) -> bool:
        """Uses up a recovery code; False where there is none."""

    def recovery_codes_left(self, account: Account) -> int: ...
    def remove(self, account: Account) -> bool:
        """Removes factor, recovery codes and waiting sign-ins; False where there was no factor."""

    def add_pending(self, token_hash: str, account: Account, expires_at: datetime) -> None: ...
    def pending(self, token_hash: str, now: datetime) -> str | None:
        """Id of the account whose sign-in waits for a code."""

    def end_pending(self, token_hash: str) -> None: ...
    def purge_pending(self, now: datetime) -> None: ...

    def account_of_identity(self, issuer: str, subject: str) -> str | None:
        """Id of the account that signs in with this identity."""

    def link(self, account: Account, issuer: str, subject: str, at: datetime) -> None: ...
    def linked(self, account: Account, issuer: str) -> bool:
        """True if the account signs in with an identity of this provider."""


class OneTimeCodes(Protocol):
    """Codes of an authenticator app."""

    def new_secret(self) -> str: ...
    def code(self, secret: str, step: int) -> str: ...
    def address(self, secret: str, login: str, issuer: str) -> str:
        """The otpauth address that an authenticator app reads."""


class SecretBox(Protocol):
    """Encryption of secrets at rest."""

    def seal(self, secret: str) -> str: ...
    def open(self, sealed: str) -> str:
        """Raises `Conflict` where it cannot be decrypted."""


class Passwords(Protocol):
    """Password hashing."""

    def hash(self, password: str) -> str: ...
    def verify(self, password_hash: str | None, password: str) -> bool:
        """Verifies a password in constant time: None, which matches nothing, takes as long as a hash."""

    def outdated(self, password_hash: str) -> bool:
        """True if the hash was made with weaker parameters than today's."""


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """First response to an idempotent request, kept for replays. Without a body where that held a secret."""

    status: int
    media_type: str | None
    body: bytes | None
    language: str | None = None
    """Language of its sentences, where it has any."""


@dataclass(frozen=True, slots=True)
class StoredRequest:
    """Earlier request with the same idempotency key; without an answer it is still being processed."""

    request_hash: str
    claimed_until: datetime
    expires_at: datetime
    answer: StoredResponse | None
    changed_something: bool = False
    """True where something of it was committed."""


class IdempotencyKeys(Protocol):
    """Store of idempotency keys, by organisation."""

    def get(self, organisation: Organisation, idempotency_key: str) -> StoredRequest | None: ...
    def claim(
        self,
        organisation: Organisation,
        idempotency_key: str,
        request_hash: str,
        claim: str,
        claimed_until: datetime,
        expires_at: datetime,
    ) -> None:
        """Replaces the holder of the claim."""

    def answer(self, organisation: Organisation, idempotency_key: str, claim: str, answer: StoredResponse) -> None: ...
    def changes_something(self, organisation: Organisation, idempotency_key: str, claim: str) -> None:
        """Notes, in a transaction that changes something for a request, that it must not be done again."""

    def release(self, organisation: Organisation, idempotency_key: str, claim: str) -> None:
        """Forgets the claim, unless something of the request was committed."""

    def forget_expired(self, now: datetime) -> None: ...


class Limits(Protocol):
    """Counters of quotas, shared by all processes."""

    def take(self, quotas: Sequence[Quota], cost: int, now: datetime) -> RateLimitResult:
        """Takes `cost` from every quota, or from none. At most one quota a subject, and two of them."""

    def standings(self, quotas: Sequence[Quota], now: datetime) -> tuple[RateLimitStatus, ...]:
        """Status of quotas, of which nothing is taken. Raises `StoreUnavailable`."""

    def close(self) -> None: ...
