"""Words of statements beside their vectors, by which matches are explained. Filled in by `refrain reindex` or a start.

Runs beside the previous release, which writes rows without them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Both columns may be empty, so that the previous release can go on writing."""
    op.add_column("vectors", sa.Column("words", sa.LargeBinary, comment="packed by index/alignment"))
    version = sa.Column("words_version", sa.String(16), comment="by which method they were read; null: not yet")
    op.add_column("vectors", version)


def downgrade() -> None:
    """Takes the columns off."""
    op.drop_column("vectors", "words_version")
    op.drop_column("vectors", "words")
