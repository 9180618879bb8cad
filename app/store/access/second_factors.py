"""Second factors and identities at another provider: rows to domain objects and back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, ScalarSelect, delete, insert, select, update

from app.domain.access.accounts import Account
from app.domain.access.second_factor import StoredFactor
from app.store.access.account_tables import accounts
from app.store.access.second_factor_tables import (
    external_identities,
    pending_sign_ins,
    recovery_codes,
    second_factors,
)


class SecondFactorRows:
    """SQL implementation of `app.services.access.ports.SecondFactors`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def get(self, account: Account) -> StoredFactor | None:
        own = select(second_factors).where(second_factors.c.account_key == _key(account))
        row = self._connection.execute(own).first()
        return StoredFactor(row.secret, row.last_step, row.confirmed_at) if row else None

    def begin(self, account: Account, secret: str, at: datetime) -> None:
        self.remove(account)
        key = self._connection.scalar(select(accounts.c.key).where(accounts.c.id == account.id))
        values = {"account_key": key, "secret": secret, "last_step": 0, "created_at": at}
        self._connection.execute(insert(second_factors), values)

    def confirm(self, account: Account, at: datetime, code_hashes: Sequence[str]) -> None:
        self._connection.execute(
            update(second_factors).where(second_factors.c.account_key == _key(account)).values(confirmed_at=at)
        )
        key = self._connection.scalar(select(accounts.c.key).where(accounts.c.id == account.id))
        rows = [{"hash": code_hash, "account_key": key} for code_hash in code_hashes]
        self._connection.execute(insert(recovery_codes), rows)

    def used(self, account: Account, step: int) -> None:
        own = update(second_factors).where(second_factors.c.account_key == _key(account))
        self._connection.execute(own.values(last_step=step))

    def use_recovery_code(self, account: Account, code_hash: str) -> bool:
        own = (recovery_codes.c.hash == code_hash, recovery_codes.c.account_key == _key(account))
        used = delete(recovery_codes).where(*own).returning(recovery_codes.c.hash)
        return self._connection.scalar(used) is not None

    def recovery_codes_left(self, account: Account) -> int:
        left = select(recovery_codes.c.hash).where(recovery_codes.c.account_key == _key(account))
        return len(self._connection.execute(left).all())

    def remove(self, account: Account) -> bool:
        for table in (recovery_codes, pending_sign_ins):
            self._connection.execute(delete(table).where(table.c.account_key == _key(account)))
        own = delete(second_factors).where(second_factors.c.account_key == _key(account))
        return self._connection.scalar(own.returning(second_factors.c.account_key)) is not None

    def add_pending(self, token_hash: str, account: Account, expires_at: datetime) -> None:
        key = self._connection.scalar(select(accounts.c.key).where(accounts.c.id == account.id))
        values = {"token_hash": token_hash, "account_key": key, "expires_at": expires_at}
        self._connection.execute(insert(pending_sign_ins), values)

    def pending(self, token_hash: str, now: datetime) -> str | None:
        waiting = (pending_sign_ins.c.token_hash == token_hash, pending_sign_ins.c.expires_at > now)
        found = select(accounts.c.id).join(pending_sign_ins, pending_sign_ins.c.account_key == accounts.c.key)
        return self._connection.scalar(found.where(*waiting))

    def end_pending(self, token_hash: str) -> None:
        self._connection.execute(delete(pending_sign_ins).where(pending_sign_ins.c.token_hash == token_hash))

    def purge_pending(self, now: datetime) -> None:
        self._connection.execute(delete(pending_sign_ins).where(pending_sign_ins.c.expires_at <= now))

    def account_of_identity(self, issuer: str, subject: str) -> str | None:
        own = (external_identities.c.issuer == issuer, external_identities.c.subject == subject)
        found = select(accounts.c.id).join(external_identities, external_identities.c.account_key == accounts.c.key)
        return self._connection.scalar(found.where(*own))

    def link(self, account: Account, issuer: str, subject: str, at: datetime) -> None:
        key = self._connection.scalar(select(accounts.c.key).where(accounts.c.id == account.id))
        values = {"issuer": issuer, "subject": subject, "account_key": key, "created_at": at}
        self._connection.execute(insert(external_identities), values)

    def linked(self, account: Account, issuer: str) -> bool:
        own = (external_identities.c.account_key == _key(account), external_identities.c.issuer == issuer)
        return self._connection.execute(select(external_identities.c.subject).where(*own)).first() is not None


def _key(account: Account) -> ScalarSelect[int]:
    return select(accounts.c.key).where(accounts.c.id == account.id).scalar_subquery()
