"""Second factor of accounts, recovery codes, sign-ins that wait for a code, and identities of another provider.

Runs beside the previous release, which asks for no code: turn second factors on when all processes are of this one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _account_reference(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["account_key"], ["accounts.key"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    """Tables of their own, and one column that may be empty."""
    op.create_table(
        "second_factors",
        sa.Column("account_key", _BIG_KEY, autoincrement=False, nullable=False),
        sa.Column("secret", sa.Text(), nullable=False, comment="of the codes; encrypted where a key is set"),
        sa.Column("last_step", sa.BigInteger(), nullable=False, comment="of the last code that was accepted"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("account_key", name="pk_second_factors"),
        _account_reference("fk_second_factors_account_key_accounts"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("hash", sa.String(64), nullable=False, comment="SHA-256 of the code, which is random"),
        sa.Column("account_key", _BIG_KEY, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_recovery_codes"),
        _account_reference("fk_recovery_codes_account_key_accounts"),
    )
    op.create_index("ix_recovery_codes_account_key", "recovery_codes", ["account_key"])
    op.create_table(
        "pending_sign_ins",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("account_key", _BIG_KEY, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_pending_sign_ins"),
        _account_reference("fk_pending_sign_ins_account_key_accounts"),
    )
    op.create_index("ix_pending_sign_ins_account_key", "pending_sign_ins", ["account_key"])
    op.create_table(
        "external_identities",
        sa.Column("issuer", sa.String(500), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("account_key", _BIG_KEY, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_external_identities"),
        _account_reference("fk_external_identities_account_key_accounts"),
    )
    op.create_index("ix_external_identities_account_key", "external_identities", ["account_key"])
    method = sa.Column("method", sa.String(16), comment="by which it was signed in: sso; null: a password")
    op.add_column("sessions", method)


def downgrade() -> None:
    """Takes it all off: accounts sign in with their passwords alone."""
    op.drop_column("sessions", "method")
    for table in ("external_identities", "pending_sign_ins", "recovery_codes", "second_factors"):
        op.drop_table(table)
