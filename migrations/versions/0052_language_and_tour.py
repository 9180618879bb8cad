"""Of an account: the language that its reader chose, and when the tour of the desk was closed.

Runs beside the previous release, which knows neither.
"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has chosen a language yet; who has an account already knows the desk."""
    op.add_column("accounts", sa.Column("language", sa.String(35), comment="of the pages; null: as the browser asks"))
    op.add_column(
        "accounts", sa.Column("tour_closed_at", sa.DateTime(timezone=True), comment="null: the tour is offered")
    )
    op.execute("UPDATE accounts SET tour_closed_at = created_at")


def downgrade() -> None:
    """Pages are in one language again."""
    op.drop_column("accounts", "tour_closed_at")
    op.drop_column("accounts", "language")
