"""Accounts, their sessions, guesses at their passwords, and what was done with them."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0015"
branch_labels = None
depends_on = None


def _key() -> "sa.Column[int]":
    return sa.Column(
        "key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(always=False), nullable=False
    )


def _reference(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> "sa.Column[sa.DateTime]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "accounts",
        _key(),
        sa.Column("id", sa.String(length=36), nullable=False),
        _reference("organisation_key"),
        sa.Column("login", sa.Text(), nullable=False, comment="case folded"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False, server_default=sa.false()),
        _moment("created_at"),
        _moment("disabled_at", nullable=True),
        _moment("last_seen_at", nullable=True),
        sa.ForeignKeyConstraint(["organisation_key"], ["organisations.key"], name=op.f("fk_accounts_organisation_key")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_accounts")),
        sa.UniqueConstraint("id", name=op.f("uq_accounts_id")),
        sa.UniqueConstraint("login", name=op.f("uq_accounts_login")),
    )
    op.create_index(op.f("ix_accounts_organisation_key"), "accounts", ["organisation_key"])
    op.create_table(
        "sessions",
        _key(),
        sa.Column("id", sa.String(length=36), nullable=False),
        _reference("account_key"),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "browser_hash",
            sa.String(length=64),
            nullable=False,
            comment="knows the browser again when the session has ended",
        ),
        sa.Column("agent", sa.Text(), nullable=False),
        _moment("created_at"),
        _moment("used_at"),
        _moment("expires_at"),
        _moment("ended_at", nullable=True),
        sa.ForeignKeyConstraint(
            ["account_key"], ["accounts.key"], name=op.f("fk_sessions_account_key"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sessions")),
        sa.UniqueConstraint("id", name=op.f("uq_sessions_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    op.create_index("ix_sessions_of_account", "sessions", ["account_key", "browser_hash"])
    op.create_table(
        "sign_in_attempts",
        sa.Column(
            "subject", sa.String(length=64), nullable=False, comment="the hash of a login, an address or a browser"
        ),
        sa.Column("failures", sa.Integer(), nullable=False),
        _moment("last_at"),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_sign_in_attempts")),
    )
    op.create_table(
        "account_events",
        _key(),
        _reference("organisation_key"),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=True, comment="null: by command"),
        sa.Column("account_name", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        _moment("at"),
        sa.ForeignKeyConstraint(
            ["organisation_key"], ["organisations.key"], name=op.f("fk_account_events_organisation_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_account_events")),
    )
    op.create_index("ix_account_events_log", "account_events", ["organisation_key", "key"])


def downgrade() -> None:
    op.drop_table("account_events")
    op.drop_table("sign_in_attempts")
    op.drop_table("sessions")
    op.drop_table("accounts")
