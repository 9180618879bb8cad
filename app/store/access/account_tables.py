"""The tables of accounts, under the rules of `app/store/tables.py`."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, false

from app.store.tables import Moment, _key, _moment, _public_id, metadata

accounts = Table(
    "accounts",
    metadata,
    _key(),
    _public_id(),
    Column("organisation_key", ForeignKey("organisations.key"), nullable=False, index=True),
    Column("login", Text, nullable=False, unique=True, comment="case folded"),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("must_change_password", Boolean, nullable=False, server_default=false()),
    _moment("created_at"),
    _moment("disabled_at", nullable=True),
    _moment("last_seen_at", nullable=True),
    Column("language", String(35), comment="of the pages; null: as the browser asks"),
    Column("tour_closed_at", Moment(), comment="null: the tour is offered"),
)

sessions = Table(
    "sessions",
    metadata,
    _key(),
    _public_id(),
    Column("account_key", ForeignKey("accounts.key", ondelete="CASCADE"), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("browser_hash", String(64), nullable=False, comment="knows the browser again when the session has ended"),
    Column("agent", Text, nullable=False),
    _moment("created_at"),
    _moment("used_at"),
    _moment("expires_at"),
    _moment("ended_at", nullable=True),
    Column("method", String(16), comment="by which it was signed in: sso; null: a password"),
    Index("ix_sessions_of_account", "account_key", "browser_hash"),
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("subject", String(64), primary_key=True, comment="the hash of a login, an address or a browser"),
    Column("failures", Integer, nullable=False),
    _moment("last_at"),
)

account_events = Table(
    "account_events",
    metadata,
    _key(),
    Column("organisation_key", ForeignKey("organisations.key"), nullable=False),
    Column("action", String(32), nullable=False),
    Column("by_name", Text, comment="null: by command"),
    Column("account_name", Text, nullable=False),
    Column("detail", Text, nullable=False),
    _moment("at"),
    Index("ix_account_events_log", "organisation_key", "key"),
)
