"""Sign-in with an identity of another provider: the account that is linked to it, or a new one with the least role."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Protocol
from uuid import uuid4

from app.domain.access.accounts import Account, Role, SignInRefused, login_of, new_token
from app.domain.access.single_sign_on import ExternalIdentity, RoleMapping
from app.domain.audit.entries import ActorKind
from app.domain.core.errors import Conflict
from app.services.access.manage_accounts import note_account_event, require_remaining_admin
from app.services.access.sign_in import SignInResult, begin_session
from app.services.audit.origin import current_origin
from app.services.ports import Clock, Store, Transaction


class IdentityProvider(Protocol):
    """OpenID Connect provider."""

    @property
    def issuer(self) -> str: ...
    def authorization_url(self, redirect_uri: str, state: str, nonce: str, challenge: str) -> str:
        """Address at the provider where somebody signs in. Raises `SingleSignOnFailed`."""

    def identity(self, redirect_uri: str, code: str, nonce: str, verifier: str) -> ExternalIdentity:
        """Exchanges a code for a verified identity. Raises `SingleSignOnFailed`."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Sign-in that has been begun: what its browser has to show when it comes back from the provider."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Attempt":
        return cls(new_token(), new_token(), new_token() + new_token())

    @property
    def challenge(self) -> str:
        """Challenge of PKCE (S256)."""
        digest = sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class SingleSignOn:
    """Sessions for identities of one provider; None where none is set up."""

    store: Store
    clock: Clock
    provider: IdentityProvider | None
    organisation: str
    """Name of the organisation that new accounts are of."""
    roles: RoleMapping
    no_password: str
    """Stored in place of a password's hash."""

    @property
    def available(self) -> bool:
        return self.provider is not None

    def begin(self, redirect_uri: str) -> tuple[Attempt, str]:
        """A new attempt, and the address at the provider. Raises `SingleSignOnFailed`."""
        attempt = Attempt.new()
        url = self._provider.authorization_url(redirect_uri, attempt.state, attempt.nonce, attempt.challenge)
        return attempt, url

    def complete(
        self, attempt: Attempt, redirect_uri: str, code: str, *, agent: str, browser: str | None
    ) -> SignInResult:
        """Signs in with a code of the provider, and makes the account at the first time.

        Raises `SingleSignOnFailed`, and `SignInRefused` for a closed account.
        """
        identity = self._provider.identity(redirect_uri, code, attempt.nonce, attempt.verifier)
        now = self.clock()
        with self.store.writing() as tx:
            account = self._account(tx, identity)
            if not account.closed:
                current_origin().identify(ActorKind.ACCOUNT, account.id, account.organisation.id)
                account = self._with_mapped_role(tx, account, identity)
                note_account_event(tx, account, "signed-in", now, account)
                return begin_session(tx, account, agent, browser, now, single_sign_on=True)
            tx.audit.add("account.sign_in_refused", "account", account.id, organisation_id=account.organisation.id)
        raise SignInRefused("the account is closed")

    def link(self, account: Account, attempt: Attempt, redirect_uri: str, code: str) -> None:
        """Links an identity to an account whose owner is signed in. Raises `SingleSignOnFailed`, and `Conflict` where
        another account has it."""
        identity = self._provider.identity(redirect_uri, code, attempt.nonce, attempt.verifier)
        with self.store.writing() as tx:
            known = tx.second_factors.account_of_identity(identity.issuer, identity.subject)
            if known == account.id:
                return
            if known:
                raise Conflict("another account signs in with this identity already")
            tx.second_factors.link(account, identity.issuer, identity.subject, self.clock())
            note_account_event(tx, account, "identity-linked", self.clock(), account)

    def linked(self, account: Account) -> bool:
        """True if the account signs in with an identity of the provider."""
        if self.provider is None:
            return False
        with self.store.reading() as tx:
            return tx.second_factors.linked(account, self.provider.issuer)

    @property
    def _provider(self) -> IdentityProvider:
        if self.provider is None:
            raise SignInRefused("no provider is set up")
        return self.provider

    def _account(self, tx: Transaction, identity: ExternalIdentity) -> Account:
        known_id = tx.second_factors.account_of_identity(identity.issuer, identity.subject)
        known = tx.accounts.get(known_id) if known_id else None
        if known:
            return known[0]
        login = login_of(identity.login)
        if tx.accounts.by_login(login):  # somebody else's: a name or a mail address proves nothing
            login = f"sso-{sha256(f'{identity.issuer} {identity.subject}'.encode()).hexdigest()[:16]}"
        account = Account(
            id=str(uuid4()),
            organisation=tx.access.ensure_organisation(self.organisation),
            login=login,
            name=identity.name,
            role=self.roles.role(identity) or Role.READER,
            created_at=self.clock(),
        )
        tx.accounts.add(account, self.no_password)
        tx.second_factors.link(account, identity.issuer, identity.subject, self.clock())
        note_account_event(tx, account, "created", self.clock(), account, account.role)
        return account

    def _with_mapped_role(self, tx: Transaction, account: Account, identity: ExternalIdentity) -> Account:
        """The account with the role that its groups give; the last admin of an organisation stays one."""
        role = self.roles.role(identity)
        if role is None or role is account.role:
            return account
        changed = replace(account, role=role)
        try:
            require_remaining_admin(tx, account, changed)
        except Conflict:
            return account
        seen_at = account.last_seen_at
        tx.accounts.change(account.id, name=account.name, role=role, disabled_at=None, seen_at=seen_at)
        note_account_event(tx, account, "role-changed", self.clock(), account, role)
        return changed


def kept(attempt: Attempt, more: Mapping[str, str]) -> dict[str, str]:
    """Values of an attempt for the browser to keep, with `more` that it is to bring back."""
    return {"state": attempt.state, "nonce": attempt.nonce, "verifier": attempt.verifier, **more}
