"""Private statements and narratives, sightings, limits, rotated keys, answers kept for retries.

Columns are added in plain SQL: SQLite would otherwise copy the table, and dropping the old copy deletes, by cascade,
the rows that point to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OWNER = (
    "organisation_key",
    "{{key}} CONSTRAINT fk_{}_organisation_key REFERENCES organisations (key)",
    "whose alone it is; null: shared",
)
_ADDED = (
    ("organisations", "operator", "BOOLEAN DEFAULT {false} NOT NULL", "whether its admin keys make others"),
    ("organisations", "limit_per_hour", "INTEGER", "of all its keys together; null: the default"),
    ("api_keys", "limit_per_hour", "INTEGER", "null: the default"),
    ("api_keys", "previous_hash", "VARCHAR(64)", "of the secret before the last rotation"),
    ("api_keys", "previous_until", "{moment}", None),
    ("statements", _OWNER[0], _OWNER[1].format("statements"), _OWNER[2]),
    ("narratives", _OWNER[0], _OWNER[1].format("narratives"), _OWNER[2]),
)
_EXTERNAL_ID = "of a private one: after its owner's key, see app/store/owners.py"
_OWNED = ("statements", "narratives")


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    words = (
        {"false": "false", "moment": "TIMESTAMP WITH TIME ZONE", "key": "BIGINT"}
        if postgresql
        else {"false": "0", "moment": "DATETIME", "key": "INTEGER"}
    )
    for table, column, kind, comment in _ADDED:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind.format(**words)}")
        if postgresql and comment:
            op.alter_column(table, column, comment=comment)
    if postgresql:
        op.alter_column("narratives", "external_id", comment=_EXTERNAL_ID)
    op.create_index("uq_api_keys_previous_hash", "api_keys", ["previous_hash"], unique=True)
    for table in _OWNED:
        op.create_index(f"ix_{table}_organisation_key", table, ["organisation_key"])
    op.create_table(
        "sightings",
        sa.Column("key", _KEY, sa.Identity(always=False), nullable=False),
        sa.Column("statement_key", _KEY, nullable=False),
        sa.Column("organisation_key", _KEY, nullable=False),
        sa.Column("source_key", _KEY, nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_key"], ["statements.key"], name="fk_sightings_statement_key", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["organisation_key"], ["organisations.key"], name="fk_sightings_organisation_key"),
        sa.ForeignKeyConstraint(["source_key"], ["sources.key"], name="fk_sightings_source_key"),
        sa.PrimaryKeyConstraint("key", name="pk_sightings"),
    )
    op.create_index("ix_sightings_statement_key", "sightings", ["statement_key"])
    op.create_table(
        "rate_windows",
        sa.Column("subject", sa.String(length=80), nullable=False, comment="key:ID or organisation:ID"),
        sa.Column("began", sa.BigInteger(), nullable=False, comment="microseconds since 1970 UTC"),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("quota", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_rate_windows"),
    )
    op.create_table(
        "answered_requests",
        sa.Column("organisation_key", _KEY, nullable=False),
        sa.Column("idempotency_key", sa.String(length=200), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("claim", sa.String(length=36), nullable=False, comment="who answers it"),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True, comment="null: it is being answered"),
        sa.Column("media_type", sa.String(length=100), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True, comment="null: it held a secret, which is not kept"),
        sa.ForeignKeyConstraint(
            ["organisation_key"], ["organisations.key"], name="fk_answered_requests_organisation_key"
        ),
        sa.PrimaryKeyConstraint("organisation_key", "idempotency_key", name="pk_answered_requests"),
    )
    op.create_index("ix_answered_requests_expires_at", "answered_requests", ["expires_at"])


def downgrade() -> None:
    for table in ("answered_requests", "rate_windows", "sightings"):
        op.drop_table(table)
    for table in _OWNED:
        op.drop_index(f"ix_{table}_organisation_key", table)
    op.drop_index("uq_api_keys_previous_hash", "api_keys")
    for table, column, _, _ in reversed(_ADDED):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("narratives", "external_id", comment=None)
