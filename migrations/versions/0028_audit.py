"""Audit log: entries that can be appended only; triggers refuse to change or delete one. Erasures, retention.

Runs beside the previous release, which neither reads nor writes it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_REFUSED = "entries of the audit log are neither changed nor deleted"


def upgrade() -> None:
    """A table of its own, with the triggers that guard it."""
    op.create_table(
        "audit_entries",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
            comment="place in the chain, from 1 without gaps",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.String(36), comment="whose admins see it; null: the operator's alone"),
        sa.Column("actor_kind", sa.String(16), nullable=False),
        sa.Column("actor_id", sa.String(36), comment="of a key, an account or a job"),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("subject_kind", sa.String(32), nullable=False),
        sa.Column("subject_id", sa.String(64)),
        sa.Column("request_id", sa.String(100)),
        sa.Column("detail", sa.Text(), nullable=False, comment="JSON: ids, counts and roles, no text and no name"),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column(
            "hash", sa.String(64), nullable=False, comment="SHA-256 of the previous hash and the canonical content"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_audit_entries"),
    )
    for column in ("organisation_id", "actor_id", "subject_id"):
        op.create_index(f"ix_audit_entries_{column}", "audit_entries", [column, "number"])
    op.create_index("ix_audit_entries_at", "audit_entries", ["at"])
    op.create_table(
        "erasures",
        sa.Column("key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), sa.Identity(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject_id", sa.String(36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text()),
        sa.Column("organisation_id", sa.String(36), comment="whose admins see it; null: the operator's alone"),
        sa.Column("by_kind", sa.String(16), nullable=False),
        sa.Column("by_actor_id", sa.String(36)),
        sa.PrimaryKeyConstraint("key", name="pk_erasures"),
        sa.UniqueConstraint("id", name="uq_erasures_id"),
    )
    op.create_index("ix_erasures_organisation_id", "erasures", ["organisation_id"])
    days = sa.Column(
        "check_retention_days", sa.Integer(), comment="days that its checks are kept, 0: for ever; null: the default"
    )
    op.add_column("organisations", days)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_entries_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
        )
    else:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_entries_kept_{verb.lower()} BEFORE {verb} ON audit_entries "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
            )
        op.execute(
            "CREATE TRIGGER audit_entries_kept_insert BEFORE INSERT ON audit_entries "
            "WHEN NEW.number <= (SELECT max(number) FROM audit_entries) "
            "BEGIN SELECT RAISE(ABORT, 'entries of the audit log are neither changed nor deleted'); END"
        )


def downgrade() -> None:
    """Drops the log: export it first."""
    op.drop_column("organisations", "check_retention_days")
    op.drop_table("erasures")
    op.drop_table("audit_entries")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_audit_change()")
