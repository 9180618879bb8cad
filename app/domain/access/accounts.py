"""Accounts: roles, sessions, logins, and requirements on passwords."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.domain.access.common_passwords import COMMON
from app.domain.access.keys import Organisation, Scope
from app.domain.checks.reviews import Actor
from app.domain.core.errors import FieldError, RefrainError

LEAST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 200
LONGEST_LOGIN: Final = 200


class Role(StrEnum):
    """Role of an account; each includes the permissions of those before it."""

    READER = "reader"
    ANALYST = "analyst"
    ADMIN = "admin"

    def has_role(self, needed: "Role") -> bool:
        order = list(Role)
        return order.index(self) >= order.index(needed)


class SignInRequired(RefrainError):
    """No session, or one that has ended."""


class PasswordChangeRequired(RefrainError):
    """The account's password was set by an admin and must be changed before anything else."""


class CsrfMismatch(RefrainError):
    """CSRF failure: a change that was not requested by a page of ours, or with the token of another session."""


class RoleMissing(RefrainError):
    """Missing permission: the account's role does not include it."""


class SignInRefused(RefrainError):
    """Failed sign-in: wrong login or password, or a closed account; the answer does not reveal which."""


class TooManyAttempts(RefrainError):
    """Too many wrong passwords: the next may be tried in `retry_after_s` seconds."""

    def __init__(self, retry_after_s: int):
        super().__init__(f"too many wrong passwords: try again in {retry_after_s} seconds")
        self.retry_after_s = retry_after_s


@dataclass(frozen=True, slots=True)
class Account:
    """Account of a person in an organisation, without the password or its hash."""

    id: str
    organisation: Organisation
    login: str
    """Name for signing in, such as a mail address; case-insensitive, and unique over all organisations."""
    name: str
    role: Role
    created_at: datetime
    must_change_password: bool = False
    """The password was set by an admin, and is only valid for setting one's own."""
    disabled_at: datetime | None = None
    last_seen_at: datetime | None = None
    second_factor: bool = False
    """A code is asked for after the password."""
    language: str | None = None
    """Language of the pages, as its reader chose it; None: as their browser asks."""
    tour_closed: bool = False
    """The tour of the desk was closed, and is no longer offered by itself."""
    follows: bool = False
    """Some narrative is followed."""

    @property
    def closed(self) -> bool:
        """True if nobody can sign in: the account or its organisation is closed."""
        return self.disabled_at is not None or self.organisation.closed_at is not None

    @property
    def actor(self) -> Actor:
        return Actor(self.id, self.name)

    @property
    def scopes(self) -> frozenset[Scope]:
        """Scopes of an API key with the same permissions."""
        reached = {Scope.CHECK, Scope.READ}
        if self.may_review:
            reached |= {Scope.WRITE, Scope.REVIEW}
        if self.is_admin:
            reached |= {Scope.ADMIN}
        return frozenset(reached)

    @property
    def may_review(self) -> bool:
        return self.role.has_role(Role.ANALYST)

    @property
    def is_admin(self) -> bool:
        return self.role.has_role(Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Session:
    """Session of a browser that is signed in. Its token is not part of it: only a hash of it is stored."""

    id: str
    account: Account
    created_at: datetime
    used_at: datetime
    expires_at: datetime
    agent: str
    """User agent of the browser."""
    single_sign_on: bool = False
    """Signed in by another provider, which asks for what it wants."""


def login_of(raw: str) -> str:
    """Normal form of a login, for comparison."""
    return raw.strip().casefold()


def password_faults(password: str, login: str, name: str) -> list[FieldError]:
    """Faults of a new password: too short, or among those that attackers try first."""
    if len(password) < LEAST_PASSWORD:
        return [FieldError("/password", f"needs at least {LEAST_PASSWORD} characters")]
    if len(password) > LONGEST_PASSWORD:
        return [FieldError("/password", f"may have at most {LONGEST_PASSWORD} characters")]
    folded = password.casefold()
    own = {login_of(login), login_of(login).split("@")[0], name.casefold()}
    plain = "".join(character for character in folded if character.isalpha())
    if folded in COMMON or plain in COMMON or len(set(folded)) < 5 or folded in own or plain in own:
        return [FieldError("/password", "is one of those that are guessed first: take another")]
    return []


def new_token() -> str:
    """A session's token: 256 random bits."""
    return secrets.token_urlsafe(32)


def one_time_password() -> str:
    """One-time password for the first sign-in: sixteen characters that are not easily confused."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(4))
