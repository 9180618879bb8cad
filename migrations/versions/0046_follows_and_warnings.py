"""Narratives that people follow, early warnings with what was decided about them, and the sweeps that raise them.

Runs beside the previous release, which does not know them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Four tables of their own."""
    op.create_table(
        "followed_narratives",
        sa.Column("account_key", _KEY, nullable=False),
        sa.Column("narrative_key", _KEY, nullable=False),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked_sequence", sa.BigInteger(), nullable=False, comment="the archive's at that moment"),
        sa.Column("alerted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("alerted_sequence", sa.BigInteger(), nullable=False, comment="the archive's at that moment"),
        sa.ForeignKeyConstraint(
            ["account_key"], ["accounts.key"], name="fk_followed_narratives_account_key", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["narrative_key"], ["narratives.key"], name="fk_followed_narratives_narrative_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_key", "narrative_key", name="pk_followed_narratives"),
    )
    op.create_index("ix_followed_narratives_narrative_key", "followed_narratives", ["narrative_key"])
    op.create_table(
        "narrative_warnings",
        sa.Column("key", _KEY, sa.Identity(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("narrative_key", _KEY, nullable=False),
        sa.Column("rule", sa.String(16), nullable=False),
        sa.Column(
            "subject",
            sa.Text(),
            nullable=False,
            comment="what it is about; with rule and narrative it is raised once",
        ),
        sa.Column("evidence", sa.JSON(), nullable=False, comment="dates and counts by which the rule was met"),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["narrative_key"], ["narratives.key"], name="fk_narrative_warnings_narrative_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_narrative_warnings"),
        sa.UniqueConstraint("id", name="uq_narrative_warnings_id"),
        sa.UniqueConstraint(
            "narrative_key", "rule", "subject", name="uq_narrative_warnings_narrative_key_rule_subject"
        ),
    )
    op.create_index("ix_narrative_warnings_narrative_key", "narrative_warnings", ["narrative_key"])
    op.create_index("ix_narrative_warnings_raised_at", "narrative_warnings", ["raised_at"])
    op.create_table(
        "warning_decisions",
        sa.Column("warning_key", _KEY, nullable=False),
        sa.Column("organisation_key", _KEY, nullable=False),
        sa.Column("decision", sa.String(16), nullable=False, comment="acknowledged or dismissed"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.String(36), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["warning_key"], ["narrative_warnings.key"], name="fk_warning_decisions_warning_key", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_key"], ["organisations.key"], name="fk_warning_decisions_organisation_key"
        ),
        sa.PrimaryKeyConstraint("warning_key", "organisation_key", name="pk_warning_decisions"),
    )
    op.create_table(
        "sweeps",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_sweeps"),
    )


def downgrade() -> None:
    """Nobody follows, and nothing warns."""
    op.drop_table("sweeps")
    op.drop_table("warning_decisions")
    op.drop_table("narrative_warnings")
    op.drop_table("followed_narratives")
