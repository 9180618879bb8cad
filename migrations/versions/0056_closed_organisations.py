"""Organisations that are closed.

Runs beside the previous release, for which a closed organisation is open.
"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No organisation is closed yet."""
    op.add_column("organisations", sa.Column("closed_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Organisations are open again."""
    op.drop_column("organisations", "closed_at")
