"""Merged narratives, and the changes of narratives that can be undone.

Runs beside the previous release, which shows a merged narrative as one without statements.
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Two tables of their own."""
    op.create_table(
        "merged_narratives",
        sa.Column("narrative_key", _KEY, nullable=False),
        sa.Column("into_key", _KEY, nullable=False, comment="where its names lead; never a merged one"),
        sa.ForeignKeyConstraint(
            ["narrative_key"], ["narratives.key"], name="fk_merged_narratives_narrative_key", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["into_key"], ["narratives.key"], name="fk_merged_narratives_into_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("narrative_key", name="pk_merged_narratives"),
    )
    op.create_index("ix_merged_narratives_into_key", "merged_narratives", ["into_key"])
    op.create_table(
        "narrative_changes",
        sa.Column("key", _KEY, sa.Identity(), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False, comment="edited, merged, split or moved"),
        sa.Column("narrative_key", _KEY, nullable=False),
        sa.Column("other_key", _KEY, nullable=True, comment="what it went to"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.String(36), nullable=True, comment="of the key or account; null: not known"),
        sa.Column("by_name", sa.Text(), nullable=True),
        sa.Column(
            "detail",
            sa.JSON(),
            nullable=False,
            comment="what undoing needs: values before and after, keys of what moved",
        ),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.String(36), nullable=True),
        sa.Column("undone_by_name", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["narrative_key"], ["narratives.key"], name="fk_narrative_changes_narrative_key", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_key"], ["narratives.key"], name="fk_narrative_changes_other_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_narrative_changes"),
        sa.UniqueConstraint("id", name="uq_narrative_changes_id"),
    )
    op.create_index("ix_narrative_changes_narrative_key", "narrative_changes", ["narrative_key"])
    op.create_index("ix_narrative_changes_other_key", "narrative_changes", ["other_key"])


def downgrade() -> None:
    """Merged narratives show again, without their statements."""
    op.drop_table("narrative_changes")
    op.drop_table("merged_narratives")
