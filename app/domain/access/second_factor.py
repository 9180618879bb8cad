"""Second factor of accounts: codes of an authenticator app (TOTP, RFC 6238) and recovery codes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from app.domain.access.accounts import Account, one_time_password
from app.domain.core.errors import RefrainError

STEP_S: Final = 30
"""Seconds that a code is shown for."""

ACCEPTED_AROUND: Final = 1
"""Steps before and after the present one whose codes are accepted, for clocks that differ."""

RECOVERY_CODES: Final = 10
CODE_WITHIN: Final = timedelta(minutes=5)
"""Time that a sign-in waits for its code after the password."""


class SecondFactorPolicy(StrEnum):
    """Policy on the accounts that need a second factor."""

    NONE = "none"
    ADMINS = "admins"
    ALL = "all"

    def applies_to(self, account: Account) -> bool:
        return self is SecondFactorPolicy.ALL or (self is SecondFactorPolicy.ADMINS and account.is_admin)


class SecondFactorRequired(RefrainError):
    """The account has to set up a second factor before anything else."""


class CodeRefused(RefrainError):
    """Wrong code, one that was used before, or a sign-in that waited too long for it."""


@dataclass(frozen=True, slots=True)
class StoredFactor:
    """Second factor of an account. The secret is as it is stored, which may be encrypted."""

    secret: str
    last_step: int
    """Step of the last code that was accepted; that code and earlier ones are not accepted again."""
    confirmed_at: datetime | None


def step_at(moment: datetime) -> int:
    """Number of the step of a moment."""
    return int(moment.timestamp()) // STEP_S


def new_recovery_codes() -> list[str]:
    """Recovery codes of 79 random bits, for which a plain hash is secure."""
    return [one_time_password() for _ in range(RECOVERY_CODES)]


def recovery_hash(account_id: str, code: str) -> str:
    """Hash of a recovery code, however it was typed; the only form in which it is stored."""
    plain = "".join(sign for sign in code.casefold() if sign.isalnum())
    return sha256(f"{account_id}:{plain}".encode("utf-8", "surrogatepass")).hexdigest()
