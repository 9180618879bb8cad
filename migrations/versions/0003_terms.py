"""Terms of statements beside their vectors. Statements are read anew for them, as after a change of the embedder.

Revision: 0003. Runs beside the previous release: add first, remove a release later.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The column has a default, so that the previous release can go on writing."""
    terms = sa.Column(
        "terms", sa.Text, nullable=False, server_default="", comment="of the same text, with blanks between"
    )
    op.add_column("vectors", terms)


def downgrade() -> None:
    """Takes the column off."""
    op.drop_column("vectors", "terms")
