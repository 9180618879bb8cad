"""Single sign-on by OpenID Connect: what a provider says of somebody, and the role that follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.access.accounts import Role
from app.domain.core.errors import RefrainError


class SingleSignOnFailed(RefrainError):
    """Sign-in at the provider that did not succeed; the message is for the log, without what the provider sent."""


@dataclass(frozen=True, slots=True)
class ExternalIdentity:
    """Verified identity: who a provider says somebody is. Issuer and subject together are unique for ever; a name or
    a mail address is neither, and identifies nobody."""

    issuer: str
    subject: str
    claims: Mapping[str, Any]

    @property
    def login(self) -> str:
        """Name to sign in with, as the provider suggests it."""
        return self._text("preferred_username") or self._text("email") or self.subject

    @property
    def name(self) -> str:
        return self._text("name") or self.login

    def _text(self, claim: str) -> str:
        value = self.claims.get(claim)
        return value.strip()[:200] if isinstance(value, str) and value.isprintable() else ""


@dataclass(frozen=True, slots=True)
class RoleMapping:
    """Roles by a claim of the identity, a list of groups or one. Without a group it says nothing."""

    claim: str
    admin_group: str = ""
    analyst_group: str = ""

    def role(self, identity: ExternalIdentity) -> Role | None:
        """The role of an identity: None where nothing is mapped, and else the least where no group fits."""
        if not (self.admin_group or self.analyst_group):
            return None
        given = identity.claims.get(self.claim)
        groups = [given] if isinstance(given, str) else given if isinstance(given, list) else []
        if self.admin_group and self.admin_group in groups:
            return Role.ADMIN
        return Role.ANALYST if self.analyst_group and self.analyst_group in groups else Role.READER
