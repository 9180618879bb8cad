"""One-time codes by pyotp, and encryption of their secrets by Fernet (AES-128-CBC with HMAC-SHA-256)."""

import base64
from collections.abc import Sequence
from hashlib import sha256

import pyotp
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from app.domain.access.second_factor import STEP_S
from app.domain.core.errors import Conflict

_ENCRYPTED = "fernet:"
_PLAIN = "plain:"


class TotpCodes:
    """Codes of six digits that change every thirty seconds."""

    def new_secret(self) -> str:
        """A secret of 160 random bits, in base 32."""
        return pyotp.random_base32()

    def code(self, secret: str, step: int) -> str:
        """The code of a step."""
        return pyotp.TOTP(secret).at(step * STEP_S)

    def address(self, secret: str, login: str, issuer: str) -> str:
        """The otpauth address that an authenticator app reads."""
        return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer)


class SecretBox:
    """Encryption of what has to be read again. Without a key it stores in the clear, and says so in what is stored."""

    def __init__(self, keys: Sequence[str]):
        """`keys`: the first encrypts, all decrypt, so that one can be replaced."""
        derived = [base64.urlsafe_b64encode(sha256(b"refrain secrets\x00" + key.encode()).digest()) for key in keys]
        self._fernet = MultiFernet([Fernet(key) for key in derived]) if derived else None

    def seal(self, secret: str) -> str:
        if self._fernet is None:
            return _PLAIN + secret
        return _ENCRYPTED + self._fernet.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """The secret. Raises `Conflict` where it was encrypted with a key that is not set."""
        if sealed.startswith(_PLAIN):
            return sealed.removeprefix(_PLAIN)
        try:
            if self._fernet is None:
                raise InvalidToken
            return self._fernet.decrypt(sealed.removeprefix(_ENCRYPTED)).decode()
        except InvalidToken as error:
            raise Conflict(
                "the second factor cannot be checked: REFRAIN_SECRET_KEY is not the one that it was set up under. "
                "Whoever runs the service can set that key again, or reset the second factor"
            ) from error
