"""Assignments that were made in one gesture, and the reviews of one person since a moment.

Runs beside the previous release, which makes no such assignments.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column, two indexes."""
    op.add_column(
        "flag_assignments",
        sa.Column("batch_id", sa.String(36), comment="of the assignments that were made in one gesture"),
    )
    op.create_index("ix_flag_assignments_batch_id", "flag_assignments", ["batch_id"])
    op.create_index("ix_reviews_by_id_created_at", "reviews", ["by_id", "created_at"])


def downgrade() -> None:
    """Forgets what was one gesture."""
    op.drop_index("ix_reviews_by_id_created_at", "reviews")
    op.drop_index("ix_flag_assignments_batch_id", "flag_assignments")
    op.drop_column("flag_assignments", "batch_id")
