"""The language of an answer that is kept for a retry.

Runs beside the previous release, which leaves it empty.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column, which may be empty."""
    language = sa.Column("language", sa.String(length=35), nullable=True, comment="that its sentences are in")
    op.add_column("answered_requests", language)


def downgrade() -> None:
    """Takes it away."""
    op.drop_column("answered_requests", "language")
