"""The tables of second factors and of identities at another provider, under the rules of `app/store/tables.py`."""

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table, Text

from app.store.tables import _moment, metadata

second_factors = Table(
    "second_factors",
    metadata,
    Column("account_key", ForeignKey("accounts.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("secret", Text, nullable=False, comment="of the codes; encrypted where a key is set"),
    Column("last_step", BigInteger, nullable=False, comment="of the last code that was accepted"),
    _moment("created_at"),
    _moment("confirmed_at", nullable=True),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("hash", String(64), primary_key=True, comment="SHA-256 of the code, which is random"),
    Column("account_key", ForeignKey("accounts.key", ondelete="CASCADE"), nullable=False, index=True),
)

pending_sign_ins = Table(
    "pending_sign_ins",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("account_key", ForeignKey("accounts.key", ondelete="CASCADE"), nullable=False, index=True),
    _moment("expires_at"),
)

external_identities = Table(
    "external_identities",
    metadata,
    Column("issuer", String(500), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("account_key", ForeignKey("accounts.key", ondelete="CASCADE"), nullable=False, index=True),
    _moment("created_at"),
)
