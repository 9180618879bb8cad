"""Reasons for changes of statements, beside who changed them and when.

Runs beside the previous release, which gives no reasons.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column."""
    op.add_column("statement_revisions", sa.Column("reason", sa.Text(), nullable=True))


def downgrade() -> None:
    """Forgets the reasons."""
    op.drop_column("statement_revisions", "reason")
